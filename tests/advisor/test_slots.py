"""The places of a question that decide what it is about."""

import pytest
from asking import Reads


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("tea or Zorblax?", ("Zorblax",)),
        ("Zorblax vs coffee", ("Zorblax",)),
        ("cocoa or lemonade?", ("cocoa", "lemonade")),
        ("is cocoa cheaper than tea or coffee?", ("cocoa",)),
        ("which laptop for programming?", ("laptop",)),
        ("what is the best armchair for tea?", ("armchair",)),
        ("how many volcanoes are there?", ("volcanoes",)),
        ("gravity in newtons, tea or coffee", ("gravity", "newtons")),
        ("tea or coffee on a submarine?", ("submarine",)),
        ("should I switch from tea to coffee?", ("switch",)),
        ("is tea or coffee better for deep learning?", ("deep learning",)),
    ],
)
def test_a_strange_word_in_a_deciding_place_is_not_covered(
    reading: Reads, question: str, missing: tuple[str, ...]
) -> None:
    assert reading(question).not_covered == missing


@pytest.mark.parametrize(
    "question",
    [
        "for health, is tea the right horse or coffee?",
        "tea or coffee for my volcano?",
        "tea or nothing, what do you say?",
        "should I switch from tea to coffee for my health?",
        "is tea cheap on a submarine?",
        "we are tired and see which volcano is near, and need something cheap to drink here",
    ],
)
def test_a_strange_word_elsewhere_does_not_decide(reading: Reads, question: str) -> None:
    assert reading(question).not_covered == ()


@pytest.mark.parametrize("question", ["What is the rapid of sugar?", "Is there a modest harvest?"])
def test_a_word_that_articles_hold_by_one_of_its_meaning_alone_is_read(
    reading: Reads, question: str
) -> None:
    assert reading(question).question == question
