"""Putting a copy of a knowledge base in its place, once all of it was verified."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kb.errors import KnowledgeBaseError
from kb.model import State
from kb.sqlite import schema
from kb.sqlite.backups import copy_whole, draft_beside, state_of
from kb.sqlite.files import (
    beside,
    connect_reader,
    connect_writer,
    transaction,
    version_of,
    writer_lock,
)
from kb.sqlite.history import add_revision
from kb.sqlite.newfiles import COMPANIONS, free_name, settle, sync
from kb.sqlite.store import SqliteStore

_SHOWN = 3  # of what is wrong with a copy that is refused


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `aside` is where the file stands that was there before, None without."""

    state: State
    before: int
    aside: Path | None


def restore(path: Path, copy: Path) -> Restored:
    """Put a copy in the place of a knowledge base, which is kept aside; the copy stays.

    An older version is brought up to date on the way. At any moment the old file or the new one
    stands at `path`, whole. That it was restored is a revision, later than all of both files.

    Raises:
        KnowledgeBaseError: the copy is not a sound knowledge base, what stands at `path` is no
            knowledge base, or its folder cannot be written; nothing was changed.
    """
    target = Path(os.path.realpath(path))
    if target.exists():
        _check_replaceable(target, copy)
    version_of(copy)
    with draft_beside(target, "restore", of=copy) as draft:
        before = _verified(copy, draft)
        with writer_lock(target):
            if target.exists():
                _check_replaceable(target, copy)
                os.chmod(draft, target.stat().st_mode & 0o777)
            _add_revision(draft, copy, least=_revision_of(target) + 1)
            state = state_of(draft)
            aside = _set_aside(target)
            for ending in COMPANIONS:  # they belong to the old file
                beside(target, ending).unlink(missing_ok=True)
            os.replace(draft, target)
            sync(target.parent)
    return Restored(state, before, aside)


def _check_replaceable(path: Path, copy: Path) -> None:
    if copy.exists() and os.path.samefile(path, copy):
        raise KnowledgeBaseError(
            f"{copy} is the knowledge base itself.", remedy="Name the file of a backup."
        )
    try:
        version_of(path)
    except KnowledgeBaseError as error:
        raise KnowledgeBaseError(
            error.message, remedy="Move it away, if it is not needed, and restore again."
        ) from None


def _verified(copy: Path, draft: Path) -> int:
    """Make `draft` a sound copy of the present version; return the version that `copy` is of.

    Raises:
        KnowledgeBaseError: something is wrong with the copy.
    """
    with closing(connect_reader(copy, version_of)) as source:
        copy_whole(source, draft)
    before = version_of(draft)
    with closing(connect_writer(draft)) as connection:
        _check_schema(connection, copy)
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        if found != ["ok"]:
            raise _unsound(copy, found)
        if before < schema.USER_VERSION:
            with transaction(connection):
                schema.apply(Database(connection))
                add_revision(connection, f"upgraded from version {before}")
        settle(connection, draft)
    with closing(SqliteStore(draft)) as store:
        wrong = list(store.check())
    if wrong:
        raise _unsound(copy, wrong)
    return before


def _check_schema(connection: sqlite3.Connection, copy: Path) -> None:
    """Refuse what no knowledge base has: what runs by itself when tables are read or written."""
    rows = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE type NOT IN ('table', 'index')"
        " OR sql LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    if rows:
        raise _unsound(copy, [f"It holds a {kind} that no knowledge base has." for kind, _ in rows])


def _unsound(copy: Path, wrong: list[str]) -> KnowledgeBaseError:
    shown = " ".join(wrong[:_SHOWN])
    more = f" And {len(wrong) - _SHOWN} more." if len(wrong) > _SHOWN else ""
    return KnowledgeBaseError(
        f"{copy} is not sound, and nothing was changed. {shown}{more}",
        remedy="Restore another backup.",
    )


def _add_revision(draft: Path, copy: Path, *, least: int) -> None:
    with closing(connect_writer(draft)) as connection:
        with transaction(connection):
            add_revision(connection, f"restored from {copy.name}", least=least)
        settle(connection, draft)
    sync(draft)


def _revision_of(path: Path) -> int:
    """Return the number of a file's latest revision, 0 if there is none or it cannot be read."""
    try:
        with closing(connect_reader(path, version_of)) as connection:
            row = connection.execute("SELECT coalesce(max(number), 0) FROM revisions").fetchone()
    except (KnowledgeBaseError, sqlite3.Error):
        return 0
    return int(row[0])


def _set_aside(path: Path) -> Path | None:
    """Give the file at `path` a second name, under which it stays with every commit.

    Raises:
        KnowledgeBaseError: another program is reading older commits all the time.
    """
    if not path.exists():
        return None
    _settle(path)
    aside = free_name(path, ".before-restore")
    _link(path, aside)
    wal = beside(path, "-wal")
    if wal.exists() and wal.stat().st_size:  # a damaged file: what is in there may help somebody
        _link(wal, Path(f"{aside}-wal"))
    return aside


def _settle(path: Path) -> None:
    try:
        connection = connect_writer(path)
    except KnowledgeBaseError:
        return  # damaged
    with closing(connection), suppress(sqlite3.Error):
        settle(connection, path)


def _link(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system without links
        shutil.copy2(path, other)
        sync(other)
