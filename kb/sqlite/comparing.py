"""Comparing passages that meet: their texts, taken apart, and what two of them share."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kb.likeness import Shingles, text_shingles
from kb.model import Passage
from kb.repeats import Match, Shingled, match
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

_TEXTS = """
SELECT p.number, p.id, p.article, p.start, p."end",
    substr(a.text, p.start + 1, p."end" - p.start)
FROM passages p JOIN articles a ON a.id = p.article WHERE p.number IN
"""


def matches(
    connection: sqlite3.Connection,
    pairs: Sequence[tuple[int, int]],
    known: Mapping[int, Shingled],
) -> dict[tuple[int, int], Match]:
    """Return what each passage shares with another one; both are told by number.

    Texts are read of those that are not `known`.
    """
    wanted = {number for pair in pairs for number in pair} - known.keys()
    return _matches(pairs, {**known, **_read(connection, wanted)})


@decoding
def _matches(
    pairs: Sequence[tuple[int, int]], texts: Mapping[int, Shingled]
) -> dict[tuple[int, int], Match]:
    ordered: dict[int, Shingles] = {}
    found = {}
    for passage, other in pairs:
        if other not in ordered:
            ordered[other] = np.sort(texts[other].shingles)
            if not len(ordered[other]):
                raise ValueError("a passage without words shares nothing")
        found[passage, other] = match(texts[passage], ordered[other])
    return found


@decoding
def _read(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Shingled]:
    rows = list(in_parts(connection, _TEXTS, numbers))
    runs = text_shingles([row[-1] for row in rows])
    return {row[0]: Shingled(Passage(*row[1:]), each) for row, each in zip(rows, runs, strict=True)}


@decoding
def read_shingled(connection: sqlite3.Connection, article: str) -> list[Shingled]:
    """Return the passages of an article, in order, with their shingles."""
    texts = connection.execute("SELECT text FROM articles WHERE id = ?", (article,))
    (text,) = next(texts)
    rows = connection.execute(
        'SELECT id, start, "end" FROM passages WHERE article = ? ORDER BY number', (article,)
    )
    passages = [Passage(id, article, start, end, text[start:end]) for id, start, end in rows]
    runs = text_shingles([each.text for each in passages])
    return [Shingled(*each) for each in zip(passages, runs, strict=True)]
