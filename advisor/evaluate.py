"""A question file to figures: what is found, which verdicts are right, when it abstains."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from pathlib import Path
from typing import Any

from advisor.errors import EvaluationError
from advisor.model import Answer
from kb.words import normalise

_UNDECIDED = ("depends", "either", "disagree")
_SHOWN = 1_500  # characters of a passage in which an anchor counts as shown
_KS = (1, 3, 5)

Ask = Callable[[str, Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file; see docs/question-file.md."""

    id: str
    question: str
    kind: str
    lean: str | None
    lean_ok: tuple[str | None, ...]
    anchors: tuple[str, ...]
    abstain: bool | None
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with the 95 % interval after Wilson (1927)."""

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else 0.0

    def interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.3f} ({self.count}/{self.total}, {low:.2f} to {high:.2f})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered to one question, and what of it was right."""

    question: Question
    got: str | None
    right: bool
    first_anchor: int
    answered: bool
    cpu_ms: float
    wall_ms: float
    confidence: str
    headline: str

    @property
    def is_scored(self) -> bool:
        return self.question.lean is not None and self.question.kind != "offtopic"


def load_questions(path: Path) -> list[Question]:
    """Return the questions of a JSON Lines file.

    Raises:
        EvaluationError: the file cannot be read, or a line of it is not a question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path} cannot be read: {error}.", remedy="Name a JSON Lines file of questions."
        ) from None
    questions = [
        _question(line, f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not questions:
        raise EvaluationError(f"{path} holds no question.", remedy="Write one JSON object a line.")
    return questions


def _question(line: str, place: str) -> Question:
    try:
        fields: dict[str, Any] = json.loads(line)
        return Question(
            id=str(fields["id"]),
            question=str(fields["question"]),
            kind=str(fields["kind"]),
            lean=fields["lean"],
            lean_ok=tuple(fields["lean_ok"]),
            anchors=tuple(entry["anchor"] for entry in fields.get("must_find", ())),
            abstain=fields.get("abstain"),
            history=tuple(fields.get("history", ())),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{place}: not a question ({type(error).__name__}: {error}).",
            remedy="See docs/question-file.md for the fields.",
        ) from None


def run(questions: Iterable[Question], ask: Ask) -> list[Outcome]:
    """Ask every question and compare."""
    return [_outcome(question, ask) for question in questions]


def _outcome(question: Question, ask: Ask) -> Outcome:
    cpu, wall = time.thread_time(), time.perf_counter()
    answer = ask(question.question, question.history)
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    got = verdict_of(answer)
    return Outcome(
        question=question,
        got=got,
        right=got in question.lean_ok,
        first_anchor=_first_anchor(question, answer),
        answered=answer.answered,
        cpu_ms=cpu * 1000,
        wall_ms=wall * 1000,
        confidence=answer.guidance.confidence,
        headline=answer.guidance.headline,
    )


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
    anchors = [_letters(anchor) for anchor in question.anchors]
    hits = [shown for shown in answer.passages if shown.role == "hit"]
    for place, shown in enumerate(hits, 1):
        text = _letters(shown.passage.text[:_SHOWN])
        if any(anchor in text for anchor in anchors):
            return place
    return 0


def _letters(text: str) -> str:
    return "".join(letter for letter in normalise(text) if letter.isalnum())


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return every figure by name; shares print as value (count/total, 95 % interval)."""
    scored = [each for each in outcomes if each.is_scored]
    findable = [each for each in outcomes if each.question.anchors]
    figures: dict[str, Any] = {"questions": len(outcomes)}
    for k in _KS:
        figures[f"hit@{k}"] = _share(findable, partial(_shows, k))
    figures["MRR"] = sum(1 / each.first_anchor for each in findable if each.first_anchor) / max(
        len(findable), 1
    )
    figures["verdict right"] = _share(scored, lambda each: each.right)
    figures["verdict strictly equal"] = _share(scored, lambda each: each.got == each.question.lean)
    figures["mean over classes"] = _mean_over_classes(scored)
    for kind, group in _by(outcomes, lambda each: each.question.kind).items():
        figures[f"right, {kind}"] = _share(group, lambda each: each.right)
    for level, group in _by(scored, lambda each: each.confidence).items():
        figures[f"right when {level}"] = _share(group, lambda each: each.right)
    judged = [each for each in outcomes if each.question.abstain is not None]
    silent = [each for each in judged if not each.answered]
    figures["abstention precision"] = _share(silent, lambda each: bool(each.question.abstain))
    due = [each for each in judged if each.question.abstain]
    figures["abstention recall"] = _share(due, lambda each: not each.answered)
    for name, values in (
        ("CPU ms", [each.cpu_ms for each in outcomes]),
        ("wall ms", [each.wall_ms for each in outcomes]),
    ):
        figures[f"{name} p50"], figures[f"{name} p95"] = (
            _quantile(values, 0.5),
            _quantile(values, 0.95),
        )
    return figures


def _shows(k: int, outcome: Outcome) -> bool:
    return 0 < outcome.first_anchor <= k


def _share(group: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> Share:
    return Share(sum(map(holds, group)), len(group))


def _by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        groups[key(each)].append(each)
    return dict(sorted(groups.items()))


def _mean_over_classes(scored: Sequence[Outcome]) -> float:
    """Return the mean share of right verdicts over each option and "undecided"."""
    groups = _by(
        scored,
        lambda each: "undecided" if each.question.lean in _UNDECIDED else str(each.question.lean),
    )
    shares = [_share(group, lambda each: each.right).value for group in groups.values()]
    return sum(shares) / len(shares) if shares else 0.0


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
