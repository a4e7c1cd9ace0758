"""What passages share with others that they meet, for many pairs of them at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, firsts, ranges
from kb.likeness import FEWEST, Shingles

WINDOW = 12  # shingles looked at together to find where a quotation, or own text, begins and ends
DENSE = 0.5  # share of a window's shingles that makes it part of a quotation
_AT_ONCE = 8192  # pairs, whose flags take some megabytes
_HALF = 32  # bits: the place of a text and a shingle are one number


class Matches(NamedTuple):
    """What the first of each pair of passages shares with the second.

    By pair: `matched` of the `sizes` shingles of the former stand in the latter. By stretch that
    holds many of these, ascending: its pair, and the `first` and `last` shingle of it.
    """

    matched: Integers
    sizes: Integers
    pairs: Integers
    first: Integers
    last: Integers


class Matching:
    """Passages as their shingles, any of which can be compared."""

    def __init__(self, texts: Sequence[Shingles]) -> None:
        self._sizes = np.array([len(each) for each in texts], np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes
        owners = np.repeat(np.arange(len(texts), dtype=np.int64) << _HALF, self._sizes)
        keys = owners | np.concatenate([*texts, np.zeros(0, np.uint32)]).astype(np.int64)
        order = np.argsort(keys)
        self._keys = keys[order]  # those of a text beside each other, its shingles ascending
        self._places = order - np.repeat(self._starts, self._sizes)

    def of(self, own: Integers, others: Integers) -> Matches:
        """Return what passages share with others; both go by place, and by pair.

        Raises:
            ValueError: one of the others has no words, so that nothing can be shared with it.
        """
        if len(others) and not self._sizes[others].all():
            raise ValueError("a passage without words shares nothing")
        parts = [
            self._part(own[first : first + _AT_ONCE], others[first : first + _AT_ONCE], first)
            for first in range(0, len(own), _AT_ONCE)
        ]
        none = Matches(*(np.zeros(0, np.int64),) * 5)
        return Matches(*map(np.concatenate, zip(none, *parts, strict=True)))

    def _part(self, own: Integers, others: Integers, before: int) -> Matches:
        order = np.argsort(others, kind="stable")  # what is looked up one after the other is near
        sizes = self._sizes[own]
        begins = np.cumsum(sizes) - sizes
        take = ranges(self._starts[own[order]], sizes[order])
        wanted = self._keys[take] & ((1 << _HALF) - 1)
        wanted |= np.repeat(others[order] << _HALF, sizes[order])
        found = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        flags = np.zeros(len(take), np.bool_)
        flags[np.repeat(begins[order], sizes[order]) + self._places[take]] = (
            self._keys[found] == wanted
        )
        matched, pairs, first, last = _stretches(flags, begins, sizes)
        return Matches(matched, sizes, pairs + before, first, last)


def _stretches(
    flags: NDArray[np.bool_], begins: Integers, sizes: Integers
) -> tuple[Integers, Integers, Integers, Integers]:
    """Return how many flags of each text are set, and the stretches of all that hold many.

    The texts lie one behind the other in `flags`.
    """
    known = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    matched = known[begins + sizes] - known[begins]
    owners = np.repeat(np.arange(len(sizes)), sizes)
    windows = known[WINDOW:] - known[:-WINDOW] >= DENSE * WINDOW
    dense = np.flatnonzero(windows)
    pairs = owners[dense]
    inside = (dense + WINDOW <= (begins + sizes)[pairs]) & (matched[pairs] >= FEWEST)
    dense, pairs = dense[inside], pairs[inside]
    apart = np.diff(dense, prepend=-WINDOW - 1) > WINDOW
    starts = np.flatnonzero(apart | firsts(pairs))
    ends = np.append(starts[1:], len(dense))[: len(starts)] - 1
    low, high = known[dense[starts]], known[dense[ends] + WINDOW]
    kept = high - low >= FEWEST
    pairs, low, high = pairs[starts][kept], low[kept], high[kept]
    ones = np.flatnonzero(flags)
    return matched, pairs, ones[low] - begins[pairs], ones[high - 1] - begins[pairs]
