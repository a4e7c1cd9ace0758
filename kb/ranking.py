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
    """A passage number with its score, which is the sum of `parts`, one per word of the query."""

    number: int
    score: float
    parts: tuple[ScorePart, ...]


def rank(
    query: Query, postings: Mapping[str, Postings], lengths: Lengths, *, limit: int
) -> list[Ranked]:
    """Return the passages that score best for `query`, best first.

    Every passage that ties with the last one is returned too, so that the caller can break ties.
    BM25F after Robertson, Zaragoza and Taylor (CIKM 2004): field frequencies are normalised by
    field length, weighted, added, and only then saturated; idf is the always positive form
    ln(1 + (N - df + .5) / (df + .5)).
    """
    columns = [
        (word, *_best_alternative(word, postings, lengths))
        for word in query.words
        if any(choice.word in postings for choice in word.alternatives)
    ]
    if not columns:
        return []
    numbers = np.unique(np.concatenate([numbers for _, numbers, _ in columns]))
    table = np.zeros((len(columns), len(numbers)))
    for row, (_, found, scores) in enumerate(columns):
        table[row, np.searchsorted(numbers, found)] = scores
    totals = table.sum(axis=0)
    return [
        _ranked(int(numbers[place]), table[:, place], [word for word, _, _ in columns])
        for place in _best_places(totals, limit)
    ]


def _best_places(totals: NDArray[np.float64], limit: int) -> list[int]:
    if len(totals) > limit:
        least = np.partition(totals, len(totals) - limit)[len(totals) - limit]
        places = np.flatnonzero(totals >= least)
    else:
        places = np.arange(len(totals))
    return sorted((int(place) for place in places), key=lambda place: (-totals[place], place))


def _ranked(number: int, column: NDArray[np.float64], words: Sequence[QueryWord]) -> Ranked:
    parts = tuple(
        ScorePart(word.typed, float(value))
        for word, value in zip(words, column, strict=True)
        if value > 0
    )
    return Ranked(number, sum(part.value for part in parts), parts)


def _best_alternative(
    word: QueryWord, postings: Mapping[str, Postings], lengths: Lengths
) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """Return the passages holding any alternative and, for each, the best alternative's score."""
    known = [choice for choice in word.alternatives if choice.word in postings]
    numbers = np.unique(np.concatenate([postings[choice.word].numbers for choice in known]))
    best = np.zeros(len(numbers))
    for choice in known:
        found = postings[choice.word]
        places = np.searchsorted(numbers, found.numbers)
        scores = word.weight * choice.weight * _scores(found, lengths)
        best[places] = np.maximum(best[places], scores)
    return numbers.astype(np.uint32), best


def _scores(found: Postings, lengths: Lengths) -> NDArray[np.float64]:
    body = _normalised(found.body, lengths.body[found.numbers], lengths.average_body, B_BODY)
    heading = _normalised(
        found.heading, lengths.heading[found.numbers], lengths.average_heading, B_HEADING
    )
    frequency = body + HEADING_WEIGHT * heading
    document_frequency = len(found.numbers)
    idf = np.log1p((lengths.passages - document_frequency + 0.5) / (document_frequency + 0.5))
    scores: NDArray[np.float64] = idf * frequency * (K1 + 1) / (K1 + frequency)
    return scores


def _normalised(
    counts: NDArray[np.uint8], lengths: NDArray[np.float64], average: float, b: float
) -> NDArray[np.float64]:
    normalised: NDArray[np.float64] = counts / (1 - b + b * lengths / max(average, 1.0))
    return normalised
