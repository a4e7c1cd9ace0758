"""Two sets of questions, of which one half was tuned on and the other half was not looked at.

The bars of the reported half are what to expect of questions nobody has seen, less the width of
chance; those of the tuned half keep what was reached.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from advisor.evaluation.figures import by_half
from advisor.evaluation.outcomes import run
from advisor.evaluation.questions import load_questions
from advisor.model import Answer
from advisor.pipeline import ask
from kb.store import Snapshot

QUESTIONS = Path(__file__).parent.parent / "questions"


@pytest.fixture(scope="module", params=["web_frameworks_more", "web_frameworks_voices"])
def halves(shipped: Snapshot, request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    """The figures of each half of a set."""

    def answer(question: str, history: Sequence[str]) -> Answer:
        return ask(shipped, question, history=history)

    return by_half(run(load_questions(QUESTIONS / f"{request.param}.jsonl"), answer))


@pytest.mark.parametrize(("half", "least"), [("tuned", 0.80), ("reported", 0.70)])
def test_most_verdicts_are_acceptable(
    halves: dict[str, dict[str, Any]], half: str, least: float
) -> None:
    assert halves[half]["verdict right"].value >= least


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("tuned", 0.90, 0.90), ("reported", 0.75, 0.75)]
)
def test_what_the_articles_do_not_cover_is_not_answered(
    halves: dict[str, dict[str, Any]], half: str, precision: float, recall: float
) -> None:
    assert halves[half]["abstention precision"].value >= precision
    assert halves[half]["abstention recall"].value >= recall


@pytest.mark.parametrize(("half", "least"), [("tuned", 0.95), ("reported", 0.88)])
def test_high_confidence_is_deserved(
    halves: dict[str, dict[str, Any]], half: str, least: float
) -> None:
    high = halves[half]["right when high"]
    assert high.value >= least
    assert high.total >= 10
