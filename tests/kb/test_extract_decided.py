"""Reading with decisions: what a maintainer keeps stays, what is dropped goes, in every format."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.extract.reader import read_document
from kb.extract.verdicts import DROPPED, Verdicts, whole_places
from kb.model import Document

SUBJECTS = ("tea", "coffee")
PASTED = """Tea vs Coffee

Sign in to like

Tea is cheap and it is good for sleep. Buy now for less. Coffee wakes you up in the morning.

Why people like tea

Tea is calming for most people who drink it in the evening.

- Cheap per cup
- Calms the nerves

Related articles

Tea is good for the heart, and the doctor says that it is good for sleep as well.
"""
MARKED = """# Tea vs Coffee

Sign in to like

## Why people like tea

Tea is cheap. Buy now for less. It is good for sleep.

- Cheap per cup
- Calms the nerves

| | tea | coffee |
|---|---|---|
| Effort | a kettle | a machine |
"""


def read(
    text: str, name: str = "a.txt", *, kept: tuple[str, ...] = (), dropped: tuple[str, ...] = ()
) -> Document:
    return read_document(text.encode(), name=name, subjects=SUBJECTS, kept=kept, dropped=dropped)


def shown(document: Document) -> list[tuple[str, str]]:
    """Return the text of every block with its kind, or with the reason if it is set aside."""
    return [(block.aside or block.kind, document.text[block.start : block.end])
            for block in document.blocks]  # fmt: skip


# Pasted text


def test_a_kept_line_is_read_like_any_other_line() -> None:
    assert ("sign-in prompt", "Sign in to like") in shown(read(PASTED))
    kinds = {text: kind for kind, text in shown(read(PASTED, kept=("Sign in to like",)))}
    assert kinds["Sign in to like"] in ("heading", "paragraph")


def test_what_is_kept_below_the_end_of_the_article_comes_back_without_its_neighbours() -> None:
    end = "Tea is good for the heart, and the doctor says that it is good for sleep as well."
    found = shown(read(PASTED, kept=(end,)))
    assert ("paragraph", end) in found
    assert ("related posts", "Related articles") in found


def test_a_kept_line_does_not_end_the_article() -> None:
    found = shown(read(PASTED, kept=("Related articles",)))
    assert found[-1][0] == "paragraph"


def test_a_part_of_a_line_is_kept_and_the_rest_stays_aside() -> None:
    found = shown(read(PASTED, kept=("Tea is good for the heart",)))
    assert found[-2][1] == "Tea is good for the heart"
    assert found[-2][0] not in ("after the article", "heading")
    assert found[-1][0] == "after the article"


def test_a_dropped_sentence_leaves_two_paragraphs() -> None:
    found = shown(read(PASTED, dropped=("Buy now for less",)))
    place = found.index((DROPPED, "Buy now for less."))
    assert found[place - 1] == ("paragraph", "Tea is cheap and it is good for sleep.")
    assert found[place + 1] == ("paragraph", "Coffee wakes you up in the morning.")


def test_dropped_text_of_several_lines_goes_as_a_whole() -> None:
    quote = "drink it in the evening.\n\n- Cheap per cup"
    found = shown(read(PASTED, dropped=(quote,)))
    assert (DROPPED, "- Cheap per cup") in found
    assert (DROPPED, "drink it in the evening.") in found
    assert ("item", "Calms the nerves") in found


def test_a_dropped_heading_gives_its_section_to_the_one_above() -> None:
    found = shown(read(PASTED, dropped=("Why people like tea",)))
    assert (DROPPED, "Why people like tea") in found
    assert [text for kind, text in found if kind == "heading"] == ["Tea vs Coffee"]


def test_a_sentence_broken_into_lines_is_dropped_from_the_paragraph() -> None:
    wrapped = (
        "Tea vs Coffee\n\nTea is cheap, as everybody knows who has ever bought a packet of it in\n"
        "a shop. Our own shop has more of it than all the others, so buy it from\n"
        "us. Coffee wakes you up, and that is what people like about it best of all.\n"
    )
    quote = "Our own shop has more of it than all the others, so buy it from\nus."
    found = shown(read(wrapped, dropped=(quote,)))
    assert [kind for kind, _ in found] == ["heading", "paragraph", DROPPED, "paragraph"]
    assert found[2][1] == quote


def test_every_place_counts() -> None:
    text = "Tea vs Coffee\n\nTea is good. Buy now!\n\nCoffee is good too, and cheap. Buy now!\n"
    asides = [text for kind, text in shown(read(text, dropped=("Buy now!",))) if kind == DROPPED]
    assert asides == ["Buy now!"] * 2


def test_words_that_stand_nowhere_change_nothing() -> None:
    gone = ("Milk is white",)
    for text, name in ((PASTED, "a.txt"), (MARKED, "a.md")):
        assert read(text, name, kept=gone, dropped=gone) == read(text, name)


# Markdown and HTML


def test_a_kept_block_of_marked_text_stays_what_it_was() -> None:
    assert ("sign-in prompt", "Sign in to like") in shown(read(MARKED, "a.md"))
    found = shown(read(MARKED, "a.md", kept=("Sign in to like",)))
    assert ("paragraph", "Sign in to like") in found


def test_a_block_of_marked_text_is_cut_at_what_is_dropped() -> None:
    found = shown(read(MARKED, "a.md", dropped=("Buy now for less.", "Calms the nerves")))
    place = found.index((DROPPED, "Buy now for less."))
    assert found[place - 1 : place + 2 : 2] == [
        ("paragraph", "Tea is cheap."),
        ("paragraph", "It is good for sleep."),
    ]
    assert ("item", "Cheap per cup") in found
    assert (DROPPED, "Calms the nerves") in found


def test_a_row_loses_a_cell_and_keeps_its_columns() -> None:
    document = read(MARKED, "a.md", dropped=("a kettle",))
    rows = [block for block in document.blocks if block.kind == "row"]
    assert [document.text[row.start : row.end] for row in rows] == ["Effort", "a machine"]
    assert all(len(row.cells) == len(row.columns) == 3 for row in rows)


def test_text_of_a_page_is_kept_and_dropped() -> None:
    page = (
        "<html><body><article><h1>Tea vs Coffee</h1><p>Tea is cheap and it is good for sleep at"
        " night. Buy now for less.</p><p>Coffee wakes you up, and many people like that about it"
        " in the morning.</p><p>Sign in to like</p></article></body></html>"
    )
    found = shown(read(page, "a.html", kept=("Sign in to like",), dropped=("Buy now for less.",)))
    assert (DROPPED, "Buy now for less.") in found
    assert ("paragraph", "Sign in to like") in found


# Verdicts


def test_where_two_quotes_overlap_the_shorter_one_is_right() -> None:
    text = "Tea is cheap and good."
    verdicts = Verdicts(text, kept=["cheap"], dropped=[text])
    assert [part.verdict for part in verdicts.parts(0, len(text))] == ["dropped", "kept", "dropped"]
    assert verdicts.kept(7, 12)
    assert not verdicts.kept(0, 12)


quotes = st.lists(st.text("ab .", min_size=1, max_size=4), max_size=4)


@given(st.text("ab .\n", max_size=40), quotes, quotes)
@example("a.a", [], [".", ".a"])
@example("b.a", ["a"], [".a"])
def test_parts_cover_every_letter_once_and_say_what_was_decided(
    text: str, kept: list[str], dropped: list[str]
) -> None:
    parts = Verdicts(text, kept, dropped).parts(0, len(text))
    ends = [0, *(part.end for part in parts)]
    assert all(end <= part.start < part.end for end, part in zip(ends, parts, strict=False))
    covered = "".join(text[part.start : part.end] for part in parts)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]
    for part in parts:
        words = text[part.start : part.end]
        if part.verdict == "" and any(map(str.isalnum, words)):
            for quote in (*kept, *dropped):
                first = next((at for at, c in enumerate(quote) if c.isalnum()), None)
                places = whole_places(text, quote) if first is not None else ()
                assert not any(part.start <= at + (first or 0) < part.end for at in places)


@pytest.mark.parametrize(
    ("text", "quote", "places"),
    [("tea teapot tea", "tea", [0, 11]), ("aa a a", "a a", [3]), ("C++ is C", "C", [0, 7]),
     ("a-b", "a", [0]), ("tea", "", [])],
)  # fmt: skip
def test_a_quote_stands_where_it_cuts_no_word(text: str, quote: str, places: list[int]) -> None:
    assert list(whole_places(text, quote)) == places


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@given(kept=st.integers(0, 300), dropped=st.integers(0, 300), length=st.integers(1, 80))
def test_blocks_stay_in_order_and_apart(name: str, kept: int, dropped: int, length: int) -> None:
    text = read(PASTED if name == "a.txt" else MARKED, name).text
    document = read(
        PASTED if name == "a.txt" else MARKED,
        name,
        kept=(text[kept : kept + length],),
        dropped=(text[dropped : dropped + length],),
    )
    assert document.text == text
    ends = [0, *(block.end for block in document.blocks)]
    assert all(end <= b.start < b.end for end, b in zip(ends, document.blocks, strict=False))
