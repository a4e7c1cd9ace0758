"""Phrases: found however they are joined or inflected; the longest wins; no word counts twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.phrases import Phrases
from kb.words import atoms


def meanings(phrases: Phrases[str], text: str) -> list[str]:
    return [found.meaning for found in phrases.find(atoms(text))]


@pytest.mark.parametrize(
    "text", ["real time", "real-time", "realtime", "Real Times", "REAL\u2011TIME", "real_time"]
)
def test_a_phrase_is_found_however_it_is_joined(text: str) -> None:
    assert meanings(Phrases([("real time", "live")]), f"a {text} tasting") == ["live"]


@pytest.mark.parametrize("written", ["teapot", "tea pot", "tea-pot", "TeaPot"])
@pytest.mark.parametrize("listed", ["teapot", "tea pot", "tea-pot"])
def test_it_does_not_matter_how_the_list_joins_it(listed: str, written: str) -> None:
    assert meanings(Phrases([(listed, "pot")]), f"my {written}s") == ["pot"]


@pytest.mark.parametrize("text", ["API", "APIs", "api's", "\uff21\uff30\uff29"])
def test_an_inflected_phrase_is_the_phrase(text: str) -> None:
    assert meanings(Phrases([("api", "api")]), text) == ["api"]


@pytest.mark.parametrize("text", ["teal", "steam", "t e a", "te", ""])
def test_a_part_of_another_word_is_no_mention(text: str) -> None:
    assert meanings(Phrases([("team", "team")]), text) == []


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases([("tea", "tea"), ("green tea", "green"), ("tea pot", "pot")])
    assert meanings(phrases, "green tea pot") == ["green"]


def test_no_word_is_used_twice() -> None:
    phrases = Phrases([("green tea", "green"), ("tea", "tea")])
    assert meanings(phrases, "green tea, tea") == ["green", "tea"]


def test_all_meanings_of_one_phrase_are_returned() -> None:
    phrases = Phrases([("mate", "drink"), ("mate", "friend"), ("mate", "drink")])
    assert meanings(phrases, "mate") == ["drink", "friend"]


def test_mentions_come_in_the_order_of_the_text() -> None:
    phrases = Phrases([("tea", "tea"), ("black coffee", "coffee")])
    assert meanings(phrases, "tea or black coffee or tea") == ["tea", "coffee", "tea"]


def test_a_phrase_of_many_words_is_found() -> None:
    phrase = "a cup of tea before you go to bed"
    assert meanings(Phrases([(phrase, "late")]), f"I like {phrase}.") == ["late"]


def test_a_mention_says_where_it_stands() -> None:
    text = "Is (green) tea's price fine?"
    found, *rest = Phrases([("green tea", "green")]).find(atoms(text))
    assert text[found.start : found.end] == "green) tea"
    assert (found.first, found.last, rest) == (1, 3, [])


def test_a_phrase_without_words_matches_nothing() -> None:
    assert meanings(Phrases([("!?", "noise"), ("", "nothing")]), "tea !? coffee") == []


WORDS = st.lists(st.sampled_from(["green", "tea", "pot", "black", "coffee"]), max_size=12)


@given(WORDS, st.lists(WORDS.map(" ".join), max_size=6))
def test_found_phrases_never_overlap_and_are_what_was_listed(
    text: list[str], listed: list[str]
) -> None:
    words = atoms(" ".join(text))
    found = Phrases([(phrase, phrase) for phrase in set(listed)]).find(words)
    places = [place for item in found for place in range(item.first, item.last)]
    assert len(places) == len(set(places))
    assert all(" ".join(text[item.first : item.last]) == item.meaning for item in found)


@pytest.mark.parametrize("word", ["hot", "it", "that"])
def test_a_word_that_a_phrase_begins_with_may_begin_one(word: str) -> None:
    assert Phrases([("hot water", 1), ("it", 2), ("that way", 3)]).may_begin(atoms(word)[0])


@pytest.mark.parametrize("word", ["water", "way", "cold"])
def test_no_phrase_begins_with_another_word(word: str) -> None:
    assert not Phrases([("hot water", 1), ("it", 2), ("that way", 3)]).may_begin(atoms(word)[0])
