"""Text is cut into pieces by offsets, and no character is lost."""

from hypothesis import given
from hypothesis import strategies as st

from web.marks import Piece, pieces

RANGES = st.lists(st.tuples(st.integers(-9, 40), st.integers(-9, 40)))


def test_a_word_inside_a_quote_is_both():
    assert pieces("tea calms", quoted=[(0, 9)], found=[(0, 3)]) == [
        Piece("tea", quoted=True, found=True),
        Piece(" calms", quoted=True, found=False),
    ]


def test_offsets_count_code_points():
    assert [piece.text for piece in pieces("🍵 tea", found=[(2, 5)])] == ["🍵 ", "tea"]


@given(st.text(max_size=30), RANGES, RANGES)
def test_the_pieces_are_the_text(text, quoted, found):
    cut = pieces(text, quoted=quoted, found=found)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


@given(st.text(max_size=30), RANGES)
def test_a_character_is_marked_exactly_when_a_range_holds_it(text, quoted):
    marks = [piece.quoted for piece in pieces(text, quoted=quoted) for _ in piece.text]
    assert marks == [any(a <= n < b for a, b in quoted) for n in range(len(text))]
