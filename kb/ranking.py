"""BM25 over two fields, exact, as a sum of named parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.index import Counts, Lengths, Numbers, Postings
from kb.model import Query, QueryWord, ScorePart

K1 = 1.2  # saturation of term frequency
B_BODY = 0.75  # how much a long passage is held against it
B_HEADING = 0.3
HEADING_WEIGHT = 2.5  # a word in the heading path counts as this many in the text


class Ranked(NamedTuple):
    """A passage number with its score, which is the sum of what each word of the query added.

    `words` and `values` have one length. A tuple, because most of them are made to be sorted only.
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


@dataclass(frozen=True, slots=True)
class Scored:
    """The passages that hold one word, and what it adds to the score of each; of one length."""

    numbers: Numbers
    scores: NDArray[np.float64]


def scored(postings: Postings, lengths: Lengths) -> Scored:
    """Return what a word adds to the passages that hold it, asked for once and as it is written.

    BM25F after Robertson, Zaragoza and Taylor (CIKM 2004): field frequencies are normalised by
    field length, weighted, added, and only then saturated; idf is the always positive form
    ln(1 + (N - df + .5) / (df + .5)).
    """
    numbers = postings.numbers
    frequency = _normalised(postings.body, lengths.body[numbers], lengths.average_body, B_BODY)
    frequency += HEADING_WEIGHT * _normalised(
        postings.heading, lengths.heading[numbers], lengths.average_heading, B_HEADING
    )
    idf = _idf(len(numbers), lengths.passages)
    return Scored(numbers, idf * frequency * (K1 + 1) / (K1 + frequency))


def rank(query: Query, known: Mapping[str, Scored], *, limit: int) -> list[Ranked]:
    """Return the passages that score best for `query`, best first; `known` are the words' scores.

    Every passage that ties with the last one is returned too, so that the caller can break ties.
    """
    words = [w for w in query.words if any(c.word in known for c in w.alternatives)]
    if not words:
        return []
    found = [
        (place, word.weight * choice.weight, known[choice.word])
        for place, word in enumerate(words)
        for choice in word.alternatives
        if choice.word in known
    ]
    held = np.concatenate([each.numbers for _, _, each in found])
    scores = np.concatenate([weight * each.scores for _, weight, each in found])
    rows = np.repeat([place for place, _, _ in found], [len(each.numbers) for _, _, each in found])
    numbers, columns = np.unique(held, return_inverse=True)
    table = np.zeros((len(words), len(numbers)))
    # A passage that holds several alternatives of a word gets the best one's score.
    np.maximum.at(table, (rows, columns), scores)
    totals = table.sum(axis=0)
    places = _best_places(totals, limit)
    values = table[:, places].T.tolist()
    return [
        Ranked(number, sum(added), words, added)
        for number, added in zip(numbers[places].tolist(), values, strict=True)
    ]


def _best_places(totals: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    if len(totals) > limit:
        least = np.partition(totals, len(totals) - limit)[len(totals) - limit]
        places = np.flatnonzero(totals >= least)
    else:
        places = np.arange(len(totals))
    return places[np.argsort(-totals[places], kind="stable")]


def _idf(document_frequency: int, passages: int) -> float:
    return float(np.log1p((passages - document_frequency + 0.5) / (document_frequency + 0.5)))


def _normalised(
    counts: Counts, lengths: NDArray[np.float64], average: float, b: float
) -> NDArray[np.float64]:
    normalised: NDArray[np.float64] = counts / (1 - b + b * lengths / max(average, 1.0))
    return normalised
