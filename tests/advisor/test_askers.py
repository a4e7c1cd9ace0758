"""What is said of those who ask, of what there is and of what others do: no wish."""

import pytest
from asking import needs, tools_topic

from advisor.spotting import spot
from kb.words import atoms

SHOP = tools_topic(
    """
[criteria.motor]
label = "a motor"
words = ["motor"]
hints = ["engine room"]
[criteria.stand]
label = "a stand"
words = ["stand"]
[criteria.speed]
label = "speed"
words = ["speed"]
hints = ["racing", "hurry"]
"""
)


def _needs(question: str) -> dict[str, float]:
    return needs(spot(question, SHOP, tuple(atoms(question))))


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("we are a motor museum and want a stand", {"stand": 1.0}),
        ("we are a motor museum, saw or axe?", {"motor": 0.25}),
        ("I work for a motor club. Saw or axe, with a stand?", {"stand": 1.0}),
        ("the racing team wants a stand", {"stand": 1.0}),
        ("the racing team wants a saw", {"speed": 1.0}),
        ("a motor company, and a stand is what they look for", {"stand": 1.0}),
        ("our motor teacher asked for a stand", {"stand": 1.0}),
        ("with a motor, teachers like the stand", {"motor": 1.0, "stand": 1.0}),
        ("we are in a hurry", {"speed": 1.0}),
        ("my motor needs a stand", {"motor": 1.0, "stand": 3.0}),
    ],
)
def test_who_asks_is_not_what_is_asked(question: str, importance: dict[str, float]) -> None:
    assert _needs(question) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("our firm is called Motor Stand. Which one for speed?", {"speed": 1.0}),
        ("our firm is called motor stand", {"motor": 1.0, "stand": 1.0}),
        ("it is named Motor, with a Stand", {"stand": 1.0}),
    ],
)
def test_a_name_means_nothing_else(question: str, importance: dict[str, float]) -> None:
    assert _needs(question) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("we already have a motor, and we want a stand", {"stand": 1.0}),
        ("we already have a motor", {"motor": 1.0}),
        ("a motor is in place and stays. We want a stand", {"stand": 1.0}),
        ("we have our own motor, now a stand", {"stand": 1.0}),
        ("we want our own motor with a stand", {"motor": 1.0, "stand": 1.0}),
        ("we already have too little speed and need a motor", {"speed": 1.0, "motor": 3.0}),
    ],
)
def test_what_there_is_counts_as_long_as_nothing_else_is_named(
    question: str, importance: dict[str, float]
) -> None:
    assert _needs(question) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("somebody else builds the motor, we want a stand", {"motor": -1.0, "stand": 1.0}),
        ("the motor is made by another department", {"motor": -1.0}),
        ("another team takes care of the motor and the stand", {"motor": -1.0, "stand": -1.0}),
        ("somebody else has to run the motor", {"motor": 3.0}),
        ("another team wants a stand", {"stand": 1.0}),
        ("the motor comes from elsewhere, but a stand is missing", {"motor": -1.0, "stand": 1.0}),
    ],
)
def test_what_others_do_is_not_wanted(question: str, importance: dict[str, float]) -> None:
    assert _needs(question) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("we have no motor yet", {"motor": 1.0}),
        ("the old saw had no motor", {"motor": 1.0}),
        ("we have no motor", {"motor": -1.0}),
        ("we don't need a motor yet", {"motor": -1.0}),
        ("I don't want a saw that comes with a motor", {"motor": -1.0}),
        ("I don't want a saw, which is why I ask for a motor", {"motor": 1.0}),
    ],
)
def test_what_is_missing_is_wanted_and_what_comes_with_the_unwanted_is_not(
    question: str, importance: dict[str, float]
) -> None:
    assert _needs(question) == importance
