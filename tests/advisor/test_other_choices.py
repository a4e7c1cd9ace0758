"""Another choice than the one there is to make, cases put behind a question, and contractions."""

import pytest
from asking import Asking, Reads


@pytest.mark.parametrize("question", ["Assam or Darjeeling?", "Assam vs. Ceylon for health?"])
def test_a_choice_between_names_that_are_no_options_is_not_covered(
    asking: Asking, question: str
) -> None:
    answer = asking(question)
    assert not answer.answered
    assert "Assam" in answer.guidance.headline


def test_a_thing_that_is_asked_for_by_itself_has_to_be_covered(asking: Asking) -> None:
    assert not asking("do I need cocoa for my health?").answered
    assert asking("do I need tea for my health?").answered


def test_a_case_put_behind_a_question_leans_on_it(reading: Reads) -> None:
    understood = reading("and if she wants to knit as well?", "tea or coffee for health?")
    assert [need.criterion for need in understood.needs] == ["health"]


def test_what_replaces_a_condition_is_not_carried_over(reading: Reads) -> None:
    understood = reading("and in the morning?", "tea or coffee in the evening?")
    assert dict(understood.conditions) == {"time_of_day": "morning"}
    assert "evening" not in " ".join(understood.carried_over).casefold()


@pytest.mark.parametrize(
    "question",
    [
        "we've had tea, is it healthy?",
        "that'll be tea, who'd drink it for health?",
        "they'll ask if it's healthy, and you'd say tea",
        "we'll see whether tea's healthy",
    ],
)
def test_a_contraction_is_no_misspelt_word(reading: Reads, question: str) -> None:
    understood = reading(question)
    assert understood.corrections == ()
    assert understood.not_covered == ()
