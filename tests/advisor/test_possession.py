"""Whether an option has a thing: yes, no, only as an extension, or nobody says."""

from pathlib import Path

import pytest
from asking import two_drinks

from advisor.pipeline import ask
from advisor.possessing import asks_to_have
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import atoms


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does Django have built-in authentication?", "Yes: “"),
        ("is there a development server in Flask?", "Yes: “"),
        ("Does Django have mfa on board?", "Yes: “Django has built-in components for implementing"),
        ("Does Flask ship with an ORM?", "Only as an extension: “"),
        ("Is CSRF protection part of Flask?", "Only as an extension: “Many security features"),
        ("Does Flask offer i18n?", "The articles do not say"),
        ("Does Flask come with an admin panel or must I add one?", "Only as an extension: “"),
        ("Do I need an extension for forms in Flask?", "Yes, an extension: “"),
        ("is django missing an orm?", "Nothing has to be added: “"),
        ("Does Django support APIs?", "The articles disagree on building an API: “"),
        ("Has Flask got built-in caching?", "The articles do not say whether Flask has this"),
        ("Does Django come with websockets?", "The articles do not say whether Django has this"),
    ],
)
def test_whether_it_is_there_is_answered_first(
    shipped: Snapshot, question: str, words: str
) -> None:
    guidance = ask(shipped, question).guidance
    assert guidance.headline.startswith(words)
    assert guidance.verdict == "no_verdict"


def test_a_yes_rests_on_a_sentence_of_that_option(shipped: Snapshot) -> None:
    guidance = ask(shipped, "does flask come with a test client?").guidance
    assert not guidance.headline.startswith(("Yes", "No:"))


_ARTICLE = """# Drinks

## What comes with tea

- a strainer
- sugar cubes

## Tea and coffee

Tea has a lid by default, while coffee does not. Coffee takes its milk from a third-party package.
The shop has a leaflet on spoons for coffee. Coffee has no saucer.
Tea works well without an extension cable.
"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does tea come with a strainer?", "Yes: “a strainer” under “What comes with tea”"),
        ("Does coffee have a lid?", "No: “Tea has a lid by default, while coffee does not”"),
        ("does coffee include milk?", "Only as an extension: “Coffee takes its milk"),
        ("Is there a saucer with coffee?", "No: “Coffee has no saucer”"),
        ("Does coffee have spoons?", "The articles do not say this of Coffee"),
    ],
)
def test_each_part_of_a_sentence_speaks_of_its_own_option(
    tmp_path: Path, question: str, words: str
) -> None:
    with two_drinks(tmp_path / "two.db", _ARTICLE) as snapshot:
        assert ask(snapshot, question).guidance.headline.startswith(words)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("does tea come with sugar?", "has"),
        ("has tea got a lid", "has"),
        ("is there sugar in coffee?", "has"),
        ("does it include a cup?", "has"),
        ("do I need to add sugar to tea?", "needs"),
        ("does tea have a good taste?", ""),
        ("is tea cheaper than coffee?", ""),
        ("is there a shop built on tea?", ""),
        ("does it matter that we have a cup?", ""),
        ("what does tea come with?", ""),
    ],
)
def test_what_an_option_has_is_told_from_how_good_it_is(
    topic: Topic, question: str, asked: str
) -> None:
    words = tuple(atoms(question))
    assert asks_to_have(words, topic.phrases.find(words)) == asked


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does Django use Jinja2?", "The articles do not say this of Django"),
        ("Does Django support SQLAlchemy?", "The articles do not say this of Django"),
        ("Does Django have middleware?", "Yes: “Django has its middleware system"),
        ("Does Flask have extensions for login?", "Yes: “Flask-Login takes care"),
    ],
)
def test_what_is_said_of_another_part_is_no_answer(
    shipped: Snapshot, question: str, words: str
) -> None:
    assert ask(shipped, question).guidance.headline.startswith(words)
