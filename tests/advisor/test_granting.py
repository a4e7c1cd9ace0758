"""What one part of a sentence grants an option: each form of having, lacking and having to get."""

from pathlib import Path

import pytest
from asking import two_drinks

from advisor.pipeline import ask
from advisor.possessing import asks_to_have, head_of_having
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import atoms

_ARTICLE = """# Drinks

## What tea offers

- Tasting evenings: look for them in your town.
- No sieve is part of the deal.

## Tea and coffee

Tea has a ready-made lid, so there is no need to knit a lid of your own.
Members of the coffee club contribute plugins and mend kettles for coffee.
Coffee defines its saucers in one file. Tea prescribes no strict timetable.
Coffee stands on Arabica and hot water. The tray of tea is made of wood.
Tea has helped the brewers of many towns. Each drink has the strength that bakers need.
Tea saves work when it needs a grinder. Water is the base of both tea and coffee.
The straws of others are longer than tea. Tea keeps to the norm of Ceylon.
"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does tea have a lid?", "Yes: “"),
        ("Does tea have tasting evenings?", "Yes: “Tasting evenings: look"),
        ("Does coffee have kettles?", "The articles do not say this of Coffee"),
        ("Does coffee have saucers?", "Yes: “Coffee defines its saucers"),
        ("Does tea have a timetable?", "No: “Tea prescribes no strict timetable"),
        ("Does coffee use Arabica?", "Yes: “Coffee stands on Arabica"),
        ("Is coffee made with Arabica?", "Yes: “Coffee stands on Arabica"),
        ("Is coffee based on water?", "Yes: “"),
        ("Does tea have a tray?", "Yes: “The tray of tea"),
        ("Does tea have brewers?", "The articles do not say this of Tea"),
        ("Does tea have bakers?", "The articles do not say"),
        ("Does tea have a grinder?", "The articles do not say this of Tea"),
        ("Does tea have straws?", "The articles do not say this of Tea"),
        ("Does tea keep to the norm of Ceylon?", "Yes: “Tea keeps to the norm"),
        ("Does tea have norms?", "The articles do not say this of Tea"),
        ("Does tea come with a sieve?", "The articles do not say"),
    ],
)
def test_a_yes_needs_a_verb_that_grants_the_very_thing(
    tmp_path: Path, question: str, words: str
) -> None:
    with two_drinks(tmp_path / "two.db", _ARTICLE) as snapshot:
        assert ask(snapshot, question).guidance.headline.startswith(words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does Flask have a mailing list?", "Yes: “Mailing list: subscribe"),
        ("does Flask have its own company behind it?", "The articles do not say"),
        ("Does Flask use Werkzeug?", "Yes: “"),
        ("Does Flask have routing?", "Yes: “Flask defines routes"),
        ("Does Flask support PostgreSQL?", "Yes: “Flask works with every kind of database"),
        ("Does Django have a subreddit?", "The articles do not say"),
        ("Is Django written in Python?", "Yes: “Python is the core of both"),
        ("Is Flask WSGI compliant?", "Yes: “100% compliance with WSGI"),
        ("Does Django have conventions?", "Yes: “Clear conventions"),
        ("Does Flask have a standard layout?", "No: “"),
        ("does Django have a command line tool?", "The articles do not say this"),
        ("Does Flask run on Oracle?", "Yes: “Flask works with every kind of database"),
        ("Does Flask have a newsletter?", "The articles do not say whether Flask has this"),
    ],
)
def test_whoever_asks_for_a_thing_is_told_of_it_or_that_nobody_says(
    shipped: Snapshot, question: str, words: str
) -> None:
    assert ask(shipped, question).guidance.headline.startswith(words)


def test_what_is_told_of_the_field_is_no_yes_or_no_on_one(shipped: Snapshot) -> None:
    assert "open-source" not in ask(shipped, "Is Flask open source?").guidance.headline


def test_what_is_made_with_an_option_is_an_example(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Which CMS is made with Django?").guidance
    assert guidance.headline.startswith("“The popular open-source CMS Wagtail is built on Django")


def test_words_that_only_ask_are_not_said_to_be_uncovered(tmp_path: Path) -> None:
    with two_drinks(tmp_path / "two.db", _ARTICLE) as snapshot:
        guidance = ask(snapshot, "since when does tea exist?").guidance
    assert guidance.headline.startswith("No article answers “since when does tea exist?”")


def test_the_default_of_another_part_is_not_told(shipped: Snapshot) -> None:
    guidance = ask(shipped, "what database does Django use by default?").guidance
    assert "Jinja2" not in guidance.headline and guidance.confidence == "low"


def test_what_is_built_on_an_option_is_not_what_that_is_built_on(tmp_path: Path) -> None:
    article = "# Tea\n\nTea stands on Camellia. The popular shop Kyusu is built on tea.\n"
    with two_drinks(tmp_path / "two.db", article) as snapshot:
        assert "Kyusu" in ask(snapshot, "which shop is built on tea?").guidance.headline
        assert "Camellia" in ask(snapshot, "what is tea built on?").guidance.headline


@pytest.mark.parametrize(
    ("question", "asked", "head"),
    [
        ("is tea made with sugar?", "rests", ""),
        ("is the shop built with tea?", "", ""),
        ("is tea compliant with the norm?", "complies", ""),
        ("does tea have its own company behind it?", "has", "company"),
        ("has tea got a tasting evening?", "has", "evening"),
    ],
)
def test_the_relation_and_the_thing_are_read_from_the_question(
    topic: Topic, question: str, asked: str, head: str
) -> None:
    words = tuple(atoms(question))
    mentions = topic.phrases.find(words)
    assert asks_to_have(words, mentions) == asked
    if head:
        assert [word.text for word in head_of_having(words, mentions)] == [head]
