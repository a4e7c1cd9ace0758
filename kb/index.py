"""Postings as arrays: which passages hold a word, how often, how long and how like they are."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.lexicon.english import stop_words
from kb.likeness import packed, shingles, sketch
from kb.model import Passage
from kb.words import Word, all_words, index_words, normalise

Numbers = NDArray[np.uint32]
Counts = NDArray[np.uint8]
_MOST = 255  # a term frequency above this changes no ranking and is stored as this


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold one word, ascending by number; the three arrays have one length.

    `body` and `heading` are term frequencies in the passage and in its heading path.
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


class _Places:
    """The postings of a word while they are gathered, in as few bytes as when they are done."""

    __slots__ = ("body", "heading", "numbers")

    def __init__(self) -> None:
        self.numbers = array("I")
        self.body = bytearray()
        self.heading = bytearray()

    def add(self, number: int, body: int, heading: int) -> None:
        self.numbers.append(number)
        self.body.append(min(body, _MOST))
        self.heading.append(min(heading, _MOST))


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
    found: dict[str, _Places] = defaultdict(_Places)
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
        for stem, count in body.stems.items():
            found[stem].add(number, count, heading.stems.get(stem, 0))
        for stem, count in heading.stems.items():
            if stem not in body.stems:
                found[stem].add(number, 0, count)
        forms.update(body.forms | heading.forms)
        lengths.append((body.length, heading.length))
        runs.append(shingles([word for word in words if not word.glued]))
    return ArticleIndex(
        _postings(found),
        dict(forms),
        tuple(lengths),
        tuple(map(packed, runs)),
        tuple(map(sketch, runs)),
    )


def _postings(found: Mapping[str, _Places]) -> dict[str, Postings]:
    """Return the postings of every word, as parts of three arrays for all of them."""
    numbers = np.frombuffer(b"".join(each.numbers for each in found.values()), np.uint32)
    body = np.frombuffer(b"".join(each.body for each in found.values()), np.uint8)
    heading = np.frombuffer(b"".join(each.heading for each in found.values()), np.uint8)
    postings = {}
    start = 0
    for stem, places in found.items():
        end = start + len(places.numbers)
        postings[stem] = Postings(numbers[start:end], body[start:end], heading[start:end])
        start = end
    return postings


def topic_forms(words: Iterable[str]) -> set[str]:
    """Return the single words, as written, that the phrases of a topic are made of."""
    return {word.text for phrase in words for word in index_words(normalise(phrase))}
