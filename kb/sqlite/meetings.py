"""Which passages each passage is compared with, and what came of it, as rows."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted
from kb.repeats import Compared, may_repeat
from kb.sketches import MOST
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

_BARS = 4096  # passages, by number, whose bars stand in a row
_MOST = 2**16 - 1  # shingles of a passage; what one of more shares is always looked at anew
_MOST_QUOTED = 2**8 - 1  # and so is one that quotes more stretches of another
_MEETING = np.dtype(
    [("first", "<u4"), ("other", "<u4"), ("matched", "<u2"), ("size", "<u2")]
    + [("shared", "u1"), ("quotes", "u1")]
)
_OTHER = Struct("<IIHHBB")  # the same
_SPAN = Struct("<II")


class Meeting(NamedTuple):
    """Another passage, by number, the values that both sketches share, and what was compared.

    `first` is the number of the first passage of the other's article. `matched` of the `size`
    shingles stand in the other; `quoted` are the stretches that hold many of them, as stored.
    """

    first: int
    other: int
    matched: int
    size: int
    shared: int
    quoted: bytes


Meetings = Mapping[int, Sequence[Meeting]]  # by the number of a passage
Rows = Mapping[int, bytes]  # the same as they are stored


class Bars:
    """What a passage has to share with another one to be among those that this is compared with.

    It is what the last of MOST passages shares, 0 while there are fewer.
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
        rows = in_parts(self._connection, "SELECT id, shared FROM bars WHERE id IN", missing)
        stored = dict(map(tuple, rows))
        for row in missing:
            values = np.frombuffer(stored.get(row, bytes(_BARS)), np.uint8).copy()
            if len(values) != _BARS:
                raise ValueError("a row of bars is too short or too long")
            self._rows[row] = values


def bar(meetings: Sequence[Meeting]) -> int:
    """Return the bar of a passage that has these meetings."""
    return min(each.shared for each in meetings) if len(meetings) == MOST else 0


def bars_are_right(connection: sqlite3.Connection, stored: Mapping[str, Meetings]) -> bool:
    """Tell whether the bars of all passages of articles are those of their meetings."""
    expected = {number: bar(each) for held in stored.values() for number, each in held.items()}
    rows = in_parts(connection, "SELECT number FROM passages WHERE article IN", stored)
    numbers = [number for (number,) in rows]
    found: list[int] = Bars(connection).of(np.array(numbers, np.int64)).tolist()
    return found == [expected.get(number, 0) for number in numbers]


def save_meetings(connection: sqlite3.Connection, meetings: Meetings) -> None:
    """Replace the meetings of some passages, which may have none."""
    connection.executemany(
        "DELETE FROM meetings WHERE passage = ?", [(n,) for n, each in meetings.items() if not each]
    )
    connection.executemany(
        "INSERT INTO meetings (passage, others) VALUES (?, ?)"
        " ON CONFLICT (passage) DO UPDATE SET others = excluded.others",
        [(number, _packed(each)) for number, each in sorted(meetings.items()) if each],
    )
    Bars(connection).set({number: bar(each) for number, each in meetings.items()})


def read_meetings(
    connection: sqlite3.Connection, numbers: Iterable[int]
) -> dict[int, list[Meeting]]:
    """Return the meetings of those of some passages that have any."""
    rows = in_parts(connection, "SELECT passage, others FROM meetings WHERE passage IN", numbers)
    return meetings_of(dict(map(tuple, rows)))


def read_meetings_of(
    connection: sqlite3.Connection, articles: Iterable[str]
) -> dict[str, dict[int, bytes]]:
    """Return the rows of all passages of articles that meet any, by article."""
    rows = in_parts(
        connection,
        "SELECT p.article, m.passage, m.others FROM passages p JOIN meetings m"
        " ON m.passage = p.number WHERE p.article IN",
        articles,
    )
    found: dict[str, dict[int, bytes]] = {}
    for article, number, others in rows:
        found.setdefault(article, {})[number] = others
    return found


@decoding
def meetings_of(rows: Rows) -> dict[int, list[Meeting]]:
    """Return the meetings of passages of their rows."""
    return {number: _unpacked(others) for number, others in rows.items()}


def packed_spans(spans: Iterable[tuple[int, int]]) -> bytes:
    """Return stretches as they are stored with a meeting."""
    return b"".join([_SPAN.pack(*each) for each in spans])


@decoding
def quoted(row: bytes) -> list[tuple[int, int]]:
    """Return the stretches of a passage's article that stand in those that the passage meets."""
    spans = row[1 + row[0] * _OTHER.size :]
    if len(spans) % _SPAN.size:
        raise ValueError("a stretch is cut off")
    return list(_SPAN.iter_unpack(spans))


@decoding
def to_compare(rows: Sequence[Rows]) -> list[tuple[bool, list[int]]]:
    """Return of each of some articles whether it may be a re-post, and which passages be repeated.

    `rows` are all that the passages of each meet. What other passages quote is what is stored.
    """
    every = [(place, *each) for place, held in enumerate(rows) for each in held.items()]
    counts = np.array([row[0] for _, _, row in every], np.int64)
    heads = b"".join([row[1 : 1 + row[0] * _OTHER.size] for _, _, row in every])
    found = np.frombuffer(heads, _MEETING)
    if len(found) != counts.sum() or not counts.all():
        raise ValueError("meetings are cut off")
    articles = np.repeat(np.array([place for place, _, _ in every], np.int64), counts)
    passages = np.repeat(np.arange(len(every)), counts)
    columns = (found[name].astype(np.int64) for name in ("first", "matched", "size"))
    repeated, reposts = may_repeat(Compared(articles, passages, *columns), len(rows))
    chosen: list[list[int]] = [[] for _ in rows]
    for (place, number, _), wanted in zip(every, repeated.tolist(), strict=True):
        if wanted:
            chosen[place].append(number)
    return list(zip(reposts.tolist(), chosen, strict=True))


def _packed(meetings: Sequence[Meeting]) -> bytes:
    """Return meetings as they are stored: a row for each, and behind them the stretches."""
    held = [_within_bounds(each) for each in meetings]
    rows = [_OTHER.pack(*each[:5], len(each.quoted) // _SPAN.size) for each in held]
    return b"".join([bytes([len(rows)]), *rows, *(each.quoted for each in held)])


def _within_bounds(meeting: Meeting) -> Meeting:
    """Return a meeting of too much as one with a passage that is repeated."""
    if meeting.size <= _MOST and len(meeting.quoted) <= _MOST_QUOTED * _SPAN.size:
        return meeting
    return meeting._replace(matched=_MOST, size=_MOST, quoted=b"")


def _unpacked(stored: bytes) -> list[Meeting]:
    end = 1 + stored[0] * _OTHER.size
    if len(stored) < end:
        raise ValueError("meetings are cut off")
    found, begin = [], end
    for first, other, matched, size, shared, quotes in _OTHER.iter_unpack(stored[1:end]):
        behind = begin + quotes * _SPAN.size
        found.append(Meeting(first, other, matched, size, shared, stored[begin:behind]))
        begin = behind
    if begin != len(stored):
        raise ValueError("meetings have too many stretches, or too few")
    return found
