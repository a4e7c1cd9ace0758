"""Plain lines such as "Pros" and "Cons": headings side by side, and nothing near them is lost."""

import pytest

from kb.chunk import chunk
from kb.extract.pasted.text import read_text

HOMES = ("house", "flat")
PAIRS = [
    ("Pros", "Cons"),
    ("Advantages", "Disadvantages"),
    ("Strengths", "Weaknesses"),
    ("Benefits:", "Drawbacks:"),
    ("What you like about the house", "What you dislike about the house"),
]


def shown(text: str) -> list[tuple[str, str]]:
    document = read_text(text, HOMES)
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def passages(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [
        (p.headings, p.text) for p in chunk(read_text(text, HOMES), article="a", subjects=HOMES)
    ]


def test_a_review_without_a_sentence_keeps_every_point_below_its_side():
    text = (
        "House or flat? A year in each\n\nBy Ines Roth\nPublished on 9 June 2024\n\nThe house\n\n"
        "Pros\n\nRoom for a piano\nA garden of its own\nQuiet at night\n\nCons\n\nDear to heat\n"
        "Far from the station\n\nThe flat\n\nPros\n\nCheap to heat\n\nCons\n\nThin walls\n\n"
        "Sign in to comment"
    )
    assert passages(text) == [
        (("The house", "Pros"), "Room for a piano\nA garden of its own\nQuiet at night"),
        (("The house", "Cons"), "Dear to heat\nFar from the station"),
        (("The flat", "Pros"), "Cheap to heat"),
        (("The flat", "Cons"), "Thin walls"),
    ]
    assert [quote for kind, quote in shown(text) if kind == "aside"] == [
        "By Ines Roth", "Published on 9 June 2024", "Sign in to comment",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("head", ["My notes", "My notes\n3 May 2025", "My notes\n\n3 May 2025\n"])
def test_a_title_and_a_few_short_lines_keep_all_lines_as_items(head, gap):
    points = ["Good for your back", "Low Cost", "High Ceilings"]
    blocks = shown(head + "\n" + gap.join(points))
    assert blocks[0] == ("heading", "My notes")
    assert [quote for kind, quote in blocks if kind == "item"] == points


@pytest.mark.parametrize(("praise", "blame"), PAIRS)
@pytest.mark.parametrize("title", ["", "House notes\n\n", "House notes\n12 May 2024\n\n"])
def test_sides_without_colon_or_bullets_are_sibling_headings(title, praise, blame):
    text = f"{title}{praise}\nGood for your back\nRoomy\n{blame}\nDear to Heat\nRemote"
    document = read_text(text, HOMES)
    assert passages(text) == [
        ((praise.rstrip(":"),), "Good for your back\nRoomy"),
        ((blame.rstrip(":"),), "Dear to Heat\nRemote"),
    ]
    sides = [b.level for b in document.blocks if b.kind == "heading" and b.level > 1]
    assert len(sides) == 2 and sides[0] == sides[1]


def test_a_side_is_never_nested_under_its_opposite_that_names_the_option():
    text = "Home notes\n\nPros of the house\nRoomy\nQuiet\nCons\nDear\nRemote"
    assert [headings for headings, _ in passages(text)] == [("Pros of the house",), ("Cons",)]


def test_a_line_directly_above_a_side_names_whose_points_they_are():
    text = "Two desks\n\nThe old one\nPros\nHeavy\nCons\nUgly\nThe new one\nPros\nLight\nCons\nDear"
    assert passages(text) == [
        (("The old one", "Pros"), "Heavy"),
        (("The old one", "Cons"), "Ugly"),
        (("The new one", "Pros"), "Light"),
        (("The new one", "Cons"), "Dear"),
    ]


def test_a_word_for_a_side_in_a_list_of_topics_is_an_item():
    assert ("item", "Benefits") in shown("Homes\n\nWe look at this:\n\nPrice\nBenefits\nSize")


def test_two_equal_lists_are_no_table_of_contents_and_equal_endings_no_links():
    text = "House or flat\n\nThe house\nPros\nWarm\nDry\nSafe\n\nThe flat\nPros\nWarm\nDry\nSafe\n"
    text += "Cons\nFar from the park\nDear near the park\nLoud by the park"
    assert "aside" not in {kind for kind, _ in shown(text)}


def test_a_line_that_starts_like_a_byline_or_an_advert_stays_in_its_list():
    text = "Home notes\n\nPros\nBy car it is near\nTraining\nRoomy\n\nCons\nDear\nSmall\n3 May 2025"
    assert [quote for kind, quote in shown(text) if kind == "aside"] == ["3 May 2025"]


@pytest.mark.parametrize(
    "text",
    [
        "The house is dearer than the flat",
        "The house is dearer than the flat.",
        "Flats stink.",
        "Is the flat cheaper?",
        "The house is large\nThe flat is warm",
        "The house is large.\n\nThe flat is warm.",
    ],
)
def test_the_only_sentences_are_passages_and_not_a_title(text):
    assert "\n".join(quote for _, quote in passages(text)).split() == text.split()
    assert read_text(text, HOMES).metadata.title == ""


def test_a_paragraph_broken_at_seventy_characters_is_one_block_even_before_a_name():
    first = (
        "The house stands on a hill, and whoever lives there has to climb it at\n"
        "least once a day. I asked my neighbours what they think of it. Of all\n"
        "Anna was the first to answer. She likes the view, the quiet, and most\n"
        "of all the garden."
    )
    second = "The flat is in the middle of the town, and one hears that all night\nlong."
    assert shown(f"Letters\n\n{first}\n\n{second}") == [
        ("heading", "Letters"),
        ("paragraph", first),
        ("paragraph", second),
    ]


def test_short_lines_above_a_broken_paragraph_are_not_drawn_into_it():
    text = "Pros\nThe house stands on a hill, and whoever lives there sees the sea and\nthe town."
    assert [kind for kind, _ in shown(text)] == ["heading", "paragraph"]
