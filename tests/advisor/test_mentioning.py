"""What a question mentions, and what only looks as if it did."""

import pytest
from asking import Spotting, needs, tools_topic

from advisor.mentioning import mentioned
from advisor.spotting import spot
from kb.store import Snapshot
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


def test_what_options_are_compared_by_says_nothing_of_the_asker(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()

    def conditions(text: str) -> dict[str, str]:
        return dict(spot(text, topic, tuple(atoms(text))).conditions)

    assert conditions("where is it smaller, here or there?") == {}
    assert conditions("which one, if the team later gets larger?") == {"team_size": "large"}
    assert conditions("which one for a larger project?") == {"project_size": "large"}


def test_an_adjective_of_what_is_built_says_how_it_is(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()

    def conditions(text: str) -> dict[str, str]:
        return dict(spot(text, topic, tuple(atoms(text))).conditions)

    assert conditions("tiny puddle checker that shows a dot") == {"project_size": "small"}
    assert conditions("we want to build a tiny puddle checker") == {"project_size": "small"}
    assert conditions("I am tired of small decisions in a tiny town") == {}


def test_an_adjective_behind_a_name_is_said_of_that(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()

    def conditions(text: str) -> dict[str, str]:
        return dict(spot(text, topic, tuple(atoms(text))).conditions)

    assert conditions("which one, or would Wombat alone be saner?") == {}
    assert conditions("which one, if I am alone?") == {"team_size": "small"}


@pytest.mark.parametrize(
    ("question", "size"),
    [
        ("By May a small status page must be there.", "small"),
        ("It is about the big intranet.", "large"),
        ("For a large bakery, a page.", None),
        ("They run a big tractor and an app.", None),
    ],
)
def test_one_word_may_part_an_adjective_from_what_is_built(
    shipped: Snapshot, question: str, size: str | None
) -> None:
    (topic,) = shipped.topics()
    said = dict(spot(question, topic, tuple(atoms(question))).conditions)
    assert said.get("project_size") == size


def test_no_phrase_goes_on_in_the_next_sentence(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()
    apart = "Each with its own parts inside. Flask or Django?"
    assert "hybrid" not in needs(spot(apart, topic, tuple(atoms(apart))))
    joined = "our service runs inside Django"
    assert "hybrid" in needs(spot(joined, topic, tuple(atoms(joined))))


def test_any_degree_of_a_filler_word_is_filler(spotting: Spotting) -> None:
    assert [word.text for word in spotting("the smallest kettle").focus] == ["kettle"]


LESSONS = """
[criteria.ease]
label = "ease"
words = ["learning", "easy to learn"]
hints = ["learn"]
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
        ("a scikit-learn model, saw or axe?", []),
        ("easy-to-learn tools, saw or axe?", ["ease"]),
    ],
)
def test_one_word_of_another_meaning_does_not_decide(question: str, criteria: list[str]) -> None:
    topic = tools_topic(LESSONS)
    found = mentioned(question, atoms(question), topic)
    assert [each.meaning.id for each in found if each.meaning.kind == "criterion"] == criteria


def test_a_word_of_the_topic_is_not_strange_in_a_compound(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()
    joined = "a REST-API with multi-language texts"
    assert set(needs(spot(joined, topic, tuple(atoms(joined))))) == {"api", "i18n"}


def test_an_adjective_of_a_quality_says_nothing_of_the_project(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()

    def conditions(text: str) -> dict[str, str]:
        return dict(spot(text, topic, tuple(atoms(text))).conditions)

    assert conditions("whose community is larger?") == {}
    assert conditions("a large community would be nice") == {}
    assert conditions("a large online shop") == {"project_size": "large"}


@pytest.mark.parametrize(
    ("question", "criterion"),
    [
        ("it is about how fast I get it written", "development_speed"),
        ("which one is quick to build, and fast to ship?", "development_speed"),
        ("which one is fast to answer?", "performance"),
    ],
)
def test_speed_of_doing_is_not_speed_of_what_is_made(
    shipped: Snapshot, question: str, criterion: str
) -> None:
    (topic,) = shipped.topics()
    assert needs(spot(question, topic, tuple(atoms(question)))) == {criterion: 1.0}


def test_ease_is_said_of_what_is_to_be_done(shipped: Snapshot) -> None:
    (topic,) = shipped.topics()
    question = "which is easier to keep compliant with the regulations?"
    understood = needs(spot(question, topic, tuple(atoms(question))))
    assert understood["security"] > understood.get("learning_curve", 0.0)
