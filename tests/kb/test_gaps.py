"""Learned questions grouped by what they are about; the same questions make the same groups."""

import random

import pytest
from test_cli_program import DRINKS

from kb.gaps import Gap, gaps_of, id_of
from kb.learned import Asking, Event, Kind, Learned
from kb.topic_file import parse_topic

TOPIC = parse_topic(DRINKS, id="drinks")


def learned(
    question: str,
    *missing: str,
    kind: Kind = "unanswered",
    times: int = 1,
    history: tuple[str, ...] = (),
    topic: str = "drinks",
    reason: str = "",
    closed: str = "",
) -> Learned:
    event = Event(kind, Asking(question, history, topic), missing, reason=reason)
    return Learned(0, event, times, "2026-05-01", "2026-05-02", closed)


def groups(*questions: Learned) -> list[set[str]]:
    numbered = [
        Learned(n, each.event, each.times, each.first, each.last, each.closed)
        for n, each in enumerate(questions, 1)
    ]
    return [set(gap.wordings) for gap in gaps_of(numbered, [TOPIC])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (learned("Has tea got polyphenols?", "polyphenols"), learned("polyphenol", "polyphenol")),
        (learned("Is tea halal?", "halal"), learned("which of them is HALAL", "halal")),
        (learned("tea and kubernetes", "kubernetes"), learned("coffee kubernets", "kubernets")),
        (learned("how do I descale a kettle"), learned("descaling my kettle")),
        (learned("any licence?", "licence"), learned("is there a license", "license")),
    ],
)
def test_questions_on_one_thing_are_a_group(one, other):
    assert len(groups(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is tea halal?", "Is tea kosher?"),
        ("Does tea discolour teeth?", "Does coffee stain a carpet?"),
        ("who sells tea in Rome", "who drank tea before 1650"),
        ("tea", "coffee"),
    ],
)
def test_questions_on_two_things_are_two_groups(one, other):
    assert len(groups(learned(one), learned(other))) == 2


def test_options_alone_make_nothing_alike():
    assert (
        len(groups(learned("tea or coffee for a pirate?"), learned("tea or coffee on Mars?"))) == 2
    )


def test_a_follow_up_is_about_what_was_asked_before():
    found = groups(
        learned("and for children?", history=("Is tea good against malaria?",)),
        learned("malaria and tea"),
        learned("and for children?", history=("Can I paint with coffee?",)),
    )
    assert len(found) == 2


def test_questions_of_different_topics_are_not_mixed():
    assert len(groups(learned("is it halal?"), learned("is it halal?", topic="spices"))) == 2


def test_groups_do_not_depend_on_the_order_in_which_questions_came():
    texts = ("kosher tea", "is tea kosher", "kosher", "halal coffee", "coffee: halal?", "qat")
    questions = [learned(text, times=1 + n % 3) for n, text in enumerate(texts)]
    expected = groups(*questions)
    for seed in range(20):
        random.Random(seed).shuffle(questions)
        assert groups(*questions) == expected


def test_the_most_asked_group_comes_first_and_its_most_asked_question_names_it():
    found = gaps_of(
        [
            learned("is tea kosher", times=2),
            learned("qat?", times=4),
            learned("kosher?", kind="low", times=3),
        ],
        [TOPIC],
    )
    assert [gap.asking.question for gap in found] == ["kosher?", "qat?"]
    assert found[0].id == id_of(learned("kosher?"))
    assert (found[0].weight, found[0].times("low"), found[0].times("disliked")) == (5, 3, 0)


def test_reasons_and_missing_words_are_told_once():
    (gap,) = gaps_of(
        [
            learned("kosher?", "kosher"),
            learned("is tea kosher", "Kosher"),
            learned("kosher?", kind="disliked", reason="wrong"),
            learned("is tea kosher", kind="disliked", reason="wrong"),
            learned("kosher?", kind="disliked"),
        ],
        [TOPIC],
    )
    assert [word.casefold() for word in gap.missing] == ["kosher"]
    assert gap.reasons == ("wrong",)


def test_what_was_only_liked_is_no_gap_and_likes_open_none():
    assert gaps_of([learned("tea?", kind="liked")], [TOPIC]) == []
    (gap,) = gaps_of(
        [learned("kosher?", closed="2026-05-03"), learned("kosher?", kind="liked")], [TOPIC]
    )
    assert not gap.is_open


def test_closed_questions_stand_apart_from_open_ones():
    found = gaps_of([learned("kosher?", closed="2026-05-03"), learned("kosher tea")], [TOPIC])
    assert sorted(gap.is_open for gap in found) == [False, True]


def test_questions_without_a_word_of_their_own_are_told_apart():
    assert len(groups(learned("???"), learned("how is it"), learned("!!"))) == 3


def test_an_empty_group_list_of_nothing():
    assert gaps_of([], [TOPIC]) == []
    assert isinstance(gaps_of([learned("x")], [])[0], Gap)
