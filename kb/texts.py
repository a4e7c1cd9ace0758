"""Texts as arrays: the index words of several texts at once, and the hashes of all their words."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, chain
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted, ranges
from kb.lexicon.english import stop_words
from kb.words import atoms_of, compounds, smallest, words_of

Hashes = NDArray[np.uint64]
_HASH = np.dtype("<u8")
_MOST = 3_000_000  # letters of the stretches that are remembered, 400,000 of these in 150 MB


@dataclass(frozen=True, slots=True)
class Texts:
    """Several texts, taken apart.

    The index words of all texts, one text after the other, are three arrays of one length: their
    places in `stems`, their places in `forms`, which has the words as written, and the numbers of
    their texts, from 0. `stem_hashes` go with `stems`. `lengths` are index words by text, compounds
    counted by their parts.
    `hashes` are those of all smallest words, stop words too, in the order of the texts;
    `hash_counts` says how many are of each text.
    """

    stems: Sequence[str]
    stem_hashes: Hashes
    forms: Sequence[str]
    stem_numbers: Integers
    form_numbers: Integers
    texts: Integers
    lengths: Integers
    hashes: Hashes
    hash_counts: Integers


@lru_cache(maxsize=131_072)
def word_hash(word: str) -> int:
    """Return 64 bits that tell a normalised word from others."""
    return int.from_bytes(_digest(word), "little")


def _digest(word: str) -> bytes:
    return blake2b(word.encode(), digest_size=_HASH.itemsize).digest()


class _Growing:
    """An array that more values are added to; those that are there never change."""

    def __init__(self, kind: type[np.generic], *values: int) -> None:
        self._held: NDArray[Any] = np.array(values, kind)
        self._size = len(values)

    def values(self) -> NDArray[Any]:
        return self._held[: self._size]

    def add(self, values: Sequence[int]) -> None:
        end = self._size + len(values)
        if end > len(self._held):
            self._held = np.concatenate([self._held, np.zeros(end, self._held.dtype)])
        self._held[self._size : end] = values
        self._size = end


class _Numbers(dict[str, int]):
    """Numbers of words, from 0 in the order in which they are asked for: that of `names`."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        self.names.append(word)
        return number


class _Known:
    """What stretches between spaces hold, remembered from call to call: texts repeat their words.

    No word has a space in it, and looking a stretch up takes a fifth of looking for its words.
    Stretches, stems and forms have numbers. The arrays hold stems, forms and hashes of one stretch
    after the other, and where those of each end.
    """

    def __init__(self) -> None:
        self.letters = 0
        self._stretches, self.stems, self.forms = _Numbers(), _Numbers(), _Numbers()
        self.word_ends, self.hash_ends = _Growing(np.int64, 0), _Growing(np.int64, 0)
        self.word_stems, self.word_forms = _Growing(np.int64), _Growing(np.int64)
        self.lengths, self.hashes = _Growing(np.int64), _Growing(np.uint64)
        self.stem_hashes = _Growing(np.uint64)

    def find(self, stretches: Sequence[str]) -> Integers:
        """Return the numbers of stretches, with what they hold added where it is not there."""
        before = len(self._stretches)
        found = np.array(list(map(self._stretches.__getitem__, stretches)), np.int64)
        if len(self._stretches) > before:
            self._add(self._stretches.names[before:])
        return found

    def _add(self, new: Sequence[str]) -> None:
        self.letters += sum(map(len, new))
        words = [[w for each in compounds(stretch) for w in words_of(each)] for stretch in new]
        stops = stop_words()
        kept = [[each for each in held if each[0] not in stops] for held in words]
        hashes = [[word_hash(plain) for plain, _, _, _, glued in h if not glued] for h in words]
        flat = list(chain.from_iterable(kept))
        before = len(self.stems)
        self.word_stems.add([self.stems[stem] for _, stem, _, _, _ in flat])
        self.stem_hashes.add([word_hash(stem) for stem in self.stems.names[before:]])
        self.word_forms.add([self.forms[plain] for plain, _, _, _, _ in flat])
        self.hashes.add(list(chain.from_iterable(hashes)))
        self.lengths.add([sum(not glued for _, _, _, _, glued in held) for held in kept])
        _extend(self.word_ends, list(map(len, kept)))
        _extend(self.hash_ends, list(map(len, hashes)))


def _extend(ends: _Growing, counts: Sequence[int]) -> None:
    ends.add((ends.values()[-1] + np.cumsum(counts)).tolist())


_known = _Known()
_lock = Lock()


def taken_apart(texts: Sequence[str]) -> Texts:
    """Return texts as arrays; stems and forms in no special order. Safe for threads."""
    known, used, owners = _looked_up(texts)
    words, word_texts = _spread(used, owners, known.word_ends.values())
    used_stems, stem_numbers = _numbered(known.word_stems.values()[words])
    used_forms, form_numbers = _numbered(known.word_forms.values()[words])
    hashes, hash_counts = _hashes(known, used, owners, len(texts))
    lengths = np.bincount(owners, known.lengths.values()[used], len(texts)).astype(np.int64)
    return Texts(
        list(map(known.stems.names.__getitem__, used_stems.tolist())),
        known.stem_hashes.values()[used_stems],
        list(map(known.forms.names.__getitem__, used_forms.tolist())),
        stem_numbers,
        form_numbers,
        word_texts,
        lengths,
        hashes,
        hash_counts,
    )


def hashes_of(texts: Sequence[str]) -> tuple[Hashes, Integers]:
    """Return the `hashes` and `hash_counts` of texts alone, which is quicker."""
    found = [b"".join(map(_hashed, text.split())) for text in texts]
    counts = np.array([len(each) for each in found], np.int64) // _HASH.itemsize
    return np.frombuffer(b"".join(found), _HASH).astype(np.uint64, copy=False), counts


@lru_cache(maxsize=262_144)  # texts repeat their words
def _hashed(stretch: str) -> bytes:
    """Return the hashes of the smallest words of a stretch between spaces, one after the other."""
    return b"".join(map(_digest, smallest(stretch)))


def span_of(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the start and end of what stands from one of the smallest words to another.

    Both are told by place; a last one that is not there is the last of the text.
    """
    stretches = text.split()
    ends = list(accumulate(map(len, map(_hashed, stretches))))
    begin, end = first * _HASH.itemsize, min(last * _HASH.itemsize, ends[-1] - _HASH.itemsize)
    return _place(text, stretches, ends, begin)[0], _place(text, stretches, ends, end)[1]


def _place(text: str, stretches: Sequence[str], ends: Sequence[int], begin: int) -> tuple[int, int]:
    """Return the start and end of the smallest word whose hash begins at some byte."""
    at = bisect_right(ends, begin)
    before = len(text) - len(text.split(None, at)[-1])
    held = len(_hashed(stretches[at]))
    start, end = atoms_of(stretches[at])[(begin - ends[at] + held) // _HASH.itemsize]
    return before + start, before + end


def _looked_up(texts: Sequence[str]) -> tuple[_Known, Integers, Integers]:
    """Return the stretches of all texts, by number, and the number of the text of each."""
    global _known
    parts = [text.split() for text in texts]
    with _lock:
        if _known.letters > _MOST:
            _known = _Known()
        known = _known
        used = known.find(list(chain.from_iterable(parts)))
    return known, used, np.repeat(np.arange(len(parts)), [len(each) for each in parts])


def _hashes(known: _Known, used: Integers, owners: Integers, texts: int) -> tuple[Hashes, Integers]:
    hashed, hash_texts = _spread(used, owners, known.hash_ends.values())
    return known.hashes.values()[hashed], np.bincount(hash_texts, minlength=texts)


def _spread(used: Integers, owners: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Return the places of what stretches hold, one after the other, and the texts of these.

    `used` are the stretches that stand in the texts, `owners` these texts, and `ends` says where
    what is held of each stretch begins; the last one where it ends.
    """
    starts = ends[used]
    counts = ends[used + 1] - starts
    return ranges(starts, counts), np.repeat(owners, counts)


def _numbered(known: Integers) -> tuple[Integers, Integers]:
    """Return the different ones of some numbers, and the place of each among these."""
    different, _ = counted(known)
    return different, np.searchsorted(different, known)
