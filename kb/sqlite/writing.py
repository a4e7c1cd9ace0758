"""Writing one article or topic inside the caller's transaction."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from kb.index import topic_forms
from kb.model import Article, Claim, Passage
from kb.prepared import PreparedArticle
from kb.segments import Segment, segments_of
from kb.sqlite.alike import delete_sketches, save_sketches
from kb.sqlite.decisions import save_decisions
from kb.sqlite.given import save_given
from kb.sqlite.rebuilding import index_of
from kb.sqlite.segments import add_segments, delete_segments, mark_dead
from kb.sqlite.sources import Packed, save_source
from kb.sqlite.vocabulary import count_forms, name_forms
from kb.topic import Topic


def digest(text: str) -> str:
    """Return the checksum that `kb check` compares stored text with."""
    return sha256(text.encode()).hexdigest()


def short_digest(text: str) -> str:
    """Return the checksum of a passage: there are many, and 64 bits tell damage."""
    return digest(text)[:16]


def save_topic(connection: sqlite3.Connection, topic: Topic) -> None:
    connection.execute(
        "INSERT INTO topics (id, text) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET text = excluded.text",
        (topic.id, topic.text),
    )
    name_forms(connection, topic.id, topic_forms(topic.vocabulary))


def delete_topic(connection: sqlite3.Connection, id: str) -> None:
    """Delete a topic without articles."""
    name_forms(connection, id, ())
    delete_segments(connection, id)
    connection.execute("DELETE FROM topics WHERE id = ?", (id,))


def delete_articles(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Delete articles, those that are there, with all that was made of them."""
    _save(connection, ids, ())


def put_articles(
    connection: sqlite3.Connection, articles: Sequence[tuple[PreparedArticle, Packed | None]]
) -> None:
    """Insert articles, each in the place of the one of its id, if there."""
    _save(connection, [prepared.article.id for prepared, _ in articles], articles)


def _save(
    connection: sqlite3.Connection,
    gone: Iterable[str],
    articles: Sequence[tuple[PreparedArticle, Packed | None]],
) -> None:
    """Delete articles and insert others; the index and the vocabulary follow once for all."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    segments: dict[str, list[Segment]] = defaultdict(list)
    sketches: dict[str, list[tuple[bytes, int]]] = defaultdict(list)
    for id in gone:
        _delete(connection, id, forms)
    for prepared, source in articles:
        numbers = _insert(connection, prepared)
        if source is not None:
            save_source(connection, prepared.article.id, source)
        topic, index = prepared.article.topic, prepared.index
        forms[topic].update(index.forms)
        segments[topic] += segments_of(index, numbers)
        sketches[topic] += zip(index.sketches, numbers, strict=True)
    for topic, found in sketches.items():
        save_sketches(connection, topic, found)
    for topic, counts in forms.items():
        count_forms(connection, topic, counts)
        add_segments(connection, topic, segments[topic])


def _delete(connection: sqlite3.Connection, id: str, forms: dict[str, Counter[str]]) -> None:
    """Delete an article if it is there; take its forms out of those of its topic."""
    for (topic,) in connection.execute("SELECT topic FROM articles WHERE id = ?", (id,)).fetchall():
        numbers, index = index_of(connection, id)
        forms[topic].subtract(index.forms)
        mark_dead(connection, topic, numbers)
        rows = connection.execute(
            "SELECT likeness, number FROM passages WHERE article = ?", (id,)
        ).fetchall()
        delete_sketches(connection, topic, rows)
        connection.execute("DELETE FROM articles WHERE id = ?", (id,))


def _insert(connection: sqlite3.Connection, prepared: PreparedArticle) -> list[int]:
    """Insert the rows of an article; return the numbers of its passages, ascending."""
    article, count = prepared.article, len(prepared.passages)
    (last,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'"
    ).fetchone()
    numbers = list(range(last + 1, last + 1 + count))
    _insert_article(connection, article, first=last + 1 if count else 0)
    connection.executemany(
        'INSERT INTO asides (article, start, "end", reason) VALUES (?, ?, ?, ?)',
        [(article.id, block.start, block.end, block.aside) for block in prepared.asides],
    )
    connection.executemany(
        'INSERT INTO passages (number, id, article, start, "end", headings, kind, cells, digest,'
        " damage, likeness) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        map(_row, numbers, prepared.passages, prepared.index.sketches),
    )
    save_claims(connection, article.id, prepared.claims)
    save_decisions(connection, article.id, prepared.decisions)
    save_given(connection, article.id, prepared.given)
    return numbers


def save_claims(connection: sqlite3.Connection, article: str, claims: Sequence[Claim]) -> None:
    """Replace the claims of an article."""
    connection.execute("DELETE FROM claims WHERE article = ?", (article,))
    connection.executemany(
        'INSERT INTO claims (article, passage, about, criterion, stance, start, "end", method,'
        " kind, hedged, scope, limits, value, unit, sense)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                claim.article,
                claim.passage,
                json.dumps(claim.about),
                claim.criterion,
                claim.stance,
                claim.start,
                claim.end,
                claim.method,
                claim.kind,
                int(claim.hedged),
                json.dumps(dict(claim.scope)),
                claim.limits,
                claim.value,
                claim.unit,
                claim.sense,
            )
            for claim in claims
        ],
    )


def _insert_article(connection: sqlite3.Connection, article: Article, *, first: int) -> None:
    metadata = article.metadata
    interest = metadata.interest
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.topic,
            article.digest,
            article.text,
            digest(article.text),
            metadata.title,
            metadata.publisher,
            metadata.author,
            metadata.published,
            metadata.url,
            json.dumps(interest.options if interest else ()),
            interest.text if interest else "",
            first,
        ),
    )


def _row(number: int, passage: Passage, likeness: bytes) -> tuple[int | str | bytes, ...]:
    return (
        number,
        passage.id,
        passage.article,
        passage.start,
        passage.end,
        json.dumps(passage.headings, ensure_ascii=False),
        passage.kind,
        json.dumps([(cell.option, cell.start, cell.end) for cell in passage.cells]),
        short_digest(passage.text),
        passage.damage,
        likeness,
    )
