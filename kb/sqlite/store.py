"""The Store over one SQLite file: one reading connection per thread, one writer at a time."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from kb.errors import TopicError, UnknownArticleError, UnknownTopicError
from kb.history import Thing, Undoing
from kb.model import Claim
from kb.prepared import PreparedArticle, PreparedClaims, TopicBasis
from kb.sqlite import schema, writing
from kb.sqlite.basis import check_basis, check_topic_basis
from kb.sqlite.checking import problems
from kb.sqlite.decisions import save_decisions
from kb.sqlite.files import (
    Identity,
    connect_reader,
    damaged,
    identity,
    write_connection,
)
from kb.sqlite.forgetting import Forgotten, forget
from kb.sqlite.history import cut_history, recorded
from kb.sqlite.kept import Kept
from kb.sqlite.newfiles import new_file
from kb.sqlite.repetitions import repetitions_following
from kb.sqlite.snapshot import SqliteSnapshot
from kb.sqlite.sources import pack
from kb.topic import Topic


class _Reading:
    """A thread's connection to the file that stood at the path, and what that file's readers keep.

    The connection is closed with its thread, whichever thread collects it.
    """

    def __init__(self, connection: sqlite3.Connection, file: Identity, kept: Kept) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.file = file
        self.kept = kept
        self.close = weakref.finalize(self, connection.close)


class SqliteStore:
    """A knowledge base file; see `kb.store.Store`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._kept: tuple[Identity, Kept] = ((), Kept())

    @contextmanager
    def read(self) -> Iterator[SqliteSnapshot]:
        reading = self._reading()
        connection = reading.connection
        try:
            connection.execute("BEGIN")
            try:
                yield SqliteSnapshot(connection, reading.kept)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            self.close()
            raise damaged(self.path, error) from error

    def close(self) -> None:
        """Close this thread's reading connection; the next read opens a new one."""
        reading: _Reading | None = getattr(self._local, "reading", None)
        self._local.reading = None
        if reading is not None:
            reading.close()

    def _reading(self) -> _Reading:
        """Return this thread's connection, a new one if the file was replaced meanwhile."""
        reading: _Reading | None = getattr(self._local, "reading", None)
        if reading is None or reading.file != identity(self.path):
            self.close()
            reading = self._local.reading = self._opened()
        return reading

    def _opened(self) -> _Reading:
        while True:
            file = identity(self.path)
            connection = connect_reader(self.path)
            if identity(self.path) == file:
                break
            connection.close()  # it was replaced between the two looks
        known, kept = self._kept
        if known != file:
            kept = Kept()
            self._kept = file, kept
        return _Reading(connection, file, kept)

    def put_topic(
        self,
        topic: Topic,
        claims: Mapping[str, Sequence[Claim]],
        *,
        articles: Sequence[PreparedArticle] = (),
        basis: TopicBasis | None = None,
        undoing: Undoing | None = None,
    ) -> None:
        sources = [pack(each.source) for each in articles]
        with self._write(Thing("topic", topic.id), undoing) as connection:
            if basis is not None:
                check_topic_basis(connection, topic.id, basis)
            writing.save_topic(connection, topic)
            ids = [each.article.id for each in articles]
            with repetitions_following(connection, ids, articles):
                writing.put_articles(connection, list(zip(articles, sources, strict=True)))
            for article, found in claims.items():
                if _exists(connection, "articles", article):  # else removed since it was read
                    writing.save_claims(connection, article, found)

    def remove_topic(self, id: str, *, undoing: Undoing | None = None) -> None:
        with self._write(Thing("topic", id), undoing) as connection:
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

    def put_article(self, prepared: PreparedArticle, *, undoing: Undoing | None = None) -> None:
        article = prepared.article
        source = pack(prepared.source)
        with self._write(Thing("article", article.id), undoing) as connection:
            if not _exists(connection, "topics", article.topic):
                raise UnknownTopicError(
                    f"There is no topic {article.topic}.",
                    remedy="Add it first: `kb topic add FILE`.",
                )
            check_basis(connection, article.id, article.topic, prepared.basis)
            with repetitions_following(connection, [article.id], [prepared]):
                writing.put_articles(connection, [(prepared, source)])

    def put_claims(self, prepared: PreparedClaims, *, undoing: Undoing | None = None) -> None:
        id = prepared.article
        with self._write(Thing("article", id), undoing) as connection:
            check_basis(connection, id, "", prepared.basis)
            writing.save_claims(connection, id, prepared.claims)
            save_decisions(connection, id, prepared.decisions)

    def remove_article(self, id: str, *, undoing: Undoing | None = None) -> None:
        with self._write(Thing("article", id), undoing) as connection:
            if not _exists(connection, "articles", id):
                raise UnknownArticleError(
                    "There is no article of that id.", remedy="`kb list` shows the ids."
                )
            with repetitions_following(connection, [id]):
                writing.delete_articles(connection, [id])

    def forget_article(self, id: str) -> Forgotten:
        return forget(self.path, id)

    def keep_history(self, size: int) -> None:
        with write_connection(self.path) as connection:
            connection.execute("UPDATE history SET most = ?", (size,))
            cut_history(connection)

    def check(self) -> Iterator[str]:
        with self.read():
            connection = self._reading().connection
            # Nothing kept is trusted: what is checked is what stands in the file now.
            found = list(problems(connection, SqliteSnapshot(connection, Kept())))
        yield from found

    @contextmanager
    def _write(self, thing: Thing, undoing: Undoing | None) -> Iterator[sqlite3.Connection]:
        """Yield a connection inside a transaction that is a revision: a change of one thing."""
        with write_connection(self.path) as connection, recorded(connection, thing, undoing):
            yield connection


@contextmanager
def create_store(path: Path) -> Iterator[SqliteStore]:
    """Yield a new, empty knowledge base that appears at `path` when the block succeeds.

    Raises:
        KnowledgeBaseError: `path` exists already, or its folder cannot be written.
    """
    with new_file(path) as draft:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA page_size = 4096")
            connection.execute("PRAGMA journal_mode = WAL")
            schema.apply(Database(connection))
        store = SqliteStore(draft)
        try:
            yield store
        finally:
            store.close()
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("VACUUM")  # merged segments leave pages that nothing is on


def _exists(connection: sqlite3.Connection, table: str, id: str) -> bool:
    statement = {
        "topics": "SELECT 1 FROM topics WHERE id = ?",
        "articles": "SELECT 1 FROM articles WHERE id = ?",
    }[table]
    return connection.execute(statement, (id,)).fetchone() is not None
