"""Yes, no or partly comes first when it is asked of one option."""

import pytest
from asking import Asking, Reads


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is tea healthy?", "Yes: two articles speak for Tea on health, none against"),
        ("is coffee healthy?", "No: three articles speak against Coffee on health, none for it"),
        ("is coffee bad for my health?", "Yes: three articles speak against Coffee on health"),
        ("is coffee unaffordable?", "Partly: one article speaks against Coffee on price"),
        ("is tea expensive?", "Partly: two articles speak for Tea on price, one against"),
    ],
)
def test_the_option_asked_about_is_answered_first(
    asking: Asking, question: str, start: str
) -> None:
    assert asking(question).guidance.headline.startswith(start)


def test_the_option_that_is_ahead_is_named_behind(asking: Asking) -> None:
    assert asking("is coffee healthy?").guidance.headline.endswith(
        "; the articles lean towards Tea."
    )


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("is tea healthy?", "good"),
        ("is it hard to make tea, is it bad for my health?", "bad"),
        ("is tea unaffordable?", "bad"),  # the denial of a word for a criterion
        ("is tea inexpensive?", "good"),
        ("is tea healthier than coffee?", ""),
        ("is tea enough for my health?", ""),
        ("which is healthy?", ""),
        ("does tea have caffeine?", ""),
    ],
)
def test_comparisons_and_questions_for_facts_are_no_yes_or_no(
    reading: Reads, question: str, whether: str
) -> None:
    assert reading(question).whether == whether
