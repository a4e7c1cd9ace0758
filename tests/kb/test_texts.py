"""Texts as arrays hold the words that reading them one by one finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import texts
from kb.likeness import shingles, text_shingles
from kb.texts import hashes_of, span_of, taken_apart, word_hash
from kb.words import atoms, index_words

WORDS = "tea Tea the C# .NET vue.js e-mail FrameworkIt it's naïve " + "x" * 50
MARKS = [*" \n\t.,-'_#(7", "  ", "++", "\u00a0", "\u2003", "\x1c", "\u2011", "\u0301"]
PIECES = st.sampled_from([*WORDS.split(), *MARKS])
TEXTS = st.lists(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20), max_size=4)


@given(TEXTS)
def test_arrays_hold_the_words_of_each_text_in_order(some: list[str]) -> None:
    found = taken_apart(some)
    for number, text in enumerate(some):
        here = found.texts == number
        words = index_words(text)
        assert [found.stems[each] for each in found.stem_numbers[here]] == [w.stem for w in words]
        assert [found.forms[each] for each in found.form_numbers[here]] == [w.text for w in words]
        assert found.lengths[number] == sum(not word.glued for word in words)
    hashes = [word_hash(word.text) for text in some for word in atoms(text)]
    assert found.hashes.tolist() == hashes
    assert found.hash_counts.tolist() == [len(atoms(text)) for text in some]
    assert hashes_of(some)[0].tolist() == hashes


@given(TEXTS)
def test_shingles_of_texts_are_those_of_their_words(some: list[str]) -> None:
    assert [each.tolist() for each in text_shingles(some)] == [
        shingles(atoms(text)).tolist() for text in some
    ]


@given(TEXTS, st.data())
def test_a_span_goes_from_one_of_the_smallest_words_to_another(
    some: list[str], data: st.DataObject
) -> None:
    for text in some:
        places = [(word.start, word.end) for word in atoms(text)]
        if places:
            first = data.draw(st.integers(0, len(places) - 1))
            last = data.draw(st.integers(first, len(places) + 2))
            end = places[min(last, len(places) - 1)][1]
            assert span_of(text, first, last) == (places[first][0], end)


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken_apart(["green tea", "tea"])
    monkeypatch.setattr(texts, "_MOST", 0)
    after = taken_apart(["green tea", "tea"])
    assert [after.stems[each] for each in after.stem_numbers] == ["green", "tea", "tea"]
    assert after.hashes.tolist() == before.hashes.tolist()
