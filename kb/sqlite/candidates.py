"""Of the articles that share enough with passages, those that these are compared with."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np

from kb.arrays import Integers
from kb.sketches import ENOUGH, MOST, Meeting
from kb.sqlite.alike import Alike
from kb.sqlite.decoding import decoding
from kb.sqlite.meetings import Bars, read_meetings
from kb.sqlite.parts import in_parts

_LOOKED = 12  # articles looked up for a passage at first, of which some must be earlier ones
_MORE = 8  # times as many are looked up when these are too few
_SELECT = """
SELECT p.number, p.id, p.article, a.published, length(p.likeness)
FROM passages p JOIN articles a ON a.id = p.article
"""
Rank = tuple[bool, str, str]


class _Owned(NamedTuple):
    """A passage, its article, and how many values its sketch has."""

    id: str
    article: str
    size: int


class Order:
    """The order of articles, the one published first before the others, as in `Sketches`.

    Passages and articles are read when they are needed.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._ranks: dict[str, Rank] = {}
        self.passages: dict[int, _Owned] = {}

    @decoding
    def read(self, numbers: Integers) -> None:
        """Read the passages of some numbers and the dates of their articles."""
        wanted = set(numbers.tolist()) - self.passages.keys()
        for number, id, article, date, size in in_parts(
            self.connection, f"{_SELECT} WHERE p.number IN", wanted
        ):
            if size % 4:
                raise ValueError("a sketch has half a value")
            self.passages[number] = _Owned(id, article, size // 4)
            self._ranks[article] = (not date, date, article)

    def add(self, articles: Iterable[str]) -> None:
        """Read the dates of some articles."""
        missing = set(articles) - self._ranks.keys()
        statement = "SELECT id, published FROM articles WHERE id IN"
        for id, date in in_parts(self.connection, statement, missing):
            self._ranks[id] = (not date, date, id)

    def of(self, article: str) -> Rank:
        """Return what articles that were read are sorted by."""
        return self._ranks[article]


def likest(order: Order, alike: Alike) -> dict[str, list[Meeting]]:
    """Return the meetings of every passage that was asked for, those that share most first."""
    order.add(alike.articles)
    earlier = alike.earlier
    places = np.lexsort((-earlier.counts, earlier.asked))
    owners, numbers, counts = (e[places] for e in (earlier.asked, earlier.numbers, earlier.counts))
    begins = np.searchsorted(owners, owners)
    ends = np.searchsorted(owners, owners, side="right")
    found: dict[str, list[Meeting]] = {passage: [] for _, passage in alike.passages}
    looked, wanted = _LOOKED, np.ones(len(owners), np.bool_)
    while wanted.any():
        # Most of the many that share enough share too little: they are not looked up.
        least = counts[np.minimum(begins + looked, ends) - 1]
        here = wanted & (counts >= least)
        found |= _earlier(order, alike, owners[here], numbers[here], counts[here])
        short = np.array([len(found[passage]) < MOST for _, passage in alike.passages], np.bool_)
        more = np.zeros(len(short), np.bool_)
        more[owners[wanted & (counts < least)]] = True
        wanted = (short & more)[owners]
        looked *= _MORE
    return found


@decoding
def _earlier(
    order: Order, alike: Alike, owners: Integers, numbers: Integers, counts: Integers
) -> dict[str, list[Meeting]]:
    """Return the meetings of passages with those articles among some that are earlier."""
    order.read(numbers)
    shared: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for owner, number, count in zip(
        owners.tolist(), numbers.tolist(), counts.tolist(), strict=True
    ):
        other = order.passages[number].article
        if order.of(other) < order.of(alike.passages[owner][0]):
            shared[owner][other] += count
    found = {}
    for owner, each in shared.items():
        passage = alike.passages[owner][1]
        found[passage] = _most([Meeting(passage, other, each[other]) for other in each], order)
    return found


def _most(meetings: Iterable[Meeting], order: Order) -> list[Meeting]:
    return sorted(meetings, key=lambda each: (-each.shared, order.of(each.article)))[:MOST]


@decoding
def drawn(order: Order, alike: Alike, asked: Collection[str]) -> dict[str, list[Meeting]]:
    """Return all meetings of the passages that an article that was asked for is new to.

    Passages in `asked` are left out.
    """
    connection, later = order.connection, alike.later
    worth = np.flatnonzero(later.counts >= Bars(connection).of(later.numbers))
    order.read(later.numbers[worth])
    order.add(alike.articles)
    found: dict[str, dict[str, Meeting]] = defaultdict(dict)
    columns = (each[worth].tolist() for each in (later.asked, later.numbers, later.counts))
    for place, number, shared in zip(*columns, strict=True):
        article, (id, owner, size) = alike.articles[place], order.passages[number]
        enough = id not in asked and shared >= min(ENOUGH, size)
        if enough and order.of(article) < order.of(owner):
            found[id][article] = Meeting(id, article, shared)
    new = {id: each.keys() for id, each in found.items()}
    before = read_meetings(connection, "m.passage", new)
    order.add(each.article for each in before)
    likest = {id: dict(each) for id, each in found.items()}
    for each in before:
        likest[each.passage].setdefault(each.article, each)
    most = {id: _most(each.values(), order) for id, each in likest.items()}
    return {id: each for id, each in most.items() if any(m.article in new[id] for m in each)}
