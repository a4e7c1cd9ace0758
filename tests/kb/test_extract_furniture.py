"""Furniture of pasted pages: their heads and ends, sales text, boxes, each with its reason."""

import pytest

from kb.extract.pasted.text import read_text

DRINKS = ("tea", "coffee")
TITLE = "Tea vs Coffee: which one is better?\n\n"
BODY = (
    "Both are hot drinks that people like, and both have been around for hundreds of years.\n\n"
    "Tea\n\nTea is made of leaves that are dried, and it calms down whoever drinks a cup of it.\n\n"
    "Coffee\n\nCoffee is made of beans that are roasted, and it wakes up whoever has to get up.\n\n"
)
VERDICT = (
    "Verdict\n\nTake tea in the evening and coffee in the morning, and water all day long.\n\n"
)


def asides(text: str) -> dict[str, str]:
    """Return what is set aside, with the reasons."""
    document = read_text(text, DRINKS)
    found = [block for block in document.blocks if block.kind == "aside"]
    return {document.text[block.start : block.end]: block.aside for block in found}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I hope this helped, and please stay tuned for more.", "goodbye"),
        (
            "Our team has years of experience, and we help companies to find their drink.",
            "sales text",
        ),
    ],
)
def test_the_last_paragraph_of_one_who_takes_leave_or_sells_is_set_aside(text, reason):
    assert asides(TITLE + BODY + VERDICT + text) == {text: reason}


def test_a_section_that_sells_is_set_aside_and_the_next_one_is_not():
    text = "Why choose us\n\nOur experts offer tea to all clients, with years of experience.\n\n"
    assert set(asides(TITLE + BODY + text + VERDICT).values()) == {"sales section"}
    assert len(asides(TITLE + BODY + text + VERDICT)) == 2


def test_a_heading_that_may_sell_stays_with_a_text_that_does_not():
    text = (
        "Ready to choose\n\nPut the kettle on, look at the clock, and take what you feel like.\n\n"
    )
    assert asides(TITLE + BODY + text + VERDICT) == {}


@pytest.mark.parametrize(
    "head",
    [
        "Anna Weiler\nJan 3, 2024\n\n",
        "Anna Weiler\nAnna Weiler\nSenior Editor\nJan 3, 2024\n\n",
        "By Anna Weiler\n\n3 January 2024\n\n",
        "Posted by Anna Weiler\n2 days ago\n\n",
    ],
)
def test_names_and_dates_below_the_title_are_set_aside(head):
    assert list(asides(TITLE + head + BODY + VERDICT)) == list(
        dict.fromkeys(line for line in head.split("\n") if line)
    )


def test_a_heading_beside_a_date_is_no_name_when_the_article_uses_its_words():
    assert "Roasted Beans" not in asides(
        TITLE + "Roasted Beans\n\nJan 3, 2024\n\n" + BODY + VERDICT
    )


@pytest.mark.parametrize(
    "box",
    [
        "Anna Weiler\n\nAnna Weiler has run a teahouse in Graz since her time at school.\n\nAuthor",
        "Anna Weiler\n\nHead of Leaves\n\nAnna likes to sit at home.\n\nRelated posts\n\nMilk",
        "Anna Weiler\n\nEditor at The Pot\n\nRelated posts\n\nMilk",
    ],
)
def test_the_box_about_the_author_is_behind_the_article(box):
    found = asides(TITLE + BODY + VERDICT + box)
    assert list(found) == box.split("\n\n")
    assert found["Anna Weiler"] == "after the article"


def test_a_label_that_the_article_goes_on_below_is_not_its_end():
    found = asides(TITLE + "Discussion\n\n" + BODY + VERDICT)
    assert "Take tea" not in " ".join(found)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("waiter@teahouse.example", "contact form"),
        ("#tea #coffee", "tags"),
        ("3.4k", "counter"),
        ("—", "separator"),
        ("Jan 3, 2024", "date"),
        ("Updated on 3 May 2024", "date"),
        ("5 min read", "reading time"),
        ("We use cookies to make this page better", "cookie notice"),
        ("Photo by Leaf on Pixels", "image caption"),
        ("Read also: The story of the pot", "link to another article"),
        ("12 comments", "comments"),
        ("Tags: tea, coffee", "tags"),
        ("Home > Drinks > Tea", "menu"),
    ],
)
def test_a_line_is_set_aside_for_its_reason(line, reason):
    assert asides(f"{TITLE}{line}\n\n{BODY}{VERDICT}") == {line: reason}


def test_titles_below_a_label_are_links_up_to_the_next_blank_line():
    links = "Related posts\nThe story of the pot\nWhere milk comes from\n\n"
    assert list(asides(TITLE + links + BODY + VERDICT)) == links.strip().split("\n")


def test_contents_are_set_aside_and_the_headings_they_name_are_not():
    assert asides(TITLE + "Contents\nTea\nCoffee\nVerdict\n\n" + BODY + VERDICT) == {
        line: "table of contents" for line in ("Contents", "Tea", "Coffee", "Verdict")
    }


def test_lower_case_words_right_above_furniture_are_tags():
    text = f"{TITLE}{BODY}{VERDICT}hot\ndrinks\n12 comments\nShare\nReply\n\n"
    assert asides(text)["drinks"] == "tags"


def test_three_links_to_other_pages_of_one_kind_end_a_page():
    links = "Green leaf brewing guide\n\nBlack leaf brewing guide\n\nWhite leaf brewing guide"
    assert set(asides(TITLE + BODY + VERDICT + links).values()) == {"links to other pages"}


def test_options_that_stand_alone_below_the_article_are_tags():
    assert asides(TITLE + BODY + VERDICT + "Tea\n\nCoffee\n\nKitchen") == dict.fromkeys(
        ("Tea", "Coffee", "Kitchen"), "tags"
    )


def test_a_site_name_above_the_title_is_set_aside_and_is_not_the_title():
    text = "The Pot\n\nJan 3, 2024\n\nWhy I drink leaves and not beans\n\n" + BODY + VERDICT
    assert read_text(text, DRINKS).metadata.title == "Why I drink leaves and not beans"
    assert list(asides(text)) == ["The Pot", "Jan 3, 2024"]


def test_numbers_of_pages_in_running_text_make_no_slides():
    pages = "".join(f"{BODY.split(chr(10))[0]}\n\n{number}\n\n" for number in range(2, 6))
    assert "page number" not in asides(TITLE + pages).values()


def test_a_list_of_times_is_no_transcript():
    document = read_text(TITLE + "Opening\n\n" + "9:30\n" * 6 + "\n" + BODY, DRINKS)
    assert "heading" in [block.kind for block in document.blocks]
    assert not any("9:30\n9:30" in document.text[b.start : b.end] for b in document.blocks)


def test_one_line_of_related_posts_in_the_middle_does_not_end_the_article():
    text = """Tea for one and coffee for two

Tea is what I drink in the morning, because it is mild and keeps me awake until lunch.

Coffee is for the afternoon, when tea is too weak and the day is not over yet.

You might also like: The seven best kettles for tea drinkers

Tea is cheap to make at home, and a packet of it lasts for a month and more.

Coffee costs more, and whoever wants it good needs a mill and some patience too."""
    document = read_text(text, ("tea", "coffee"))
    asides = [document.text[b.start : b.end] for b in document.blocks if b.kind == "aside"]
    assert asides == ["You might also like: The seven best kettles for tea drinkers"]


def test_a_byline_that_says_several_things_is_understood_in_parts():
    text = """Tea or coffee? A year with both

By Ann Li | Updated 3 May 2025 | 9 min read

Share on Facebook  Tweet  Copy link

I have had tea and coffee on my desk for a year, and these are my notes about them."""
    document = read_text(text, ("tea", "coffee"))
    assert (document.metadata.author, document.metadata.published) == ("Ann Li", "2025-05-03")
    kinds = [(block.kind, block.aside) for block in document.blocks]
    assert kinds[1:3] == [("aside", "byline"), ("aside", "sharing and followers")]
