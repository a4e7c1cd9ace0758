"""Questions asked: what was answered to each, and what of it was right."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from advisor.evaluation.questions import Question
from advisor.model import Answer
from kb.words import normalise

_SHOWN = 1_500  # characters of a passage in which an anchor counts as shown

Ask = Callable[[str, Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered to one question; `first_anchor` is the place of the first hit, or 0."""

    question: Question
    answer: Answer
    first_anchor: int
    cpu_ms: float
    wall_ms: float

    @property
    def got(self) -> str | None:
        return verdict_of(self.answer)

    @property
    def right(self) -> bool:
        """True when the verdict is acceptable."""
        return self.got in self.question.lean_ok

    @property
    def answered(self) -> bool:
        return self.answer.answered

    @property
    def abstained_well(self) -> bool | None:
        """Whether it was answered or left unanswered as it should be, None if both are fine."""
        abstain = self.question.abstain
        return None if abstain is None else self.answered != abstain

    def shows_within(self, k: int) -> bool:
        """True when one of the first `k` hits shows an anchor."""
        return 0 < self.first_anchor <= k


def run(questions: Iterable[Question], ask: Ask) -> list[Outcome]:
    """Ask every question and compare."""
    return [_outcome(question, ask) for question in questions]


def _outcome(question: Question, ask: Ask) -> Outcome:
    cpu, wall = time.thread_time(), time.perf_counter()
    answer = ask(question.question, question.history)
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    return Outcome(question, answer, _first_anchor(question, answer), cpu * 1000, wall * 1000)


def verdict_of(answer: Answer) -> str | None:
    """Return the verdict in the words of question files: an option, "none", or None for none."""
    if not answer.answered:
        return "none"
    verdict = answer.guidance.verdict
    if verdict == "no_verdict":
        return None
    return answer.guidance.option if verdict == "lean" else verdict


def _first_anchor(question: Question, answer: Answer) -> int:
    """Return the place, from 1, of the first hit that shows an anchor; 0 when none does."""
    anchors = [letters(anchor) for anchor in question.anchors]
    hits = [shown for shown in answer.passages if shown.role == "hit"]
    for place, shown in enumerate(hits, 1):
        text = letters(shown.passage.text[:_SHOWN])
        if any(anchor in text for anchor in anchors):
            return place
    return 0


def letters(text: str) -> str:
    """Return the letters and digits of a text, as anchors are compared."""
    return "".join(letter for letter in normalise(text) if letter.isalnum())
