"""BM25 over two fields: what one word adds to the score of each passage that holds it.

BM25F after Robertson, Zaragoza and Taylor (CIKM 2004): field frequencies are normalised by field
length, weighted, added, and only then saturated; `kb.telling` takes the place of idf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.index import Lengths, Norms, Part, Postings

K1 = 1.4  # saturation of term frequency
B_BODY = 0.6  # how much a long passage is held against it
B_HEADING = 0.5
HEADING_WEIGHT = 3.0  # a word in the heading path counts as this many in the text

Scores = NDArray[np.float64]
Places = NDArray[np.intp]


def norms(lengths: Lengths, average: float, b: float) -> Norms:
    """Return what a term frequency is divided by, for each length of a field in index words.

    `average` is the mean length of the field over all passages, 0.0 without any.
    """
    longest = int(lengths.max()) if len(lengths) else 0
    by_length = 1 - b + b * np.arange(longest + 1, dtype=np.float64) / max(average, 1.0)
    return Norms(lengths, by_length)


@dataclass(frozen=True, slots=True)
class Listed:
    """Postings of one alternative of a word in a part; `word` is its place in the query."""

    name: str
    word: int
    weight: float
    tells: float
    postings: Postings

    def narrowed(self, found: Places) -> "Listed":
        """Return some of the postings."""
        numbers, body, heading = self.postings
        taken = None if heading is None else heading.take(found)
        narrow = Postings(numbers.take(found), body.take(found), taken)
        return Listed(self.name, self.word, self.weight, self.tells, narrow)


def bm25(part: Part, lists: Sequence[Listed]) -> Scores:
    """Return the scores of all postings, one list after the other."""
    places = joined([each.postings.numbers for each in lists]).astype(np.intp)
    frequency: Scores = joined([each.postings.body for each in lists]) / part.body.at(places)
    if any(each.postings.heading is not None for each in lists):
        heading = joined([_headings(each.postings) for each in lists])
        frequency += HEADING_WEIGHT * (heading / part.heading.at(places))
    if len(lists) == 1:
        (one,) = lists
        return one.weight * (one.tells * frequency * (K1 + 1) / (K1 + frequency))
    sizes = [len(each.postings.numbers) for each in lists]
    tells = np.repeat([each.tells for each in lists], sizes)
    weights = np.repeat([each.weight for each in lists], sizes)
    return np.asarray(weights * (tells * frequency * (K1 + 1) / (K1 + frequency)))


def joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return arrays one after the other; at least one is given."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _headings(postings: Postings) -> NDArray[np.uint8]:
    if postings.heading is None:
        return np.zeros(len(postings.numbers), np.uint8)
    return postings.heading
