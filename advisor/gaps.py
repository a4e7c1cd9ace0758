"""Gaps: what of an answer is worth learning, and whether learned questions are answered now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.errors import QuestionError
from advisor.model import Adjustments, Answer
from advisor.pipeline import ask
from kb.errors import UnknownTopicError
from kb.gaps import Gap
from kb.learned import Asking, Event, Kind, Learned
from kb.store import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """A learned question asked again: whether it is settled, and what is answered now.

    `headline` is "" when it cannot be asked any more.
    """

    question: Learned
    settled: bool
    headline: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A group asked again; it is settled when every question is."""

    gap: Gap
    asked: tuple[Asked, ...]

    @property
    def settled(self) -> bool:
        return all(each.settled for each in self.asked)


def missed(answer: Answer, asking: Asking) -> Event | None:
    """Return what is to be learned of an answer: that it is none, or that it is not sure.

    Nothing of a question that was changed by hand, because it was asked before as it was meant.
    """
    if answer.reading.courtesy or asking.given or asking.without or asking.exact:
        return None
    if answer.answered and answer.guidance.confidence != "low":
        return None
    return _event("low" if answer.answered else "unanswered", answer, asking)


def judged(answer: Answer, asking: Asking, *, helpful: bool, reason: str) -> Event:
    """Return what somebody said of an answer."""
    return _event("liked" if helpful else "disliked", answer, asking, reason)


def recheck(snapshot: Snapshot, gaps: Sequence[Gap]) -> Iterator[Rechecked]:
    """Ask the questions of every open group again, in order, as they were asked.

    Raises:
        EmptyKnowledgeBaseError: no article was added yet.
    """
    for gap in gaps:
        if gap.is_open:
            asked = (_asked_again(snapshot, each) for each in gap.questions)
            yield Rechecked(gap, tuple(each for each in asked if each is not None))


def _asked_again(snapshot: Snapshot, learned: Learned) -> Asked | None:
    """Ask a question again; None for what was liked.

    A question is settled when it is answered: not by passages that are only near, and if the
    answer was unsure before, not with low confidence. A disliked answer has to be another one.
    """
    event, asking = learned.event, learned.event.asking
    if event.kind == "liked":
        return None
    try:
        answer = ask(
            snapshot,
            asking.question,
            history=asking.history,
            topic=asking.topic,
            adjustments=Adjustments(asking.given, asking.without, asking.exact),
        )
    except (QuestionError, UnknownTopicError):  # a topic or a condition that is gone
        return Asked(learned, False, "")
    headline = answer.guidance.headline
    sure = answer.answered and answer.guidance.confidence != "low"
    settled = sure or (event.kind != "low" and _is_reasoned(answer))
    changed = event.kind != "disliked" or headline[: len(event.headline)] != event.headline
    return Asked(learned, settled and changed, headline)


def _is_reasoned(answer: Answer) -> bool:
    """True for a verdict with a reason, be it of one article only."""
    weighed = answer.guidance.verdict not in ("not_covered", "no_verdict")
    return weighed and bool(answer.guidance.reasons)


def _event(kind: Kind, answer: Answer, asking: Asking, reason: str = "") -> Event:
    asking = replace(asking, topic=asking.topic or answer.reading.topic)
    missing = () if answer.answered else answer.reading.not_covered
    if missing == (answer.question,):  # the whole question: no word of it more than another
        missing = ()
    return Event(kind, asking, missing, answer.guidance.headline, reason)
