"""Who says otherwise, and which figures there are: asked behind a verdict."""

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
