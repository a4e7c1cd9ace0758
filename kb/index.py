"""Postings as arrays: which passages hold a word, how often, and how long they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.model import Passage
from kb.words import index_words, normalise

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
    stands in; `lengths` holds (body, heading) per passage.
    """

    words: Mapping[str, Postings]
    forms: Mapping[str, int]
    lengths: tuple[tuple[int, int], ...]


def index_article(passages: Sequence[Passage], *, title: str = "") -> ArticleIndex:
    """Return the postings of an article's passages; the title counts as part of every heading."""
    found: dict[str, dict[int, list[int]]] = defaultdict(dict)
    forms: Counter[str] = Counter()
    lengths = []
    for number, passage in enumerate(passages):
        heading = " . ".join((title, *passage.headings))
        sizes = [0, 0]
        seen: set[str] = set()
        for field, text in enumerate((passage.text, heading)):
            for word in index_words(text):
                counts = found[word.stem].setdefault(number, [0, 0])
                counts[field] = min(counts[field] + 1, _MOST)
                sizes[field] += not word.glued
                seen.add(word.text)
        forms.update(seen)
        lengths.append((sizes[0], sizes[1]))
    return ArticleIndex(
        {word: _postings(places) for word, places in found.items()}, dict(forms), tuple(lengths)
    )


def topic_forms(words: Iterable[str]) -> set[str]:
    """Return the single words, as written, that the phrases of a topic are made of."""
    return {word.text for phrase in words for word in index_words(normalise(phrase))}


def _postings(places: Mapping[int, Sequence[int]]) -> Postings:
    numbers = sorted(places)
    return Postings(
        np.array(numbers, dtype=np.uint32),
        np.array([places[number][0] for number in numbers], dtype=np.uint8),
        np.array([places[number][1] for number in numbers], dtype=np.uint8),
    )
