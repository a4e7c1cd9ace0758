"""A passage is laid out as what it is: prose, a sentence with code below it, a row of a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.layout import SHOWN, WORTH, About, laid_out

BREW = "This is how coffee is brewed:\n\ndef brew():\n\n    return coffee"
ROW = "Studying | Coffee wakes. | Tea calms."


def text(part):
    return "".join(piece.text for piece in part.pieces)


def shape(parts):
    return [(part.kind, text(part)) for part in parts]


def marked(parts, kind="quoted"):
    return [piece.text for part in parts for piece in part.pieces if getattr(piece, kind)]


def about(row, **options):
    return [About(row.index(w), row.index(w) + len(w), o) for o, w in options.items()]


def test_the_sentence_that_leads_in_is_no_code():
    assert shape(laid_out(BREW, "code")) == [
        ("text", "This is how coffee is brewed:"),
        ("gap", "\n\n"),
        ("code", "def brew():\n\n    return coffee"),
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "Boil the water first, then brew.",
        "Boil water with a kettle",
        "HTTP kettles are called by their address, which stands above the function:",
        "The kettle (see above) is called like this:",
        "A kettle needs water. A table in `kettle.sql`, with price = 3:",
    ],
)
def test_a_lead_in_is_known_by_its_words(lead):
    for gap in ("\n\n", "\n \n\n"):
        assert shape(laid_out(f"{lead}{gap}brew()", "code"))[0] == ("text", lead)


@pytest.mark.parametrize(
    "code",
    [
        "def brew(kettle):\n\n    return kettle",
        "def brew(kettle):\n    return kettle",
        "# The kettle is filled here.\n\nkettle.fill()",
        "class Kettle(Pot):\n\n    water = 1",
        "SELECT price FROM drinks WHERE hot:\n\nSELECT 1",
        "FROM drinks IMPORT tea coffee\n\nRUN brew",
        "Traceback (most recent call last):\n  File kettle",
        "Kettle().boil()\n\nKettle().pour()",
        "brew --with-water",
    ],
)
def test_code_without_a_lead_in_stays_whole(code):
    assert shape(laid_out(code, "code")) == [("code", code)]


def test_words_of_the_question_are_not_marked_in_code_but_cited_words_are():
    found = [(12, 18), (len(BREW) - 6, len(BREW))]
    assert marked(laid_out(BREW, "code", found=found), "found") == ["coffee"]
    assert marked(laid_out(BREW, "code", quoted=found)) == ["coffee", "coffee"]


def test_a_row_is_a_label_and_the_cells_of_the_options():
    parts = laid_out(ROW, "table", cells=about(ROW, coffee="Coffee wakes.", tea="Tea calms."))
    assert [(part.kind, text(part), part.option) for part in parts] == [
        ("label", "Studying", ""),
        ("gap", " | ", ""),
        ("cell", "Coffee wakes.", "coffee"),
        ("gap", " | ", ""),
        ("cell", "Tea calms.", "tea"),
    ]


def test_cells_that_are_about_no_option_are_shown_too():
    parts = laid_out(ROW, "table", cells=about(ROW, tea="Tea calms."))
    assert [(part.kind, text(part), part.option) for part in parts if part.kind != "gap"] == [
        ("label", "Studying", ""),
        ("cell", "Coffee wakes.", ""),
        ("cell", "Tea calms.", "tea"),
    ]


def test_a_bar_inside_a_cell_cuts_nothing():
    row = "Sugar | yes | no | Tea"
    parts = laid_out(row, "table", cells=about(row, tea="yes | no"))
    assert [text(part) for part in parts if part.kind == "cell"] == ["yes | no", "Tea"]


def test_a_quote_over_several_cells_is_marked_in_each():
    parts = laid_out(ROW, "table", quoted=[(11, len(ROW))])
    assert marked(parts) == ["Coffee wakes.", " | ", "Tea calms."]


LONG = " ".join(f"Sentence {n} praises tea at length and in detail." for n in range(30))


def folds(parts):
    return [part.folded for part in parts if part.kind != "gap"]


def test_the_end_of_a_long_text_without_a_quote_is_folded():
    shown, gap, rest = laid_out(LONG, "prose", folds=True)
    assert (shown.folded, gap.folded, rest.folded) == (False, False, True)
    assert SHOWN <= len(text(shown)) < SHOWN + 60
    assert text(shown).endswith(".")
    assert text(rest).startswith("Sentence ")


def test_what_stands_far_from_the_quote_is_folded():
    start = LONG.index("Sentence 15")
    parts = laid_out(LONG, "prose", quoted=[(start + 9, start + 30)], folds=True)
    assert folds(parts) == [True, False, True]
    (core,) = [part for part in parts if part.kind == "text" and not part.folded]
    assert text(core).startswith("Sentence 15 ")


def test_a_few_words_more_are_not_worth_a_fold():
    assert folds(laid_out(LONG[: SHOWN + WORTH - 60], "prose", folds=True)) == [False]
    assert folds(laid_out(LONG, "prose")) == [False]


def test_long_code_is_folded_when_only_its_lead_in_is_quoted():
    code = BREW + "\n" + "    # and again\n" * 20 + "pass"
    assert folds(laid_out(code, "code", quoted=[(0, 10)], folds=True)) == [False, True]
    assert folds(laid_out(code, "code", quoted=[(0, 45)], folds=True)) == [False, False]
    assert folds(laid_out(code, "code", folds=True)) == [False, False], "it may be the answer"
    assert folds(laid_out(BREW, "code", quoted=[(0, 10)], folds=True)) == [False, False]


TEXTS = st.text(alphabet=st.sampled_from("aB .:|\n("), max_size=60) | st.sampled_from(
    [BREW, ROW, LONG, LONG.replace(". S", ".\n\nS")]
)
RANGES = st.lists(
    st.tuples(st.integers(-9, 900), st.integers(-9, 900)).map(lambda pair: tuple(sorted(pair))),
    max_size=3,
)


@given(
    TEXTS, st.sampled_from(["prose", "list", "table", "code", "aside"]), RANGES, RANGES, st.data()
)
def test_the_parts_are_the_text_and_no_quote_is_folded(whole, kind, quoted, found, data):
    places = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=4)))
    cells = [About(*pair, "tea") for pair in zip(places[::2], places[1::2], strict=False)]
    parts = laid_out(whole, kind, cells=cells, quoted=quoted, found=found, folds=True)
    assert "".join(map(text, parts)) == whole
    assert not [part for part in parts if part.folded and marked([part])]
    flags = [piece.quoted for part in parts for piece in part.pieces for _ in piece.text]
    assert flags == [any(a <= n < b for a, b in quoted) for n in range(len(whole))]
