"""nDCG, recall and reciprocal rank of one ranking."""

from collections.abc import Mapping, Sequence
from math import log2

DEPTH = 10  # places of a ranking that are looked at


def ndcg(ranking: Sequence[str], gains: Mapping[str, float]) -> float:
    """Return the discounted gain of the first DEPTH places, as a share of the best possible one.

    The gain of a document is its judgement itself, divided by log2(place + 1).
    """
    got = _discounted([gains.get(id, 0.0) for id in ranking])
    best = _discounted(sorted(gains.values(), reverse=True))
    return got / best


def recall(ranking: Sequence[str], gains: Mapping[str, float]) -> float:
    """Return the share of all that answers which stands in the first DEPTH places."""
    return sum(id in gains for id in ranking[:DEPTH]) / len(gains)


def reciprocal_rank(ranking: Sequence[str], gains: Mapping[str, float]) -> float:
    """Return 1 / place of the first document that answers, 0 when none is in DEPTH places."""
    places = (place for place, id in enumerate(ranking[:DEPTH], 1) if id in gains)
    return 1 / next(places, float("inf"))


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:DEPTH], 1))
