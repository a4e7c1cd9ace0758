"""What a question mentions, and what only looks as if it did."""

import pytest
from asking import Spotting, needs

from advisor.mentioning import mentioned
from kb.topic_file import parse_topic
from kb.words import atoms


def test_a_phrase_is_found_with_an_option_between_its_words(spotting: Spotting) -> None:
    spotted = spotting("tap water: is it easy for coffee to make?")
    assert "effort" not in needs(spotted)
    assert needs(spotting("is it well coffee being?")) == {"health": 1.0}


@pytest.mark.parametrize(
    "question",
    ["in the evening or by and large late, one day", "tea or coffee, one of them one day"],
)
def test_a_figure_of_speech_is_no_number(spotting: Spotting, question: str) -> None:
    assert "budget" not in dict(spotting(question).conditions)


def test_talk_of_the_articles_is_not_what_is_asked_about(spotting: Spotting) -> None:
    assert spotting("what do the articles say of tea?").focus == ()


def test_an_adjective_of_another_thing_says_nothing_of_the_asker(spotting: Spotting) -> None:
    assert spotting("a late drink").conditions == (("time_of_day", "evening"),)
    assert spotting("my late grandfather liked tea").conditions == ()
    assert spotting("the late volcano liked tea").conditions == ()


def test_any_degree_of_a_filler_word_is_filler(spotting: Spotting) -> None:
    assert [word.text for word in spotting("the smallest kettle").focus] == ["kettle"]


LESSONS = """
name = "Tools"
[options.saw]
label = "Saw"
words = ["saw"]
[options.axe]
label = "Axe"
words = ["axe"]
[criteria.ease]
label = "ease"
words = ["learning", "easy to learn"]
hints = ["learn"]
[outside]
words = []
"""


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("saw or axe for machine learning", []),
        ("saw or axe, the learning", ["ease"]),
        ("I know the axe. Should I learn saw?", []),
        ("should I learn saw first?", ["ease"]),
        ("is it easy to learn saw?", ["ease"]),
        ("how long do I learn saw?", ["ease"]),
    ],
)
def test_one_word_of_another_meaning_does_not_decide(question: str, criteria: list[str]) -> None:
    topic = parse_topic(LESSONS, id="tools")
    found = mentioned(question, atoms(question), topic)
    assert [each.meaning.id for each in found if each.meaning.kind == "criterion"] == criteria
