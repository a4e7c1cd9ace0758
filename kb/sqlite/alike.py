"""Finding the articles that share enough with some passages, by the sketches in segments."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kb.alike import Asked, Holders, Shares, values_of
from kb.segments import Places, Values
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts
from kb.sqlite.segments import alive, block_id, read_frame

_MANY = 4  # a segment is read whole when more than one block in so many is wanted
_SELECT = 'SELECT "values", places FROM likenesses'


@dataclass(frozen=True, slots=True)
class Alike:
    """How many values of their sketches passages and articles of a topic share, if enough.

    `earlier` are passages that were asked for, each with the number of a passage of an article;
    `later` are articles that were asked for, each with the number of a passage. Both say how many.
    """

    earlier: list[tuple[str, int, int]]
    later: list[tuple[str, int, int]]


def articles_alike(
    connection: sqlite3.Connection, topic: str, sketches: Mapping[str, Mapping[str, bytes]]
) -> set[str]:
    """Return the articles of a topic that might have to be compared with some passages.

    `sketches` are those of the passages, by article and passage; these articles are among what is
    returned. All others share too little with each of the passages, and their own share too
    little with these articles.
    """
    found = read_alike(connection, topic, sketches)
    numbers = {number for _, number, _ in (*found.earlier, *found.later)}
    owners = in_parts(connection, "SELECT article FROM passages WHERE number IN", numbers)
    return {*sketches, *(article for (article,) in owners)}


def read_alike(
    connection: sqlite3.Connection, topic: str, sketches: Mapping[str, Mapping[str, bytes]]
) -> Alike:
    """Return what passages, by article and passage, share with those of a topic, their own too."""
    asked = _asked(sketches)
    found = Alike([], [])
    rows = connection.execute(
        "SELECT id, dead, starts, first_values FROM segments WHERE topic = ?", (topic,)
    ).fetchall()
    for id, dead, starts, firsts in rows if len(asked.values) else ():
        (own, others), numbers = _alike(connection, id, dead, starts, firsts, asked)
        for passage, place, count in zip(own.asked, own.places, own.counts, strict=True):
            found.earlier.append((asked.passages[passage][1], numbers[place], count))
        for article, place, count in zip(others.asked, others.places, others.counts, strict=True):
            found.later.append((asked.articles[article], numbers[place], count))
    return found


@decoding
def _asked(sketches: Mapping[str, Mapping[str, bytes]]) -> Asked:
    return Asked(sketches)


@decoding
def _alike(
    connection: sqlite3.Connection, id: int, dead: bytes, starts: bytes, firsts: bytes, asked: Asked
) -> tuple[tuple[Shares, Shares], list[int]]:
    """Return what is shared with a segment, and the numbers of its passages."""
    frame = read_frame(connection, id)
    size = len(frame.numbers)
    begins = np.unpackbits(np.frombuffer(starts, np.uint8), count=size)
    values, places = _read(connection, id, np.frombuffer(firsts, "<u4"), asked.values, size)
    living = alive(dead, size)
    if living is not None:
        values, places = values[living[places]], places[living[places]]
    holders = Holders(values, places, np.cumsum(begins, dtype=np.int64), frame.body)
    return asked.shares(holders), frame.numbers.tolist()


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
