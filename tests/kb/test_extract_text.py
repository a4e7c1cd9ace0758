"""Pasted text -> blocks: shapes that blogs have, without any marks."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.chunk import chunk
from kb.errors import UnreadableInputError
from kb.extract.pasted.text import read_text
from kb.model import Document

ARTICLES = Path(__file__).parent / "articles"
LABELS = tomllib.loads((ARTICLES / "labels.toml").read_text())
DRINKS = ("tea", "coffee")


def read(name: str) -> Document:
    return read_text((ARTICLES / f"{name}.txt").read_text(), LABELS[name]["subjects"])


def shown(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def kinds(text: str, subjects: tuple[str, ...] = DRINKS) -> list[tuple[str, str]]:
    document = read_text(text, subjects)
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


@pytest.mark.parametrize("name", LABELS)
def test_furniture_is_set_aside_and_nothing_else(name):
    document = read(name)
    aside = set()
    for block in document.blocks:
        if block.kind == "aside":
            first = document.text.count("\n", 0, block.start) + 1
            aside |= set(
                range(first, first + document.text[block.start : block.end].count("\n") + 1)
            )
            assert block.aside, "furniture has a reason"
    assert aside == set(LABELS[name]["lines"])


@pytest.mark.parametrize("name", [name for name in LABELS if "paths" in LABELS[name]])
def test_lines_stand_under_their_headings_and_no_others(name):
    document = read(name)
    passages = chunk(document, article=name, subjects=LABELS[name]["subjects"])
    lines = document.text.split("\n")
    paths = {}
    for number in LABELS[name]["paths"]:
        start = sum(len(line) + 1 for line in lines[: int(number) - 1])
        end = start + len(lines[int(number) - 1])
        paths[number] = [list(p.headings) for p in passages if p.start < end and p.end > start][0]
    assert paths == LABELS[name]["paths"]


def test_bare_lines_are_a_heading_and_its_items():
    blocks = kinds(
        "Tea vs Coffee\n\nBoth are hot drinks that people like.\n\nTea strong points\n\n"
        "Calms the nerves\n\nCheap per cup\n\nCoffee strong points\n\nWakes you up\n\n"
        "Smells good\n\nWhichever you take, drink it while it is hot."
    )
    assert [kind for kind, _ in blocks] == [
        "heading", "paragraph", "heading", "item", "item", "heading", "item", "item", "paragraph",
    ]  # fmt: skip


def test_definition_lines_are_items_under_their_heading():
    document = read("bare_lines")
    heading = shown(document, "heading").index("Parts of a Redis setup")
    assert heading and "Primary: takes the writes" in shown(document, "item")
    assert "Redis fits" in shown(document, "heading"), "a plain line below definitions is a heading"


def test_a_lead_in_with_a_colon_keeps_the_lines_below_as_items():
    document = read("bare_lines")
    assert "Redis for queues and counters" in shown(document, "item")


def test_numbers_count_headings_when_text_stands_below_and_items_when_numbers_do():
    assert kinds(
        "A title\n\n1. Taste\n\nIt tastes of leaves, mostly.\n\n2. Price\n\nIt is cheap to buy."
    )[1] == ("heading", "Taste")
    listed = kinds("A title\n\nDo it like this in a pot:\n\n1. Boil water\n2. Add leaves\n3. Wait")
    assert [kind for kind, _ in listed] == ["heading", "paragraph", "item", "item", "item"]


def test_numbered_sections_have_levels_and_their_own_headings_below():
    document = read_text(
        "Tea in depth\n\nIt is a long story, told shortly.\n\n1. Leaves\n\n1.1 Green leaves\n\n"
        "They are not left to wither for long.\n\n2. Water\n\nIt should be soft and fresh."
    )
    levels = [(b.level, document.text[b.start : b.end]) for b in document.blocks if b.level]
    assert levels == [(1, "Tea in depth"), (2, "Leaves"), (3, "Green leaves"), (2, "Water")]


def test_questions_are_headings_and_what_follows_answers_them():
    document = read("faq_page")
    assert len(shown(document, "heading")) == 6
    levels = [block.level for block in document.blocks if block.kind == "heading"]
    assert levels[1:] == [3] * 5 or levels[1:] == [2] * 5


def test_headings_on_one_option_stand_below_a_section_on_all_and_beside_each_other():
    document = read("many_options")
    levels = {document.text[b.start : b.end]: b.level for b in document.blocks if b.level}
    assert levels["Comparison table"] == levels["Advantages of Angular:"] == levels["Cons of Vue"]
    assert levels["Q1. Is Angular dead?"] == levels["Conclusion"] + 1


def test_a_heading_may_hold_a_verb_when_it_asks_about_an_option():
    assert "When PostgreSQL makes sense" in shown(read("blog_platform"), "heading")


def test_items_know_their_depth_and_lists_their_number():
    document = read_text(
        "Tea list\n\nTea comes in kinds that differ:\n\n  • Green\n    • Sencha\n    • Matcha\n"
        "  • Black\n\n\n  • Cheap to buy\n  • Easy to keep"
    )
    items = [(b.level, b.group) for b in document.blocks if b.kind == "item"]
    assert items == [(0, 1), (1, 1), (1, 1), (0, 1), (0, 2), (0, 2)]


def test_ticks_and_crosses_are_two_lists():
    document = read_text("Tea notes\n\n✅ Calms\n✅ Cheap\n❌ Slow to brew\n❌ Stains cups")
    assert [b.group for b in document.blocks if b.kind == "item"] == [1, 1, 2, 2]


def test_code_stays_whole_with_its_blank_lines_and_damage():
    code = "#\nfrom pot import Tea\n\n@('/')\ndef brew():\n    return \"hot\"\n\n(strong=True)"
    assert ("code", code) in kinds(
        f"Tea code\n\nBrew it like this in a program:\n\n{code}\n\nDone, it is hot."
    )


def test_a_command_alone_is_code_and_a_sentence_that_starts_alike_is_not():
    blocks = kinds(
        "Set up\n\nInstall the kettle:\n\npip install kettle\n\npython is a word in this sentence."
    )
    assert blocks[1:] == [
        ("paragraph", "Install the kettle:"),
        ("code", "pip install kettle"),
        ("paragraph", "python is a word in this sentence."),
    ]


def test_lines_broken_at_a_fixed_width_are_one_paragraph():
    assert (
        "this week a reader asked whether Svelte is ready for large\nteams. We spoke"
        in " ".join(shown(read("newsletter"), "paragraph"))
    )


@pytest.mark.parametrize(
    "fact",
    [
        "It provides a secure cookies feature to support user protection.",
        "Very good documentation",
        "Tea shares the market with coffee",
        "Easy sign in with tokens",
        "It has a rating system built in",
        "Comments in the code are kept",
        "Newsletter tools",
    ],
)
def test_facts_with_furniture_words_are_not_set_aside(fact):
    text = f"Tea vs Coffee\n\nBoth are hot drinks.\n\nTea features\n\n• {fact}\n• Other\n\n"
    assert ("item", fact) in kinds(text + "In the end you choose for yourself, of course.")


def test_a_sales_section_in_the_middle_is_set_aside_whole():
    text = (
        "Tea vs Coffee\n\nBoth are hot drinks that people like.\n\nHire our tea experts\n\n"
        "Looking for tailor-made solutions? Our team has years of experience, contact us today.\n\n"
        "Tea vs Coffee: the price\n\nTea is cheaper by the cup than coffee is."
    )
    asides = [quote for kind, quote in kinds(text) if kind == "aside"]
    assert len(asides) == 2 and asides[0] == "Hire our tea experts"


def test_title_date_and_author_are_read_from_the_head():
    found = read("two_columns").metadata
    assert found.title == "Postgres or SQLite for a first product?"
    assert (found.author, found.published) == ("Mara Lindqvist", "2025-02-12")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Updated on 2024-11-05", "2024-11-05"),
        ("Nov 5, 2024", "2024-11-05"),
        ("5 November 2024", "2024-11-05"),
        ("Posted: 5th Nov 2024", "2024-11-05"),
        ("Nov 45, 2024", ""),
    ],
)
def test_a_line_with_a_date_dates_the_article(line, published):
    text = f"Tea vs Coffee\n{line}\n\nBoth are hot drinks that people like."
    assert read_text(text, DRINKS).metadata.published == published


def test_the_real_title_is_found_below_an_overview():
    text = (
        "Quick Overview:\nThis text compares two drinks that are both hot.\n\n"
        "Tea vs Coffee: Which Drink Wins?\n\nBoth have many friends all over the world."
    )
    document = read_text(text, DRINKS)
    assert document.metadata.title == "Tea vs Coffee: Which Drink Wins?"
    assert document.blocks[0].kind == "heading"


def test_without_subjects_the_title_names_them():
    text = (ARTICLES / "glued_table.txt").read_text()
    assert read_text(text).blocks == read_text(text, ("Kafka", "RabbitMQ")).blocks


def check_blocks(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
        assert len(block.columns) in (0, len(block.cells))
        end = block.end


LINES = st.lists(
    st.sampled_from(
        ["", "", "Tea", "Coffee", "Pros", "Cons", "Aspect", "1. Tea", "1.1 Tea", "• a", "    • b",
         "– c", "Is tea hot?", "Tea: hot", "A short line", "Tea is hot and it is wet, they say.",
         "x = 1", "def f():", "a\tb\tc", "a | b", "PriceLowHigh", "SizeSmall.Big.", "Written by",
         "Related posts", "12 Comments", "Table of contents", "Tea vs Coffee", "Services"]
    )
)  # fmt: skip


@given(LINES)
@settings(max_examples=300)
def test_any_mixture_of_lines_gives_ordered_disjoint_blocks(lines):
    check_blocks(read_text("\n".join(lines), DRINKS))


@given(st.text(max_size=400))
def test_any_text_gives_ordered_disjoint_blocks(text):
    check_blocks(read_text(text, DRINKS))


@given(st.lists(st.text(max_size=12), max_size=3))
def test_any_subjects_will_do(subjects):
    check_blocks(read_text("Tea vs Coffee\n\nTea\n\nCoffee\n\na\n\nb", subjects))


def test_drawbacks_of_an_option_stand_beside_its_benefits():
    levels = levels_of(
        "Tea or coffee?\n\nBoth are hot drinks that people like.\n\nTea and coffee at home\n\n"
        "Benefits of tea\n\nIt is cheap to make and easy to keep.\n\nDrawbacks of tea\n\n"
        "It leaves stains that nobody likes in cups.\n\nBenefits of coffee\n\nIt wakes one up fast."
    )
    assert levels["Benefits of tea"] == levels["Drawbacks of tea"] == levels["Benefits of coffee"]


def test_a_summary_closes_the_numbered_part_of_an_option():
    levels = levels_of(
        "Tea or coffee?\n\nBoth are hot drinks.\n\nTea and coffee in three rounds\n\n"
        "1. Taste\n\nTea is mild, and coffee is bitter.\n\n2. Price\n\nBoth of them are cheap.\n\n"
        "In short\n\nIt does not matter much.\n\nTea or coffee: who should take what\n\n"
        "Take whatever keeps you on your feet all day."
    )
    assert levels["Taste"] == levels["Price"] == levels["In short"]


def test_more_lines_than_any_book_has_are_refused():
    with pytest.raises(UnreadableInputError, match="more than 400,000 lines") as caught:
        read_text("a\n" * 400_001)
    assert "one by one" in caught.value.remedy


def levels_of(text: str) -> dict[str, int]:
    document = read_text(text, DRINKS)
    return {document.text[b.start : b.end]: b.level for b in document.blocks if b.level}
