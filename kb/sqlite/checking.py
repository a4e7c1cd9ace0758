"""What can be wrong inside a knowledge base file, each as a sentence."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from kb.errors import KnowledgeBaseError
from kb.model import Claim, ClaimKind, Passage, Stance
from kb.sqlite.alike import sketches_are_right
from kb.sqlite.checking_index import index_problems
from kb.sqlite.files import beside
from kb.sqlite.history_reading import history_problems
from kb.sqlite.repetitions import are_right
from kb.sqlite.snapshot import SqliteSnapshot
from kb.sqlite.writing import digest, short_digest
from kb.topic import Topic

Check = Callable[[sqlite3.Connection, SqliteSnapshot], Iterator[str]]


def problems(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    """Yield a sentence for each page, reference, text, posting, word, claim, … that is wrong.

    Postings and lengths are compared with what the stored text yields now, so that they are also
    reported when they were made by a version that read words differently.
    """
    for check in _CHECKS:
        try:
            yield from check(connection, snapshot)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            yield f"The file is damaged: {error}."
        except KnowledgeBaseError as error:
            yield error.message


def _pages(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for row in connection.execute("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"The file is damaged: {row[0]}."
    (pages,), (size,) = (
        next(connection.execute(f"PRAGMA {each}")) for each in ("page_count", "page_size")
    )
    path = Path(next(connection.execute("PRAGMA database_list"))["file"])
    # A page whose end is empty is read as if it was whole; what is in the -wal may yet come.
    wal = beside(path, "-wal")
    if path.stat().st_size < pages * size and not (wal.exists() and wal.stat().st_size):
        yield "The file is damaged: its end is missing."


def _references(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"A row of {row[0]} points at a row of {row[2]} that is missing."


def _texts(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for row in connection.execute("SELECT id, text, text_digest FROM articles ORDER BY id"):
        if digest(row["text"]) != row["text_digest"]:
            yield f"The text of article {row['id']} is not what was stored."
        places = connection.execute(
            'SELECT id, start, "end", digest FROM passages WHERE article = ?', (row["id"],)
        )
        for passage in places:
            if short_digest(row["text"][passage["start"] : passage["end"]]) != passage["digest"]:
                yield f"Passage {passage['id']} is not what was stored."


def _index(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    yield from index_problems(connection, snapshot.topics())


def _repetitions(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    if not sketches_are_right(connection):
        yield "What finds repetitions is not what the sketches of the passages yield."
    for id in snapshot.state().topics:
        if not are_right(connection, id):
            yield f"What the articles of topic {id} repeat is not what their texts yield."


def _claims(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for id in snapshot.state().topics:
        topic = snapshot.topic(id)
        places = {
            passage.id: passage
            for article in snapshot.articles(id)
            for passage in snapshot.passages(article.id)
        }
        for claim in snapshot.claims(id):
            if not _is_sound(claim, topic, places.get(claim.passage)):
                yield f"A claim of article {claim.article} at {claim.start} fits no passage of it."


def _is_sound(claim: Claim, topic: Topic, passage: Passage | None) -> bool:
    return (
        passage is not None
        and passage.article == claim.article
        and passage.start <= claim.start < claim.end <= passage.end
        and set(claim.about) <= set(topic.option_ids)
        and (not claim.criterion or topic.has_criterion(claim.criterion))
        and claim.stance in get_args(Stance)
        and claim.kind in get_args(ClaimKind)
    )


def _sources(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for row in connection.execute("SELECT article FROM sources ORDER BY article").fetchall():
        try:
            snapshot.source(row["article"])
        except sqlite3.DatabaseError:
            yield f"The source of article {row['article']} cannot be read back."


def _decisions(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for row in connection.execute("SELECT DISTINCT article FROM decisions").fetchall():
        try:
            snapshot.decisions(row["article"])
        except sqlite3.DatabaseError:
            yield f"What was decided on article {row['article']} cannot be understood."


def _history(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    yield from history_problems(connection)


def _given(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for row in connection.execute("SELECT article FROM given").fetchall():
        try:
            snapshot.given(row["article"])
        except sqlite3.DatabaseError:
            yield f"What was given of article {row['article']} cannot be understood."


_CHECKS: tuple[Check, ...] = (
    _pages,
    _references,
    _texts,
    _index,
    _repetitions,
    _claims,
    _sources,
    _decisions,
    _given,
    _history,
)
