"""Ranking: the passages that score best for a query, each score the sum of what its words add."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from kb.bm25 import Listed, Places, Scores, bm25, joined
from kb.index import Index, Numbers, Part
from kb.maxscore import Best, Scoring
from kb.model import Query, QueryWord, ScorePart
from kb.telling import weights_of

_LOW = 4096  # passage numbers below which sorting them takes longer than a table of all


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
        return tuple([ScorePart(word.typed, value) for word, value in added if value > 0])


class Scored(NamedTuple):
    """The passages that hold one word, and what it adds to the score of each; of one length."""

    numbers: Numbers
    scores: Scores


def rank(query: Query, index: Index, *, limit: int) -> list[Ranked]:
    """Return the passages that score best for `query`, best first, equal ones by number.

    Every passage that ties with the last one is returned too, so that the caller can break ties.
    """
    parts = index.find({choice.word for word in query.words for choice in word.alternatives})
    tells = weights_of(parts, index.passages)
    words = [w for w in query.words if any(c.word in tells for c in w.alternatives)]
    if not words:
        return []
    found = Best(limit)
    for part in parts:
        Scoring(part, words, tells).search(found)
    ranked = [
        Ranked(number, sum(column), words, column)
        for scoring, places in found.places()
        for number, column in scoring.columns(places)
    ]
    ranked.sort(key=lambda each: (-each.score, each.number))
    if len(ranked) > limit:
        least = ranked[limit - 1].score
        ranked = [each for each in ranked if each.score >= least]
    return ranked


def score_of(
    query: Query, parts: Sequence[Part], passages: int, numbers: Sequence[int]
) -> Mapping[int, float]:
    """Return the scores that some passages have for `query`, those that are not 0.0.

    `parts` are those of an index of so many passages that hold the words of the query.
    """
    tells = weights_of(parts, passages)
    wanted = np.array(sorted(numbers), dtype=np.uint32)
    found: dict[int, float] = {}
    for part in parts:
        places = part.numbers.searchsorted(wanted)
        places[places == len(part.numbers)] = 0
        places = places[part.numbers[places] == wanted]
        if len(places):
            scores = Scoring(part, query.words, tells).totals(places)
            found.update(zip(part.numbers[places].tolist(), scores.tolist(), strict=True))
    return found


def scored(parts: Sequence[Part], passages: int) -> Mapping[str, Scored]:
    """Return what each word of an index of so many passages adds, asked for as it is written."""
    found: dict[str, list[Scored]] = defaultdict(list)
    tells = weights_of(parts, passages)
    for part in parts:
        for word, held in part.postings.items():
            scores = bm25(part, [Listed(word, 0, 1.0, tells[word], held)])
            found[word].append(Scored(part.numbers[held.numbers], scores))
    return {
        word: Scored(joined([one.numbers for one in each]), joined([one.scores for one in each]))
        for word, each in found.items()
    }


def rank_few(query: Query, known: Mapping[str, Scored], *, limit: int) -> list[Ranked]:
    """Return what `rank` does; `known` is what the words of the query add.

    On few passages it takes a fraction of the time, on many it is slow.
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
    numbers, columns = _columns(held)
    table = np.zeros((len(words), len(numbers)))
    first, filled = 0, -1
    for place, weight, each in found:
        here = columns[first : (first := first + len(each.numbers))]
        row, scores = table[place], weight * each.scores
        # A passage that holds several alternatives of a word gets the best one's score.
        row[here] = scores if place > filled else np.maximum(row[here], scores)
        filled = place
    totals = np.zeros(len(numbers))
    for row in table:  # in the order of the words: `sum` would add in another one, and round so
        totals += row
    places = _best_places(totals, limit)
    best = numbers[places].tolist(), totals[places].tolist(), repeat(words)
    return [*map(Ranked._make, zip(*best, table[:, places].T.tolist(), strict=False))]


def _columns(held: Numbers) -> tuple[Numbers, Places]:
    """Return the passage numbers that a table has columns for, and the column of each of `held`.

    Low numbers have columns whether they are held or not: that is sooner done than sorting.
    """
    most = int(held.max())
    if most < _LOW:
        return np.arange(most + 1, dtype=held.dtype), held.astype(np.intp)
    numbers, columns = np.unique(held, return_inverse=True)
    return numbers, columns


def _best_places(totals: Scores, limit: int) -> Places:
    """Return the places of the best totals above 0.0, and of those that tie with the last."""
    least = 0.0
    if len(totals) > limit:
        least = np.partition(totals, len(totals) - limit)[len(totals) - limit]
    places = np.flatnonzero(totals >= least) if least > 0 else np.flatnonzero(totals)
    return places[np.argsort(-totals[places], kind="stable")]
