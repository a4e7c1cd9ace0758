"""Many keys in few bytes: packed by their first bits, with a table of new ones beside them.

New keys are rows of their own, until there are so many that it pays to pack some. What is packed is
never taken out one by one: whoever reads has to know that a key of what is gone finds nothing.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import firsts
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

Keys = NDArray[np.int64]

PACKED = 6  # bytes of a packed key; those before them, of 63 bits, are the id of its row
ROW_BITS = 8 * PACKED
_ROWS = 1 << 63 - ROW_BITS
_STEP = 16_384  # keys that are packed together with new ones, about: some milliseconds
_FEWEST, _MOST = 16, 4_096  # rows that hold them
_SAMPLE = 50  # keys of a slice that are looked up to know whether many of them are dead
_RANGES = 200  # looked up in one statement,
_DEAR = 10  # each as long as reading so many keys one after the other


class Tables(NamedTuple):
    """Where keys of one kind are: `packed` has (id, keys), `new` (key), `counts` one row.

    `ids` takes out of keys the ids, and `owners` is the statement that reads which of some ids are
    there, up to its list. The others are how many keys are not packed: a `few`, or one in `share`.
    """

    packed: str
    new: str
    counts: str
    ids: Callable[[Keys], Keys]
    owners: str
    few: int
    share: int


class PackedKeys:
    """The keys of one kind in a knowledge base."""

    def __init__(self, connection: sqlite3.Connection, tables: Tables) -> None:
        self._connection = connection
        self._tables = tables

    def counts(self) -> tuple[int, int, int]:
        """Return how many keys are new and how many packed, and the row that is packed next."""
        statement = f"SELECT new, packed, row FROM {self._tables.counts}"
        new, packed, row = self._connection.execute(statement).fetchone()
        return new, packed, row

    def add(self, added: Keys) -> None:
        """Store keys that may be there already."""
        tables = self._tables
        before = self._connection.total_changes
        self._connection.executemany(
            f"INSERT OR IGNORE INTO {tables.new} (key) VALUES (?)", _rows(added)
        )
        new, packed, row = self.counts()
        new += self._connection.total_changes - before
        step = min(max(_STEP * _ROWS // max(packed, 1), _FEWEST), _MOST)
        most = max(tables.few, packed // tables.share)
        while new > most:
            found, kept = self._pack(row, min(row + step, _ROWS))
            new, packed, row = new - found, packed + kept, (row + step) % _ROWS
        self._connection.execute(
            f"UPDATE {tables.counts} SET new = ?, packed = ?, row = ?", (new, packed, row)
        )

    def remove(self, removed: Keys) -> None:
        """Remove those of some keys that are not packed; the others must find nothing."""
        before = self._connection.total_changes
        self._connection.executemany(
            f"DELETE FROM {self._tables.new} WHERE key = ?", _rows(removed)
        )
        gone = self._connection.total_changes - before
        self._connection.execute(f"UPDATE {self._tables.counts} SET new = new - ?", (gone,))

    def remove_all(self) -> None:
        """Remove every key."""
        self._connection.execute(f"DELETE FROM {self._tables.new}")
        self._connection.execute(f"DELETE FROM {self._tables.packed}")
        self._connection.execute(f"UPDATE {self._tables.counts} SET new = 0, packed = 0, row = 0")

    def all(self) -> tuple[Keys, Keys]:
        """Return the keys that are packed, ascending if they are as they should be, and the new."""
        rows = self._connection.execute(f"SELECT id, keys FROM {self._tables.packed} ORDER BY id")
        packed = unpacked(list(map(tuple, rows.fetchall())))
        return packed, self._column(f"SELECT key FROM {self._tables.new} ORDER BY key")

    def near(self, first: Keys, last: Keys) -> tuple[Keys, Keys]:
        """Return packed keys and new ones, both ascending: all from each first one to its last.

        Others may be among them. The ranges ascend and do not overlap, each within one row.
        """
        ids = np.unique(first >> ROW_BITS).tolist()
        statement = f"SELECT id, keys FROM {self._tables.packed} WHERE id IN"
        rows = sorted(map(tuple, in_parts(self._connection, statement, ids)))
        if _DEAR * len(first) > self.counts()[0]:
            return unpacked(rows), self._column(f"SELECT key FROM {self._tables.new} ORDER BY key")
        new = [
            self._between(first[begin : begin + _RANGES], last[begin : begin + _RANGES])
            for begin in range(0, len(first), _RANGES)
        ]
        return unpacked(rows), np.concatenate([np.zeros(0, np.int64), *new])

    def _between(self, first: Keys, last: Keys) -> Keys:
        marks = ", ".join(["(?, ?)"] * len(first))
        # CROSS keeps SQLite from looking at every key that there is.
        statement = (
            f"WITH wanted (first, last) AS (VALUES {marks}) SELECT n.key FROM wanted"
            f" CROSS JOIN {self._tables.new} n ON n.key BETWEEN first AND last"
        )
        return np.sort(self._column(statement, np.stack([first, last], axis=1).ravel().tolist()))

    def _column(self, statement: str, values: Sequence[int] = ()) -> Keys:
        rows = self._connection.execute(statement, values).fetchall()
        return np.array([row[0] for row in rows], np.int64)

    def _pack(self, first: int, end: int) -> tuple[int, int]:
        """Pack the new keys of some rows; return how many, and how many more are packed."""
        connection, tables = self._connection, self._tables
        span = (first << ROW_BITS, (end << ROW_BITS) - 1)
        new = self._column(f"SELECT key FROM {tables.new} WHERE key BETWEEN ? AND ?", span)
        rows = connection.execute(
            f"SELECT id, keys FROM {tables.packed} WHERE id BETWEEN ? AND ? ORDER BY id",
            (first, end - 1),
        ).fetchall()
        before = unpacked(list(map(tuple, rows)))
        every = self._alive(np.union1d(before, new))
        connection.execute(f"DELETE FROM {tables.new} WHERE key BETWEEN ? AND ?", span)
        connection.execute(
            f"DELETE FROM {tables.packed} WHERE id BETWEEN ? AND ?", (first, end - 1)
        )
        connection.executemany(
            f"INSERT INTO {tables.packed} (id, keys) VALUES (?, ?)", _packed(every)
        )
        return len(new), len(every) - len(before)

    def _alive(self, some: Keys) -> Keys:
        """Return keys, without those of what is gone if these are more than half of them."""
        ids = self._tables.ids(some)
        sample = np.unique(ids[:: len(ids) // _SAMPLE + 1])
        if 2 * len(self._there(sample)) >= len(sample):
            return some
        return some[np.isin(ids, self._there(np.unique(ids)))]

    def _there(self, ids: Keys) -> Keys:
        rows = in_parts(self._connection, self._tables.owners, ids.tolist())
        return np.array([id for (id,) in rows], np.int64)


def _rows(some: Keys) -> Iterable[tuple[int]]:
    return zip(some.tolist(), strict=True)


def _packed(some: Keys) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of keys that ascend."""
    ids = some >> ROW_BITS
    starts = np.flatnonzero(firsts(ids))
    packed = some.astype(">i8").view(np.uint8).reshape(-1, 8)[:, 8 - PACKED :].tobytes()
    ends = np.append(starts[1:], len(some))[: len(starts)] * PACKED
    columns = (ids[starts].tolist(), (starts * PACKED).tolist(), ends.tolist())
    for id, start, end in zip(*columns, strict=True):
        yield id, packed[start:end]


@decoding
def unpacked(rows: Sequence[tuple[int, bytes]]) -> Keys:
    """Return the keys of rows, ascending if these do."""
    low = np.frombuffer(b"".join([row[1] for row in rows]), np.uint8).reshape(-1, PACKED)
    found = np.zeros((len(low), 8), np.uint8)
    found[:, 8 - PACKED :] = low
    ids = np.repeat(
        np.array([row[0] for row in rows], np.int64), [len(row[1]) // PACKED for row in rows]
    )
    return found.view(">i8").ravel().astype(np.int64) | ids << ROW_BITS
