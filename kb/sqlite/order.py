"""Which articles passages belong to, and which of these was published first, by number."""

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers
from kb.sketches import rank
from kb.sqlite.decoding import decoding
from kb.sqlite.parts import in_parts

_FEW = 4  # articles are looked up one by one while there are so many times more of them
_AT_ONCE = 500  # of them are looked up in one statement
_FIRSTS = """
WITH wanted (number) AS (VALUES {marks})
SELECT (
    SELECT first FROM articles WHERE topic = ? AND first > 0 AND first <= number
    ORDER BY first DESC LIMIT 1
) FROM wanted
"""


class Standing(NamedTuple):
    """The article of a passage, its rank, and the place of the passage in it."""

    rank: int
    article: str
    place: int


class Order:
    """The articles of some passages of a topic, those published first before the others.

    `articles` go by place, and so do `first`, the numbers of their first passages, which ascend,
    and `ranks`: among each other, in the order of `kb.sketches.rank`.
    """

    def __init__(self, rows: Sequence[tuple[int, str, str]]) -> None:
        """Take articles as their first numbers, ids and dates."""
        self.articles = [id for _, id, _ in rows]
        self.first = np.array([first for first, _, _ in rows], np.int64)
        self._keys = [rank(*row[1:]) for row in rows]
        order = sorted(range(len(rows)), key=self._keys.__getitem__)
        self.ranks = np.empty(len(rows), np.int64)
        self.ranks[order] = np.arange(len(rows))
        self._firsts: list[int] = self.first.tolist()
        self._order: list[int] = self.ranks.tolist()

    def places(self, numbers: Integers) -> Integers:
        """Return the places of the articles of passages."""
        return np.searchsorted(self.first, numbers, side="right") - 1

    def of(self, numbers: Integers) -> Integers:
        """Return the ranks of the articles of passages."""
        return np.asarray(self.ranks[self.places(numbers)])

    def first_of(self, number: int) -> int:
        """Return the number of the first passage of the article of one."""
        return self._firsts[bisect_right(self._firsts, number) - 1]

    def before(self, article: str, published: str, numbers: Integers) -> NDArray[np.bool_]:
        """Return which passages are of articles that were published before some other one."""
        key = rank(article, published)
        earlier = np.array([each < key for each in self._keys], np.bool_)
        return np.asarray(earlier[self.places(numbers)])

    def standing(self, number: int) -> Standing:
        """Return where one passage stands."""
        place = bisect_right(self._firsts, number) - 1
        return Standing(self._order[place], self.articles[place], number - self._firsts[place])


class Orders:
    """The articles of a topic while these stay the same, all read at once when many are asked."""

    def __init__(self, connection: sqlite3.Connection, topic: str) -> None:
        self.connection = connection
        self.topic = topic
        self._whole: Order | None = None
        self._asked: set[int] = set()
        self._known: dict[int, tuple[int, str, str]] = {}

    def of(self, numbers: Integers) -> Order:
        """Return the articles of passages, and others perhaps."""
        if self._whole is not None:
            return self._whole
        new = set(numbers.tolist()) - self._asked
        self._asked |= new
        if new and not self._has_more_than(len(self._asked) * _FEW):
            self._whole = Order(_all(self.connection, self.topic))
            return self._whole
        self._known |= _some(self.connection, self.topic, sorted(new))
        return Order([self._known[first] for first in sorted(self._known)])

    def _has_more_than(self, count: int) -> bool:
        """Tell whether there are more articles than so many, without counting all of them."""
        statement = "SELECT 1 FROM articles WHERE topic = ? AND first > 0 LIMIT 1 OFFSET ?"
        return self.connection.execute(statement, (self.topic, count)).fetchone() is not None


def _all(connection: sqlite3.Connection, topic: str) -> list[tuple[int, str, str]]:
    return connection.execute(
        "SELECT first, id, published FROM articles WHERE topic = ? AND first > 0 ORDER BY first",
        (topic,),
    ).fetchall()


@decoding
def _some(
    connection: sqlite3.Connection, topic: str, numbers: Sequence[int]
) -> dict[int, tuple[int, str, str]]:
    """Return the articles of passages by the numbers of their first ones."""
    firsts: set[int] = set()
    for begin in range(0, len(numbers), _AT_ONCE):
        part = numbers[begin : begin + _AT_ONCE]
        marks = ", ".join(["(?)"] * len(part))
        rows = connection.execute(_FIRSTS.format(marks=marks), (*part, topic)).fetchall()
        firsts.update(first for (first,) in rows)
    statement = "SELECT first, id, published FROM articles WHERE topic = ? AND first IN"
    return {row[0]: tuple(row) for row in in_parts(connection, statement, firsts, topic)}
