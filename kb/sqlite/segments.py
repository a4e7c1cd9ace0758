"""Segments as rows: adding, marking passages dead, merging neighbours, reading them back."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, ranges
from kb.blocks import Block, block_of, cut, joined
from kb.index import Lengths, Numbers
from kb.segments import LARGEST, Keys, Places, Segment, due, merged
from kb.sqlite.decoding import decoding

_BLOCKS = 24  # bits of a block's id that are its place in its segment
_COLUMNS = "words, counts, places, body, heading"
_RUN, _KEY, _PLACE = np.dtype("<u4"), np.dtype("<u8"), np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a segment never changes and is small; arrays go by place, as in a Segment.

    `words` are the first words of its blocks.
    """

    numbers: Numbers
    body: Lengths
    heading: Lengths
    words: Keys


def block_id(segment: int, place: int) -> int:
    """Return the id of the block at a place of a segment."""
    return segment << _BLOCKS | place


def add_segments(connection: sqlite3.Connection, topic: str, segments: Sequence[Segment]) -> None:
    """Store segments of new passages, ascending, as few, and merge what ought to be merged."""
    together: list[Segment] = []
    for segment in segments:
        if sum(len(each.numbers) for each in together) + len(segment.numbers) > LARGEST:
            _insert(connection, topic, merged(together))
            together = []
        together.append(segment)
    if together:
        _insert(connection, topic, merged(together))
    _merge(connection, topic)


def mark_dead(connection: sqlite3.Connection, topic: str, numbers: Iterable[int]) -> None:
    """Mark passages of a topic as removed."""
    gone = np.array(sorted(numbers), dtype=np.uint32)
    if not len(gone):
        return
    rows = connection.execute(
        "SELECT id, first, last, dead FROM segments WHERE topic = ? AND first <= ? AND last >= ?",
        (topic, int(gone[-1]), int(gone[0])),
    ).fetchall()
    for id, first, last, dead in rows:
        here = gone[(gone >= first) & (gone <= last)]
        frame = read_frame(connection, id)
        places = np.flatnonzero(np.isin(frame.numbers, here)).astype(_PLACE)
        connection.execute(
            "UPDATE segments SET passages = passages - ?, body = body - ?, heading = heading - ?,"
            " dead = ? WHERE id = ?",
            (
                len(places),
                int(frame.body[places].sum()),
                int(frame.heading[places].sum()),
                np.union1d(_places(dead), places).astype(_PLACE).tobytes(),
                id,
            ),
        )


def _merge(connection: sqlite3.Connection, topic: str) -> None:
    while True:
        rows = connection.execute(
            "SELECT id, passages, length(dead) / 2 FROM segments WHERE topic = ? ORDER BY first",
            (topic,),
        ).fetchall()
        chosen = due([row[1] for row in rows], [row[2] for row in rows])
        if not chosen:
            return
        ids = [rows[place][0] for place in chosen]
        one = merged([read_segment(connection, id) for id in ids])
        for id in ids:
            _delete(connection, id)
        if len(one.numbers):
            _insert(connection, topic, one)


def drop_dead(connection: sqlite3.Connection, topic: str) -> None:
    """Write every segment of a topic anew that holds removed passages, without these."""
    rows = connection.execute(
        "SELECT id FROM segments WHERE topic = ? AND length(dead) > 0 ORDER BY first", (topic,)
    ).fetchall()
    for (id,) in rows:
        left = read_segment(connection, id)
        _delete(connection, id)
        if len(left.numbers):
            _insert(connection, topic, left)


def delete_segments(connection: sqlite3.Connection, topic: str) -> None:
    """Delete every segment of a topic."""
    rows = connection.execute("SELECT id FROM segments WHERE topic = ?", (topic,)).fetchall()
    for (id,) in rows:
        _delete(connection, id)


def _delete(connection: sqlite3.Connection, id: int) -> None:
    held = (block_id(id, 0), block_id(id + 1, 0) - 1)
    connection.execute("DELETE FROM blocks WHERE id BETWEEN ? AND ?", held)
    connection.execute("DELETE FROM segments WHERE id = ?", (id,))


def _insert(connection: sqlite3.Connection, topic: str, segment: Segment) -> None:
    words, rows = cut(segment)
    cursor = connection.execute(
        "INSERT INTO segments (topic, first, last, passages, body, heading, dead, numbers,"
        " body_lengths, heading_lengths, words) VALUES (?, ?, ?, ?, ?, ?, x'', ?, ?, ?, ?)",
        (
            topic,
            int(segment.numbers[0]),
            int(segment.numbers[-1]),
            len(segment.numbers),
            int(segment.body.sum()),
            int(segment.heading.sum()),
            _runs(segment.numbers),
            _narrow(segment.body),
            _narrow(segment.heading),
            words.tobytes(),
        ),
    )
    id = int(cursor.lastrowid or 0)
    connection.executemany(
        f"INSERT INTO blocks (id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
        ((block_id(id, place), *row) for place, row in enumerate(rows)),
    )


def read_segment(connection: sqlite3.Connection, id: int) -> Segment:
    """Return a segment without its dead passages."""
    frame = read_frame(connection, id)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM blocks WHERE id BETWEEN ? AND ? ORDER BY id",
        (block_id(id, 0), block_id(id + 1, 0) - 1),
    )
    (dead,) = connection.execute("SELECT dead FROM segments WHERE id = ?", (id,)).fetchone()
    postings = joined(read_blocks(rows, len(frame.numbers)))
    whole = Segment(frame.numbers, frame.body, frame.heading, *postings)
    return whole.without(_places(dead))


def are_alive(connection: sqlite3.Connection, topic: str, numbers: Integers) -> NDArray[np.bool_]:
    """Return which of some passages, by number, are there and a topic's."""
    found = np.zeros(len(numbers), np.bool_)
    rows = connection.execute(
        "SELECT first, last, dead, numbers FROM segments WHERE topic = ?", (topic,)
    ).fetchall()
    for first, last, dead, runs in rows:
        here = np.flatnonzero((numbers >= first) & (numbers <= last))
        if len(here):
            found[here] = _are_held(numbers[here], dead, runs)
    return found


@decoding
def _are_held(numbers: Integers, dead: bytes, runs: bytes) -> NDArray[np.bool_]:
    """Return which passages, none before the first, a segment holds that are not dead."""
    begins, counts = _runs_of(runs).T
    run = np.searchsorted(begins, numbers, side="right") - 1
    inside = numbers - begins[run]
    places = (np.cumsum(counts) - counts)[run] + inside
    return np.asarray((inside < counts[run]) & ~np.isin(places, _places(dead)))


def read_blocks(rows: Iterable[Sequence[bytes]], size: int) -> Iterator[Block]:
    """Yield blocks that were stored, of a segment of `size` passages."""
    return (_block(row, size) for row in rows)


@decoding
def _block(row: Sequence[bytes], size: int) -> Block:
    return block_of(row, size)


@decoding
def read_frame(connection: sqlite3.Connection, id: int) -> Frame:
    """Return what of a segment is needed to find its blocks and to score what they hold."""
    row = connection.execute(
        "SELECT numbers, body_lengths, heading_lengths, words FROM segments WHERE id = ?", (id,)
    ).fetchone()
    numbers, body, heading, words = row
    known = _expanded(numbers)
    return Frame(
        known, _lengths(body, len(known)), _lengths(heading, len(known)), np.frombuffer(words, _KEY)
    )


@decoding
def alive(dead: bytes, size: int) -> NDArray[np.bool_] | None:
    """Return which places of a segment of `size` passages are not dead, None when all are."""
    if not dead:
        return None
    found = np.ones(size, np.bool_)
    found[_places(dead)] = False
    return found


def _places(dead: bytes) -> Places:
    return np.frombuffer(dead, _PLACE)


def _runs(numbers: Numbers) -> bytes:
    """Return ascending numbers as runs of (first, how many): most follow one another."""
    firsts = np.flatnonzero(np.diff(numbers, prepend=numbers[0]) != 1)
    counts = np.diff(firsts, append=len(numbers))
    return np.stack([numbers[firsts], counts], axis=1).astype(_RUN).tobytes()


def _runs_of(stored: bytes) -> Integers:
    return np.frombuffer(stored, _RUN).reshape(-1, 2).astype(np.int64)


def _expanded(stored: bytes) -> Numbers:
    runs = _runs_of(stored)
    if not 0 < runs[:, 1].sum() <= LARGEST:
        raise ValueError("a segment has too many passages, or none")
    return ranges(runs[:, 0], runs[:, 1]).astype(np.uint32)


def _narrow(lengths: Lengths) -> bytes:
    """Return lengths in one byte each, or in two if one of them needs it."""
    return lengths.astype(np.uint8 if lengths.max() < 256 else _PLACE).tobytes()


def _lengths(stored: bytes, size: int) -> Lengths:
    if len(stored) not in (size, 2 * size):
        raise ValueError("a segment has lengths of other passages")
    return np.frombuffer(stored, np.uint8) if len(stored) == size else _places(stored)
