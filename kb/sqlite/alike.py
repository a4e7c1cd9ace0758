"""Finding the passages that share enough with some others, by the sketches in segments."""

import sqlite3
from collections.abc import Sequence

import numpy as np

from kb.alike import ENOUGH, Asked, Holders, Pairs, joined, values_of
from kb.arrays import Integers
from kb.segments import Places, Values
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts
from kb.sqlite.segments import alive, block_id, read_frame

_MANY = 4  # a segment is read whole when more than one block in so many is wanted
_SELECT = 'SELECT "values", places FROM likenesses'


def read_alike(
    connection: sqlite3.Connection, topic: str, sketches: Sequence[bytes], numbers: Integers
) -> Pairs:
    """Return which passages of a topic share enough with some, themselves too, by number.

    `numbers` are those of the passages that have the sketches. A few pairs of passages of few
    words share less.
    """
    asked = _asked(sketches)
    rows = connection.execute(
        "SELECT id, dead, first_values FROM segments WHERE topic = ?", (topic,)
    ).fetchall()
    found = [_alike(connection, asked, *row) for row in rows] if len(asked.values) else []
    pairs = joined(found)
    return pairs._replace(passages=numbers[pairs.passages])


@decoding
def _asked(sketches: Sequence[bytes]) -> Asked:
    return Asked(sketches)


@decoding
def _alike(
    connection: sqlite3.Connection, asked: Asked, id: int, dead: bytes, firsts: bytes
) -> Pairs:
    """Return what is shared with a segment, the others by number."""
    frame = read_frame(connection, id)
    size = len(frame.numbers)
    values, places = _read(connection, id, np.frombuffer(firsts, "<u4"), asked.values, size)
    living = alive(dead, size)
    if living is not None:
        values, places = values[living[places]], places[living[places]]
    # A passage of few words has few shingles.
    pairs = asked.shares(Holders(values, places, frame.body <= ENOUGH + 1))
    return pairs._replace(others=frame.numbers[pairs.others].astype(np.int64))


def _read(
    connection: sqlite3.Connection, id: int, firsts: Values, wanted: Values, size: int
) -> tuple[Values, Places]:
    blocks = np.flatnonzero(
        np.bincount(np.maximum(np.searchsorted(firsts, wanted, side="right"), 1) - 1)
    )
    if len(blocks) * _MANY > len(firsts):
        rows = connection.execute(
            f"{_SELECT} WHERE id BETWEEN ? AND ? ORDER BY id",
            (block_id(id, 0), block_id(id + 1, 0) - 1),
        ).fetchall()
    else:
        ids = [block_id(id, place) for place in blocks.tolist()]
        rows = list(in_parts(connection, f"{_SELECT} WHERE id IN", ids))
    return values_of([tuple(row) for row in rows], size)
