"""Which articles each passage is compared with, and what came of it, as rows."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted
from kb.likeness import Shingles, text_shingles
from kb.model import Passage, Span
from kb.repeats import Match, Shingled, match
from kb.sketches import MOST, Meeting
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

_BARS = 4096  # passages, by number, whose bars stand in a row
_KEPT = 4096  # articles taken apart that are kept: 4 kB of one of a thousand words
_SELECT = """
SELECT m.passage, m.article, m.shared FROM meetings m JOIN passages p ON p.id = m.passage
"""
_TEXTS = """
SELECT p.id, p.article, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start)
FROM passages p JOIN articles a ON a.id = p.article
"""


class Bars:
    """What an article has to share with a passage to be among those it is compared with.

    It is what the last of MOST articles shares, 0 while there are fewer.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[int, NDArray[np.uint8]] = {}

    def of(self, numbers: Integers) -> NDArray[np.uint8]:
        """Return the bars of passages, by number."""
        rows, places = np.divmod(numbers, _BARS)
        wanted, _ = counted(rows)
        self._read(wanted.tolist())
        table = np.stack([np.zeros(_BARS, np.uint8), *map(self._rows.__getitem__, wanted.tolist())])
        return np.asarray(table[np.searchsorted(wanted, rows) + 1, places])

    def set(self, bars: Mapping[int, int]) -> None:
        """Store the bars of some passages."""
        rows = {number // _BARS for number in bars}
        self._read(rows)
        for number, bar in bars.items():
            self._rows[number // _BARS][number % _BARS] = bar
        self._connection.executemany(
            "INSERT INTO bars (id, shared) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET shared = excluded.shared",
            [(row, self._rows[row].tobytes()) for row in sorted(rows)],
        )

    @decoding
    def _read(self, wanted: Collection[int]) -> None:
        missing = [row for row in wanted if row not in self._rows]
        stored = dict(
            map(
                tuple,
                in_parts(self._connection, "SELECT id, shared FROM bars WHERE id IN", missing),
            )
        )
        for row in missing:
            values = np.frombuffer(stored.get(row, bytes(_BARS)), np.uint8).copy()
            if len(values) != _BARS:
                raise ValueError("a row of bars is too short or too long")
            self._rows[row] = values


class Compared(NamedTuple):
    """A meeting, and what the passage shares with the article."""

    meeting: Meeting
    match: Match


def read_meetings(
    connection: sqlite3.Connection, column: str, wanted: Iterable[str]
) -> list[Meeting]:
    """Return the meetings whose `column` is among what is wanted."""
    return [Meeting(*row) for row in in_parts(connection, f"{_SELECT} WHERE {column} IN", wanted)]


def save_meetings(
    connection: sqlite3.Connection,
    renewed: Mapping[str, Sequence[Meeting]],
    changed: Collection[str],
) -> None:
    """Replace the meetings of some passages, comparing those that did not meet before.

    Texts are read of passages and articles that were not compared yet, or that `changed`.
    """
    known = _known(connection, renewed, changed)
    new = [m for each in renewed.values() for m in each if (m.passage, m.article) not in known]
    known |= _matches(connection, new)
    connection.executemany("DELETE FROM meetings WHERE passage = ?", [(id,) for id in renewed])
    connection.executemany(
        "INSERT INTO meetings (passage, article, shared, matched, size, quoted)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (m.passage, m.article, m.shared, *_row(known[m.passage, m.article]))
            for each in renewed.values()
            for m in each
        ],
    )
    Bars(connection).set(_bars(connection, renewed))


def _bars(connection: sqlite3.Connection, held: Mapping[str, Sequence[Meeting]]) -> dict[int, int]:
    """Return by number the bars of passages that have these meetings."""
    rows = in_parts(connection, "SELECT id, number FROM passages WHERE id IN", held)
    return {
        number: min(each.shared for each in held[id]) if len(held[id]) == MOST else 0
        for id, number in rows
    }


def bars_are_right(
    connection: sqlite3.Connection, articles: Iterable[str], meetings: Iterable[Meeting]
) -> bool:
    """Tell whether the bars of all passages of articles are those of their meetings."""
    rows = in_parts(connection, "SELECT id FROM passages WHERE article IN", articles)
    held: dict[str, list[Meeting]] = {id: [] for (id,) in rows}
    for each in meetings:
        held[each.passage].append(each)
    bars = _bars(connection, held)
    stored = Bars(connection).of(np.array(list(bars), np.int64))
    found: list[int] = stored.tolist()
    return found == list(bars.values())


@decoding
def _known(
    connection: sqlite3.Connection, passages: Iterable[str], changed: Collection[str]
) -> dict[tuple[str, str], Match]:
    """Return the matches of passages that are still good, by passage and article."""
    rows = in_parts(
        connection,
        "SELECT m.passage, m.article, p.article, m.matched, m.size, m.quoted"
        " FROM meetings m JOIN passages p ON p.id = m.passage WHERE m.passage IN",
        passages,
    )
    return {
        (passage, other): _match(*rest)
        for passage, other, own, *rest in map(tuple, rows)
        if other not in changed and own not in changed
    }


@decoding
def _matches(
    connection: sqlite3.Connection, meetings: Sequence[Meeting]
) -> dict[tuple[str, str], Match]:
    """Compare passages with articles that they meet, passage by passage."""
    texts = _shingled(connection, {each.passage for each in meetings})

    @lru_cache(maxsize=_KEPT)
    def shingles(article: str) -> Shingles:
        return _together(read_shingled(connection, article))

    return {
        (each.passage, each.article): match(texts[each.passage], shingles(each.article))
        for each in meetings
    }


def _together(texts: Sequence[Shingled]) -> Shingles:
    """Return the shingles of an article, ascending; one without any meets nothing."""
    return np.sort(np.concatenate([each.shingles for each in texts if len(each.shingles)]))


def _shingled(connection: sqlite3.Connection, passages: Iterable[str]) -> dict[str, Shingled]:
    rows = list(in_parts(connection, f"{_TEXTS} WHERE p.id IN", passages))
    runs = text_shingles([row[4] for row in rows])
    return {row[0]: Shingled(Passage(*row), each) for row, each in zip(rows, runs, strict=True)}


@decoding
def read_shingled(connection: sqlite3.Connection, article: str) -> list[Shingled]:
    """Return the passages of an article, in order, with their shingles."""
    texts = connection.execute("SELECT text FROM articles WHERE id = ?", (article,))
    (text,) = next(texts)
    rows = connection.execute(
        'SELECT id, start, "end" FROM passages WHERE article = ? ORDER BY start', (article,)
    )
    passages = [Passage(id, article, start, end, text[start:end]) for id, start, end in rows]
    runs = text_shingles([each.text for each in passages])
    return [Shingled(*each) for each in zip(passages, runs, strict=True)]


@decoding
def read_compared(
    connection: sqlite3.Connection, articles: Iterable[str]
) -> dict[str, list[Compared]]:
    """Return the meetings of all passages of articles, by article, with what was found."""
    rows = in_parts(
        connection,
        "SELECT p.article, m.passage, m.article, m.shared, m.matched, m.size, m.quoted"
        " FROM passages p JOIN meetings m ON m.passage = p.id WHERE p.article IN",
        articles,
    )
    found: dict[str, list[Compared]] = defaultdict(list)
    for article, passage, other, shared, *rest in map(tuple, rows):
        found[article].append(Compared(Meeting(passage, other, shared), _match(*rest)))
    return found


def _row(found: Match) -> tuple[int, int, str]:
    quoted = json.dumps([(span.start, span.end) for span in found.quoted])
    return found.matched, found.size, quoted if found.quoted else ""


def _match(matched: int, size: int, quoted: str) -> Match:
    spans = json.loads(quoted) if quoted else ()
    return Match(int(matched), int(size), tuple(Span(int(a), int(b)) for a, b in spans))
