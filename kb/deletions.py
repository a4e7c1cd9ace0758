"""Words to numbers that near words share: the first letters with none, one or two left out.

Two words within OSA distance 2 agree once two letters at most are left out of each (Garbe's
symmetric delete, with a prefix). Most words that agree so are further apart than that: the places
where letters were left out tell it, before anything of a word is read.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PREFIX = 7  # letters that are looked at: 29 numbers a word instead of hundreds
SHORT = 4  # letters up to which a word is found one edit away only
FARTHEST = 2  # edits between a misspelt word and the one that is meant
CODE_BITS = 5
HASH_BITS = 27
_CUTS = ((0, 0), (1, 0), (0, 1), (2, 0), (0, 2))  # letters at the ends of two prefixes
Places = tuple[int, ...]  # of letters in a word, ascending
_LEFT_OUT: Sequence[Places] = tuple(  # by code
    places for count in range(FARTHEST + 1) for places in combinations(range(PREFIX), count)
)
_random = Random(7)
_ODD = [_random.getrandbits(64) | 1 for _ in range(PREFIX)]  # by place in what is left


@cache
def codes(letters: int, most: int = FARTHEST) -> NDArray[np.int64]:
    """Return the codes of what is left out of a word of so many letters, ascending.

    One letter at least is left, and of a short word at most one is left out.
    """
    size = min(letters, PREFIX)
    most = min(most, size - 1, 1 if letters <= SHORT else FARTHEST)
    found = [
        code
        for code, places in enumerate(_LEFT_OUT)
        if len(places) <= most and all(place < size for place in places)
    ]
    return np.array(found, np.int64)


def left_out(code: int) -> int:
    """Return how many letters a code leaves out."""
    return len(_LEFT_OUT[code])


def hashes(words: Sequence[str], seed: int, *, most: int = FARTHEST) -> NDArray[np.int64]:
    """Return a row for each word, with what is left for each of its `codes`, as HASH_BITS.

    The words have the same number of letters, or more than PREFIX each. (Multiply-shift hashing of
    the letters that are left, after Dietzfelbinger.)
    """
    size = min(len(words[0]), PREFIX)
    heads = np.array([word[:size] for word in words], f"=U{size}")
    letters = heads.view(np.uint32).reshape(-1, size).astype(np.uint64)
    mixed = letters @ _factors(size, most) + np.uint64(seed * _ODD[0] % 2**64)
    return (mixed >> np.uint64(64 - HASH_BITS)).astype(np.int64)


@cache
def _factors(size: int, most: int) -> NDArray[np.uint64]:
    """Return what each letter is multiplied by, a column for each code; 0 where it is left out."""
    every = codes(size, most).tolist()
    factors = np.zeros((size, len(every)), np.uint64)
    for column, code in enumerate(every):
        kept = [place for place in range(size) if place not in _LEFT_OUT[code]]
        for rank, place in enumerate(kept):
            factors[place, column] = _ODD[rank]
    return factors


class Masks(NamedTuple):
    """Codes of forms that may be near a word, as bits, by how their lengths compare with its."""

    shorter: int
    same: int
    longer: int


def masks(letters: int) -> Sequence[Masks]:
    """Return, for each of the codes of a word that is looked for, which others may be near it.

    Bit c tells whether a word that agrees after code c was left out may be FARTHEST edits away.
    """
    return _masks(min(letters, PREFIX + FARTHEST))  # longer words are all alike


@cache
def _masks(letters: int) -> Sequence[Masks]:
    return [
        Masks(
            _near(own, letters, range(max(letters - FARTHEST, 1), letters)),
            _near(own, letters, range(letters, letters + 1)),
            _near(own, letters, range(letters + 1, letters + FARTHEST + 1)),
        )
        for own in codes(letters).tolist()
    ]


def _near(own: int, letters: int, lengths: range) -> int:
    mine = _LEFT_OUT[own]
    return sum(
        1 << code
        for code, theirs in enumerate(_LEFT_OUT)
        if any(_may_be_near(mine, theirs, letters, others) for others in lengths)
    )


def _may_be_near(mine: Places, theirs: Places, letters: int, others: int) -> bool:
    """Tell whether two words, that agree once these letters are left out, may be near.

    A letter that is left out of both at the same place is one edit, and so is one that was swapped
    with the next. When a prefix is cut off, letters at its end may be there only because others
    were put in before them in the other word: they belong to the rest of the words, in which there
    are at least as many edits as these differ in length.
    """
    if min(letters, PREFIX) - len(mine) != min(others, PREFIX) - len(theirs):
        return False  # they do not agree
    for cut, other_cut in _CUTS if max(letters, others) > PREFIX else _CUTS[:1]:
        own, other = _without_end(mine, letters, cut), _without_end(theirs, others, other_cut)
        if own is None or other is None:
            continue
        rest = max(letters - PREFIX, 0) + cut, max(others - PREFIX, 0) + other_cut
        edits = len(own) + len(other) - _pairs(_gaps(own), _gaps(other))
        if edits + abs(rest[0] - rest[1]) <= FARTHEST:
            return True
    return False


def _without_end(places: Places, letters: int, count: int) -> Places | None:
    """Return places without the last ones of a prefix, None if these are not among them."""
    size = min(letters, PREFIX)
    kept = len(places) - count
    return places[:kept] if places[kept:] == tuple(range(size - count, size)) else None


def _gaps(places: Places) -> Places:
    """Return where in what is left the letters were left out."""
    return tuple(place - before for before, place in enumerate(places))


@cache
def _pairs(mine: Places, theirs: Places) -> int:
    """Return how many letters may be left out of both at the same place, or by a swap.

    Of two letters that were swapped, the one that moved on may be left out of both words, or the
    other one: the former alone is looked for.
    """
    for count in range(min(len(mine), len(theirs)), 0, -1):
        for some in combinations(mine, count):
            for others in combinations(theirs, count):
                if all(a - b in (0, 1) for a, b in zip(some, others, strict=True)):
                    return count
    return 0
