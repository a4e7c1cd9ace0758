"""Comparing passages that meet: their texts, taken apart, and what two of them share."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kb.likeness import text_shingles
from kb.matching import Matching
from kb.model import Passage
from kb.repeats import Shingled
from kb.sqlite.decoding import decoding
from kb.sqlite.meetings import packed_spans
from kb.sqlite.parts import in_parts

_TEXTS = """
SELECT p.number, p.id, p.article, p.start, p."end",
    substr(a.text, p.start + 1, p."end" - p.start)
FROM passages p JOIN articles a ON a.id = p.article WHERE p.number IN
"""


class Match(NamedTuple):
    """What a passage of `size` shingles shares with another one: `matched` of them.

    `quoted` are the stretches of its article's text that hold many of these, as stored.
    """

    matched: int
    size: int
    quoted: bytes


def matches(
    connection: sqlite3.Connection,
    pairs: Sequence[tuple[int, int]],
    known: Mapping[int, Shingled],
) -> list[Match]:
    """Return what each passage shares with another one; both are told by number.

    Texts are read of those that are not `known`.
    """
    wanted = {number for pair in pairs for number in pair}
    texts = {number: known[number] for number in wanted & known.keys()}
    return _matches(pairs, texts | read_texts(connection, wanted - known.keys()))


@decoding
def _matches(pairs: Sequence[tuple[int, int]], texts: Mapping[int, Shingled]) -> list[Match]:
    numbers = np.array(sorted(texts), np.int64)
    held = [texts[number] for number in numbers.tolist()]
    own, others = np.searchsorted(numbers, np.array(pairs, np.int64).reshape(-1, 2)).T
    found = Matching([each.shingles for each in held]).of(own, others)
    quoted: list[list[tuple[int, int]]] = [[] for _ in pairs]
    owners = own[found.pairs].tolist()
    stretches = (each.tolist() for each in (found.pairs, found.first, found.last))
    for owner, pair, first, last in zip(owners, *stretches, strict=True):
        quoted[pair].append(held[owner].span(first, last))
    columns = found.matched.tolist(), found.sizes.tolist(), map(packed_spans, quoted)
    return list(map(Match, *columns))


@decoding
def read_texts(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Shingled]:
    """Return passages with their shingles, by number."""
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
