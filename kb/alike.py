"""Which passages share enough with some others to be compared with them, by their sketches.

Each value of a sketch is a key with the number of its passage, so that those who hold a value are
found without looking at the others.
"""

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted, ranges
from kb.likeness import Shingles, sizes_of, unpacked

ENOUGH = 4  # values that the sketches of two passages share before these are compared
_AT_ONCE = 2_000_000  # shared values counted together, in 100 MB

# A key has 63 bits. From the right: the number of a passage, whether it has fewer than ENOUGH
# values, and a value.
_NUMBER_BITS = 30
_HOLDER_BITS = _NUMBER_BITS + 1
_NUMBER, _HOLDER = (1 << _NUMBER_BITS) - 1, (1 << _HOLDER_BITS) - 1
_ODD = np.uint64(0x9E3779B1)  # values are the smallest of many: times an odd number they are spread


def keys_of(topic: str, sketches: Sequence[bytes], numbers: Integers) -> Integers:
    """Return the keys of passages of a topic, ascending, of their sketches and numbers.

    Raises:
        ValueError: one of them is no sketch.
    """
    sizes = sizes_of(sketches)
    holders = numbers | (sizes < ENOUGH).astype(np.int64) << _NUMBER_BITS
    values = _mixed(topic, unpacked(b"".join(sketches)))
    return np.sort(values << _HOLDER_BITS | np.repeat(holders, sizes))


def numbers_of(keys: Integers) -> Integers:
    """Return the numbers of the passages that keys are of."""
    return keys & _NUMBER


def _mixed(topic: str, values: Shingles) -> Integers:
    """Return values as they stand in keys: other ones in every topic, spread over all numbers."""
    spread = values.astype(np.uint64) * _ODD & np.uint64(0xFFFFFFFF)
    return (spread ^ np.uint64(crc32(topic.encode()))).astype(np.int64)


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

    def __init__(self, topic: str, sketches: Sequence[bytes]) -> None:
        """Take sketches of passages of a topic, by place.

        Raises:
            ValueError: one of them is no sketch.
        """
        self._sizes = sizes_of(sketches)
        every = _mixed(topic, unpacked(b"".join(sketches)))
        self._values = np.unique(every)
        self._places = np.searchsorted(self._values, every)
        self._owners = np.repeat(np.arange(len(sketches)), self._sizes)

    @property
    def first(self) -> Integers:
        """The smallest key of each value that is looked for, ascending."""
        return self._values << _HOLDER_BITS

    @property
    def last(self) -> Integers:
        """The largest key of each of them."""
        return self.first | _HOLDER

    def shares(self, held: Sequence[Integers]) -> Pairs:
        """Return which of the passages, by place, share enough with which others, by number.

        `held` are keys, in lists that ascend. A few pairs more are returned, because a passage of
        few words may share little.
        """
        begins = [np.searchsorted(keys, self.first)[self._places] for keys in held]
        ends = [np.searchsorted(keys, self.last, side="right")[self._places] for keys in held]
        counts = [end - begin for begin, end in zip(begins, ends, strict=True)]
        parts = np.cumsum(np.sum(counts, axis=0)) // _AT_ONCE
        parts = parts[np.searchsorted(self._owners, self._owners, side="right") - 1]
        bounds = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(parts)]
        found = []
        for here in (slice(*each) for each in zip(bounds, bounds[1:], strict=False)):
            owners = [np.repeat(self._owners[here], many[here]) for many in counts]
            holders = [
                keys[ranges(begin[here], many[here])] & _HOLDER
                for keys, begin, many in zip(held, begins, counts, strict=True)
            ]
            found.append(self._counted(np.concatenate(owners), np.concatenate(holders)))
        return joined(found)

    def _counted(self, owners: Integers, holders: Integers) -> Pairs:
        """Return what passages share, of who they are and who else holds one of their values."""
        pairs, shared = counted(owners << _HOLDER_BITS | holders)
        passages, others = pairs >> _HOLDER_BITS, pairs & _NUMBER
        few = (pairs >> _NUMBER_BITS & 1).astype(np.bool_)
        kept = (shared >= ENOUGH) | (shared >= self._sizes[passages]) | few
        return Pairs(passages, others, shared).where(kept)
