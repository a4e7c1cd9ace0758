"""Disagreement recall: expected disagreements that are found, and that answers show."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.evaluation.expected import Expected, Listed
from advisor.evaluation.outcomes import Ask
from advisor.evaluation.shares import Share, share
from advisor.model import Disagreement
from kb.disagreements import Conflict
from kb.topic import Topic

_ANY = ("", "both")  # an expected disagreement that is not about one option


@dataclass(frozen=True, slots=True)
class Told:
    """A disagreement as it is told; `places` are (article, start, end) of both sides."""

    criterion: str
    options: tuple[str, ...]
    places: tuple[tuple[str, int, int], ...]

    def quotes(self, expected: Expected) -> bool:
        """True when its sides overlap the expected words, in either order."""
        first, second = expected.sides
        return any(
            first.overlaps(*one) and second.overlaps(*other)
            for one, other in (self.places, reversed(self.places))
        )

    def is_on(self, expected: Expected) -> bool:
        """True when it is on the same criterion, and on the same option if one is told."""
        options = (*_ANY, *self.options)
        return self.criterion == expected.criterion and expected.option in options

    def meets(self, expected: Expected) -> bool:
        """True when it quotes the words, or is on the same between the same articles."""
        between = {article for article, _, _ in self.places}
        same = between == {side.article for side in expected.sides}
        return self.quotes(expected) or (same and self.is_on(expected))


def recall(
    listed: Listed, conflicts: Sequence[Conflict], topic: Topic, ask: Ask
) -> dict[str, Share | int]:
    """Return how many expected disagreements are found, quoted and shown.

    "found": the knowledge base has a disagreement on the same criterion (and option, if it is
    told) between the same articles, or one whose sides are these very words. "quoted": the sides
    are these very words. "shown": the answer to the entry's question, or else to one that names
    nothing but its criterion, has one that is found in this sense; "shown, any articles": has one
    on the same criterion and option.
    """
    known = [_of_conflict(conflict) for conflict in conflicts]
    expected = listed.expected
    hard = [each for each in expected if each.strength == "hard"]

    def found(each: Expected) -> bool:
        return any(told.meets(each) for told in known)

    shown = {each: _shown(each, known, topic, ask) for each in expected}
    return {
        "disagreements found": share(expected, found),
        "disagreements found, hard": share(hard, found),
        "disagreements quoted": share(expected, lambda e: any(told.quotes(e) for told in known)),
        "disagreements shown": share(expected, lambda e: any(told.meets(e) for told in shown[e])),
        "disagreements shown, any articles": share(
            expected, lambda e: any(told.is_on(e) or told.quotes(e) for told in shown[e])
        ),
        "disagreements in no article here": listed.absent,
    }


def _of_conflict(conflict: Conflict) -> Told:
    sides = (conflict.first, conflict.second)
    return Told(
        conflict.criterion,
        tuple(option for side in sides for option in side.about),
        tuple((side.article, side.start, side.end) for side in sides),
    )


def _of_answer(disagreement: Disagreement) -> Told:
    cited = [side.citation for side in disagreement.sides]
    return Told(
        disagreement.criterion,
        tuple(option for side in disagreement.sides for option in side.option.split("+")),
        tuple((each.article, each.start, each.end) for each in cited),
    )


def _shown(expected: Expected, known: Sequence[Told], topic: Topic, ask: Ask) -> list[Told]:
    """Return the disagreements in the answers to what bears on an expected one."""
    questions = [expected.question] if expected.question else _questions(expected, known, topic)
    answers = [ask(question, ()) for question in questions]
    return [_of_answer(each) for answer in answers for each in answer.guidance.disagreements]


def _questions(expected: Expected, known: Sequence[Told], topic: Topic) -> list[str]:
    """Return the shortest questions that name its criterion, or that under which it is known."""
    quoted = [told.criterion for told in known if told.quotes(expected)]
    named = dict.fromkeys([expected.criterion, *quoted])
    return [
        f"Which is better for {topic.criterion(id).label}?"
        for id in named
        if topic.has_criterion(id)
    ]
