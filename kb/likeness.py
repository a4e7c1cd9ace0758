"""Texts alike: the runs of words a text is made of, a sketch of them, and what two texts share.

After Broder, "On the resemblance and containment of documents" (1997): a text is the set of its
shingles, runs of three words, and the smallest of their hashes are a fair sample of the set.
Containment and not resemblance is asked for, because a re-post is often cut differently: a short
paragraph stands inside a longer one.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, firsts, ranges
from kb.texts import Hashes, hashes_of, word_hash
from kb.words import Word

Shingles = NDArray[np.uint32]

WIDTH = 3  # words of a shingle
SKETCH = 32  # values of a sketch, 128 bytes
_ALIKE = 0.4  # share of a text's shingles that makes it a repetition of what holds them
_NOTHING_NEW = 0.6  # share from which on the rest is replaced words and no text of its own
FEWEST = 9  # shingles, eleven words in a row: fewer are the same by chance
_LONG_ENOUGH = 40  # shingles from which two texts can be told to be different ones
_SAME_TEXT = 0.1  # share of the shorter text that its new version keeps at least
_STORED = np.dtype("<u4")
_HALF = np.uint64(32)  # bits: the number of a text and a value are one number
_PLACES = np.array(  # odd numbers, so that the order of the words counts
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64
)


def shingles(words: Sequence[Word]) -> Shingles:
    """Return the hash of every run of WIDTH words, in order; fewer words make one run."""
    hashes = np.array([word_hash(word.text) for word in words], np.uint64)
    return shingles_of(hashes, np.array([len(words)], np.int64))[0]


def text_shingles(texts: Sequence[str]) -> list[Shingles]:
    """Return the shingles of each of some texts, quicker than those of its words."""
    return shingles_of(*hashes_of(texts))


def shingles_of(hashes: Hashes, counts: Integers) -> list[Shingles]:
    """Return the shingles of several texts; `counts` are the words of each, by their hashes."""
    # Behind every text stands what fills up a run of too few words.
    padded = np.zeros(len(hashes) + (WIDTH - 1) * len(counts), np.uint64)
    padding = np.arange(len(counts)) * (WIDTH - 1)
    padded[np.arange(len(hashes)) + np.repeat(padding, counts)] = hashes
    runs = np.where(counts > 0, np.maximum(counts - WIDTH + 1, 1), 0)
    starts = ranges(np.cumsum(counts) - counts + padding, runs)
    mixed = padded[starts] * _PLACES[0]
    for place in range(1, WIDTH):
        mixed += padded[starts + place] * _PLACES[place]
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _PLACES[1] >> np.uint64(32)
    return _parted(mixed.astype(np.uint32), runs)


def _parted(values: Shingles, counts: Integers) -> list[Shingles]:
    ends = np.cumsum(counts)
    return [
        values[first:end]
        for first, end in zip((ends - counts).tolist(), ends.tolist(), strict=True)
    ]


def sketches(texts: Sequence[Shingles]) -> list[bytes]:
    """Return the SKETCH smallest shingles of each text, ascending: all of one of 34 words."""
    counts = np.array([len(runs) for runs in texts], np.int64)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), counts) << _HALF
    ordered = np.sort(owners | np.concatenate([*texts, np.zeros(0, np.uint32)]))
    ordered = ordered[firsts(ordered)]
    owners = ordered >> _HALF
    ranks = np.arange(len(ordered)) - np.searchsorted(owners, owners)
    kept = ranks < SKETCH
    counts = np.bincount(owners[kept].astype(np.int64), minlength=len(texts))
    return list(map(packed, _parted(ordered[kept].astype(np.uint32), counts)))


def sketch(runs: Shingles) -> bytes:
    """Return the sketch of one text."""
    return sketches([runs])[0]


def packed(runs: Shingles) -> bytes:
    """Return shingles as they are stored."""
    return runs.astype(_STORED).tobytes()


def unpacked(stored: bytes) -> Shingles:
    """Return shingles, those of a sketch too, that were stored.

    Raises:
        ValueError: these are none.
    """
    return np.frombuffer(stored, _STORED).astype(np.uint32, copy=False)


def sizes_of(sketches: Sequence[bytes]) -> Integers:
    """Return how many values each of some sketches has.

    Raises:
        ValueError: one of them is no sketch.
    """
    sizes, odd = np.divmod(np.array([len(each) for each in sketches], np.int64), _STORED.itemsize)
    if odd.any():
        raise ValueError("a sketch has a part of a value")
    return sizes


@overload
def is_repetition(share: float, of: int) -> bool: ...
@overload
def is_repetition(share: NDArray[np.float64], of: Integers) -> NDArray[np.bool_]: ...
def is_repetition(
    share: float | NDArray[np.float64], of: int | Integers
) -> bool | NDArray[np.bool_]:
    """Tell whether a text of so many shingles repeats what holds this share of them.

    Of several texts it is told of each.

    Measured: a copy with every tenth word replaced shares .72, with every fifth .50; paragraphs
    of other articles on the same subject share .00 to .35.
    """
    return (share >= _ALIKE) & (share * of >= FEWEST)


def has_little_of(one: Shingles, other: Shingles) -> bool:
    """Tell whether two texts are too different to be versions of one; short ones never are."""
    few, many = sorted((frozenset(one.tolist()), frozenset(other.tolist())), key=len)
    return len(few) >= _LONG_ENOUGH and len(few & many) < _SAME_TEXT * len(few)


def contained(part: bytes, whole: bytes) -> float:
    """Return the share of the shingles of `part` that stand in `whole`, from their sketches.

    Exact for texts of up to 33 words; for longer ones an estimate, the rougher the longer `whole`
    is. 0.0 when there is nothing to compare.
    """
    few, many = _values(part), _values(whole)
    if few.isdisjoint(many):
        return 0.0
    # Both sketches are complete up to the smaller of their last values.
    known = min((max(each) for each in (few, many) if len(each) >= SKETCH), default=2**32)
    asked = [value for value in few if value <= known]
    return len(many.intersection(asked)) / len(asked) if asked else 0.0


@lru_cache(maxsize=4096)
def _values(sketched: bytes) -> frozenset[int]:
    return frozenset(unpacked(sketched).tolist())


def adds_nothing(part: bytes, whole: bytes) -> bool:
    """True when a text holds little more than another, by their sketches.

    Short texts have to be equal; to leave a passage out, more has to be known than to call it a
    repetition, which may have words of its own.
    """
    share = contained(part, whole)
    return (part == whole and bool(part)) or (
        share >= _NOTHING_NEW and is_repetition(share, len(_values(part)))
    )
