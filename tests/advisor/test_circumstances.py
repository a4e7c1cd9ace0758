"""What is true of the asker, in words and in numbers."""

import pytest
from asking import Spotting, tools_topic

from advisor.circumstances import circumstances
from advisor.mentioning import mentioned
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import atoms

TEAM = """
[criteria.speed]
label = "speed"
words = ["fast"]
[conditions.crew]
label = "size of the crew"
values = { small = ["small crew"], large = ["large crew"] }
numeric = { unit = ["workers", "of us"], small = "<=5", large = ">=10" }
[conditions.time]
label = "time available"
values = { short = ["hurry"] }
numeric = { unit = { weeks = 1, days = 0.143 }, short = "0.001-9" }
"""


@pytest.fixture(scope="module")
def tools() -> Topic:
    return tools_topic(TEAM)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("we are seven people", {}),
        ("we are only three", {"crew": "small"}),
        ("there are forty of us", {"crew": "large"}),
        ("we are 12 carpenters", {"crew": "large"}),
        ("we are six weeks late", {"time": "short"}),
        ("a crew of 4", {"crew": "small"}),
        ("a crew of 12 weeks", {}),
        ("it will be online for six weeks", {}),
        ("we have a break for lunch and six weeks", {"time": "short"}),
        ("he has been sawing for six days", {}),
        ("forget the six weeks", {}),
        ("a crew of 1k", {"crew": "large"}),
        ("1,001 workers", {"crew": "large"}),
        ("2.000 workers", {"crew": "large"}),
        ("4 in 100 workers", {"crew": "large"}),
        ("we are 4-100 workers", {"crew": "large"}),
        ("it would be nice if we had a small crew", {}),
        ("a small crew would be nice", {}),
        ("in two weeks", {"time": "short"}),
        ("since two weeks", {}),
        ("for the last 3 weeks", {}),
        ("it grows big one day", {}),
        ("it may be big", {}),
        ("I have to sign off a saw in two weeks", {}),
        ("a meeting in two weeks, and we are only three", {"crew": "small"}),
        ("the meeting is over, two weeks left", {"time": "short"}),
    ],
)
def test_numbers_tell_who_asks_and_how_much_time_is_left(
    tools: Topic, text: str, told: dict[str, str]
) -> None:
    words = atoms(text)
    assert dict(circumstances(text, words, mentioned(text, words, tools), tools).values) == told


def test_two_values_of_one_condition_say_nothing(spotting: Spotting) -> None:
    assert spotting("in the morning and in the evening: tea?").conditions == ()


def test_what_is_asked_is_not_told(tools: Topic) -> None:
    text = "how large crew does the saw need?"
    words = atoms(text)
    assert circumstances(text, words, mentioned(text, words, tools), tools).values == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nobody in our team has used a saw", {"skill": "none"}),
        ("none of us has experience with an axe", {"skill": "none"}),
        ("nobody knows which saw is better", {}),
        ("nobody knows the neighbours", {}),
        ("we know the saw", {}),
    ],
)
def test_who_knows_nothing_of_the_field_has_no_experience(text: str, told: dict[str, str]) -> None:
    skill = """
[conditions.skill]
label = "skill"
values = { none = ["no experience"], much = ["experienced"] }
"""
    skilled = tools_topic(TEAM + skill)
    words = atoms(text)
    assert dict(circumstances(text, words, mentioned(text, words, skilled), skilled).values) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("they will work on it for ten years", {"lifetime": "long"}),
        ("they have worked on it for ten years", {}),
    ],
)
def test_years_of_work_count_when_they_are_still_to_come(
    shipped: Snapshot, text: str, told: dict[str, str]
) -> None:
    (topic,) = shipped.topics()
    words = atoms(text)
    assert dict(circumstances(text, words, mentioned(text, words, topic), topic).values) == told


def test_what_is_true_of_others_is_not_true_of_the_asker(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()
    text = "logins are handled by the identity provider of a large corporation"
    words = atoms(text)
    assert circumstances(text, words, mentioned(text, words, topic), topic).values == ()
