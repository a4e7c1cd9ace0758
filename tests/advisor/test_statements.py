"""Statements in a conversation, whom a size is said of, and what only looks unwanted."""

import pytest

from advisor.pipeline import ask
from advisor.understand import understand
from kb.store import Snapshot


def understood(shipped: Snapshot, *conversation: str) -> tuple[dict[str, float], dict[str, str]]:
    """Return the importance of each criterion, and the conditions, of the last one."""
    (topic,) = shipped.topics()
    *history, question = conversation
    reading = understand(question, topic, shipped, history=history)
    return {need.criterion: need.importance for need in reading.needs}, dict(reading.conditions)


@pytest.mark.parametrize(
    "statement",
    [
        "it's an app to find puddles",
        "The readings go into InfluxDB",
        "The team has only ever used Flask",
        "Most of them talk to nobody",
        "It shows everything",
    ],
)
def test_a_statement_that_adds_nothing_takes_nothing_away(
    shipped: Snapshot, statement: str
) -> None:
    needs, _ = understood(shipped, "Which one for microservices?", statement)
    assert needs["microservices"] == 1.0
    answer = ask(shipped, statement, history=["Which one for microservices?"])
    assert (answer.guidance.verdict, answer.guidance.option) == ("lean", "flask")


def test_what_was_said_before_a_statement_holds_behind_it(shipped: Snapshot) -> None:
    needs, _ = understood(
        shipped, "Which one for microservices?", "it's about puddles", "and it must have a login"
    )
    assert needs["microservices"] > 0
    assert needs["auth"] == 3.0


def test_what_is_no_statement_stands_alone(shipped: Snapshot) -> None:
    answer = ask(shipped, "what is django?", history=["Which one for microservices?"])
    assert answer.guidance.headline.startswith("“Django is a framework")


def test_an_option_alone_asks_whether_it_is_that_one(shipped: Snapshot) -> None:
    answer = ask(shipped, "So Django?", history=["We need an admin and a login. Which one?"])
    assert answer.guidance.option == "django"
    assert "admin" in answer.guidance.headline


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("The team is small. Flask or Django?", {"team_size": "small"}),
        (
            "our team is very small but the project is large",
            {"team_size": "small", "project_size": "large"},
        ),
        ("the budget is small, flask or django", {}),
        ("It will be 200 screens. Flask or Django?", {}),
        ("we are twelve. Flask or Django?", {"team_size": "large"}),
    ],
)
def test_a_size_is_said_of_its_subject(
    shipped: Snapshot, text: str, conditions: dict[str, str]
) -> None:
    assert understood(shipped, text)[1] == conditions


def test_what_exists_and_has_to_be_worked_with_is_wanted(shipped: Snapshot) -> None:
    with_it, _ = understood(shipped, "We integrate with a MongoDB that already exists. Which one?")
    assert with_it["nosql"] > 0
    without, _ = understood(shipped, "The login already exists. Which one?")
    assert without["auth"] < 0


def test_a_lone_voice_is_no_yes_where_the_rival_is_ahead(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Will Flask become a mess?").guidance
    assert guidance.option == "django"
    assert not guidance.headline.startswith(("Yes", "No"))


def test_which_would_be_too_much_asks_for_the_heavier_one(shipped: Snapshot) -> None:
    guidance = ask(shipped, "which framework would be overkill for a static page?").guidance
    assert guidance.option == "django"


def test_what_only_a_part_needs_weighs_less(shipped: Snapshot) -> None:
    needs, _ = understood(shipped, "15 services for a bank, and one of them needs a back office")
    assert needs["admin"] == 0.5


def test_whether_the_other_one_would_do_as_well_is_asked_of_what_was_said(
    shipped: Snapshot,
) -> None:
    history = ["We need an admin and a login. Which one?"]
    answer = ask(shipped, "Would Flask also work?", history=history)
    assert answer.guidance.headline.startswith("Rather Django than Flask")
    assert {need.criterion for need in answer.reading.needs} >= {"admin", "auth"}


def test_what_is_lost_with_an_option_is_what_speaks_against_it(shipped: Snapshot) -> None:
    guidance = ask(shipped, "What would I lose with Flask?").guidance
    assert guidance.headline == "What the articles say against Flask."
    assert guidance.against
    assert not guidance.reasons
