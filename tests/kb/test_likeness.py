"""Texts alike: what a sketch holds, and what it says of two texts."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.likeness import SKETCH, adds_nothing, contained, shingles, sketch, unpacked
from kb.words import atoms

TEA = (
    "Tea is cheap and needs nothing but a kettle. It keeps for months in a dry place, and a pot of"
    " it is made in four minutes, which no other drink of this kind can say of itself."
)
SAME_IN_OTHER_WORDS = (
    "You only need boiling water for tea, and it costs little. Stored dry, the leaves last half a"
    " year. Few hot drinks are ready as quickly: count on less than five minutes for a pot."
)


def sketched(text: str) -> bytes:
    return sketch(shingles(atoms(text)))


def changed(text: str, *, every: int) -> str:
    words = text.split()
    words[every - 1 :: every] = ["something"] * len(words[every - 1 :: every])
    return " ".join(words)


def test_a_sketch_is_the_same_wherever_and_whenever_it_is_made() -> None:
    assert sketched("Tea is cheap at home.").hex() == "c46eaf9dab79efa25410c5a8"


def test_a_sketch_takes_at_most_128_bytes() -> None:
    assert len(sketched(TEA)) == 4 * SKETCH == 128
    assert len(sketched("word " * 500)) == 4
    assert sketched("…!") == b""


def test_fewer_words_than_a_shingle_make_one() -> None:
    assert len(shingles(atoms("Cheap."))) == len(shingles(atoms("Very cheap."))) == 1
    assert sketched("Cheap.") != sketched("Very cheap.")


def test_what_is_no_sketch_is_refused() -> None:
    with pytest.raises(ValueError):
        unpacked(b"abc")


@pytest.mark.parametrize(
    "copy",
    [TEA.replace(" ", "\n"), TEA.upper(), TEA.replace(".", " -").replace(",", ""), f"“{TEA}”"],
    ids=["line breaks", "capitals", "punctuation", "quotation marks"],
)
def test_letters_and_marks_do_not_matter(copy: str) -> None:
    assert sketched(copy) == sketched(TEA)


def test_the_order_of_the_words_matters() -> None:
    assert contained(sketched(" ".join(reversed(TEA.split()))), sketched(TEA)) == 0


@pytest.mark.parametrize(
    "copy",
    [
        changed(TEA, every=8),
        TEA[: len(TEA) // 2],
        f"Our reader writes: {TEA}",
        f"{TEA} We thank him for his letter and wish him many more pots of it.",
    ],
    ids=["words replaced", "cut at the end", "introduced", "continued"],
)
def test_a_lightly_changed_copy_adds_nothing(copy: str) -> None:
    assert adds_nothing(sketched(copy), sketched(TEA))


def test_the_same_in_other_words_does() -> None:
    assert not adds_nothing(sketched(SAME_IN_OTHER_WORDS), sketched(TEA))


def test_a_long_passage_that_holds_a_short_one_has_more_to_say() -> None:
    long = f"{TEA} {SAME_IN_OTHER_WORDS} {TEA[::-1]}"
    assert adds_nothing(sketched(TEA), sketched(long))
    assert not adds_nothing(sketched(long), sketched(TEA))


@pytest.mark.parametrize("short", ["Steep learning curve", "Yes.", "Tea is cheap at home, too."])
def test_short_passages_are_alike_only_when_their_words_are_equal(short: str) -> None:
    assert adds_nothing(sketched(short), sketched(short.upper() + "!"))
    assert not adds_nothing(sketched(short), sketched(f"Almost: {short}"))


def test_a_text_without_words_repeats_nothing() -> None:
    assert not adds_nothing(sketched("-"), sketched("+"))


WORDS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=3, max_size=200)


@given(WORDS, WORDS)
def test_what_is_contained_is_a_share(part: list[str], whole: list[str]) -> None:
    assert 0 <= contained(sketched(" ".join(part)), sketched(" ".join(whole))) <= 1


@given(WORDS, st.data())
def test_a_part_is_contained_in_the_whole(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 3, len(words)))
    part, whole = sketched(" ".join(words[start:end])), sketched(" ".join(words))
    assume(min(unpacked(part)) <= max(unpacked(whole)))
    assert contained(part, whole) == 1


def test_long_texts_are_estimated() -> None:
    rng = random.Random(1)
    words = [f"word{number}" for number in range(400)]
    first, second, new = (rng.choices(words, k=150) for _ in range(3))
    half = " ".join(first[:75] + new[:75])
    assert contained(sketched(half), sketched(" ".join(first))) == pytest.approx(0.5, abs=0.2)
    assert contained(sketched(half), sketched(" ".join(second))) < 0.1
