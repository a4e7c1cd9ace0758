"""Postings as arrays: which passages hold a word, how often, how long and how like they are."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.likeness import packed, shingles, sketch
from kb.model import Passage
from kb.words import atoms, index_words, normalise

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

    __slots__ = ("_body", "_heading", "_numbers")

    def __init__(self) -> None:
        self._numbers = array("I")
        self._body = bytearray()
        self._heading = bytearray()

    def add(self, number: int, body: int, heading: int) -> None:
        self._numbers.append(number)
        self._body.append(body)
        self._heading.append(heading)

    def postings(self) -> Postings:
        return Postings(
            np.array(self._numbers, dtype=np.uint32),
            np.frombuffer(bytes(self._body), dtype=np.uint8),
            np.frombuffer(bytes(self._heading), dtype=np.uint8),
        )


def index_article(passages: Sequence[Passage], *, title: str = "") -> ArticleIndex:
    """Return the postings of an article's passages; the title counts as part of every heading."""
    found: dict[str, _Places] = defaultdict(_Places)
    forms: Counter[str] = Counter()
    lengths = []
    for number, passage in enumerate(passages):
        heading = " . ".join((title, *passage.headings))
        sizes = [0, 0]
        seen: set[str] = set()
        counts: dict[str, list[int]] = {}
        for field, text in enumerate((passage.text, heading)):
            for word in index_words(text):
                counts.setdefault(word.stem, [0, 0])[field] += 1
                sizes[field] += not word.glued
                seen.add(word.text)
        for stem, (body, headed) in counts.items():
            found[stem].add(number, min(body, _MOST), min(headed, _MOST))
        forms.update(seen)
        lengths.append((sizes[0], sizes[1]))
    runs = [shingles(atoms(passage.text)) for passage in passages]
    return ArticleIndex(
        {stem: places.postings() for stem, places in found.items()},
        dict(forms),
        tuple(lengths),
        tuple(map(packed, runs)),
        tuple(map(sketch, runs)),
    )


def topic_forms(words: Iterable[str]) -> set[str]:
    """Return the single words, as written, that the phrases of a topic are made of."""
    return {word.text for phrase in words for word in index_words(normalise(phrase))}
