"""Which passages each passage is compared with, and what came of it, as rows."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted
from kb.model import Span
from kb.repeats import Match
from kb.sketches import MOST
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

_BARS = 4096  # passages, by number, whose bars stand in a row
_MOST = 2**16 - 1  # shingles of a passage; what one of more shares is always looked at anew
_OTHER = Struct("<IHHBB")  # number, shingles matched, of how many, values shared, stretches
_SPAN = Struct("<II")


class Meeting(NamedTuple):
    """Another passage, by number, the values that both sketches share, and what was compared."""

    other: int
    shared: int
    match: Match


Meetings = Mapping[int, Sequence[Meeting]]  # by the number of a passage


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
    return _meetings(rows)


def read_meetings_of(
    connection: sqlite3.Connection, articles: Iterable[str], known: Collection[int] = ()
) -> dict[str, dict[int, list[Meeting]]]:
    """Return the meetings of all passages of articles, but for the known ones, by article."""
    rows = in_parts(
        connection,
        "SELECT p.article, m.passage, m.others FROM passages p JOIN meetings m"
        " ON m.passage = p.number WHERE p.article IN",
        articles,
    )
    found: dict[str, list[tuple[int, bytes]]] = {}
    for article, number, others in rows:
        if number in known:
            continue
        found.setdefault(article, []).append((number, others))
    return {article: _meetings(each) for article, each in found.items()}


@decoding
def _meetings(rows: Iterable[tuple[int, bytes]]) -> dict[int, list[Meeting]]:
    return {number: _unpacked(others) for number, others in rows}


def _packed(meetings: Sequence[Meeting]) -> bytes:
    """Return meetings as they are stored: a row for each, and behind them the stretches."""
    rows = [_numbers(each) for each in meetings]
    spans = [
        span
        for each, row in zip(meetings, rows, strict=True)
        for span in each.match.quoted[: row[-1]]
    ]
    return b"".join(
        [bytes([len(rows)]), *(_OTHER.pack(*row) for row in rows), *(_SPAN.pack(*s) for s in spans)]
    )


def _numbers(meeting: Meeting) -> tuple[int, int, int, int, int]:
    found = meeting.match
    if found.size > _MOST or len(found.quoted) > 255:  # as if all was repeated
        return meeting.other, _MOST, _MOST, meeting.shared, 0
    return meeting.other, found.matched, found.size, meeting.shared, len(found.quoted)


def _unpacked(stored: bytes) -> list[Meeting]:
    end = 1 + stored[0] * _OTHER.size
    if len(stored) < end or (len(stored) - end) % _SPAN.size:
        raise ValueError("meetings are cut off")
    spans = list(map(Span._make, _SPAN.iter_unpack(stored[end:])))
    found, first = [], 0
    for other, matched, size, shared, quotes in _OTHER.iter_unpack(stored[1:end]):
        quoted = tuple(spans[first : first + quotes]) if quotes else ()
        found.append(Meeting(other, shared, Match(matched, size, quoted)))
        first += quotes
    if first != len(spans):
        raise ValueError("meetings have too many stretches, or too few")
    return found
