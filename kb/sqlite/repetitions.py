"""What articles repeat of one another, as rows that follow when an article comes or goes."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial

from kb.likeness import text_shingles
from kb.model import Passage, Span
from kb.repeats import Repeats, Repetition, Repost, Shingled, compared, find_repeats
from kb.sketches import ENOUGH, MOST, Meeting, Met, Sketches
from kb.sqlite.alike import articles_alike, read_alike
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

_MEETINGS = """
SELECT m.passage, m.article, m.shared FROM meetings m JOIN passages p ON p.id = m.passage
"""

_ALIKE = """
SELECT p.number, p.id, p.article, a.published, length(p.likeness)
FROM passages p JOIN articles a ON a.id = p.article
"""
_FEW = 16  # changed articles, and those that met them, up to which each is looked at by itself


@contextmanager
def repetitions_following(
    connection: sqlite3.Connection, articles: Collection[str]
) -> Iterator[None]:
    """Bring what articles repeat up to date when the block has stored or removed some of them.

    Only passages that share something with these are looked at again. The result is the same as
    if everything had been compared anew.
    """
    topics = _topics(connection, articles)
    met = {row[0] for row in in_parts(connection, f"{_MEETINGS} WHERE m.article IN", articles)}
    yield
    for topic in sorted(topics | _topics(connection, articles)):
        _renew(connection, topic, articles, met)


def save_all_repetitions(connection: sqlite3.Connection) -> None:
    """Store what all articles repeat."""
    for (topic,) in connection.execute("SELECT id FROM topics").fetchall():
        _renew(connection, topic, articles_of(connection, topic), set())


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
def read_shingled(connection: sqlite3.Connection, article: str) -> list[Shingled]:
    """Return the passages of an article, in order, with their shingles."""
    texts = connection.execute("SELECT text FROM articles WHERE id = ?", (article,))
    (text,) = next(texts)
    rows = connection.execute(
        'SELECT id, start, "end" FROM passages WHERE article = ? ORDER BY start', (article,)
    )
    return [
        Shingled(Passage(id, article, start, end, part), text_shingles(part))
        for id, start, end in rows
        for part in (text[start:end],)
    ]


@decoding
def are_right(connection: sqlite3.Connection, topic: str) -> bool:
    """Tell whether what is stored of a topic is what comparing everything anew finds."""
    sketches = read_sketches(connection, topic, articles_of(connection, topic))
    dates = _dates(connection, sketches)
    meetings = _known(dates, sketches).meetings({id for each in sketches.values() for id in each})
    if set(_meetings(connection, "p.article", sketches)) != set(meetings):
        return False
    found = find_repeats(dates, sketches, partial(read_shingled, connection))
    return found == Repeats.of(read_repetitions(connection, topic))


def _renew(
    connection: sqlite3.Connection, topic: str, changed: Collection[str], met: Collection[str]
) -> None:
    """Store what a topic's articles repeat; `met` are the passages that met a changed article.

    Only articles that share something with the changed ones, or with those they drew, are read.
    """
    touched = {*changed, *_articles_of(connection, met)}
    if len(touched) <= _FEW:
        sketches = read_sketches(connection, topic, touched)
        _compare(connection, topic, _renewed(connection, topic, sketches, changed, met))
        return
    sketches = _with_alike(connection, topic, touched)
    passages = {id for article in changed for id in sketches.get(article, {})}
    passages |= {id for each in sketches.values() for id in each}.intersection(met)
    drawn = _drawn(connection, sketches, changed)
    if not drawn <= passages:
        passages |= drawn
        sketches |= _with_alike(connection, topic, _articles_of(connection, drawn))
    meetings: dict[str, list[Meeting]] = {passage: [] for passage in passages}
    for each in _known(_dates(connection, sketches), sketches).meetings(passages):
        meetings[each.passage].append(each)
    _compare(connection, topic, meetings)


def _compare(
    connection: sqlite3.Connection, topic: str, renewed: Mapping[str, Sequence[Meeting]]
) -> None:
    """Store the meetings of some passages, and what the articles of these repeat now."""
    connection.executemany(
        "DELETE FROM meetings WHERE passage = ?", [(passage,) for passage in renewed]
    )
    connection.executemany(
        "INSERT INTO meetings (passage, article, shared) VALUES (?, ?, ?)",
        [(m.passage, m.article, m.shared) for each in renewed.values() for m in each],
    )
    articles = _articles_of(connection, renewed)
    sketches = read_sketches(connection, topic, articles)
    meetings = _meetings(connection, "p.article", articles)
    dates = _dates(connection, {*articles, *(each.article for each in meetings)})
    found = _compared(connection, _known(dates, sketches).met(meetings))
    connection.executemany("DELETE FROM repetitions WHERE article = ?", [(id,) for id in articles])
    connection.executemany(
        "INSERT INTO repetitions (article, passages, spans, repost, share) VALUES (?, ?, ?, ?, ?)",
        [(id, *_row(each)) for id, each in found.items() if each != Repetition()],
    )


def _renewed(
    connection: sqlite3.Connection,
    topic: str,
    sketches: Mapping[str, Mapping[str, bytes]],
    changed: Collection[str],
    met: Collection[str],
) -> dict[str, list[Meeting]]:
    """Return, by passage, the meetings of those that have other ones than before.

    `sketches` are those of the changed articles and of the ones that met them. How much passages
    share is known from the segments, so that of all that are alike only dates are read.
    """
    alike = read_alike(connection, topic, sketches)
    numbers = {number for _, number, _ in (*alike.earlier, *alike.later)}
    known = _places(map(tuple, in_parts(connection, f"{_ALIKE} WHERE p.number IN", numbers)))
    dates = _dates(connection, sketches) | {each[1]: each[2] for each in known.values()}
    owners = {passage: article for article, each in sketches.items() for passage in each}
    asked = {id for id, article in owners.items() if article in changed or id in met}
    met_now: dict[str, dict[str, int]] = {id: {} for id in asked}
    for id, number, shared in alike.earlier:
        other = known[number][1]
        if id in asked and _order(dates, other) < _order(dates, owners[id]):
            met_now[id][other] = met_now[id].get(other, 0) + shared
    drawn: dict[str, dict[str, int]] = defaultdict(dict)
    for article, number, shared in alike.later:
        id, owner, _, size = known[number]
        earlier = article in changed and _order(dates, article) < _order(dates, owner)
        if earlier and id not in asked and shared >= min(ENOUGH, size):
            drawn[id][article] = shared
    new = {id: frozenset(each) for id, each in drawn.items()}
    for meeting in _meetings(connection, "m.passage", new):
        drawn[meeting.passage].setdefault(meeting.article, meeting.shared)
    dates |= _dates(connection, {id for each in drawn.values() for id in each} - dates.keys())
    found = {}
    for id, each in (met_now | drawn).items():
        likest = sorted(each, key=lambda other: (-each[other], _order(dates, other)))[:MOST]
        if id in asked or new[id].intersection(likest):
            found[id] = [Meeting(id, other, each[other]) for other in likest]
    return found


@decoding
def _places(rows: Iterable[tuple[int, str, str, str, int]]) -> dict[int, tuple[str, str, str, int]]:
    """Return passages by number: id, article, its date, and how many values the sketch has."""
    found = {}
    for number, id, article, date, size in rows:
        if size % 4:
            raise ValueError("a sketch has half a value")
        found[number] = id, article, date, size // 4
    return found


def _order(dates: Mapping[str, str], article: str) -> tuple[bool, str, str]:
    """Return what sorts articles as `Sketches` does, the one published first before the others."""
    return not dates[article], dates[article], article


def _with_alike(
    connection: sqlite3.Connection, topic: str, articles: Collection[str]
) -> dict[str, dict[str, bytes]]:
    """Return the sketches of articles of a topic and of all that may have to do with them."""
    own = read_sketches(connection, topic, articles)
    return read_sketches(connection, topic, articles_alike(connection, topic, own))


def _articles_of(connection: sqlite3.Connection, passages: Iterable[str]) -> set[str]:
    rows = in_parts(connection, "SELECT article FROM passages WHERE id IN", passages)
    return {article for (article,) in rows}


def _drawn(
    connection: sqlite3.Connection,
    sketches: Mapping[str, Mapping[str, bytes]],
    changed: Collection[str],
) -> set[str]:
    """Return the passages of other articles that are to be compared with a changed one now."""
    by_passage: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in _known(_dates(connection, sketches), sketches).with_any(changed):
        by_passage[meeting.passage].append(meeting)
    candidates = {id: frozenset(each) for id, each in by_passage.items()}
    others = _meetings(connection, "m.passage", candidates)
    for meeting in others:
        if meeting.article not in changed:
            by_passage[meeting.passage].append(meeting)
    known = _known(_dates(connection, {*sketches, *(each.article for each in others)}), {})
    return {
        id for id, each in by_passage.items() if candidates[id].intersection(known.likest(each))
    }


@decoding
def _known(dates: Mapping[str, str], sketches: Mapping[str, Mapping[str, bytes]]) -> Sketches:
    return Sketches(dates, sketches)


@decoding
def _compared(connection: sqlite3.Connection, met: Met) -> dict[str, Repetition]:
    return compared(met, partial(read_shingled, connection))


def _dates(connection: sqlite3.Connection, articles: Iterable[str]) -> dict[str, str]:
    rows = in_parts(connection, "SELECT id, published FROM articles WHERE id IN", articles)
    return dict(map(tuple, rows))


def _topics(connection: sqlite3.Connection, articles: Iterable[str]) -> set[str]:
    statement = "SELECT topic FROM articles WHERE id IN"
    return {row[0] for row in in_parts(connection, statement, articles)}


def _meetings(connection: sqlite3.Connection, column: str, wanted: Iterable[str]) -> list[Meeting]:
    rows = in_parts(connection, f"{_MEETINGS} WHERE {column} IN", wanted)
    return [Meeting(*row) for row in rows]


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
