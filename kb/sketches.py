"""Sketches: which passages share enough with which earlier articles to be compared with them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.likeness import Shingles, unpacked

ENOUGH = 4  # values of a sketch that a passage and an article share before they are compared
MOST = 4  # articles that a passage is compared with
_AT_ONCE = 2_000_000  # shared values counted together, in 100 MB

_HALF = np.uint64(32)  # bits: a value and the rank of an article are one number
_RANK = np.uint64(2**32 - 1)
Numbers = NDArray[np.int64]
Large = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Shared = tuple[Numbers, Numbers, Numbers]  # passages, ranks of earlier articles, shared values
Met = Mapping[str, Mapping[str, list[str]]]  # passages, by their article and by an earlier one


@dataclass(frozen=True, slots=True)
class Meeting:
    """A passage is worth comparing with an earlier article: they share so many values."""

    passage: str
    article: str
    shared: int


class Sketches:
    """The sketches of a topic's passages, by article, the one published first before the others.

    An article of unknown date comes after those of a known one, and equal dates go by id: the
    order of adding is no matter.
    """

    def __init__(
        self, published: Mapping[str, str], sketches: Mapping[str, Mapping[str, bytes]]
    ) -> None:
        """`published` are the dates of all articles; `sketches` go by article and passage id.

        Raises:
            ValueError: one of them is no sketch.
        """
        articles = sorted(published, key=lambda id: (not published[id], published[id], id))
        held = [sketches.get(id, {}) for id in articles]
        self._articles = articles
        self._order = {id: rank for rank, id in enumerate(articles)}
        self._passages = [id for each in held for id in each]
        self._ranks = np.repeat(np.arange(len(held)), [len(each) for each in held])
        stored = [sketch for each in held for sketch in each.values()]
        self._values = unpacked(b"".join(stored))
        sizes, odd = np.divmod(np.array([len(each) for each in stored], dtype=np.int64), 4)
        if odd.any():
            raise ValueError("a sketch has half a value")
        self._sizes = sizes
        self._owners = np.repeat(np.arange(len(stored)), sizes)
        self._holders = self._ranks[self._owners]

    def meetings(self, passages: Collection[str]) -> list[Meeting]:
        """Return which earlier articles some passages are to be compared with.

        Of the articles that share enough with a passage these are the ones that share most.
        """
        asked = np.array([id in passages for id in self._passages], dtype=np.bool_)
        everywhere = np.ones(len(self._articles), dtype=np.bool_)
        return [
            each
            for shared in self._shared(asked, everywhere)
            for each in self._named(self._most(shared))
        ]

    def met(self, meetings: Iterable[Meeting]) -> Met:
        """Return the passages by their article, and the article that they meet, in their order."""
        number = {id: number for number, id in enumerate(self._passages)}
        found: dict[str, dict[str, list[str]]] = {}
        pairs = sorted((self._order[each.article], number[each.passage]) for each in meetings)
        for rank, passage in pairs:
            own, other = self._articles[self._ranks[passage]], self._articles[rank]
            found.setdefault(own, {}).setdefault(other, []).append(self._passages[passage])
        return found

    def _shared(self, asked: Flags, among: Flags) -> Iterator[Shared]:
        """Yield what passages share with earlier articles, if it is enough.

        `asked` says of each passage, `among` of each article, whether it is looked at.
        """
        owners, values, held = self._common(asked[self._owners], among[self._holders])
        first = np.searchsorted(held, values)
        counts = np.searchsorted(held, values | self._ranks[owners].astype(np.uint64)) - first
        costs = np.bincount(owners, counts, len(self._sizes)) + len(self._articles) * asked
        parts = (np.cumsum(costs) // _AT_ONCE)[owners]
        for part in np.unique(parts[counts > 0]):
            here = (parts == part) & (counts > 0)
            number = counts[here]
            steps = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
            earlier = held[np.repeat(first[here], number) + steps] & _RANK
            yield self._enough(np.repeat(owners[here], number), earlier.astype(np.int64))

    def _common(self, asked: Flags, held: Flags) -> tuple[Numbers, Large, Large]:
        """Return the values that are both asked for and held, each with a rank behind it.

        These are the passages that ask, in order; their values, with room for a rank; and, with
        their ranks, those of the articles that hold any, ascending.
        """
        fewer = self._values[asked if asked.sum() < held.sum() else held]
        known = are_among(self._values, np.sort(fewer))
        values = self._values.astype(np.uint64) << _HALF
        holders = values[known & held] | self._holders[known & held].astype(np.uint64)
        return self._owners[known & asked], values[known & asked], np.unique(holders)

    def _enough(self, passages: Numbers, ranks: Numbers) -> Shared:
        """Count equal pairs of a passage and an article; leave those out that share too little."""
        found, places = np.unique(passages, return_inverse=True)
        counts = np.bincount(places * len(self._articles) + ranks)
        pairs = np.flatnonzero(counts)
        places, others = np.divmod(pairs, len(self._articles))
        owners, counts = found[places], counts[pairs]
        enough = counts >= np.minimum(ENOUGH, self._sizes[owners])
        return owners[enough], others[enough], counts[enough]

    def _most(self, shared: Shared) -> Shared:
        """Leave out, for each passage, the articles that share less with it than some others."""
        owners, ranks, counts = shared
        order = np.lexsort((ranks, -counts, owners))
        owners, ranks, counts = owners[order], ranks[order], counts[order]
        most = np.arange(len(owners)) - np.searchsorted(owners, owners) < MOST
        return owners[most], ranks[most], counts[most]

    def _named(self, shared: Shared) -> Iterator[Meeting]:
        for passage, rank, count in zip(*(each.tolist() for each in shared), strict=True):
            yield Meeting(self._passages[passage], self._articles[rank], count)


def are_among(values: Shingles, known: Shingles) -> Flags:
    """Return which of `values` are among `known`, which do not descend."""
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.asarray(known[places] == values)
