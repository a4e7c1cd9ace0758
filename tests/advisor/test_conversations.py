"""Scripts of follow-ups, open and near-topic questions: one half is a gate, one was not looked at.

The bars of the tuned half keep what was reached. Those of the reported half are what was measured,
less the width of chance.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.evaluation.citations import citations, stored_texts
from advisor.evaluation.figures import Figures, by_half
from advisor.evaluation.outcomes import Ask, Outcome, letters, run
from advisor.evaluation.questions import HALVES, Question, load_questions
from advisor.evaluation.typos import ask_mistyped, retention
from advisor.model import Answer
from advisor.pipeline import ask
from kb.store import Snapshot

FOLDER = Path(__file__).parent.parent / "questions"
CONVERSATIONS = load_questions(FOLDER / "conversations.jsonl")
EVERY = load_questions(*sorted(FOLDER.glob("*.jsonl")))


@pytest.fixture(scope="module")
def asking(shipped: Snapshot) -> Ask:
    def answer(question: str, history: Sequence[str]) -> Answer:
        return ask(shipped, question, history=history)

    return answer


@pytest.fixture(scope="module")
def outcomes(asking: Ask) -> list[Outcome]:
    return run(CONVERSATIONS, asking)


@pytest.fixture(scope="module")
def halves(outcomes: list[Outcome]) -> dict[str, Figures]:
    """The figures of each half."""
    return by_half(outcomes)


@pytest.mark.parametrize(
    ("name", "tuned", "reported"),
    [
        ("verdict right", 0.91, 0.75),
        ("right, followup", 0.95, 0.85),
        ("right, underspecified", 0.75, 0.5),
        ("right, neartopic", 1.0, 0.6),
        ("scripts all right", 0.9, 0.6),
        ("hit@5", 0.87, 0.7),
        ("abstention precision", 0.9, 0.7),
        ("abstention recall", 1.0, 0.7),
    ],
)
def test_as_many_are_right_as_were(
    halves: dict[str, Figures], name: str, tuned: float, reported: float
) -> None:
    assert halves["tuned"][name].value >= tuned
    assert halves["reported"][name].value >= reported


def test_as_much_is_kept_with_one_or_two_typos_as_was(outcomes: list[Outcome], asking: Ask) -> None:
    tuned = [each for each in outcomes if each.question.half == "tuned"]
    kept = retention(ask_mistyped(tuned, asking, "few", seed=0), "few")
    assert kept["typos few, hit@5 retention"] >= 0.90
    assert kept["typos few, verdicts retention"] >= 0.85


def test_every_sentence_is_cited_and_every_quote_exact(
    outcomes: list[Outcome], shipped: Snapshot
) -> None:
    for found in citations(outcomes, stored_texts(shipped)).values():
        assert found.total > 100
        assert found.count == found.total


def test_the_set_has_every_kind_in_both_halves() -> None:
    assert len(EVERY) >= 200
    kinds = Counter((each.kind, each.half) for each in EVERY)
    for half in HALVES:
        assert kinds["followup", half] >= 25
        assert kinds["underspecified", half] >= 8
        assert kinds["neartopic", half] >= 8
        assert kinds["offtopic", half] >= 5
        assert sum(kinds[kind, half] for kind in ("which_better", "compare", "context")) >= 50


def scripts() -> dict[str, list[Question]]:
    turns: dict[str, list[Question]] = defaultdict(list)
    for question in CONVERSATIONS:
        if question.script:
            turns[question.script].append(question)
    return turns


@pytest.mark.parametrize("turns", scripts().values(), ids=lambda turns: turns[0].script)
def test_every_turn_of_a_script_follows_the_ones_before(turns: list[Question]) -> None:
    assert 2 <= len(turns) <= 5
    for number, turn in enumerate(turns):
        assert list(turn.history) == [each.question for each in turns[:number]]
        assert (turn.kind == "followup") == (number > 0)


def test_a_script_stands_in_one_half() -> None:
    assert all(len({turn.half for turn in turns}) == 1 for turns in scripts().values())


def test_every_anchor_stands_in_an_article(shipped: Snapshot) -> None:
    texts = [letters(article.text) for article in shipped.articles()]
    anchors = [anchor for each in CONVERSATIONS for anchor in each.anchors]
    assert [a for a in anchors if not any(letters(a) in text for text in texts)] == []


def test_every_line_of_the_set_is_a_whole_question() -> None:
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert {"id", "question", "kind", "lean", "lean_ok", "abstain", "history"} <= set(
                json.loads(line)
            )
