"""Who says otherwise, and which figures there are: asked behind a verdict."""

import pytest
from asking import Asking

from advisor.pipeline import ask
from kb.store import Snapshot


def test_who_says_otherwise_is_told_the_other_side(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Which article says otherwise?", history=["Which is easier?"]).guidance
    assert guidance.headline.startswith("The articles lean towards Flask on ease of learning; ")
    assert guidance.headline.endswith("this is what they say otherwise.")
    assert guidance.reasons
    assert {reason.favours for reason in guidance.reasons} <= {"flask", "django"}
    assert all("(Positiwise)" in reason.text for reason in guidance.reasons)


def test_nobody_says_otherwise(asking: Asking) -> None:
    guidance = asking("who disagrees?", "which keeps me awake, water or coffee?").guidance
    assert guidance.headline.startswith(("No article says otherwise", "The articles lean towards"))


def test_the_figures_behind_a_verdict_are_shown(shipped: Snapshot) -> None:
    guidance = ask(shipped, "show me the numbers", history=["Which is faster?"]).guidance
    assert guidance.headline == "These are the figures that the articles give on performance."
    assert any("milliseconds" in reason.text for reason in guidance.reasons)
    without = ask(shipped, "show me the numbers", history=["Which is more secure?"]).guidance
    assert without.headline == "No article gives figures on security."


@pytest.mark.parametrize(
    "question", ["why not the other one?", "what speaks against the other one?", "why not coffee?"]
)
def test_why_not_the_other_one_is_told_of_the_one_that_is_behind(
    asking: Asking, question: str
) -> None:
    answer = asking(question, "which is better for my health, tea or coffee?")
    assert answer.guidance.option == "tea"
    assert answer.guidance.headline.startswith("Not Coffee, and this is why.")


def test_somebody_else_with_a_project_of_his_own_asks_anew(shipped: Snapshot) -> None:
    first = "I am alone and make a small blog in two weeks"
    answer = ask(
        shipped, "What about an agency with thirty developers and client sites?", history=[first]
    )
    assert dict(answer.reading.conditions) == {"team_size": "large"}
    assert not [need for need in answer.reading.needs if need.importance >= 1]
    assert answer.guidance.option == "django"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("what about a big team?", True),
        ("what about a startup with a tight deadline?", True),
        ("and for a company with 200 developers?", True),
        ("and for a company that needs an admin area?", False),
    ],
)
def test_who_tells_of_no_project_keeps_the_one_before(
    shipped: Snapshot, question: str, kept: bool
) -> None:
    reading = ask(shipped, question, history=["Flask or Django for an online shop?"]).reading
    assert ("an online shop" in reading.carried_over) == kept
