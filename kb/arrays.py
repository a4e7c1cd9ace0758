"""Steps on arrays that numpy has no function for, or a slow one."""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def ranges(starts: Integers, counts: Integers) -> Integers:
    """Return the numbers from each start, as many as it counts, one stretch after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def firsts(ordered: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Return which values, in order, differ from the one before."""
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return new


def counted(numbers: Integers) -> tuple[Integers, Integers]:
    """Return the different numbers, ascending, and how often each is there.

    `np.unique` takes several times as long.
    """
    ordered = np.sort(numbers)
    places = np.flatnonzero(firsts(ordered))
    counts = np.empty_like(places)
    counts[:-1] = places[1:]
    counts[-1:] = len(ordered)
    counts -= places
    return ordered[places], counts
