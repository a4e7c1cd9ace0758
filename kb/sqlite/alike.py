"""Sketches as packed rows: which passages share enough with some others."""

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.alike import Asked, Pairs, joined, keys_of, numbers_of
from kb.arrays import Integers
from kb.sqlite.decoding import decoding
from kb.sqlite.packing import PackedKeys, Tables
from kb.sqlite.segments import are_alive

Row = tuple[bytes, int]  # a sketch, and the number of its passage

_AT_ONCE = 4_000_000_000  # passages that are looked for times keys that are packed, at a time,
_FEWEST, _MOST = 128, 8_192  # but so many passages
_TABLES = Tables(
    packed="sketches",
    new="new_sketches",
    counts="sketches_packing",
    ids=numbers_of,
    owners="SELECT number FROM passages WHERE number IN",
    few=8_192,
    share=16,
)


def read_alike(
    connection: sqlite3.Connection, topic: str, sketches: Sequence[bytes], numbers: Integers
) -> Pairs:
    """Return which passages of a topic share enough with some, themselves too, by number.

    `numbers` are those of the passages that have the sketches. A few pairs of passages of few
    words share less.
    """
    keys = PackedKeys(connection, _TABLES)
    size = min(max(_AT_ONCE // max(keys.counts()[1], 1), _FEWEST), _MOST)
    found = []
    for first in range(0, len(sketches), size):
        asked = _asked(topic, sketches[first : first + size])
        pairs = asked.shares(keys.near(asked.first, asked.last))
        pairs = pairs.where(are_alive(connection, topic, pairs.others))
        found.append(pairs._replace(passages=numbers[pairs.passages + first]))
    return joined(found)


@decoding
def _asked(topic: str, sketches: Sequence[bytes]) -> Asked:
    return Asked(topic, sketches)


def save_sketches(connection: sqlite3.Connection, topic: str, rows: Sequence[Row]) -> None:
    """Store by what new passages of a topic are found, of their sketches and numbers."""
    PackedKeys(connection, _TABLES).add(_keys(topic, rows))


def delete_sketches(connection: sqlite3.Connection, topic: str, rows: Sequence[Row]) -> None:
    """Remove by what passages of a topic are found."""
    PackedKeys(connection, _TABLES).remove(_keys(topic, rows))


def save_all_sketches(connection: sqlite3.Connection) -> None:
    """Store anew by what all passages are found."""
    keys = PackedKeys(connection, _TABLES)
    keys.remove_all()
    for part in _every(connection):
        keys.add(part)


def _every(connection: sqlite3.Connection) -> Iterable[Integers]:
    """Yield the keys of all passages, of some after the other."""
    for (topic,) in connection.execute("SELECT id FROM topics").fetchall():
        last = 0
        while rows := connection.execute(
            "SELECT p.likeness, p.number FROM passages p JOIN articles a ON a.id = p.article"
            " WHERE a.topic = ? AND p.number > ? ORDER BY p.number LIMIT ?",
            (topic, last, _MOST),
        ).fetchall():
            last = rows[-1][1]
            yield _keys(topic, rows)


@decoding
def _keys(topic: str, rows: Sequence[Row]) -> Integers:
    numbers = np.array([number for _, number in rows], np.int64)
    return keys_of(topic, [sketch for sketch, _ in rows], numbers)


def sketches_are_right(connection: sqlite3.Connection) -> bool:
    """Tell whether all passages are found by their sketches, and by nothing else."""
    held = PackedKeys(connection, _TABLES)
    packed, new = held.all()
    stored = np.union1d(packed, new)
    rows = connection.execute("SELECT number FROM passages ORDER BY number").fetchall()
    there = np.array([number for (number,) in rows], np.int64)
    wanted = np.sort(np.concatenate([np.zeros(0, np.int64), *_every(connection)]))
    return (
        held.counts()[:2] == (len(new), len(packed))
        and _ascend(packed)
        and np.array_equal(stored[np.isin(numbers_of(stored), there)], wanted)
    )


def _ascend(keys: Integers) -> bool:
    flags: NDArray[np.bool_] = np.diff(keys) > 0
    return bool(flags.all())
