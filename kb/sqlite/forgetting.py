"""Forgetting an article: it goes with its history, and nothing of it stays in the file."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from kb.errors import KnowledgeBaseError, UnknownArticleError
from kb.sqlite import writing
from kb.sqlite.files import check_file, sole_writer, transaction
from kb.sqlite.history import add_revision
from kb.sqlite.newfiles import settle
from kb.sqlite.repetitions import repetitions_following
from kb.sqlite.segments import drop_dead

_COPIES = (".v*-backup*", ".before-restore*")  # that this program puts beside a file


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten: `revisions` of it, and `stood` if the article itself was still there.

    `copies` are files beside the knowledge base that may hold it still.
    """

    stood: bool
    revisions: int
    copies: tuple[Path, ...]


def forget(path: Path, id: str) -> Forgotten:
    """Remove an article, if it is there, and every revision of it; then compact the file.

    The rows go in one transaction. If the program dies before the file is compacted, words may be
    left on free pages; `kb check` says so, and the next call compacts whatever it is called for.

    Raises:
        UnknownArticleError: there is none of that id, and none was there before.
        KnowledgeBaseError: it is forgotten, and the file cannot be compacted yet.
    """
    with sole_writer(path, check_file) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        (pending,) = connection.execute("SELECT uncompacted FROM history").fetchone()
        with transaction(connection):
            stood, revisions = _delete(connection, id)
            if not stood and not revisions and not pending:
                raise UnknownArticleError(
                    "There is no article of that id, and there was none.",
                    remedy="`kb list` shows the ids, and `kb history` what was removed.",
                )
        try:
            _compact(connection, path)
        except (KnowledgeBaseError, sqlite3.Error) as error:
            raise KnowledgeBaseError(
                f"The article is forgotten, but {path} could not be compacted: {error}",
                remedy="Words of it may still stand in the file: run the command again.",
            ) from error
    return Forgotten(stood, revisions, _copies(path))


def _delete(connection: sqlite3.Connection, id: str) -> tuple[bool, int]:
    """Delete an article and its revisions; return whether it was there, and how many these are."""
    row = connection.execute("SELECT 1 FROM articles WHERE id = ?", (id,)).fetchone()
    if row:
        with repetitions_following(connection, [id]):
            writing.delete_articles(connection, [id])
    for (topic,) in connection.execute("SELECT id FROM topics").fetchall():
        drop_dead(connection, topic)  # it may have been removed before, or moved
    own = "SELECT revision FROM changes WHERE kind = 'article' AND id = ?"
    revisions = connection.execute(f"DELETE FROM revisions WHERE number IN ({own})", (id,)).rowcount
    if row or revisions:
        connection.execute(
            "UPDATE history SET uncompacted = 1, size = (SELECT coalesce("
            "sum(length(image) + coalesce(length(source), 0)), 0)"
            " FROM changes WHERE image IS NOT NULL)"
        )
        add_revision(connection, "an article forgotten")
    return bool(row), revisions


def _compact(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("VACUUM")
    settle(connection, path)
    with transaction(connection):
        connection.execute("UPDATE history SET uncompacted = 0")
    settle(connection, path)


def _copies(path: Path) -> tuple[Path, ...]:
    return tuple(sorted(file for each in _COPIES for file in path.parent.glob(path.name + each)))
