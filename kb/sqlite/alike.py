"""Finding the articles that share enough with some passages, by the sketches in segments."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.alike import Asked, Holders, Shares, values_of
from kb.arrays import Integers
from kb.index import Numbers
from kb.segments import Places, Values
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts
from kb.sqlite.segments import alive, block_id, read_frame

_MANY = 4  # a segment is read whole when more than one block in so many is wanted
_SELECT = 'SELECT "values", places FROM likenesses'


@dataclass(frozen=True, slots=True)
class Likes:
    """Who shares how many values with whom, if enough; three arrays of one length.

    `asked` are places in `Alike.passages` or `Alike.articles`, `numbers` are those of passages.
    """

    asked: Integers
    numbers: Integers
    counts: Integers


@dataclass(frozen=True, slots=True)
class Alike:
    """How many values of their sketches passages and articles of a topic share, if enough.

    `earlier` are passages that were asked for, each with the number of a passage of an article;
    `later` are articles that were asked for, each with the number of a passage.
    """

    passages: Sequence[tuple[str, str]]
    articles: Sequence[str]
    earlier: Likes
    later: Likes


def read_alike(
    connection: sqlite3.Connection,
    topic: str,
    sketches: Mapping[str, Mapping[str, bytes]],
    drawing: Collection[str],
) -> Alike:
    """Return what passages, by article and passage, share with those of a topic, their own too.

    `drawing` are articles, of which all passages are there, whose part in others is wanted.
    """
    asked = _asked(sketches, drawing)
    earlier: list[Likes] = []
    later: list[Likes] = []
    rows = connection.execute(
        "SELECT id, dead, starts, first_values FROM segments WHERE topic = ?", (topic,)
    ).fetchall()
    for id, dead, starts, firsts in rows if len(asked.values) else ():
        own, others = _alike(connection, id, dead, starts, firsts, asked)
        earlier.append(own)
        later.append(others)
    return Alike(asked.passages, asked.articles, _together(earlier), _together(later))


def _together(likes: Sequence[Likes]) -> Likes:
    none = np.zeros(0, np.int64)
    return Likes(
        np.concatenate([none, *(each.asked for each in likes)]),
        np.concatenate([none, *(each.numbers for each in likes)]),
        np.concatenate([none, *(each.counts for each in likes)]),
    )


@decoding
def _asked(sketches: Mapping[str, Mapping[str, bytes]], drawing: Collection[str]) -> Asked:
    return Asked(sketches, drawing)


@decoding
def _alike(
    connection: sqlite3.Connection, id: int, dead: bytes, starts: bytes, firsts: bytes, asked: Asked
) -> tuple[Likes, Likes]:
    """Return what is shared with a segment, as in Alike."""
    frame = read_frame(connection, id)
    size = len(frame.numbers)
    begins = np.unpackbits(np.frombuffer(starts, np.uint8), count=size)
    values, places = _read(connection, id, np.frombuffer(firsts, "<u4"), asked.values, size)
    living = alive(dead, size)
    if living is not None:
        values, places = values[living[places]], places[living[places]]
    holders = Holders(values, places, np.cumsum(begins, dtype=np.int64), frame.body)
    own, others = asked.shares(holders)
    return _numbered(own, frame.numbers), _numbered(others, frame.numbers)


def _numbered(shares: Shares, numbers: Numbers) -> Likes:
    return Likes(shares.asked, numbers[shares.places].astype(np.int64), shares.counts)


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
