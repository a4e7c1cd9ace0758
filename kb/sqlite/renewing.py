"""Finding which passages some meet, and which meet them, after articles came or went."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.alike import ENOUGH, Pairs, joined
from kb.arrays import Integers
from kb.likeness import sizes_of
from kb.prepared import PreparedArticle
from kb.repeats import Shingled
from kb.sketches import MOST, Alike, enough, likest
from kb.sqlite.alike import read_alike
from kb.sqlite.comparing import matches
from kb.sqlite.meetings import Bars, Meeting, Meetings, read_meetings, save_meetings
from kb.sqlite.order import Orders, Standing
from kb.sqlite.parts import in_parts

_LIKELY = 16  # passages, the likest ones, whose articles are looked up first
_SELECT = """
SELECT p.number, p.article, p.likeness FROM passages p JOIN articles a ON a.id = p.article
WHERE a.topic = ? AND
"""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of a topic by number, ascending, with their articles and sketches."""

    numbers: Integers
    articles: Sequence[str]
    sketches: Sequence[bytes]

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> "Passages":
        found = sorted(tuple(row) for row in rows)
        numbers = np.array([row[0] for row in found], np.int64)
        return cls(numbers, [row[1] for row in found], [row[2] for row in found])

    def beside(self, others: "Passages") -> "Passages":
        """Return them together with others."""
        every = (
            zip(e.numbers.tolist(), e.articles, e.sketches, strict=True) for e in (self, others)
        )
        return Passages.of(chain(*every))

    def places(self, numbers: Integers) -> Integers:
        """Return the places of some of the passages."""
        return np.searchsorted(self.numbers, numbers)

    def parts(self, size: int) -> Iterator["Passages"]:
        """Yield them, so many at a time."""
        for first in range(0, len(self.numbers), size):
            here = slice(first, first + size)
            yield Passages(self.numbers[here], self.articles[here], self.sketches[here])


def passages_of(connection: sqlite3.Connection, topic: str, articles: Iterable[str]) -> Passages:
    """Return the passages of those of some articles that are the topic's."""
    return Passages.of(in_parts(connection, f"{_SELECT} p.article IN", articles, topic))


def passages_by_number(
    connection: sqlite3.Connection, topic: str, numbers: Iterable[int]
) -> Passages:
    """Return those of some passages that are there, and the topic's."""
    return Passages.of(in_parts(connection, f"{_SELECT} p.number IN", numbers, topic))


def known_texts(own: Passages, prepared: Iterable[PreparedArticle]) -> dict[int, Shingled]:
    """Return the passages of stored articles as they were prepared."""
    left = {each.article.id: iter(each.shingled) for each in prepared}
    numbered = zip(own.numbers.tolist(), own.articles, strict=True)
    return {number: next(left[article]) for number, article in numbered if article in left}


def meeting(connection: sqlite3.Connection, topic: str, own: Passages) -> list[int]:
    """Return the passages that meet some, which are all those of their articles."""
    pairs = read_alike(connection, topic, own.sketches, own.numbers)
    likely = pairs.others[pairs.shared >= Bars(connection).of(pairs.others)]
    gone = set(own.numbers.tolist())
    stored = read_meetings(connection, likely.tolist())
    return [number for number, each in stored.items() if any(m.other in gone for m in each)]


@dataclass(frozen=True, slots=True)
class Renewal:
    """Passages whose meetings are looked for: `new` ones, and others that are `asked` with them.

    `texts` are known of some of the new ones.
    """

    asked: Passages
    new: Integers
    texts: Mapping[int, Shingled]


def renew(orders: Orders, renewal: Renewal, part: Passages) -> list[int]:
    """Store what a part of the passages that are asked for meet, and what meets new ones of it.

    Return the passages that may have other meetings than before.
    """
    connection = orders.connection
    pairs = read_alike(connection, orders.topic, part.sketches, part.numbers)
    draws = np.isin(pairs.passages, renewal.new)
    later = pairs.where(draws & ~np.isin(pairs.others, renewal.asked.numbers)).swapped()
    later = _worth(connection, later)
    later = later.where(_are_later(orders, later))
    found = _earlier(orders, part, pairs)
    left = np.setdiff1d(part.numbers, renewal.new)
    before = read_meetings(connection, np.union1d(left, later.passages).tolist())
    found = joined([found, _drawn(orders, later, before)])
    renewed = np.union1d(part.numbers, found.passages)
    return _store(orders, renewed, found, before, renewal.texts)


def _are_later(orders: Orders, pairs: Pairs) -> NDArray[np.bool_]:
    """Return the pairs of which the passage belongs to a later article than the other one."""
    order = orders.of(np.concatenate([pairs.passages, pairs.others]))
    return order.of(pairs.passages) > order.of(pairs.others)


def _earlier(orders: Orders, part: Passages, pairs: Pairs) -> Pairs:
    """Return what passages meet, of all that is like them.

    The articles are looked up of those that share most, unless too few of these are earlier.
    """
    pairs = enough(pairs, sizes_of(part.sketches)[part.places(pairs.passages)])
    pairs = pairs.where(np.lexsort((-pairs.shared, pairs.passages)))
    first = np.searchsorted(pairs.passages, pairs.passages)
    last = np.searchsorted(pairs.passages, pairs.passages, side="right") - 1
    least = pairs.shared[np.minimum(first + _LIKELY, last)]
    near = pairs.where(pairs.shared >= least)
    near = near.where(_are_later(orders, near))
    counts = np.bincount(part.places(near.passages), minlength=len(part.numbers))
    few = (counts < MOST)[part.places(pairs.passages)]
    rest = pairs.where((pairs.shared < least) & few)
    earlier = joined([near, rest.where(_are_later(orders, rest))])
    return likest(earlier, orders.of(earlier.others).of(earlier.others))


def _worth(connection: sqlite3.Connection, later: Pairs) -> Pairs:
    """Return the pairs that share as much as the last of those that a passage meets."""
    later = later.where(later.shared >= Bars(connection).of(later.passages))
    few = np.unique(later.passages[later.shared < ENOUGH])
    rows = in_parts(
        connection,
        "SELECT number, length(likeness) / 4 FROM passages WHERE number IN",
        few.tolist(),
    )
    sizes = np.array([ENOUGH, *(size for _, size in sorted(map(tuple, rows)))], np.int64)
    places = np.searchsorted(few, later.passages) + 1
    return enough(later, sizes[np.where(later.shared < ENOUGH, places, 0)])


def _drawn(orders: Orders, later: Pairs, before: Mapping[int, Sequence[Meeting]]) -> Pairs:
    """Return all that passages meet of which one at least was not there `before`."""
    drawn = set(np.unique(later.passages).tolist())
    rows = [(n, m.other, m.shared) for n in drawn for m in before.get(n, ())]
    old = Pairs(*np.array(rows, np.int64).reshape(-1, 3).T)
    every = joined([later, old])
    order = orders.of(every.others)
    found = likest(every, order.of(every.others))
    is_new = ~np.isin(_keys(found), _keys(old))
    return found.where(np.isin(found.passages, found.passages[is_new]))


def _keys(pairs: Pairs) -> Integers:
    return pairs.passages << 32 | pairs.others


def _store(
    orders: Orders,
    renewed: Integers,
    found: Pairs,
    before: Mapping[int, Sequence[Meeting]],
    texts: Mapping[int, Shingled],
) -> list[int]:
    """Replace the meetings of passages, comparing those that did not meet before; return them."""
    known = {(number, m.other): m for number, each in before.items() for m in each}
    passages, others, shared = (each.tolist() for each in found)
    pairs = list(zip(passages, others, strict=True))
    new = [pair for pair in pairs if pair not in known]
    matched = matches(orders.connection, new, texts)
    order = orders.of(found.others)
    counts = dict(zip(pairs, shared, strict=True))
    for pair, match in zip(new, matched, strict=True):
        first = order.first_of(pair[1])
        known[pair] = Meeting(first, pair[1], match.matched, match.size, counts[pair], match.quoted)
    held: dict[int, list[Meeting]] = {number: [] for number in renewed.tolist()}
    for pair in pairs:
        held[pair[0]].append(known[pair])
    save_meetings(orders.connection, held)
    return list(held)


def alike_of(connection: sqlite3.Connection, prepared: PreparedArticle) -> list[Alike]:
    """Return what a prepared article would meet; what is stored of its id is left out."""
    article, sketches = prepared.article, prepared.index.sketches
    pairs = read_alike(connection, article.topic, sketches, np.arange(len(sketches)))
    order = Orders(connection, article.topic).of(pairs.others)
    own = passages_of(connection, article.topic, [article.id]).numbers
    pairs = pairs.where(
        order.before(article.id, article.metadata.published, pairs.others)
        & ~np.isin(pairs.others, own)
    )
    pairs = enough(pairs, sizes_of(sketches)[pairs.passages])
    found = [
        (order.standing(other), place, shared)
        for place, other, shared in zip(
            *(each.tolist() for each in likest(pairs, order.of(pairs.others))), strict=True
        )
    ]
    return [
        Alike(article.id, place, other.article, other.place, shared)
        for other, place, shared in sorted(found, key=lambda each: (each[0].rank, each[1], each[0]))
    ]


def alike(orders: Orders, stored: Mapping[str, Meetings]) -> list[Alike]:
    """Return meetings of articles as `kb.sketches.meetings` does."""
    numbers = {m.other for held in stored.values() for each in held.values() for m in each}
    numbers |= {number for held in stored.values() for number in held}
    order = orders.of(np.array(sorted(numbers), np.int64))
    found = [
        (order.standing(number), order.standing(m.other), m.shared)
        for held in stored.values()
        for number, each in held.items()
        for m in each
    ]
    return [
        Alike(own.article, own.place, other.article, other.place, shared)
        for own, other, shared in sorted(found, key=_in_order)
    ]


def _in_order(found: tuple[Standing, Standing, int]) -> tuple[int, int, int, int]:
    own, other, _ = found
    return own.rank, other.rank, own.place, other.place
