"""Postings as arrays: which passages hold a word, how often, how long and how like they are."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count, repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.lexicon.english import stop_words
from kb.likeness import packed, shingles, sketch
from kb.model import Passage
from kb.words import Word, all_words, index_words, normalise

Numbers = NDArray[np.uint32]
Counts = NDArray[np.uint8]
_MOST = 255  # a term frequency above this changes no ranking and is stored as this


class Postings(NamedTuple):
    """The passages that hold one word, ascending by number; the three arrays have one length.

    `body` and `heading` are term frequencies in the passage and in its heading path. A tuple for
    the reason that a Word is one.
    """

    numbers: Numbers
    body: Counts
    heading: Counts


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths in index words of every passage of a topic; index the arrays by passage number.

    Arrays are as long as the highest passage number + 1; unused numbers hold 0. `passages` is how
    many passages there are, the averages are over them.
    """

    body: NDArray[np.float64]
    heading: NDArray[np.float64]
    passages: int
    average_body: float
    average_heading: float


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """One article's part of the index, with passages counted from 0 in the article's order.

    `words` maps a stem to its postings, `forms` a word as written to the number of passages it
    stands in; `lengths` holds (body, heading) per passage, `shingles` its runs of words, and
    `sketches` the few of them that tell its likes.
    """

    words: Mapping[str, Postings]
    forms: Mapping[str, int]
    lengths: tuple[tuple[int, int], ...]
    shingles: tuple[bytes, ...]
    sketches: tuple[bytes, ...]


class _Gathered:
    """Postings while they are gathered, one behind the other, in as few bytes as when done."""

    def __init__(self) -> None:
        self._words: dict[str, int] = defaultdict(count().__next__)  # numbered as they come
        self._places = array("I")  # the word of each posting
        self._numbers = array("I")
        self._body = bytearray()
        self._heading = bytearray()

    def add(self, number: int, body: Mapping[str, int], heading: Mapping[str, int]) -> None:
        """Take in the stems of a passage and of its headings, with how often each stands there."""
        stems = [*body, *(stem for stem in heading if stem not in body)]
        self._places.extend(map(self._words.__getitem__, stems))
        self._numbers.extend(repeat(number, len(stems)))
        for kept, counts in ((self._body, body), (self._heading, heading)):
            kept.extend(map(min, map(counts.get, stems, repeat(0)), repeat(_MOST)))

    def postings(self) -> dict[str, Postings]:
        """Return the postings of every word, as parts of three arrays for all of them."""
        places = np.frombuffer(self._places, np.uint32)
        order = np.argsort(places, kind="stable")
        numbers = np.frombuffer(self._numbers, np.uint32)[order]
        body = np.frombuffer(self._body, np.uint8)[order]
        heading = np.frombuffer(self._heading, np.uint8)[order]
        ends = np.cumsum(np.bincount(places)).tolist()
        new = tuple.__new__  # as for a Word
        return {
            word: new(Postings, (numbers[start:end], body[start:end], heading[start:end]))
            for word, start, end in zip(self._words, [0, *ends], ends, strict=False)
        }


@dataclass(frozen=True, slots=True)
class _Field:
    """What the index words of a passage or a heading path are: stems, words as written, length."""

    stems: Mapping[str, int]
    forms: Set[str]
    length: int

    @classmethod
    def of(cls, words: Iterable[Word]) -> "_Field":
        stops = stop_words()
        kept = [word for word in words if word.text not in stops]
        return cls(
            Counter([word.stem for word in kept]),
            {word.text for word in kept},
            sum([not word.glued for word in kept]),
        )


def index_article(passages: Sequence[Passage], *, title: str = "") -> ArticleIndex:
    """Return the postings of an article's passages; the title counts as part of every heading."""
    found = _Gathered()
    forms: Counter[str] = Counter()
    lengths = []
    runs = []
    above: tuple[str, ...] | None = None
    heading = _Field({}, frozenset(), 0)
    for number, passage in enumerate(passages):
        words = all_words(passage.text)
        body = _Field.of(words)
        if passage.headings != above:
            above = passage.headings
            heading = _Field.of(all_words(" . ".join((title, *above))))
        found.add(number, body.stems, heading.stems)
        forms.update(body.forms | heading.forms)
        lengths.append((body.length, heading.length))
        runs.append(shingles([word for word in words if not word.glued]))
    return ArticleIndex(
        found.postings(),
        dict(forms),
        tuple(lengths),
        tuple(map(packed, runs)),
        tuple(map(sketch, runs)),
    )


def topic_forms(words: Iterable[str]) -> set[str]:
    """Return the single words, as written, that the phrases of a topic are made of."""
    return {word.text for phrase in words for word in index_words(normalise(phrase))}
