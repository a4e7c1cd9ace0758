"""The Store over one SQLite file: one reading connection per thread, one writer at a time."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from kb.errors import TopicError, UnknownArticleError, UnknownTopicError
from kb.model import Claim
from kb.sqlite import schema, writing
from kb.sqlite.checking import problems
from kb.sqlite.files import connect_reader, damaged, new_file, write_connection
from kb.sqlite.kept import Kept
from kb.sqlite.snapshot import SqliteSnapshot
from kb.store import PreparedArticle
from kb.topic import Topic


class SqliteStore:
    """A knowledge base file; see `kb.store.Store`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._kept = Kept()

    @contextmanager
    def read(self) -> Iterator[SqliteSnapshot]:
        connection = self._connection()
        try:
            connection.execute("BEGIN")
            try:
                yield SqliteSnapshot(connection, self._kept)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            self.close()
            raise damaged(self.path, error) from error

    def close(self) -> None:
        """Close this thread's reading connection; the next read opens a new one."""
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection, a new one if the file was replaced meanwhile."""
        file = self._file()
        if getattr(self._local, "connection", None) is None or self._local.file != file:
            self.close()
            self._local.connection = connect_reader(self.path)
            self._local.connection.row_factory = sqlite3.Row
            self._local.file = file
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _file(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def put_topic(self, topic: Topic, claims: Mapping[str, Sequence[Claim]]) -> None:
        with self._write(f"topic {topic.id} saved") as connection:
            writing.save_topic(connection, topic)
            for article, found in claims.items():
                writing.save_claims(connection, article, found)

    def remove_topic(self, id: str) -> None:
        with self._write(f"topic {id} removed") as connection:
            if not _exists(connection, "topics", id):
                raise UnknownTopicError(
                    "There is no topic of that name.", remedy="`kb topic` lists the topics."
                )
            used = connection.execute(
                "SELECT count(*) FROM articles WHERE topic = ?", (id,)
            ).fetchone()[0]
            if used:
                raise TopicError(
                    f"{used} articles belong to that topic.", remedy="Remove them first."
                )
            writing.delete_topic(connection, id)

    def put_article(self, prepared: PreparedArticle) -> None:
        with self._write(f"article {prepared.article.id} saved") as connection:
            writing.delete_article(connection, prepared.article.id)
            writing.save_article(connection, prepared)

    def remove_article(self, id: str) -> None:
        with self._write(f"article {id} removed") as connection:
            if not _exists(connection, "articles", id):
                raise UnknownArticleError(
                    "There is no article of that id.", remedy="`kb list` shows the ids."
                )
            writing.delete_article(connection, id)

    def check(self) -> Iterator[str]:
        with self.read():
            yield from problems(self._connection())

    @contextmanager
    def _write(self, what: str) -> Iterator[sqlite3.Connection]:
        with write_connection(self.path) as connection:
            yield connection
            now = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute("INSERT INTO revisions (made_at, what) VALUES (?, ?)", (now, what))


@contextmanager
def create_store(path: Path) -> Iterator[SqliteStore]:
    """Yield a new, empty knowledge base that appears at `path` when the block succeeds.

    Raises:
        KnowledgeBaseError: `path` exists already, or its folder cannot be written.
    """
    with new_file(path) as draft:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            connection.execute("PRAGMA page_size = 4096")
            connection.execute("PRAGMA journal_mode = WAL")
            schema.apply(Database(connection))
        finally:
            connection.close()
        store = SqliteStore(draft)
        yield store
        store.close()


def _exists(connection: sqlite3.Connection, table: str, id: str) -> bool:
    statement = {
        "topics": "SELECT 1 FROM topics WHERE id = ?",
        "articles": "SELECT 1 FROM articles WHERE id = ?",
    }[table]
    return connection.execute(statement, (id,)).fetchone() is not None
