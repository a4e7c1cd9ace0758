"""Bringing a knowledge base file of an older version up to date, with a copy of it as it was."""

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kb.sqlite import schema
from kb.sqlite.files import sole_writer, transaction, version_of
from kb.sqlite.history import add_revision
from kb.sqlite.newfiles import copy_beside, settle


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The versions before and after, and the copy; there is none if nothing had to be done."""

    before: int
    after: int
    copy: Path | None


def upgrade(path: Path) -> Upgrade:
    """Bring a knowledge base file up to date in one transaction, once it was copied.

    Raises:
        KnowledgeBaseError: the file cannot be used or written, or is newer; it was not changed.
    """
    if version_of(path) == schema.USER_VERSION:
        return Upgrade(schema.USER_VERSION, schema.USER_VERSION, None)
    with sole_writer(path, version_of) as connection:
        # The file's header may be behind: a commit that was not moved into the file counts too.
        (before,) = connection.execute("PRAGMA user_version").fetchone()
        copy = None
        if before < schema.USER_VERSION:
            copy = copy_beside(connection, path, f".v{before}-backup")
            with transaction(connection):
                schema.apply(Database(connection))
                add_revision(connection, f"upgraded from version {before}")
        settle(connection, path)
    return Upgrade(before, schema.USER_VERSION, copy)
