"""Texts alike: the runs of words a text is made of, a sketch of them, and what two texts share.

After Broder, "On the resemblance and containment of documents" (1997): a text is the set of its
shingles, runs of three words, and the smallest of their hashes are a fair sample of the set.
Containment and not resemblance is asked for, because a re-post is often cut differently: a short
paragraph stands inside a longer one.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from kb.words import Word, compounds, words_of

Shingles = NDArray[np.uint32]

WIDTH = 3  # words of a shingle
SKETCH = 32  # values of a sketch, 128 bytes
_ALIKE = 0.4  # share of a text's shingles that makes it a repetition of what holds them
_NOTHING_NEW = 0.6  # share from which on the rest is replaced words and no text of its own
FEWEST = 9  # shingles, eleven words in a row: fewer are the same by chance
_LONG_ENOUGH = 40  # shingles from which two texts can be told to be different ones
_SAME_TEXT = 0.1  # share of the shorter text that its new version keeps at least
_STORED = np.dtype("<u4")
_PLACES = np.array(  # odd numbers, so that the order of the words counts
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64
)


def shingles(words: Sequence[Word]) -> Shingles:
    """Return the hash of every run of WIDTH words, in order; fewer words make one run."""
    return shingles_of([word_hash(word.text) for word in words])


def text_shingles(text: str) -> Shingles:
    """Return the shingles of a text, quicker than those of its words."""
    return shingles_of([each for part in compounds(text) for each in atom_hashes(part)])


@lru_cache(maxsize=65_536)
def atom_hashes(compound: str) -> tuple[int, ...]:
    """Return the hashes of the smallest words of a stretch of text, stop words included."""
    return tuple(word_hash(plain) for plain, _, _, _, glued in words_of(compound) if not glued)


def shingles_of(hashes: Sequence[int]) -> Shingles:
    """Return the same of the hashes of words."""
    if not hashes:
        return np.zeros(0, dtype=np.uint32)
    words = np.array([*hashes, *[0] * max(0, WIDTH - len(hashes))], dtype=np.uint64)
    count = len(words) - WIDTH + 1
    mixed = words[:count] * _PLACES[0]
    for place in range(1, WIDTH):
        mixed += words[place : place + count] * _PLACES[place]
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _PLACES[1] >> np.uint64(32)
    return np.asarray(mixed, dtype=np.uint32)


@lru_cache(maxsize=65536)
def word_hash(word: str) -> int:
    """Return 64 bits that tell a normalised word from others."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def sketch(runs: Shingles) -> bytes:
    """Return the SKETCH smallest shingles, ascending: all there are in a text of 34 words."""
    ordered = np.sort(runs)
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return packed(ordered[new][:SKETCH])


def packed(runs: Shingles) -> bytes:
    """Return shingles as they are stored."""
    return runs.astype(_STORED).tobytes()


def unpacked(stored: bytes) -> Shingles:
    """Return shingles, those of a sketch too, that were stored.

    Raises:
        ValueError: these are none.
    """
    return np.frombuffer(stored, _STORED).astype(np.uint32, copy=False)


def is_repetition(share: float, of: int) -> bool:
    """Tell whether a text of so many shingles repeats what holds this share of them.

    Measured: a copy with every tenth word replaced shares .72, with every fifth .50; paragraphs
    of other articles on the same subject share .00 to .35.
    """
    return share >= _ALIKE and share * of >= FEWEST


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
