"""Claims that speak of the very thing that was asked: of a foundation, within the community."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log

from advisor.model import Reading
from kb.evidence import Subject, subjects_of
from kb.model import Claim
from kb.topic import Topic
from kb.words import index_words

_TELLING = 0.5  # of all claims on a subject; a word in more of them points to none


def asked_stems(reading: Reading, topic: Topic) -> frozenset[str]:
    """Return the stems of the content words of a question but for the names of options."""
    named = {word.stem for id in topic.subjects for word in index_words(id)}
    return frozenset(word.stem for word in index_words(reading.standalone)) - named


def nearness(
    claims: Sequence[Claim], subject: Subject, asked: frozenset[str]
) -> dict[Claim, float]:
    """Return how much each claim on a subject shares with the words asked: rare ones tell more.

    A word that most claims on the subject hold tells nothing.
    """
    fitting = [claim for claim in claims if subject in subjects_of(claim)]
    counts = Counter(stem for claim in fitting for stem in _stems(claim.quote) & asked)
    most = _TELLING * len(fitting)
    told = {stem: log(len(fitting) / count) for stem, count in counts.items() if count <= most}
    return {
        claim: sum(told.get(stem, 0.0) for stem in sorted(_stems(claim.quote) & asked))
        for claim in fitting
    }


@lru_cache(maxsize=8192)
def _stems(quote: str) -> frozenset[str]:
    return frozenset(word.stem for word in index_words(quote))
