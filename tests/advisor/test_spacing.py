"""Words written together or apart, and words that only the search takes for others."""

from collections.abc import Iterator

import pytest
from asking import two_drinks

from advisor.corrections import correct
from advisor.understand import understand
from kb.store import Snapshot

TEXT = """A microservice brews by itself.

Every kettle speaks a rest api over copper pipes.

The café next door sells nothing of the sort."""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with two_drinks(tmp_path_factory.mktemp("spacing") / "own.db", TEXT) as snapshot:
        yield snapshot


def searched(question: str, snapshot: Snapshot) -> set[str]:
    (topic,) = snapshot.topics()
    query = understand(question, topic, snapshot).query
    return {choice.word for word in query.words for choice in word.alternatives}


def read(question: str, snapshot: Snapshot) -> str:
    (topic,) = snapshot.topics()
    return correct(question, topic, snapshot).text


def test_two_words_are_searched_as_the_one_that_articles_hold(snapshot: Snapshot) -> None:
    assert "microservic" in searched("a micro service", snapshot)
    assert read("a micro service", snapshot) == "a micro service"


def test_one_word_is_searched_as_the_two_that_articles_hold(snapshot: Snapshot) -> None:
    assert {"rest", "api"} <= searched("which restapi is it?", snapshot)
    assert read("which restapi is it?", snapshot) == "which restapi is it?"


@pytest.mark.parametrize("question", ["a micro, service", "micro and service", "micro the service"])
def test_words_that_do_not_stand_side_by_side_are_two(question: str, snapshot: Snapshot) -> None:
    assert "microservic" not in searched(question, snapshot)


def test_a_missing_accent_is_no_mistake(snapshot: Snapshot) -> None:
    assert "cafe" in searched("a cafe", snapshot) and "cafe" in searched("a café", snapshot)


def test_a_short_word_is_searched_as_one_it_may_be_and_read_as_typed(snapshot: Snapshot) -> None:
    assert "door" in searched("does it work with doro?", snapshot)
    assert read("does it work with doro?", snapshot) == "does it work with doro?"


def test_a_guess_counts_less_than_a_word_that_was_typed(snapshot: Snapshot) -> None:
    (topic,) = snapshot.topics()
    (meant,) = correct("doro", topic, snapshot).meanings["doro"]
    assert all(choice.weight < 1 for choice in meant.choices)


@pytest.mark.parametrize("exact", ["doro", "DORO"])
def test_of_a_word_meant_as_typed_nothing_is_guessed(exact: str, snapshot: Snapshot) -> None:
    (topic,) = snapshot.topics()
    assert not correct("doro", topic, snapshot, exact=[exact]).meanings
