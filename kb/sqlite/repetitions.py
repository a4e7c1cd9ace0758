"""What articles repeat of one another, as rows that follow when an article comes or goes."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from kb.model import Span
from kb.prepared import PreparedArticle
from kb.repeats import Repeats, Repetition, Repost, Shingled, passages_repeated
from kb.reposts import compared
from kb.sketches import meetings, met
from kb.spans import merged
from kb.sqlite.comparing import read_shingled, read_texts
from kb.sqlite.decoding import decoding
from kb.sqlite.meetings import (
    Meetings,
    Rows,
    bars_are_right,
    meetings_of,
    quoted,
    read_meetings_of,
    to_compare,
)
from kb.sqlite.order import Orders
from kb.sqlite.parts import in_parts
from kb.sqlite.renewing import (
    Renewal,
    alike,
    alike_of,
    known_texts,
    meeting,
    passages_by_number,
    passages_of,
    renew,
)

_AT_ONCE = 8192  # passages whose likes are looked for together


@contextmanager
def repetitions_following(
    connection: sqlite3.Connection,
    articles: Collection[str],
    prepared: Sequence[PreparedArticle] = (),
) -> Iterator[None]:
    """Bring what articles repeat up to date when the block has stored or removed some of them.

    Only passages that share something with these are looked at again. The result is the same as
    if everything had been compared anew. The texts of those that are `prepared` are not read.
    """
    topics = _topics(connection, articles)
    left = {id: meeting(connection, id, passages_of(connection, id, articles)) for id in topics}
    yield
    for topic in sorted(topics | _topics(connection, articles)):
        own = passages_of(connection, topic, articles)
        asked = own.beside(passages_by_number(connection, topic, left.get(topic, ())))
        _renew(connection, topic, Renewal(asked, own.numbers, known_texts(own, prepared)))


def save_all_repetitions(connection: sqlite3.Connection) -> None:
    """Store what all articles repeat."""
    for (topic,) in connection.execute("SELECT id FROM topics").fetchall():
        every = passages_of(connection, topic, articles_of(connection, topic))
        _renew(connection, topic, Renewal(every, every.numbers, {}))


def read_echoes(connection: sqlite3.Connection, topic: str) -> dict[str, tuple[Span, ...]]:
    """Return the stretches that articles with claims repeat, by article: what `echoed` asks for."""
    rows = connection.execute(
        "SELECT r.article, r.spans FROM repetitions r JOIN articles a ON a.id = r.article"
        " WHERE a.topic = ? AND r.article IN (SELECT article FROM claims)",
        (topic,),
    )
    return {row[0]: spans for row in rows if (spans := _spans(row[1]))}


def read_repetitions(connection: sqlite3.Connection, topic: str) -> dict[str, Repetition]:
    """Return what those articles of a topic repeat that repeat anything, by id."""
    rows = connection.execute(
        "SELECT r.article, r.passages, r.spans, r.repost, r.share FROM repetitions r"
        " JOIN articles a ON a.id = r.article WHERE a.topic = ? ORDER BY r.article",
        (topic,),
    )
    return {row[0]: _repetition(*row[1:]) for row in rows}


def read_repeated(
    connection: sqlite3.Connection, articles: Iterable[str]
) -> dict[str, Mapping[str, str]]:
    """Return the passages that articles repeat, each with the article it repeats, by article."""
    statement = "SELECT article, passages, spans, repost, share FROM repetitions WHERE article IN"
    return {
        row[0]: _repetition(*tuple(row)[1:]).passages
        for row in in_parts(connection, statement, articles)
    }


@decoding
def repetition_of(connection: sqlite3.Connection, prepared: PreparedArticle) -> Repetition:
    """Return what an article would repeat that is not stored."""
    id = prepared.article.id

    def read(article: str) -> Sequence[Shingled]:
        return prepared.shingled if article == id else read_shingled(connection, article)

    return compared(met(alike_of(connection, prepared)), read).get(id, Repetition())


def articles_of(connection: sqlite3.Connection, topic: str) -> list[str]:
    """Return the ids of the articles of a topic."""
    return [id for (id,) in connection.execute("SELECT id FROM articles WHERE topic = ?", (topic,))]


def read_sketches(
    connection: sqlite3.Connection, topic: str
) -> tuple[dict[str, str], dict[str, list[bytes]]]:
    """Return the dates of the articles of a topic, and the sketches of their passages, in order."""
    rows = connection.execute("SELECT id, published FROM articles WHERE topic = ?", (topic,))
    dates: dict[str, str] = dict(map(tuple, rows.fetchall()))
    found: dict[str, list[bytes]] = {id: [] for id in dates}
    rows = connection.execute("SELECT article, likeness FROM passages ORDER BY number")
    for article, sketch in rows.fetchall():
        if article in found:
            found[article].append(sketch)
    return dates, found


@decoding
def are_right(connection: sqlite3.Connection, topic: str) -> bool:
    """Tell whether what is stored of a topic is what comparing everything anew finds."""
    dates, sketches = read_sketches(connection, topic)
    found = meetings(dates, sketches)
    rows = read_meetings_of(connection, dates)
    stored = {article: meetings_of(held) for article, held in rows.items()}
    if alike(Orders(connection, topic), stored) != found or not bars_are_right(connection, stored):
        return False
    repeats = compared(met(found), partial(read_shingled, connection))
    return Repeats.of(repeats) == Repeats.of(read_repetitions(connection, topic))


def _renew(connection: sqlite3.Connection, topic: str, renewal: Renewal) -> None:
    """Store what the articles of passages repeat, whose meetings are looked for."""
    orders = Orders(connection, topic)
    renewed: list[int] = []
    for part in renewal.asked.parts(_AT_ONCE):
        renewed += renew(orders, renewal, part)
    _save(orders, renewed)


def _save(orders: Orders, renewed: Sequence[int]) -> None:
    """Store what the articles of some passages repeat, by the meetings of all of theirs."""
    connection = orders.connection
    order = orders.of(np.array(renewed, np.int64))
    articles = list({order.standing(number).article: None for number in renewed})
    rows = read_meetings_of(connection, articles)
    chosen = to_compare(list(rows.values()))
    found = {
        article: _whole(orders, article, held) if repost else _repeated(orders, held, numbers)
        for (article, held), (repost, numbers) in zip(rows.items(), chosen, strict=True)
    }
    connection.executemany("DELETE FROM repetitions WHERE article = ?", [(id,) for id in articles])
    connection.executemany(
        "INSERT INTO repetitions (article, passages, spans, repost, share) VALUES (?, ?, ?, ?, ?)",
        [(id, *_row(each)) for id, each in found.items() if each != Repetition()],
    )


@decoding
def _whole(orders: Orders, article: str, rows: Rows) -> Repetition:
    """Return what an article repeats that may be a re-post: all its texts are compared."""
    found = alike(orders, {article: meetings_of(rows)})
    return compared(met(found), partial(read_shingled, orders.connection))[article]


def _repeated(orders: Orders, rows: Rows, numbers: Sequence[int]) -> Repetition:
    """Return what an article repeats that is no re-post; passages may be repeated by number.

    The texts of these alone are read.
    """
    spans = [each for n, row in rows.items() if n not in numbers for each in quoted(row)]
    if not numbers:
        return Repetition({}, tuple(merged(spans)))
    found = _compared(orders, meetings_of({number: rows[number] for number in numbers}))
    return replace(found, spans=tuple(merged([*found.spans, *spans])))


@decoding
def _compared(orders: Orders, meetings: Meetings) -> Repetition:
    """Return what some passages of one article repeat."""
    numbers = np.array([m.other for each in meetings.values() for m in each], np.int64)
    order = orders.of(np.union1d(numbers, list(meetings)))
    texts = read_texts(orders.connection, [*meetings, *numbers.tolist()])
    found = [
        (
            texts[number],
            [
                (standing.article, texts[other])
                for standing, other in sorted((order.standing(m.other), m.other) for m in each)
            ],
        )
        for number, each in meetings.items()
    ]
    (count,) = orders.connection.execute(
        "SELECT count(*) FROM passages WHERE article = ? AND likeness <> x''",
        (found[0][0].passage.article,),
    ).fetchone()
    return passages_repeated(found, count)


def _topics(connection: sqlite3.Connection, articles: Iterable[str]) -> set[str]:
    statement = "SELECT topic FROM articles WHERE id IN"
    return {row[0] for row in in_parts(connection, statement, articles)}


def _row(repetition: Repetition) -> tuple[str, str, str, float]:
    spans = [(span.start, span.end) for span in repetition.spans]
    repost = repetition.repost or Repost("", 0.0)
    return json.dumps(dict(repetition.passages)), json.dumps(spans), repost.article, repost.share


@decoding
def _repetition(passages: str, spans: str, repost: str, share: float) -> Repetition:
    return Repetition(
        {str(id): str(article) for id, article in json.loads(passages).items()},
        _spans(spans),
        Repost(repost, share) if repost else None,
    )


@lru_cache(maxsize=4096)  # most articles are the same in the next revision
@decoding
def _spans(stored: str) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in json.loads(stored))
