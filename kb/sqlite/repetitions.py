"""What articles repeat of one another, as rows that follow when an article comes or goes."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial

from kb.model import Span
from kb.repeats import Repeats, Repetition, Repost, compared, find_repeats, quotes_alone
from kb.sketches import Meeting, Sketches
from kb.sqlite.alike import read_alike
from kb.sqlite.candidates import Order, drawn, likest
from kb.sqlite.decoding import decoding
from kb.sqlite.meetings import (
    bars_are_right,
    read_compared,
    read_meetings,
    read_shingled,
    save_meetings,
)
from kb.sqlite.parts import in_parts

_AT_ONCE = 256  # articles whose likes are looked for together


@contextmanager
def repetitions_following(
    connection: sqlite3.Connection, articles: Collection[str]
) -> Iterator[None]:
    """Bring what articles repeat up to date when the block has stored or removed some of them.

    Only passages that share something with these are looked at again. The result is the same as
    if everything had been compared anew.
    """
    topics = _topics(connection, articles)
    met = {each.passage for each in read_meetings(connection, "m.article", articles)}
    yield
    for topic in sorted(topics | _topics(connection, articles)):
        _renew(connection, topic, articles, met)


def save_all_repetitions(connection: sqlite3.Connection) -> None:
    """Store what all articles repeat."""
    for (topic,) in connection.execute("SELECT id FROM topics").fetchall():
        for ids in _parts(articles_of(connection, topic)):
            alike = read_alike(connection, topic, read_sketches(connection, topic, ids), ())
            _compare(connection, likest(Order(connection), alike), ids)


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


def articles_of(connection: sqlite3.Connection, topic: str) -> list[str]:
    """Return the ids of the articles of a topic."""
    return [id for (id,) in connection.execute("SELECT id FROM articles WHERE topic = ?", (topic,))]


def read_sketches(
    connection: sqlite3.Connection, topic: str, articles: Iterable[str]
) -> dict[str, dict[str, bytes]]:
    """Return the sketches of those of some articles that are the topic's, by article and passage.

    An article without passages is among them.
    """
    ids = list(articles)
    rows = in_parts(connection, "SELECT id FROM articles WHERE topic = ? AND id IN", ids, topic)
    found: dict[str, dict[str, bytes]] = {id: {} for (id,) in sorted(map(tuple, rows))}
    rows = in_parts(
        connection,
        "SELECT article, start, id, likeness FROM passages WHERE article IN",
        list(found),
    )
    for article, _, passage, sketch in sorted(map(tuple, rows)):
        found[article][passage] = sketch
    return found


@decoding
def are_right(connection: sqlite3.Connection, topic: str) -> bool:
    """Tell whether what is stored of a topic is what comparing everything anew finds."""
    sketches = read_sketches(connection, topic, articles_of(connection, topic))
    dates = _dates(connection, sketches)
    meetings = Sketches(dates, sketches).meetings({id for e in sketches.values() for id in e})
    if set(read_meetings(connection, "p.article", sketches)) != set(meetings):
        return False
    if not bars_are_right(connection, sketches, meetings):
        return False
    found = find_repeats(dates, sketches, partial(read_shingled, connection))
    return found == Repeats.of(read_repetitions(connection, topic))


def _renew(
    connection: sqlite3.Connection, topic: str, changed: Collection[str], met: Collection[str]
) -> None:
    """Store what a topic's articles repeat; `met` are the passages that met a changed article.

    Only passages that share something with the changed articles are looked at, and only texts
    that were not compared before are read.
    """
    own = read_sketches(connection, topic, changed)
    every = _sketches_of(connection, topic, met) | own
    asked = {passage for each in every.values() for passage in each}
    for ids in _parts(list(every)):
        alike = read_alike(connection, topic, {id: every[id] for id in ids}, own.keys())
        order = Order(connection)
        renewed = likest(order, alike) | drawn(order, alike, asked)
        _compare(connection, renewed, changed)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _sketches_of(
    connection: sqlite3.Connection, topic: str, passages: Iterable[str]
) -> dict[str, dict[str, bytes]]:
    """Return the sketches of those of some passages that are the topic's, by article."""
    statement = (
        "SELECT p.article, p.id, p.likeness FROM passages p JOIN articles a ON a.id = p.article"
        " WHERE a.topic = ? AND p.id IN"
    )
    found: dict[str, dict[str, bytes]] = defaultdict(dict)
    for article, passage, sketch in in_parts(connection, statement, passages, topic):
        found[article][passage] = sketch
    return dict(found)


def _compare(
    connection: sqlite3.Connection,
    renewed: Mapping[str, Sequence[Meeting]],
    changed: Collection[str],
) -> None:
    """Store the meetings of some passages, and what the articles of these repeat now."""
    save_meetings(connection, renewed, changed)
    rows = in_parts(connection, "SELECT article FROM passages WHERE id IN", renewed)
    articles = {article for (article,) in rows}
    compared = read_compared(connection, articles)
    found: dict[str, Repetition] = {}
    for article, each in compared.items():
        quotes = quotes_alone([(c.meeting.passage, c.meeting.article, c.match) for c in each])
        if quotes is not None:
            found[article] = quotes
        else:
            found |= _read_anew(connection, article, [c.meeting for c in each])
    connection.executemany("DELETE FROM repetitions WHERE article = ?", [(id,) for id in articles])
    connection.executemany(
        "INSERT INTO repetitions (article, passages, spans, repost, share) VALUES (?, ?, ?, ?, ?)",
        [(id, *_row(each)) for id, each in found.items() if each != Repetition()],
    )


@decoding
def _read_anew(
    connection: sqlite3.Connection, article: str, meetings: Sequence[Meeting]
) -> dict[str, Repetition]:
    """Return what an article repeats that may repeat passages: all its text is compared."""
    dates = _dates(connection, {article, *(each.article for each in meetings)})
    sketches = {article: {each.passage: b"" for each in meetings}}
    met = Sketches(dates, sketches).met(meetings)
    return compared(met, partial(read_shingled, connection))


def _dates(connection: sqlite3.Connection, articles: Iterable[str]) -> dict[str, str]:
    rows = in_parts(connection, "SELECT id, published FROM articles WHERE id IN", articles)
    return dict(map(tuple, rows))


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
