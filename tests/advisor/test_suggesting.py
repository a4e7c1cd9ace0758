"""What is proposed to ask next, and what would change a verdict."""

import pytest
from asking import Asking

from advisor.pipeline import ask
from kb.store import Snapshot


def test_suggestions_depend_on_what_was_asked(shipped: Snapshot) -> None:
    questions = ["which is faster?", "security?", "an online shop", "a large project"]
    suggested = [ask(shipped, question).suggestions for question in questions]
    assert all(len(each) == 3 for each in suggested)
    assert len(set(suggested)) == len(questions)
    assert "And for security?" not in suggested[1]


def test_what_would_change_the_verdict_is_suggested_first(shipped: Snapshot) -> None:
    answer = ask(shipped, "an online shop")
    (flip,) = answer.guidance.would_change
    assert answer.suggestions[0] == f"And for {flip.when.text}?"


def test_what_the_articles_do_not_cover_leads_to_the_topics_own_questions(
    shipped: Snapshot,
) -> None:
    pizza, weather = (ask(shipped, text) for text in ("best pizza?", "how is the weather?"))
    assert pizza.suggestions != weather.suggestions
    assert ask(shipped, "best pizza?").suggestions == pizza.suggestions
    assert pizza.guidance.confidence_because == (
        "The question names nothing that the articles speak of."
    )


def test_words_that_ask_are_not_what_is_not_covered(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Who created Django?").guidance
    assert guidance.headline.startswith("No article answers “Who created Django?”. They compare")


@pytest.mark.parametrize("said", ["a big team", "a large project"])
def test_what_contradicts_what_was_said_is_not_proposed(shipped: Snapshot, said: str) -> None:
    changes = [
        given
        for flip in ask(shipped, f"{said} needs security and an API").guidance.would_change
        for given in flip.when.given
    ]
    assert not {("project_size", "small"), ("team_size", "small")} & set(changes)


def test_is_it_good_is_answered_with_what_is_most_said_for_and_against(
    shipped: Snapshot, asking: Asking
) -> None:
    guidance = ask(shipped, "Is Flask good enough for production?").guidance
    assert guidance.headline.startswith("It depends on what for: the articles praise Flask most")
    assert len(guidance.reasons) == len(guidance.against) == 3
    assert all(", in favour of Flask: " in reason.text for reason in guidance.reasons)
    assert all(", against Flask: " in reason.text for reason in guidance.against)
    assert asking("should I drink coffee?").guidance.against
