"""Questions and a knowledge base to a measured run: every figure that was wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from advisor.evaluation.citations import citations, stored_texts
from advisor.evaluation.disagreements import recall
from advisor.evaluation.expected import load_expected
from advisor.evaluation.figures import Figures, by_half, report
from advisor.evaluation.outcomes import Ask, Outcome, run
from advisor.evaluation.questions import Question
from advisor.evaluation.runs import Result, results
from advisor.evaluation.shares import Share
from advisor.evaluation.typos import Mistyped, ask_mistyped, retention
from advisor.model import Answer
from advisor.pipeline import ask
from kb.disagreements import conflicts
from kb.ingest import choose_topic
from kb.model import State
from kb.store import Snapshot


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to ask, and what to measure beside the plain figures.

    `topic` is "" for whichever a question belongs to, `typos` are names of levels of typos, made
    with `seed`, `disagreements` is a file of expected ones.
    """

    topic: str = ""
    without: Literal["", "rules", "claims"] = ""
    typos: tuple[str, ...] = ()
    seed: int = 0
    disagreements: Path | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of all questions; `halves` are the plain figures of each half there is.

    `mistyped` is what came of them with typos, by level.
    """

    outcomes: tuple[Outcome, ...]
    results: tuple[Result, ...]
    figures: Figures
    halves: Mapping[str, Figures]
    mistyped: Mapping[str, tuple[Mistyped, ...]]
    state: State


def measure(snapshot: Snapshot, questions: Sequence[Question], wanted: Wanted) -> Measured:
    """Ask all questions and return every figure.

    Raises:
        EvaluationError: the file of expected disagreements cannot be used.
        UnknownTopicError: the topic is not there, or disagreements are expected of one of several.
        EmptyKnowledgeBaseError: no article was added yet.
    """
    asking = partial(_ask, snapshot, wanted)
    disagreements = _disagreements(snapshot, wanted, asking)
    outcomes = run(questions, asking)
    text_of = stored_texts(snapshot)
    figures = report(outcomes) | citations(outcomes, text_of) | disagreements
    mistyped: dict[str, tuple[Mistyped, ...]] = {}
    for name in wanted.typos:
        mistyped[name] = tuple(ask_mistyped(outcomes, asking, name, seed=wanted.seed))
        figures |= retention(mistyped[name], name)
    return Measured(
        tuple(outcomes),
        tuple(results(outcomes, text_of)),
        figures,
        by_half(outcomes),
        mistyped,
        snapshot.state(),
    )


def _ask(snapshot: Snapshot, wanted: Wanted, question: str, history: Sequence[str]) -> Answer:
    return ask(snapshot, question, history=history, topic=wanted.topic, without=wanted.without)


def _disagreements(snapshot: Snapshot, wanted: Wanted, asking: Ask) -> dict[str, Share | int]:
    if wanted.disagreements is None:
        return {}
    topic = choose_topic(snapshot, wanted.topic)
    listed = load_expected(wanted.disagreements, snapshot.articles(topic.id))
    return recall(listed, conflicts(snapshot.evidence(topic.id).claims), topic, asking)
