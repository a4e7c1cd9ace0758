"""The headline names what the winner is ahead on, what another one is, and no more."""

import pytest
from asking import Asking

from advisor.phrasing import about, in_words, phrase
from advisor.pipeline import ask
from kb.store import Snapshot
from kb.topic import Topic


def test_only_what_the_winner_is_ahead_on_is_a_reason(asking: Asking) -> None:
    headline = asking("which keeps me awake and is healthy, tea or coffee?").guidance.headline
    assert headline == (
        "Tea: the articles lean towards it on health, though Coffee is ahead on keeping awake."
    )


def test_a_condition_on_which_another_one_is_ahead_is_no_reason(asking: Asking) -> None:
    headline = asking("tea or coffee: I need to stay awake on a small budget").guidance.headline
    assert headline.endswith("on keeping awake, though Tea is ahead for small budget.")


def test_the_rival_of_the_option_asked_about_is_praised_for_no_more_than_it_wins(
    asking: Asking,
) -> None:
    headline = asking("rather coffee for health and staying awake?").guidance.headline
    assert headline.startswith("Rather Tea than Coffee: ")
    assert headline.endswith("Tea on health, though Coffee is ahead on keeping awake.")


def test_what_only_a_later_condition_decides_is_said_so(shipped: Snapshot) -> None:
    earlier = ["online shop", "and for security?"]
    headline = ask(shipped, "we have no experience", history=earlier).guidance.headline
    assert "Flask for beginners" in headline or "lean towards it for beginners" in headline
    assert "Django on security" in headline or "Django is ahead on security" in headline


@pytest.mark.parametrize(
    "question",
    [
        "big team building an API, flask or django?",
        "Flask or Django for an online shop and a REST API with a small team?",
        "I build an API for a large company, login needed. Which one?",
        "we are 20 beginners, it must be secure and quick to build",
    ],
)
def test_nothing_is_told_both_as_a_reason_and_as_a_rivals_advance(
    shipped: Snapshot, question: str
) -> None:
    guidance = ask(shipped, question).guidance
    won, _, lost = guidance.headline.partition(", though ")
    for label in ("building an API", "an online shop", "a big team", "security", "beginners"):
        assert not (label in won and label in lost)


def test_things_are_what_an_option_is_good_for(topic: Topic) -> None:
    assert phrase(["health", "time_of_day=evening"], topic) == " on health, given evening"
    assert phrase(["time_of_day=evening"], topic) == " for evening"
    assert phrase([], topic) == ""


def test_an_article_before_the_label_makes_it_a_use(shipped: Snapshot) -> None:
    guidance = ask(shipped, "online shop").guidance
    assert guidance.headline == "Django: the articles lean towards it for an online shop."


def test_a_combination_of_options_is_called_using_both(topic: Topic) -> None:
    assert about(["tea"], topic) == "Tea"
    assert about(["tea", "coffee"], topic) == "using both"
    assert about(["tea", "coffee", "water"], topic) == "using Tea, Coffee and Water"
    assert (in_words(0), in_words(3), in_words(12)) == ("none", "three", "12")


def test_undecided_articles_are_counted_and_none_is_against_only_on_balance(
    asking: Asking,
) -> None:
    guidance = asking("is coffee good for health and for the taste?").guidance
    assert any(each.strength == "hard" for each in guidance.disagreements)
    assert guidance.confidence_because == (
        "Three articles speak of it; two on balance for Tea, none on balance against, "
        "one undecided."
    )


def test_without_a_need_the_confidence_says_what_to_tell(shipped: Snapshot) -> None:
    guidance = ask(shipped, "flask or django?").guidance
    assert guidance.verdict == "depends"
    assert "say what you build" in guidance.confidence_because


def test_an_interest_is_noted_once_in_an_answer(shipped: Snapshot) -> None:
    question = "a big team builds a large project with an admin, structure and security matter"
    guidance = ask(shipped, question).guidance
    told = " ".join(reason.text for reason in (*guidance.reasons, *guidance.against))
    assert told.count("Mind the interest") == 1
