"""Blocks -> passages: exact, short, each under its headings and about one side."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.chunk import LONGEST, chunk, passage_id
from kb.extract.markdown import read_markdown
from kb.extract.pasted.text import read_text
from kb.model import Document, Passage

ARTICLES = Path(__file__).parent / "articles"
LABELS = tomllib.loads((ARTICLES / "labels.toml").read_text())
DRINKS = ("tea", "coffee")


def passages(markdown: str) -> list[Passage]:
    return chunk(read_markdown(markdown), article="drinks", subjects=DRINKS)


def fixture(name: str) -> tuple[Document, list[Passage]]:
    subjects = LABELS[name]["subjects"]
    document = read_text((ARTICLES / f"{name}.txt").read_text(), subjects)
    return document, chunk(document, article=name, subjects=subjects)


def check(document: Document, found: list[Passage]) -> None:
    end = 0
    headings = [(b.start, b.end) for b in document.blocks if b.kind in ("heading", "aside")]
    for passage in found:
        assert document.text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text) <= LONGEST and passage.text.strip()
        assert end <= passage.start, "passages stand in order and do not overlap"
        assert all(e <= passage.start or s >= passage.end for s, e in headings)
        assert all(passage.start <= c.start < c.end <= passage.end for c in passage.cells)
        end = passage.end
    assert len({passage.id for passage in found}) == len(found)


@pytest.mark.parametrize("name", LABELS)
def test_pasted_articles_become_quotable_passages(name):
    document, found = fixture(name)
    check(document, found)
    for block in document.blocks:
        if block.kind not in ("heading", "aside"):
            kept = [p for p in found if p.start <= block.start and block.end <= p.end]
            split = block.kind == "row" and block.cells[0].end != block.cells[0].start
            assert kept or split, document.text[block.start : block.end]


def test_the_heading_path_runs_from_outer_to_inner_without_the_title():
    found = passages(
        "# Drinks\n\nHot.\n\n## Tea:\n\n### Price\n\nIt is low.\n\n## Coffee\n\nIt is dark."
    )
    assert [p.headings for p in found] == [(), ("Tea", "Price"), ("Coffee",)]


def test_a_list_stays_with_its_lead_in():
    (found,) = passages("## Tea\n\nTea has these strong points:\n\n- Calms\n- Cheap\n")
    assert (found.kind, found.text) == ("list", "Tea has these strong points:\n\nCalms\nCheap")


def test_items_and_paragraphs_of_two_options_are_kept_apart():
    found = passages("## Price\n\n- Tea: low\n- Coffee: high\n\nTea is cheap.\n\nCoffee is dear.")
    assert [p.text for p in found] == [
        "Tea: low",
        "Coffee: high",
        "Tea is cheap.",
        "Coffee is dear.",
    ]


def test_two_lists_below_one_lead_in_are_two_passages():
    document = read_text(
        "Tea vs Coffee\n\nTea Pros and Cons\n\nBelow are the good and bad sides of tea\n\n\n"
        "  • Calms\n  • Cheap\n\n\n  • Stains cups\n  • Slow\n",
        DRINKS,
    )
    found = chunk(document, article="a", subjects=DRINKS)
    assert [p.text.count("•") for p in found] == [2, 2]
    assert found[0].text.startswith("Below are the good and bad sides")
    assert {p.headings for p in found} == {("Tea Pros and Cons",)}


def test_each_row_is_a_passage_whose_cells_name_their_option():
    found = passages(
        "## Side by side\n\n| Aspect | Coffee | Tea |\n|---|---|---|\n| Price | high | low |\n"
    )
    (row,) = found
    assert (row.kind, row.text) == ("table", "Price | high | low")
    assert [(c.option, row.text[c.start - row.start : c.end - row.start]) for c in row.cells] == [
        ("coffee", "high"),
        ("tea", "low"),
    ]


def test_rows_that_start_with_an_option_are_about_it():
    (row, _) = passages("| Drink | Price |\n|---|---|\n| Tea | low |\n| Coffee | high |\n")
    assert [cell.option for cell in row.cells] == ["tea"]


def test_columns_for_and_against_stand_in_the_heading_path():
    found = passages(
        "## Verdict\n\n| Drink | Pros | Cons |\n|---|---|---|\n| Tea | calms | stains |\n"
    )
    assert [(p.headings, p.text) for p in found] == [
        (("Verdict", "Tea", "Pros"), "calms"),
        (("Verdict", "Tea", "Cons"), "stains"),
    ]


def test_an_answer_has_its_question_as_innermost_heading():
    (found,) = passages("## FAQ\n\n### Is tea hot?\n\nYes, mostly.")
    assert (found.kind, found.headings) == ("answer", ("FAQ", "Is tea hot?"))


def test_code_keeps_its_lead_in():
    (found,) = passages("## Tea\n\nBrew it like this:\n\n```\nboil()\n\npour()\n```\n")
    assert (found.kind, found.text) == ("code", "Brew it like this:\n\nboil()\n\npour()")


def test_short_paragraphs_join_and_long_ones_are_split_at_sentences():
    short = passages("## Tea\n\nIt is hot.\n\nIt is wet.")
    assert [p.text for p in short] == ["It is hot.\n\nIt is wet."]
    sentence = "Tea is a drink that people like for many reasons at all times of the day. "
    long = passages("## Tea\n\n" + sentence * 40)
    assert len(long) > 2 and all(p.text.endswith("day.") for p in long)
    assert max(len(p.text) for p in long) - min(len(p.text) for p in long) < 200


def test_a_sum_up_below_one_options_list_is_not_filed_under_it():
    found = passages(
        "## Choosing\n\n### Take tea\n\n- at night\n\nTea and coffee are both fine drinks."
    )
    assert found[-1].headings == ("Choosing",)


def test_furniture_is_in_no_passage():
    document, found = fixture("two_columns")
    assert "Read also" not in " ".join(passage.text for passage in found)
    assert [p.headings[-1] for p in found if "writer at a time" in p.text] == ["Cons"]
    assert document.text.count("Read also") == 1, "it is set aside, not deleted"


def test_ids_follow_the_text_and_count_repeats():
    found = passages("## Tea\n\nHot.\n\n## Coffee\n\nHot.\n\n## Water\n\nCold.")
    assert [p.id for p in found][:2] == [
        passage_id("drinks", "Hot."),
        passage_id("drinks", "Hot.", 2),
    ]
    again = passages("## Water\n\nCold.")
    assert again[0].id == found[2].id


BLOCKS = st.lists(
    st.sampled_from(
        ["# Drinks", "## Tea", "### Price?", "Tea is hot.", "Coffee is hot:", "- Tea\n- Coffee",
         "- a\n  - b\n- c", "```\nx = 1\n```", "| A | Tea | Coffee |\n|---|---|---|\n| x | y | z |",
         "| Pros | Cons |\n|---|---|\n| y | z |", "word " * 400, "x" * 2000,
         "Subscribe to our newsletter",
         "Tea is fine. " * 90, "```\n" + "line of code\n" * 200 + "```", "- " + "long item " * 120]
    )
)  # fmt: skip


@given(BLOCKS)
@settings(max_examples=200, deadline=None)
def test_every_passage_is_an_exact_stretch_of_the_text(parts):
    document = read_markdown("\n\n".join(parts))
    check(document, chunk(document, article="a", subjects=DRINKS))


@given(st.text(max_size=500))
def test_any_pasted_text_gives_exact_passages(text):
    document = read_text(text, DRINKS)
    check(document, chunk(document, article="a", subjects=DRINKS))


@pytest.mark.parametrize("sign", ["a", "a. ", "a\n", "• a\n", "word ", "Tea: a\n\n", "aB"])
def test_a_hundred_thousand_repeated_characters_are_split(sign):
    document = read_text(sign * (100_000 // len(sign)), DRINKS)
    check(document, chunk(document, article="a", subjects=DRINKS))
