"""Numbers that near words share, and codes that tell that others are not near."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kb.deletions import CODE_BITS, HASH_BITS, codes, hashes, masks

LETTERS = "abcde"
LONG_WORDS = st.text(LETTERS, min_size=5, max_size=12)


@st.composite
def near_words(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a word and what one or two slips of the finger make of it."""
    word = other = draw(LONG_WORDS)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(other)))
        letter = draw(st.sampled_from(LETTERS))
        before, after = other[:place], other[place:]
        other = draw(
            st.sampled_from(
                [before + letter + after, before + after[1:], before + letter + after[1:],
                 before + after[1:2] + after[:1] + after[2:]]
            )
        )  # fmt: skip
    return word, other


def shared(typed: str, form: str, most: int = 2) -> Iterator[bool]:
    """Yield, for every number that two words share, whether the masks let it pass."""
    numbers = hashes([form], 5, most=most)[0].tolist()
    left_out = dict(zip(codes(len(form), most).tolist(), numbers, strict=True))
    for number, mask in zip(hashes([typed], 5)[0].tolist(), masks(len(typed)), strict=True):
        same, longer = len(form) == len(typed), len(form) > len(typed)
        wanted = mask.same if same else mask.longer if longer else mask.shorter
        yield from (bool(wanted >> c & 1) for c, own in left_out.items() if own == number)


@given(near_words())
def test_words_within_the_distance_share_a_number_that_passes(pair: tuple[str, str]) -> None:
    word, other = pair
    if len(other) >= 5 and OSA.distance(word, other) <= 2:
        assert any(shared(word, other))
        assert any(shared(other, word))


@given(near_words())
def test_forms_with_fewer_numbers_are_found_one_edit_away(pair: tuple[str, str]) -> None:
    word, other = pair
    if len(other) >= 5 and OSA.distance(word, other) <= 1:
        assert any(shared(other, word, most=1))


@given(st.text(LETTERS, min_size=2, max_size=4), st.text(LETTERS, min_size=2, max_size=5))
def test_short_words_one_slip_apart_share_a_number(word: str, other: str) -> None:
    if OSA.distance(word, other) <= 1:
        assert any(shared(word, other))


@pytest.mark.parametrize(("typed", "form"), [("xabcdey", "abcpqde"), ("abcde", "cabed")])
def test_words_that_agree_but_are_further_apart_do_not_pass(typed: str, form: str) -> None:
    assert OSA.distance(typed, form) > 2
    assert list(shared(typed, form)) and not any(shared(typed, form))


@given(st.lists(st.text(min_size=9, max_size=9), min_size=1, max_size=5))
def test_words_are_hashed_together_as_they_are_alone(words: list[str]) -> None:
    together = hashes(words, 5).tolist()
    assert together == [hashes([word], 5)[0].tolist() for word in words]
    assert all(0 <= number < 1 << HASH_BITS for row in together for number in row)


@pytest.mark.parametrize(("letters", "count"), [(1, 1), (2, 3), (4, 5), (5, 16), (7, 29), (12, 29)])
def test_codes_are_few(letters: int, count: int) -> None:
    found = codes(letters).tolist()
    assert len(found) == count and found == sorted(found) and found[-1] < 1 << CODE_BITS
