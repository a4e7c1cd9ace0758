"""What one question mentions, how much it matters, and what is wanted."""

import pytest
from asking import Spotting, needs


def test_options_criteria_and_conditions_are_recognised(spotting: Spotting) -> None:
    spotted = spotting("Is tea or espresso cheaper in the morning?")
    assert spotted.options == ("tea", "coffee")
    assert needs(spotted) == {"price": 1.0}
    assert spotted.conditions == (("time_of_day", "morning"),)


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("tea or coffee, it must be cheap", 3.0),
        ("tea or coffee? I need something cheap", 3.0),
        ("is tea or coffee cheap", 1.0),
        ("tea or coffee, I don't need it cheap", -1.0),
        ("tea or coffee? price doesn't matter", -1.0),
        ("tea or coffee? price is not important", -1.0),
        ("I need tea. Is it cheap?", 1.0),
    ],
)
def test_importance_comes_from_the_words_around_a_criterion(
    spotting: Spotting, question: str, importance: float
) -> None:
    assert needs(spotting(question))["price"] == importance


def test_ruling_one_thing_out_does_not_rule_out_what_stands_before_it(spotting: Spotting) -> None:
    spotted = spotting("I must stay awake, health does not matter: tea or coffee?")
    assert needs(spotted) == {"caffeine": 3.0, "health": -1.0}


def test_what_is_only_hinted_at_steps_back_when_something_is_named(spotting: Spotting) -> None:
    assert needs(spotting("tea or coffee for a student")) == {"price": 1.0}
    assert needs(spotting("a healthy drink for a student")) == {"health": 1.0, "price": 0.25}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("I have 1 euro: tea or coffee", "small"),
        ("I have two euros: tea or coffee", "small"),
        ("with 150 cents, tea or coffee", "small"),
        ("I have 20 euros: tea or coffee", "large"),
        ("a small budget: tea or coffee", "small"),
    ],
)
def test_numbers_with_a_unit_stand_for_a_condition(
    spotting: Spotting, question: str, value: str
) -> None:
    assert spotting(question).conditions == (("budget", value),)


@pytest.mark.parametrize(
    "question",
    [
        "I have 3 euros: tea or coffee",
        "one evening, another morning: tea or coffee?",
        "not in the evening: tea or coffee?",
    ],
)
def test_what_is_between_or_denied_or_both_says_nothing(spotting: Spotting, question: str) -> None:
    assert spotting(question).conditions == ()


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("tea or coffee?", "choose"),
        ("which one is cheaper?", "choose"),
        ("Is tea a good choice in the evening?", "suitability"),
        ("what is the difference between tea and coffee", "compare"),
        ("what is tea?", "definition"),
        ("How do I brew tea?", "howto"),
        ("who invented tea?", "fact"),
        ("does tea have caffeine?", "fact"),
        ("blue", "unclear"),
    ],
)
def test_the_kind_of_answer_that_is_wanted(spotting: Spotting, question: str, intent: str) -> None:
    assert spotting(question).intent == intent


def test_a_single_cue_word_in_the_middle_is_no_question(spotting: Spotting) -> None:
    assert spotting("it shows the price, tea or coffee").intent == "choose"
