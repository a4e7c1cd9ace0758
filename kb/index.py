"""Postings as arrays: which passages hold a word, how often, how long and how like they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted, ranges
from kb.likeness import Shingles, shingles_of, sketches
from kb.model import Passage
from kb.texts import Hashes, taken_apart
from kb.words import index_words, normalise

Numbers = NDArray[np.uint32]
Counts = NDArray[np.uint8]
Lengths = NDArray[np.uint8] | NDArray[np.uint16]
_MOST = 255  # a term frequency above this changes no ranking and is stored as this
_WORDS = 65_536  # of which it is remembered how often they stand in texts
_LONGEST = 65_535  # and so is a passage of more words than this


class Postings(NamedTuple):
    """The passages that hold one word, ascending; the arrays have one length.

    `numbers` are passages, counted as whatever the postings are of counts them. `body` and
    `heading` are term frequencies in the passage and in its heading path; without `heading` the
    word stands in no heading path. A tuple for the reason that a Word is one.
    """

    numbers: Numbers | NDArray[np.uint16]
    body: Counts
    heading: Counts | None


class Memo:
    """What was computed of the words of a part: for as many of them as `most` bytes hold.

    Safe for threads.
    """

    def __init__(self, most: int = 4_000_000) -> None:
        self._lock = Lock()
        self._most = most
        self._values: dict[str, NDArray[np.float32]] = {}
        self._bytes = 0
        self._occurrences: dict[str, int] = {}

    def get(self, word: str) -> NDArray[np.float32] | None:
        return self._values.get(word)

    def put(self, word: str, values: NDArray[np.float32]) -> None:
        """Keep what was computed; what was put first makes room for it."""
        with self._lock:
            if word not in self._values:
                self._values[word] = values
                self._bytes += values.nbytes
            while self._bytes > self._most:
                self._bytes -= self._values.pop(next(iter(self._values))).nbytes

    def occurrences(self, word: str, postings: Postings) -> int:
        """Return how often a word stands in texts and headings; these are its postings."""
        known = self._occurrences.get(word)
        if known is None:
            known = _total(postings.body)
            if postings.heading is not None:
                known += _total(postings.heading)
            if len(self._occurrences) >= _WORDS:
                self._occurrences = {}
            self._occurrences[word] = known
        return known


def _total(counts: Counts) -> int:
    # Sums of 32 bits are quicker than the 64 that numpy takes of itself.
    return int(counts.sum(dtype=np.uint32))


class Norms(NamedTuple):
    """What term frequencies in a field are divided by: by passage its length, and by length that.

    An array of the latter by passage would be eight times as large, and reading from all over it
    five times as slow (`kb.bm25.norms`).
    """

    lengths: Lengths
    by_length: NDArray[np.float64]

    def at(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return what the frequencies in passages at some places are divided by."""
        return self.by_length.take(self.lengths.take(places))


@dataclass(frozen=True, slots=True)
class Part:
    """What some consecutive passages of an index hold of the words that were asked for.

    `numbers` are those of the passages, ascending; `body` and `heading` are what term frequencies
    in these fields are divided by. `postings` go by word and count the passages by their place in
    these three. `memo` is as good as these are.
    """

    numbers: Numbers
    body: Norms
    heading: Norms
    postings: Mapping[str, Postings]
    memo: Memo = field(default_factory=Memo)


class Index(Protocol):
    """The index of a topic: how many passages there are, and which of them hold a word."""

    @property
    def passages(self) -> int: ...

    def find(self, words: Collection[str]) -> Sequence[Part]:
        """Return the parts that hold any of `words` (stems), in the order of their numbers."""


def holding(index: Index, words: Collection[str]) -> Numbers:
    """Return the numbers of the passages that hold each of `words` (stems), ascending."""
    found = [np.zeros(0, np.uint32)]
    for part in index.find(words):
        if len(part.postings) == len(set(words)):
            lists = sorted((each.numbers for each in part.postings.values()), key=len)
            places = lists[0]
            for each in lists[1:]:
                at = np.minimum(np.searchsorted(each, places), len(each) - 1)
                places = places[each[at] == places]
            found.append(part.numbers[places])
    return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """One article's part of the index, with passages counted from 0 in the article's order.

    `postings` go by stem, in the order of `stems`, which have these `hashes` (`word_hash`), and
    then by passage; `counts` says how many passages hold each stem. `forms` maps a word as written
    to the number of passages it stands in; `lengths` holds (body, heading) per passage, `shingles`
    its runs of words, and `sketches` the few of them that tell its likes.
    """

    stems: Sequence[str]
    hashes: Hashes
    counts: NDArray[np.int64]
    postings: Postings
    forms: Mapping[str, int]
    lengths: Sequence[tuple[int, int]]
    shingles: Sequence[Shingles]
    sketches: Sequence[bytes]

    @property
    def words(self) -> Mapping[str, Postings]:
        """The postings of each stem."""
        numbers, body, heading = self.postings.numbers, self.postings.body, self.postings.heading
        ends = np.cumsum(self.counts).tolist()
        stretches = [slice(*each) for each in zip([0, *ends], ends, strict=False)]
        return {
            stem: Postings(numbers[here], body[here], None if heading is None else heading[here])
            for stem, here in zip(self.stems, stretches, strict=True)
        }


class _Paths:
    """The passages under each heading path; `above` are the numbers of the paths, by passage."""

    def __init__(self, above: Integers, paths: int) -> None:
        self._size = max(len(above), 1)
        self._paths = max(paths, 1)
        self._passages = np.argsort(above, kind="stable")
        self._counts = np.bincount(above, minlength=paths)
        self._starts = np.cumsum(self._counts) - self._counts

    def spread(self, words: Integers, paths: Integers) -> tuple[Integers, Integers]:
        """Return word x passages + passage for words in paths, and how often each is there."""
        pairs, counts = counted(words * self._paths + paths)
        words, paths = np.divmod(pairs, self._paths)
        many = self._counts[paths]
        passages = self._passages[ranges(self._starts[paths], many)]
        return np.repeat(words, many) * self._size + passages, np.repeat(counts, many)


def index_article(passages: Sequence[Passage], *, title: str = "") -> ArticleIndex:
    """Return the postings of an article's passages; the title counts as part of every heading."""
    numbers: defaultdict[tuple[str, ...], int] = defaultdict(count().__next__)
    above = np.array([numbers[each.headings] for each in passages], np.int64)
    headings = [" . ".join((title, *path)) for path in numbers]
    size, paths = len(passages), _Paths(above, len(headings))
    taken = taken_apart([*(each.text for each in passages), *headings])
    ends = int(np.searchsorted(taken.texts, size))
    texts, below = taken.texts[:ends], taken.texts[ends:] - size
    in_headings = paths.spread(taken.stem_numbers[ends:], below)
    postings = _postings(*counted(taken.stem_numbers[:ends] * size + texts), *in_headings, size)
    forms = taken.form_numbers[:ends] * size + texts
    form_places, _ = counted(
        np.concatenate([forms, paths.spread(taken.form_numbers[ends:], below)[0]])
    )
    lengths = np.minimum(taken.lengths, _LONGEST)
    words = taken.hash_counts[:size]
    runs = shingles_of(taken.hashes[: words.sum()], words)
    return ArticleIndex(
        taken.stems,
        taken.stem_hashes,
        np.bincount(postings[0], minlength=len(taken.stems)),
        postings[1],
        dict(zip(taken.forms, np.bincount(form_places // max(size, 1)).tolist(), strict=True)),
        tuple(zip(lengths[:size].tolist(), lengths[size:][above].tolist(), strict=True)),
        runs,
        tuple(sketches(runs)),
    )


def _postings(
    body_places: Integers,
    body: Integers,
    heading_places: Integers,
    heading: Integers,
    passages: int,
) -> tuple[Integers, Postings]:
    """Return the stem of each posting, ascending, and the postings of both fields together.

    A place is stem x passages + passage.
    """
    places, _ = counted(np.concatenate([body_places, heading_places]))
    both = np.zeros((2, len(places)), np.uint8)
    both[0, np.searchsorted(places, body_places)] = np.minimum(body, _MOST)
    both[1, np.searchsorted(places, heading_places)] = np.minimum(heading, _MOST)
    stems, numbers = np.divmod(places, max(passages, 1))
    return stems, Postings(numbers.astype(np.uint32), both[0], both[1])


def topic_forms(words: Iterable[str]) -> set[str]:
    """Return the single words, as written, that the phrases of a topic are made of."""
    return {word.text for phrase in words for word in index_words(normalise(phrase))}
