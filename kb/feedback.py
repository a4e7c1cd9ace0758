"""Feedback: the words that the best passages share, which others on the same subject hold, too.

Pseudo relevance feedback after Rocchio (1971), weak and only to order what was found: the words of
a question decide what is found at all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from kb.model import Alternative, Query, QueryWord
from kb.telling import idf

_BEST = 5  # passages that are taken to be about what is asked
_OF = 100  # passages that there are for each of them at least
_SHARED = 2  # of the best passages that hold a word
_WORDS = 10
_WEIGHT = 0.15  # of all shared words together, as a share of the question's


def taken_for_good(passages: int) -> int:
    """Return how many of the best of so many passages are looked at; 0 when there are too few."""
    best = min(_BEST, passages // _OF)
    return best if best >= _SHARED else 0


def shared_words(best: Sequence[tuple[float, Sequence[str]]]) -> Mapping[str, float]:
    """Return the stems that the best passages share, the most shared first, _WORDS at most.

    `best` are their scores, above 0, and all their stems. A stem has the share of the passages'
    words that it makes up, each passage counted by its score; it is above 0 and at most 1.
    """
    held = Counter(chain.from_iterable(set(stems) for _, stems in best))
    common = [stem for stem, count in held.items() if count >= _SHARED and len(stem) > 1]
    whole = sum(score for score, _ in best)
    counted = [(score / whole / len(stems), Counter(stems)) for score, stems in best if stems]
    shares = {stem: sum(part * counts[stem] for part, counts in counted) for stem in common}
    common.sort(key=lambda stem: (-held[stem], -shares[stem], stem))
    return {stem: shares[stem] for stem in common[:_WORDS]}


def fed_back(
    query: Query, shares: Mapping[str, float], frequencies: Mapping[str, int], passages: int
) -> Query:
    """Return a query of shared words, which weigh what they make up times their idf.

    Together they weigh a part of what the words of `query` do. `frequencies` says how many of all
    passages hold each; a word that it leaves out is not searched for.
    """
    values = {
        stem: share * idf(frequencies[stem], passages)
        for stem, share in shares.items()
        if stem in frequencies
    }
    whole = sum(values.values())
    weight = _WEIGHT * sum(word.weight for word in query.words)
    return Query(
        query.topic,
        tuple(
            QueryWord(stem, (Alternative(stem, 1.0),), weight * value / whole)
            for stem, value in values.items()
        ),
    )
