"""Claims that speak of the very thing that was asked: of a foundation, within the community."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log

from advisor.analysed import question_index_words
from advisor.model import Reading
from kb.model import Claim
from kb.topic import Topic
from kb.words import index_words

_TELLING = 0.5  # of all claims on a subject; a word in more of them points to none


def asked_stems(reading: Reading, topic: Topic) -> frozenset[str]:
    """Return the stems of the content words of a question but for the names of options."""
    named = {stem for name in topic.subjects for stem in _stems(name)}
    return frozenset(word.stem for word in question_index_words(reading.standalone)) - named


def nearness(claims: Sequence[Claim], asked: frozenset[str]) -> dict[str, float]:
    """Return how much each quote of claims shares with the words asked: rare ones tell more.

    A word that most of the claims hold tells nothing. Quotes that share none are left out.
    """
    apart = asked.isdisjoint
    held = [(claim.quote, stems) for claim in claims if not apart(stems := _stems(claim.quote))]
    shared = [(quote, stems & asked) for quote, stems in held]
    counts = Counter(stem for _, stems in shared for stem in stems)
    most = _TELLING * len(claims)
    told = {stem: log(len(claims) / count) for stem, count in counts.items() if count <= most}
    return {quote: sum([told.get(stem, 0.0) for stem in sorted(stems)]) for quote, stems in shared}


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    """Return the stems of a quote, or of a name of an option."""
    return frozenset(word.stem for word in index_words(text))
