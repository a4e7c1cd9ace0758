"""British and American spellings are one word; words that only look British stay as they are."""

import pytest
from spellchecker import SpellChecker

from kb.lexicon.british import american
from kb.phrases import Phrases
from kb.spelling import frequency, is_english
from kb.words import atoms, index_stems, index_words

_RARE = 60  # occurrences in English: the plural of an illness, the name of a plant


@pytest.mark.parametrize(
    ("british", "plain"),
    [
        ("standardise", "standardize"),
        ("customised", "customized"),
        ("organisations", "organizations"),
        ("serialiser", "serializer"),
        ("analyse", "analyze"),
        ("behavioural", "behavioral"),
        ("colour", "color"),
        ("centred", "centered"),
        ("modelling", "modeling"),
        ("catalogued", "cataloged"),
        ("programmes", "programs"),
    ],
)
def test_a_british_spelling_is_the_american_word(british: str, plain: str) -> None:
    assert american(british) == plain
    assert not is_english(british) or is_english(plain)


@pytest.mark.parametrize(
    "word",
    ["promise", "exercised", "unsupervised", "otherwise", "noise", "revision", "hour", "four"],
)
def test_what_only_looks_british_stays(word: str) -> None:
    assert american(word) == word


def test_no_ordinary_word_becomes_one_that_english_does_not_know() -> None:
    words = [word for word in SpellChecker(language="en") if is_english(word)]
    lost = {w for w in words if american(w) != w and not is_english(american(w))}
    assert len(words) > 20_000
    assert not {word for word in lost if frequency(word) > _RARE}


def test_both_spellings_find_the_same_passages_and_phrases() -> None:
    british, other = (index_words(f"to {word} it") for word in ("customise", "customize"))
    assert [word.stem for word in british] == [word.stem for word in other]
    assert british[0].end == len("to customise")
    assert Phrases([("colourful tea", "tea")]).find(atoms("a colorful tea"))


def test_the_stems_of_a_passage_are_those_of_its_words() -> None:
    text = "Customise the colour of the centre, and analyse its behaviour."
    assert index_stems(text) == [word.stem for word in index_words(text)]
