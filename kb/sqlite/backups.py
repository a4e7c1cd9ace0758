"""Copying a knowledge base file while others read and write it."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kb.errors import KnowledgeBaseError
from kb.model import State
from kb.sqlite.files import connect_reader, damaged, lacks_room
from kb.sqlite.newfiles import COMPANIONS, sync
from kb.sqlite.store import SqliteStore


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a knowledge base and what it holds; `size` is in bytes."""

    copy: Path
    size: int
    state: State


def back_up(path: Path, copy: Path, *, overwrite: bool = False) -> Backup:
    """Copy a knowledge base, as of one revision, to a file that appears whole or not at all.

    Nobody has to stop reading or writing.

    Raises:
        KnowledgeBaseError: the knowledge base cannot be used, or `copy` cannot be written, or
            exists and shall not be overwritten.
    """
    with closing(connect_reader(path)) as source:
        _check_target(path, copy, overwrite=overwrite)
        with draft_beside(copy, "backup", of=path) as draft:
            copy_whole(source, draft)
            os.chmod(draft, path.stat().st_mode & 0o777)
            state, size = state_of(draft), draft.stat().st_size
            sync(draft)
            os.replace(draft, copy)
            sync(copy.parent)
    return Backup(copy, size, state)


def copy_whole(source: sqlite3.Connection, draft: Path) -> None:
    """Copy what a connection reads to a new file, with nothing beside it."""
    with closing(sqlite3.connect(draft)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def state_of(path: Path) -> State:
    """Return what a knowledge base file holds."""
    with closing(SqliteStore(path)) as store, store.read() as snapshot:
        return snapshot.state()


@contextmanager
def draft_beside(path: Path, purpose: str, *, of: Path) -> Iterator[Path]:
    """Yield the path of a file beside `path` that is gone after the block, unless it was moved.

    Those that processes left which died are deleted. What the block copies is a part `of` a file.

    Raises:
        KnowledgeBaseError: the folder is not there or cannot be written, or SQLite cannot write.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.{purpose}")
    try:
        for file in _drafts(path, purpose):
            file.unlink(missing_ok=True)
        yield draft
    except sqlite3.Error as error:
        raise damaged(path if lacks_room(error) else of, error) from error
    except OSError as error:
        raise KnowledgeBaseError(
            f"{path} cannot be written: {error.strerror}.",
            remedy="Name a file in a folder that is there, that you may write, and that has room.",
        ) from None
    finally:
        for ending in ("", *COMPANIONS):
            with suppress(OSError):
                Path(f"{draft}{ending}").unlink(missing_ok=True)


def _drafts(path: Path, purpose: str) -> Iterator[Path]:
    """Yield the files of this kind that no running process is writing."""
    name = re.compile(rf"\.{re.escape(path.name)}\.(\d+)\.{purpose}(?:-\w+|\.lock)?")
    for file in list(path.parent.iterdir()):
        found = name.fullmatch(file.name)
        if found and not _runs(int(found[1])):
            yield file


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _check_target(path: Path, copy: Path, *, overwrite: bool) -> None:
    if not os.path.lexists(copy):
        return
    if copy.exists() and os.path.samefile(path, copy):
        raise KnowledgeBaseError(
            f"{copy} is the knowledge base itself.", remedy="Name another file for the copy."
        )
    if not overwrite:
        raise KnowledgeBaseError(
            f"{copy} exists already.", remedy="Name another file, or add --overwrite."
        )
    if not copy.is_file() or copy.is_symlink():
        raise KnowledgeBaseError(f"{copy} is not a regular file.", remedy="Name another file.")
