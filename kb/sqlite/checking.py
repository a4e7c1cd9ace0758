"""What can be wrong inside a knowledge base file, each as a sentence."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

import numpy as np

from kb.errors import KnowledgeBaseError
from kb.index import index_article, topic_forms
from kb.model import Article, Claim, ClaimKind, Passage, Stance
from kb.spelling import deletions
from kb.sqlite.repetitions import are_right
from kb.sqlite.snapshot import SqliteSnapshot
from kb.sqlite.writing import digest
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
            if digest(row["text"][passage["start"] : passage["end"]]) != passage["digest"]:
                yield f"Passage {passage['id']} is not what was stored."


def _postings(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for article in snapshot.articles():
        passages = sorted(snapshot.passages(article.id), key=lambda passage: passage.number)
        if _stored_index(connection, article) != _expected_index(article, passages):
            yield f"The index of article {article.id} is not what its text yields."


_Measures = list[tuple[int, int, bytes, bytes]]
_Index = tuple[set[tuple[str, bytes, bytes, bytes]], dict[str, int], _Measures]


def _expected_index(article: Article, passages: Sequence[Passage]) -> _Index:
    index = index_article(passages, title=article.metadata.title)
    numbers = np.array([passage.number for passage in passages], dtype=np.uint32)
    rows = {
        (
            word,
            numbers[postings.numbers].tobytes(),
            postings.body.tobytes(),
            postings.heading.tobytes(),
        )
        for word, postings in index.words.items()
    }
    measures = zip(index.lengths, index.sketches, index.shingles, strict=True)
    return rows, dict(index.forms), [(*lengths, few, every) for lengths, few, every in measures]


def _stored_index(connection: sqlite3.Connection, article: Article) -> _Index:
    postings = connection.execute(
        "SELECT w.word, p.numbers, p.body, p.heading FROM postings p"
        " JOIN words w ON w.id = p.word AND w.topic = ? WHERE p.article = ?",
        (article.topic, article.id),
    )
    forms = connection.execute(
        "SELECT f.form, c.frequency FROM form_counts c"
        " JOIN forms f ON f.id = c.form AND f.topic = ? WHERE c.article = ?",
        (article.topic, article.id),
    )
    measures = connection.execute(
        "SELECT body_length, heading_length, likeness, shingles FROM passages WHERE article = ?"
        " ORDER BY number",
        (article.id,),
    )
    return {tuple(row) for row in postings}, dict(map(tuple, forms)), [tuple(x) for x in measures]


def _repetitions(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    for id in snapshot.state().topics:
        if not are_right(connection, id):
            yield f"What the articles of topic {id} repeat is not what their texts yield."


def _vocabulary(connection: sqlite3.Connection, snapshot: SqliteSnapshot) -> Iterator[str]:
    """Yield a sentence per topic whose forms or deletions are not those of its articles."""
    for topic in snapshot.topics():
        named = topic_forms(topic.vocabulary)
        counted = connection.execute(
            "SELECT f.form, sum(c.frequency) FROM form_counts c JOIN forms f ON f.id = c.form"
            " WHERE f.topic = ? GROUP BY f.form",
            (topic.id,),
        )
        expected = {form: (0, 1) for form in named}
        expected |= {form: (frequency, int(form in named)) for form, frequency in counted}
        forms = connection.execute(
            "SELECT form, frequency, topical FROM forms WHERE topic = ?", (topic.id,)
        )
        left_out = connection.execute(
            "SELECT f.form, d.deletion FROM deletions d JOIN forms f ON f.id = d.form"
            " WHERE d.topic = ?",
            (topic.id,),
        )
        pairs = {(form, deletion) for form in expected for deletion in deletions(form)}
        if {row[0]: (row[1], row[2]) for row in forms} != expected or set(
            map(tuple, left_out)
        ) != pairs:
            yield f"The vocabulary of topic {topic.id} is not that of its articles."


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


_CHECKS: tuple[Check, ...] = (
    _pages,
    _references,
    _texts,
    _postings,
    _repetitions,
    _vocabulary,
    _claims,
    _sources,
    _decisions,
)
