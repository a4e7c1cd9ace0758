"""What to ask next: what the cited passages speak of besides, and what could turn the verdict."""

from collections import Counter
from collections.abc import Collection, Sequence
from math import sqrt
from zlib import crc32

from advisor.model import Guidance, Reading
from kb.evidence import Evidence
from kb.topic import Topic

_MOST = 3
_SPOKEN_OF = 16  # criteria, those of most articles first, that are worth a question


def suggestions(
    reading: Reading,
    guidance: Guidance,
    topic: Topic,
    evidence: Evidence,
    shown: Collection[str],
) -> list[str]:
    """Return follow-up questions; `shown` are the ids of the passages of the answer.

    First comes a condition that would change the verdict, then criteria that were not asked for,
    those first of which the shown passages say most, for how often they are spoken of elsewhere.
    Where nothing was understood, questions of the topic's own are returned, for each question
    others.
    """
    if reading.not_covered or reading.courtesy:
        return _turned(topic.examples, reading.question)[:_MOST]
    turning = [flip.when.text for flip in guidance.would_change if flip.when.given][:1]
    labels = [topic.criterion(id).label for id in _related(reading, evidence, shown)]
    return [f"And for {label}?" for label in (*turning, *labels)][:_MOST]


def _related(reading: Reading, evidence: Evidence, shown: Collection[str]) -> list[str]:
    asked = {need.criterion for need in reading.needs}
    others = [id for id in evidence.criteria if id not in asked][:_SPOKEN_OF]
    every = evidence.spoken
    near = Counter(
        claim.criterion for passage in shown for claim in evidence.by_passage.get(passage, ())
    )
    return sorted(
        _turned(others, reading.question) if not near else others,
        key=lambda id: -near[id] / sqrt(every[id]),
    )


def _turned(texts: Sequence[str], question: str) -> list[str]:
    """Return texts in their order, beginning at a place that depends on the question."""
    place = crc32(question.encode()) % max(len(texts), 1)
    return [*texts[place:], *texts[:place]]
