"""Files beside a knowledge base, or in its place, that appear whole or not at all."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from kb.errors import KnowledgeBaseError
from kb.sqlite.files import beside, connect_writer, damaged, writer_lock

COMPANIONS = ("-wal", "-shm", "-journal")
_PATIENCE_MILLISECONDS = 3_000  # with readers; a question takes at most 500


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield the path of an empty file that becomes `path` when the block succeeds, else vanishes.

    Raises:
        KnowledgeBaseError: `path` exists by now, or its folder cannot be written.
    """
    if not path.parent.is_dir():
        raise KnowledgeBaseError(
            f"There is no folder {path.parent}.", remedy="Create it, or name another with --db."
        )
    _refuse_existing(path)
    with writer_lock(path):
        _refuse_existing(path)
        _remove(*_drafts(path))  # of creators that died
        try:
            draft = path.with_name(f".{path.name}.{os.getpid()}.new")
            yield draft
            with closing(connect_writer(draft)) as connection:
                settle(connection, draft)  # a rename would leave commits in its -wal behind
            # A -wal left by a deleted file would be read into the new one.
            _remove(*(path.with_name(path.name + ending) for ending in COMPANIONS))
            os.replace(draft, path)
            sync(path.parent)
        except sqlite3.Error as error:
            raise damaged(path, error) from error
        finally:
            _remove(*_drafts(path))
            if not path.exists():
                _remove(beside(path, ".lock"))


def copy_beside(connection: sqlite3.Connection, path: Path, ending: str) -> Path:
    """Return the path of a new copy of a database, made whole or not at all by its one writer.

    It stands beside `path` and is called as that with `ending`, and a number if need be.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    copy = free_name(path, ending)
    try:
        _remove(*_drafts(path))  # of writers that died
        with closing(sqlite3.connect(draft)) as target:
            connection.backup(target)
        sync(draft)
        os.replace(draft, copy)
        sync(path.parent)
    finally:
        _remove(*_drafts(path))
    return copy


def free_name(path: Path, ending: str) -> Path:
    """Return the path of a file that is not there: `path` with `ending`, if need be a number."""
    numbers = ("" if number == 1 else f"-{number}" for number in count(1))
    names = (path.with_name(f"{path.name}{ending}{number}") for number in numbers)
    return next(name for name in names if not os.path.lexists(name))


def settle(connection: sqlite3.Connection, path: Path) -> None:
    """Move every commit into the file itself.

    Raises:
        KnowledgeBaseError: another program is reading older commits all the time.
    """
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise KnowledgeBaseError(
            f"{path} is being read by another program.", remedy="Stop it and try again."
        )


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise KnowledgeBaseError(
            f"{path} exists already.", remedy="Use it as it is, or name another with --db."
        )


def _drafts(path: Path) -> list[Path]:
    """Return the files that creating `path` puts beside it; only the lock's holder may ask."""
    name = re.compile(rf"\.{re.escape(path.name)}\.\d+\.new(?:-\w+|\.lock)?")
    return [file for file in path.parent.iterdir() if name.fullmatch(file.name)]


def _remove(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk keep what was written to a file, or what a folder lists."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
