"""Which one is worse, whether it matters at all, other senses, and what a follow-up adds."""

import pytest
from asking import Asking, Reads, needs, tools_topic

from advisor.ends import weak_end
from advisor.pipeline import ask
from advisor.spotting import spot
from advisor.weigh import weigh
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import atoms


@pytest.mark.parametrize(
    "question",
    [
        "which one should I avoid for health?",
        "for health, which one should I avoid?",
        "I look at health. Which one is the worse choice?",
        "If health matters most, which one is worse?",
        "which one should I not drink? Health matters",
    ],
)
def test_what_is_avoided_is_avoided_for_all_that_is_named(asking: Asking, question: str) -> None:
    answer = asking(question)
    assert answer.reading.weak_end
    assert answer.guidance.option == "coffee"


def test_the_one_that_has_less_of_what_is_good_can_be_asked_for(asking: Asking) -> None:
    answer = asking("which is worse for health, tea or coffee?")
    assert answer.guidance.option == "coffee"
    assert "behind on health" in answer.guidance.headline


def test_comparing_two_named_options_still_asks_for_the_better_one(reading: Reads) -> None:
    assert needs(reading("is coffee worse for health than tea?"))["health"] == 1.0


def test_a_question_in_another_sense_is_weighed_in_it(
    reading: Reads, topic: Topic, snapshot: Snapshot
) -> None:
    understood = reading("is tea or coffee healthy for my teeth?")
    assert [need.sense for need in understood.needs] == ["teeth"]
    weighed = weigh(understood, topic, snapshot.evidence(topic.id))
    assert [weight.subject for weight in weighed.weights] == ["health/teeth"]
    assert weighed.verdict != "lean"


def test_what_a_follow_up_adds_counts_more_than_what_was_named_before(
    reading: Reads, topic: Topic, snapshot: Snapshot
) -> None:
    understood = reading("it should also be healthy", "tea or coffee, which is cheaper?")
    weighed = weigh(understood, topic, snapshot.evidence(topic.id))
    counts = {weight.subject: weight.importance for weight in weighed.weights}
    assert counts == {"price": 0.5, "health": 1.0}


def test_a_remark_without_a_question_adds_to_the_question_before(reading: Reads) -> None:
    understood = reading("we have one euro only by the way", "tea or coffee for the taste?")
    assert set(needs(understood)) == {"taste"}
    assert dict(understood.conditions) == {"budget": "small"}


def test_asking_whether_it_matters_is_noticed(reading: Reads) -> None:
    assert reading("does it matter for the price which one I take?").indifferent
    assert not reading("which one is cheaper?").indifferent


def test_which_one_not_to_use_asks_for_the_weak_one(asking: Asking) -> None:
    guidance = asking("which one should I not drink in the evening?").guidance
    assert guidance.option == "coffee"
    assert guidance.headline == "Coffee: the articles see it behind for evening."
    assert asking("which would you avoid for the price?").guidance.option == "coffee"
    assert not asking("which is cheaper, and should I not drink it late?").reading.weak_end


TOOLS = tools_topic(
    """
[criteria.safety]
label = "safety"
words = ["safe", "safety"]
faults = ["splinters"]
[criteria.size]
label = "size"
words = ["big logs"]
"""
)


def _is_weak(question: str) -> bool:
    return bool(weak_end(question, atoms(question), TOOLS))


@pytest.mark.parametrize(
    "question",
    [
        "which one is not safe?",
        "Which of them isn't suitable for big logs?",
        "which has fewer safety features?",
        "which one lacks a handle?",
        "which one struggles with big logs?",
        "which takes more time to learn?",
        "saw or axe: which one is less safe?",
        "which of the two makes more splinters?",
        "which one would you not use for a bank?",
        "which one should I avoid for big logs?",
        "which has the smaller handle?",
        "which one comes with fewer parts?",
        "which one forces me to do more work?",
        "what takes me longer to master?",
        "which one is easier to break?",
    ],
)
def test_an_odd_number_of_turns_asks_for_the_weak_end(question: str) -> None:
    assert _is_weak(question)


@pytest.mark.parametrize(
    "question",
    [
        "which one is safe?",
        "which one is not dangerous?",
        "which needs less work?",
        "which one takes no time to learn?",
        "which one makes no splinters?",
        "which has the smaller weight?",
        "which one is smaller?",
        "which one saves me work?",
        "which one is hard to break?",
        "which handles problems better?",
        "which is better if I do not want splinters?",
        "in which case is an axe not safe?",
        "which one does not need a motor?",
        "is the axe not safe?",
        "which works without me doing anything?",
    ],
)
def test_an_even_number_of_turns_asks_for_the_strong_end(question: str) -> None:
    assert not _is_weak(question)


def test_all_that_a_weak_end_is_asked_of_counts_against() -> None:
    question = "which one is not safe for big logs?"
    spotted = spot(question, TOOLS, tuple(atoms(question)))
    assert needs(spotted) == {"safety": -1.0, "size": -1.0}
    assert spotted.weak_end


def test_a_condition_can_be_asked_for_from_the_weak_end(asking: Asking) -> None:
    good = asking("which one is suitable for the evening, tea or coffee?").guidance
    bad = asking("which one is not suitable for the evening, tea or coffee?").guidance
    assert (good.option, bad.option) == ("tea", "coffee")
    assert bad.would_change == ()


def test_what_is_weak_is_shown_by_blame_and_what_is_said_for_it_stands_against(
    asking: Asking,
) -> None:
    guidance = asking("which is worse for health, tea or coffee?").guidance
    assert any("against Coffee" in reason.text for reason in guidance.reasons)
    assert all("in favour of Coffee" in reason.text for reason in guidance.against)
    assert "on balance see Coffee behind" in guidance.confidence_because


def test_a_weak_end_stands_by_itself_in_a_conversation(reading: Reads) -> None:
    understood = reading("which one is worse for health?", "tea or coffee for the taste?")
    assert needs(understood) == {"health": -1.0}


@pytest.mark.parametrize(
    "question",
    ["does it change anything if I want it healthy?", "would your answer be different for health?"],
)
def test_whether_the_answer_changes_is_asked_of_all_that_was_named(
    reading: Reads, question: str
) -> None:
    assert set(needs(reading(question, "tea or coffee for the taste?"))) == {"taste", "health"}


@pytest.mark.parametrize(
    ("question", "weak"),
    [
        ("which one needs fewer cups?", False),
        ("which one needs more cups?", True),
        ("which one relies on more cups?", True),
        ("which one has fewer cups?", True),
        ("which one takes more time and effort?", True),
        ("which one takes less time and effort?", False),
        ("which one takes more lines of code?", True),
        ("where would I have more to learn?", True),
        ("with which would I have to learn more?", True),
        ("which one has less to maintain?", False),
        ("which one has more to offer?", False),
    ],
)
def test_what_is_needed_or_has_to_be_done_is_a_cost(
    question: str, weak: bool, topic: Topic
) -> None:
    words = tuple(atoms(question))
    assert bool(weak_end(question, words, topic)) == weak


def test_who_needs_fewer_of_a_good_thing_is_ahead_on_it(shipped: Snapshot) -> None:
    assert ask(shipped, "which one needs fewer packages?").guidance.option == "django"
    assert ask(shipped, "which one needs more packages?").guidance.option == "flask"
