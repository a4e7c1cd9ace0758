"""Misspelt words: what may be one, and which known words it may stand for."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kb.beside import Beside
from kb.extract.raw import Source
from kb.ingest import add, create, prepare
from kb.spelling import Form, english_beside, is_checkable, likely, suggest
from kb.store import Snapshot, open_store
from kb.topic import Topic


def forms(*words: str, topical: bool = False) -> list[Form]:
    return [Form(word, 3, topical) for word in words]


def suggested(word: str, *known: Form) -> list[str]:
    return [suggestion.text for suggestion in suggest(word, known)]


# Finding candidates


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cofee", "coffee"), ("coffe", "coffee"), ("cofefe", "coffee"), ("watr", "water"),
     ("expensiv", "expensive"), ("flavuor", "flavor"), ("morningg", "morning")],
)  # fmt: skip
def test_the_knowledge_base_finds_the_known_word(
    snapshot: Snapshot, typed: str, meant: str
) -> None:
    near = snapshot.forms_near("drinks", typed)
    assert suggested(typed, *near)[0] == meant


@pytest.mark.parametrize("typed", ["cofee", "watr", "expensiv", "tae", "xyz", "morningmorning"])
def test_forms_near_a_word_are_of_about_its_length(snapshot: Snapshot, typed: str) -> None:
    near = snapshot.forms_near("drinks", typed)
    assert all(abs(len(form.text) - len(typed)) <= 2 for form in near)


def test_of_very_many_forms_those_that_occur_once_are_found_one_edit_away(
    tmp_path: Path, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.sqlite.vocabulary._ALWAYS", 0)
    create(tmp_path / "own.db", [(topic, [Source("a.md", b"A samovar is a kettle.")])])
    with closing(open_store(tmp_path / "own.db")) as store:

        def found(typed: str) -> bool:
            with store.read() as snapshot:
                return "samovar" in {each.text for each in snapshot.forms_near("drinks", typed)}

        assert found("samvar") and not found("svmavar") and not found("sxmxvar")
        add(store, prepare(Source("b.md", b"Another samovar."), topic))
        assert found("samvar") and found("sxmxvar") and list(store.check()) == []
        store.remove_article("b")
        assert found("samvar") and not found("sxmxvar") and list(store.check()) == []
        store.remove_article("a")
        assert not found("samovar") and list(store.check()) == []


# Choosing among them


def test_a_nearer_word_comes_before_a_more_frequent_one() -> None:
    assert suggested("coffeee", Form("toffees", 90), Form("coffee", 1)) == ["coffee", "toffees"]


def test_a_more_frequent_word_comes_before_a_rare_one() -> None:
    assert suggested("brewd", Form("brewe", 1), Form("brews", 90)) == ["brews", "brewe"]


def test_the_same_first_letter_is_likelier() -> None:
    assert suggested("cofee", *forms("tofee", "cofey"))[0] == "cofey"


def test_a_word_of_the_topic_file_is_likelier() -> None:
    assert suggested("watar", Form("watat", 3), Form("watah", 3, topical=True))[0] == "watah"


def test_at_most_three_words_are_meant_with_falling_weights() -> None:
    found = suggest("cofee", forms("coffee", "cofees", "cofee1", "cofef"))
    assert [item.weight for item in found] == [1.0, 0.35, 0.15]


def test_nothing_near_is_no_suggestion() -> None:
    assert suggest("kombucha", forms("tea", "coffee")) == []


@pytest.mark.parametrize("known", ["test", "teal", "the"])
def test_a_short_word_is_corrected_only_to_a_word_of_the_topic(known: str) -> None:
    assert suggested("tesa", *forms(known)) == []
    assert suggested("tesa", *forms("tea", topical=True)) == ["tea"]


def test_two_slips_in_a_short_word_are_too_many() -> None:
    assert suggested("txxa", *forms("tea", topical=True)) == []


def test_ties_are_decided_by_the_alphabet() -> None:
    assert suggested("bread", *forms("breac", "breab")) == ["breab", "breac"]


def test_what_is_only_likely_may_be_short_and_no_word_of_the_topic() -> None:
    assert [each.text for each in likely("tesa", forms("teas", "team", "txxa"))] == ["teas"]


def test_likely_words_may_have_to_be_one_edit_away() -> None:
    near = forms("coffee", "toffee")
    assert [each.text for each in likely("coffe", near, farthest=1)] == ["coffee"]
    assert {each.text for each in likely("coffe", near)} == {"coffee", "toffee"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("recomend", "recommend"), ("everyhting", "everything"), ("xsometimes", "sometimes"),
     ("sometimed", "sometimes"), ("kitchenn", "kitchen"), ("qqqqqqqq", "")],
)  # fmt: skip
def test_the_commonest_english_word_beside_another_one(typed: str, meant: str) -> None:
    assert english_beside(typed) == meant


@given(st.lists(st.text("abc", min_size=1, max_size=9)), st.text("abc", min_size=2, max_size=9))
def test_the_words_beside_one_are_those_one_edit_away(words: list[str], word: str) -> None:
    near = sorted({each for each in words if len(each) > 1 and OSA.distance(word, each) <= 1})
    assert sorted({each for each in Beside(words).of(word) if len(each) > 1}) == near


# What is left alone


@pytest.mark.parametrize("typed", ["API", "SQL", "XYZ", "QQQQQ"])
def test_an_acronym_is_left_alone(typed: str) -> None:
    assert not is_checkable(typed.casefold(), typed=typed)


@pytest.mark.parametrize("word", ["house", "thanks", "grandmother", "recommend"])
def test_an_english_word_is_left_alone(word: str) -> None:
    assert not is_checkable(word, typed=word)


@pytest.mark.parametrize("word", ["qz", "a", "tea2", "c#", ".net", "x" * 41, ""])
def test_what_is_short_or_no_word_is_left_alone(word: str) -> None:
    assert not is_checkable(word, typed=word)


@pytest.mark.parametrize("word", ["cofee", "watr", "expensiv"])
def test_what_nobody_knows_may_be_misspelt(word: str) -> None:
    assert is_checkable(word, typed=word)
    assert is_checkable(word, typed=word.capitalize())


@pytest.mark.parametrize(
    "word", ["cocoa", "lemonade", "mate", "student", "dental", "euros", "tea", "kettle"]
)
def test_words_of_the_topic_file_and_of_articles_are_known(snapshot: Snapshot, word: str) -> None:
    assert set(snapshot.known_forms("drinks", [word, "cofee"])) == {word}
