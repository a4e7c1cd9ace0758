"""Text to words: what counts as one word, what two spellings share, where a word stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.words import (
    all_words,
    atoms,
    base,
    index_stems,
    index_words,
    normalise,
    places_of,
    stem,
    stems_of,
)


def texts(text: str) -> list[str]:
    return [word.text for word in index_words(text)]


def stems(text: str) -> set[str]:
    return {word.stem for word in index_words(text)}


# What a word is


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Which teas?", ["teas"]),
        ("green-tea", ["greentea", "green", "tea"]),
        ("green\u2010tea green\u2011tea", ["greentea", "green", "tea"] * 2),
        ("the iced_tea recipe", ["icedtea", "iced", "tea", "recipe"]),
        ("tea\u2014coffee", ["tea", "coffee"]),
        ("tea/coffee", ["tea", "coffee"]),
        ("2024", ["2024"]),
        ("", []),
        ("?! \u2026 -- ...", []),
    ],
)
def test_a_compound_is_found_whole_and_by_its_parts(text: str, words: list[str]) -> None:
    assert texts(text) == words


@pytest.mark.parametrize(
    ("text", "word"),
    [("C#", "c#"), ("F#,", "f#"), ("C++.", "c++"), (".NET", ".net"), ("(C#)", "c#")],
)
def test_the_sign_of_a_language_is_part_of_its_name(text: str, word: str) -> None:
    assert texts(text) == [word]


@pytest.mark.parametrize("text", ["see #3", "tea #", "a # b", "1 + 1"])
def test_a_sign_that_names_nothing_is_no_word(text: str) -> None:
    assert not any(set(word) & set("#+") for word in texts(text))


def test_a_dotted_name_is_found_whole_and_by_its_parts() -> None:
    assert texts("Vue.js") == ["vuejs", "vue", "js"]


def test_a_forgotten_space_after_a_full_stop_makes_no_name() -> None:
    assert texts("cold tea.Coffee") == ["cold", "tea", "coffee"]


def test_a_full_stop_ends_a_sentence_and_no_name() -> None:
    assert texts("Drink tea.") == ["drink", "tea"]


@pytest.mark.parametrize("text", ["Tea's", "tea\u2019s", "tea"])
def test_a_possessive_is_the_word_itself(text: str) -> None:
    assert texts(text) == ["tea"]


def test_a_contraction_is_one_word() -> None:
    assert [word.text for word in atoms("don't don\u2019t dont")] == ["dont"] * 3


def test_words_of_a_camel_case_name_are_found_too() -> None:
    assert texts("SparkleWater") == ["sparklewater", "sparkle", "water"]


def test_a_stop_word_glued_to_a_word_by_a_copy_is_parted_again() -> None:
    assert [word.text for word in atoms("the best teaIt is cheap")][2:4] == ["tea", "it"]


@pytest.mark.parametrize("name", ["YouTube", "iPhone", "NoSQL", "LinkedIn"])
def test_a_name_that_looks_like_a_glued_stop_word_is_found_in_small_letters(name: str) -> None:
    assert stems(name.lower()) <= stems(name)


def test_a_name_that_begins_with_a_stop_word_is_no_stop_word() -> None:
    assert [word.text for word in atoms("NoSQL, isTea")] == ["nosql", "is", "tea"]


def test_stop_words_are_read_and_not_indexed() -> None:
    assert texts("what is the tea") == ["tea"]
    assert [word.text for word in atoms("what is the tea")] == ["what", "is", "the", "tea"]


def test_a_word_too_long_for_anyone_to_type_is_left_out() -> None:
    assert texts(f"tea {'x' * 41} {'y' * 40}") == ["tea", "y" * 40]


@pytest.mark.parametrize(
    ("word", "plain"),
    [("teas", "tea"), ("apis", "api"), ("berries", "berry"), ("brewed", "brew"), ("tea", "tea"),
     ("glass", "glass"), ("basis", "basis"),
     ("bonus", "bonus"), ("taste", "tast"), ("tasting", "tast"),
     ("core", "core"), ("cors", "cor")],
)  # fmt: skip
def test_a_base_is_the_word_without_its_inflection(word: str, plain: str) -> None:
    assert base(word) == plain


# What two spellings share


@pytest.mark.parametrize(
    "spelling",
    ["caf\u00e9", "cafe\u0301", "CAF\u00c9", "\uff23\uff41\uff46\uff45", "cafe", "\u24d2afe"],
)
def test_accents_case_and_full_width_letters_make_no_other_word(spelling: str) -> None:
    assert normalise(spelling) == "cafe"


def test_ligatures_are_spread() -> None:
    assert normalise("e\ufb03cient") == "efficient"


@pytest.mark.parametrize(
    ("one", "other"), [("tea", "teas"), ("brewing", "brewed"), ("api", "apis")]
)
def test_inflected_forms_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    "disguise",
    ["GREEN TEA", "green   tea", "\u201cgreen tea\u201d", "green tea \U0001f375", "(green) *tea*",
     "\uff47\uff52\uff45\uff45\uff4e tea", "green\u00a0tea"],
)  # fmt: skip
def test_a_disguised_question_has_the_same_words(disguise: str) -> None:
    assert texts(disguise) == ["green", "tea"]


# Where a word stands

PIECES = st.sampled_from(
    ["tea", "Tea", "C#", ".NET", "Vue.js", "don\u2019t", "green-tea", "GreenTea", "teaIt", "é",
     "e\u0301", "\uff34", "\ufb01", "\u0130", "\u00df", " ", "\n", ".", "-", "'", "_", "#", "3"]
)  # fmt: skip
JOINERS = dict.fromkeys(map(ord, "-._\u2010\u2011\u2012\u2013"))
TEXTS = st.text() | st.lists(PIECES).map("".join)


@given(TEXTS)
def test_offsets_point_at_the_text_a_word_was_made_of(text: str) -> None:
    for word in index_words(text):
        assert 0 <= word.start < word.end <= len(text)
        written = text[word.start : word.end]
        joined = written.translate(JOINERS) if word.glued else written
        assert word.text in (normalise(written), normalise(joined))


@given(TEXTS)
def test_smallest_words_stand_in_order_and_do_not_overlap(text: str) -> None:
    words = atoms(text)
    assert all(one.end <= other.start for one, other in zip(words, words[1:], strict=False))


@given(TEXTS)
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    "piece",
    ["a", "A", "aA", "a-", "a.", "a'", "_", ".", "#", "+", "'s", "\u0301", "\uff21", " "],
)
def test_a_hundred_thousand_repetitions_are_read_at_once(piece: str) -> None:
    text = piece * 100_000
    assert len(index_words(text)) <= len(text)
    assert len(atoms(text)) <= len(text)


# Where stems stand


@given(st.text(alphabet="abFfTtesYyi\u00e9 .-'_#,1\n"))
def test_the_stems_of_a_text_are_those_of_its_words(text: str) -> None:
    assert stems_of(text) == {word.stem for word in all_words(text)}
    assert index_stems(text) == [word.stem for word in index_words(text)]


@given(st.text(alphabet="abFfTtesYyi\u00e9 .-'_#,1\n"), st.sets(st.sampled_from("abfteyi")))
def test_words_stand_where_their_stems_are_found(text: str, stems: set[str]) -> None:
    words = index_words(text)
    stems |= {word.stem for word in words[::2]}
    expected = [(word.start, word.end) for word in words if word.stem in stems]
    assert places_of(text, stems) == expected
