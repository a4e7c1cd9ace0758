"""BM25 over two fields, exact, as a sum of named parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.index import Lengths, Postings
from kb.model import Query, QueryWord, ScorePart

K1 = 1.2  # saturation of term frequency
B_BODY = 0.75  # how much a long passage is held against it
B_HEADING = 0.3
HEADING_WEIGHT = 2.5  # a word in the heading path counts as this many in the text


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage number with its score, which is the sum of what each word of the query added.

    `words` and `values` have one length.
    """

    number: int
    score: float
    words: Sequence[QueryWord]
    values: Sequence[float]

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        """What the words added that the passage holds, by the words as typed."""
        added = zip(self.words, self.values, strict=True)
        return tuple(ScorePart(word.typed, value) for word, value in added if value > 0)


def rank(
    query: Query, postings: Mapping[str, Postings], lengths: Lengths, *, limit: int
) -> list[Ranked]:
    """Return the passages that score best for `query`, best first.

    Every passage that ties with the last one is returned too, so that the caller can break ties.
    BM25F after Robertson, Zaragoza and Taylor (CIKM 2004): field frequencies are normalised by
    field length, weighted, added, and only then saturated; idf is the always positive form
    ln(1 + (N - df + .5) / (df + .5)).
    """
    words = [w for w in query.words if any(c.word in postings for c in w.alternatives)]
    if not words:
        return []
    found = _found(words, postings, lengths)
    numbers = np.unique(found.numbers)
    table = np.zeros((len(words), len(numbers)))
    # A passage that holds several alternatives of a word gets the best one's score.
    np.maximum.at(table, (found.words, np.searchsorted(numbers, found.numbers)), found.scores)
    totals = table.sum(axis=0)
    places = _best_places(totals, limit)
    columns = table[:, places].T.tolist()
    return [
        Ranked(number, sum(column), words, column)
        for number, column in zip(numbers[places].tolist(), columns, strict=True)
    ]


def _best_places(totals: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    if len(totals) > limit:
        least = np.partition(totals, len(totals) - limit)[len(totals) - limit]
        places = np.flatnonzero(totals >= least)
    else:
        places = np.arange(len(totals))
    return places[np.argsort(-totals[places], kind="stable")]


@dataclass(frozen=True, slots=True)
class _Found:
    """Every alternative of a query in every passage; the three arrays have one length.

    `words` are the places of the words in the query, `numbers` those of the passages.
    """

    words: NDArray[np.intp]
    numbers: NDArray[np.uint32]
    scores: NDArray[np.float64]


def _found(
    words: Sequence[QueryWord], postings: Mapping[str, Postings], lengths: Lengths
) -> _Found:
    """Return all alternatives scored at once: on few passages every step of numpy's counts."""
    known = [
        (place, word.weight * choice.weight, postings[choice.word])
        for place, word in enumerate(words)
        for choice in word.alternatives
        if choice.word in postings
    ]
    sizes = [len(each.numbers) for _, _, each in known]
    numbers = np.concatenate([each.numbers for _, _, each in known])
    body = np.concatenate([each.body for _, _, each in known])
    heading = np.concatenate([each.heading for _, _, each in known])
    frequency = _normalised(body, lengths.body[numbers], lengths.average_body, B_BODY)
    frequency += HEADING_WEIGHT * _normalised(
        heading, lengths.heading[numbers], lengths.average_heading, B_HEADING
    )
    idf = np.repeat([_idf(size, lengths.passages) for size in sizes], sizes)
    weights = np.repeat([weight for _, weight, _ in known], sizes)
    scores = weights * (idf * frequency * (K1 + 1) / (K1 + frequency))
    return _Found(np.repeat([place for place, _, _ in known], sizes), numbers, scores)


def _idf(document_frequency: int, passages: int) -> float:
    return float(np.log1p((passages - document_frequency + 0.5) / (document_frequency + 0.5)))


def _normalised(
    counts: NDArray[np.uint8], lengths: NDArray[np.float64], average: float, b: float
) -> NDArray[np.float64]:
    normalised: NDArray[np.float64] = counts / (1 - b + b * lengths / max(average, 1.0))
    return normalised
