"""Which passages share enough with some others to be compared with them, by their sketches.

A segment holds the values of its passages' sketches in order, so that those who hold a value are
found without looking at the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted, ranges
from kb.likeness import sizes_of, unpacked
from kb.segments import Places, Segment, Values

ENOUGH = 4  # values that the sketches of two passages share before these are compared
_AT_ONCE = 2_000_000  # shared values counted together, in 100 MB

_BLOCK = 320  # values of a block: 2 kB, two of them on a page
_VALUE, _PLACE = np.dtype("<u4"), np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class Holders:
    """Values, ascending, and the places of the passages that hold them.

    `short` tells by place which passages may have fewer than ENOUGH values.
    """

    values: Values
    places: Places | Integers
    short: NDArray[np.bool_]


def cut_values(segment: Segment) -> tuple[Values, Iterator[tuple[bytes, bytes]]]:
    """Return the first value of each block of a segment, and the blocks as they are stored.

    Those who hold a value are in one block.
    """
    values = segment.values
    firsts = np.unique(values[::_BLOCK])
    bounds = [*np.searchsorted(values, firsts).tolist(), len(values)]
    rows = (
        (
            values[begin:end].astype(_VALUE).tobytes(),
            segment.holders[begin:end].astype(_PLACE).tobytes(),
        )
        for begin, end in zip(bounds, bounds[1:], strict=False)
    )
    return firsts.astype(_VALUE), rows


def values_of(rows: Sequence[tuple[bytes, bytes]], size: int) -> tuple[Values, Places]:
    """Return the values, and who holds them, of blocks of a segment of `size` passages.

    Raises:
        ValueError: these are none.
    """
    values = np.frombuffer(b"".join(row[0] for row in rows), _VALUE)
    places = np.frombuffer(b"".join(row[1] for row in rows), _PLACE)
    if len(values) != len(places) or (len(places) and int(places.max()) >= size):
        raise ValueError("a block of sketches is malformed")
    return values, places


class Pairs(NamedTuple):
    """Passages, others, and how many values the sketches of both share; arrays of one length."""

    passages: Integers
    others: Integers
    shared: Integers

    def where(self, kept: NDArray[np.bool_] | Integers) -> "Pairs":
        """Return the pairs at some places, or those that flags tell."""
        return Pairs(self.passages[kept], self.others[kept], self.shared[kept])

    def swapped(self) -> "Pairs":
        """Return the others as passages, with these as others."""
        return Pairs(self.others, self.passages, self.shared)


NO_PAIRS = Pairs(*(np.zeros(0, np.int64),) * 3)


def joined(parts: Sequence[Pairs]) -> Pairs:
    """Return pairs one after the other."""
    return Pairs(*map(np.concatenate, zip(NO_PAIRS, *parts, strict=True)))


class Asked:
    """The sketches of passages whose likes are looked for."""

    def __init__(self, sketches: Sequence[bytes]) -> None:
        """Take sketches of passages, by place.

        Raises:
            ValueError: one of them is no sketch.
        """
        self._sizes = sizes_of(sketches)
        every = unpacked(b"".join(sketches))
        self.values = np.unique(every)
        self._numbers = np.searchsorted(self.values, every)
        self._owners = np.repeat(np.arange(len(sketches)), self._sizes)

    def shares(self, found: Holders) -> Pairs:
        """Return which of the passages share enough with which holders, both by place.

        A few pairs more are returned, because a passage of few words may share little.
        """
        begins = np.searchsorted(found.values, self.values)
        many = np.searchsorted(found.values, self.values, side="right") - begins
        begins, many = begins[self._numbers], many[self._numbers]
        parts = np.cumsum(many) // _AT_ONCE
        parts = parts[np.searchsorted(self._owners, self._owners, side="right") - 1]
        bounds = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(parts)]
        pieces = (slice(*each) for each in zip(bounds, bounds[1:], strict=False))
        return joined([self._counted(found, h, begins[h], many[h]) for h in pieces])

    def _counted(self, found: Holders, here: slice, begins: Integers, many: Integers) -> Pairs:
        """Count what the passages of some values share with those who hold these."""
        size = max(len(found.short), 1)
        holders = found.places[ranges(begins, many)]
        pairs, shared = counted(np.repeat(self._owners[here] * size, many) + holders)
        kept = shared >= ENOUGH
        if not kept.all():
            passages, others = np.divmod(pairs, size)
            kept |= (shared >= self._sizes[passages]) | found.short[others]
        return Pairs(*np.divmod(pairs[kept], size), shared[kept])
