"""What pages have around and inside their articles: menus, adverts, habits, slides, captions."""

import pytest

from kb.chunk import chunk
from kb.extract.pasted.text import read_text

DRINKS = ("tea", "coffee")
MENU = "Skip to content\nTeahouse\nShop\nRecipes\nAbout\nLog in\n"


def blocks(text: str) -> list[tuple[str, str]]:
    document = read_text(text, DRINKS)
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def asides(text: str) -> list[str]:
    return [quote for kind, quote in blocks(text) if kind == "aside"]


def paths(text: str) -> list[tuple[tuple[str, ...], str]]:
    document = read_text(text, DRINKS)
    return [(p.headings, p.text) for p in chunk(document, article="a", subjects=DRINKS)]


def test_a_question_that_names_one_option_is_no_parent_of_the_next():
    text = (
        "Tea or coffee?\n\nPeople ask us the same things all the time.\n\n"
        "Is tea dead?\nNo, it is drunk by half of the world.\n\n"
        "Which of the two is cheaper?\nThe one you make at home, of course.\n\n"
        "Isn't coffee bad for you?\nNot in small cups, as far as is known.\n\n"
        "What about sugar?\nLeave it out, is what we would say."
    )
    assert [path for path, _ in paths(text)] == [
        (),
        ("Is tea dead?",),
        ("Which of the two is cheaper?",),
        ("Isn't coffee bad for you?",),
        ("What about sugar?",),
    ]


def test_pros_and_cons_of_what_a_question_asks_about_stand_below_it():
    text = (
        "Tea or coffee?\n\nWhat is tea?\nTea is made of leaves that are dried.\n\nPros\n"
        "Cheap\nCalming\n\nCons\nStains cups\nCools down\n\nWhat is coffee?\n"
        "Coffee is made of beans that are roasted.\n\nPros\nStrong\nFast\n\nCons\nDear\nBitter"
    )
    assert [path for path, _ in paths(text)] == [
        ("What is tea?",),
        ("What is tea?", "Pros"),
        ("What is tea?", "Cons"),
        ("What is coffee?",),
        ("What is coffee?", "Pros"),
        ("What is coffee?", "Cons"),
    ]


def test_a_plain_heading_is_not_below_an_option_that_the_other_options_have_no_such_heading_of():
    text = (
        "A kitchen handbook\n\nIt is about hot drinks and how to make them.\n\n"
        "When to use tea\nUse tea in the afternoon, when it is quiet.\n\n"
        "When to use coffee\nUse coffee in the morning, when it is not.\n\n"
        "Water\nIt should be soft, and fresh from the tap.\n\n"
        "Cups\nThin ones are best for both of them."
    )
    assert [path for path, _ in paths(text)][-2:] == [("Water",), ("Cups",)]


def test_a_blank_line_or_a_table_ends_pros_and_cons_pasted_line_by_line():
    text = (
        "Tea vs Coffee\n\nBoth are hot drinks that people like.\n\nPros\nCons\nCheap\nStains\n"
        "Calms\nCools\n\nTea vs coffee side by side\nFeature\nTea\nCoffee\nPrice\nLow\nHigh\n"
        "Taste\nMild\nBitter"
    )
    found = paths(text)
    assert [(path[-1], quote) for path, quote in found[1:5]] == [
        ("Pros", "Cheap"), ("Cons", "Stains"), ("Pros", "Calms"), ("Cons", "Cools"),
    ]  # fmt: skip
    assert [path for path, _ in found[5:]] == [("Tea vs coffee side by side",)] * 2


def test_a_statement_right_above_a_paragraph_heads_it_where_the_page_has_the_habit():
    text = (
        "Drinks for guests\n\nOur guests like this.\nGive them tea, and a biscuit with it.\n\n"
        "They are in a hurry.\nThen coffee is the better choice for them.\n\n"
        "They stay for long.\nTea, no contest. One can make coffee as well, but why would one?"
    )
    assert [path for path, _ in paths(text)] == [
        ("Our guests like this.",), ("They are in a hurry.",), ("They stay for long.",),
    ]  # fmt: skip
    single = "Drinks\n\nWe like tea.\nIt is cheap, and the pot is pretty.\n\nThat is all, really."
    assert [kind for kind, _ in blocks(single)] == ["heading"] + ["paragraph"] * 3


def test_numbered_headings_right_below_a_question_belong_to_it_and_keep_their_answers():
    text = (
        "Tea vs Coffee\n\nBoth are hot drinks that people like.\n\n"
        "So which one should you take?\n\n"
        "1. You are tired\nCoffee, no contest. Tea can wake you, but why would it?\n\n"
        "2. You have time\nTea, which wants five minutes and a pot."
    )
    assert [path for path, _ in paths(text)][1:] == [
        ("So which one should you take?", "You are tired"),
        ("So which one should you take?", "You have time"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Updated May 2024 · 8 min read · 3 comments",
        ">> Grab our FREE tea chart (12 pages, no spam, just a cheat sheet) <<",
        "NEW! The big kettle bootcamp starts 3 February – pots, leaves, water. 15% off on Sunday!",
        "14 of 17 people found this helpful",
        "Didn't find your answer? Write to our waiters",
        "This issue is brought to you by Kettle, the pot that sings. Try it free for 30 days.",
        "Home / Kitchen / Drinks",
        "#tea #coffee #kitchen",
        "u/leaf | 9 months ago | parent | next",
        "(Image credit: Leaf and Bean)",
        "Mar 2024",
        "© Leaf and Bean",
    ],
)
def test_a_line_that_only_pages_have_is_set_aside(line):
    text = (
        f"Tea vs Coffee\n\nBoth are hot drinks that people like.\n\n{line}\n\nTea is the older one."
    )
    assert line in asides(text)


@pytest.mark.parametrize(
    "fact",
    [
        "It provides a secure cookies feature.",
        "Tea is free for guests who stay overnight",
        "Get started in five minutes",
        "The free trial of the coffee machine ends after a month.",
        "Start small with a free cup",
        "Try tea first, then coffee",
        "Search",
        "Privacy",
        "A discount for students, and a free cup on Sunday",
        "It rates 4 of 5 in our test",
        "By hand it takes longer",
    ],
)
def test_a_fact_with_the_words_of_adverts_and_menus_stays(fact):
    text = f"Tea vs Coffee\n\nBoth are hot drinks that people like.\n\nTea\n{fact}\nLasts all day\n"
    assert fact not in asides(text + "\nIn the end you choose for yourself, of course.")


def test_a_paragraph_right_below_a_lone_advertisement_is_one_and_one_behind_a_blank_line_is_not():
    text = "Tea vs Coffee\n\nBoth are hot drinks.\n\nAdvertisement\n{}Thirsty? Pots from $4.\n\n"
    text += "In the end you choose for yourself, of course."
    assert asides(text.format("")) == ["Advertisement", "Thirsty? Pots from $4."]
    assert asides(text.format("\n")) == ["Advertisement"]


def test_a_menu_of_any_length_above_the_title_is_set_aside():
    text = f"{MENU * 3}Tea or coffee for a small office?\nWe asked ten offices what they drink."
    assert read_text(text, DRINKS).metadata.title == "Tea or coffee for a small office?"
    assert len(asides(text)) == 18


def test_names_and_buttons_between_the_posts_of_a_thread_are_set_aside_and_posts_are_not():
    post = "{}\n•\n2y ago\n{}\nUpvote\n12\nDownvote\nReply\nShare\n\n"
    text = "Tea or coffee?\n\nWhat do you drink at work, and why is that so?\n\n"
    posts = [
        "Tea, since it is free here.",
        "Water, as the pot is broken.",
        "Coffee. Is there anything else to take?",
    ]
    text += "".join(post.format(f"u/guest_{at}", told) for at, told in enumerate(posts))
    assert [quote for kind, quote in blocks(text) if kind != "aside"][2:] == posts


def test_replies_below_the_word_author_are_not_behind_the_article():
    replies = [
        "I would take tea for that, it keeps people calm and costs next to nothing.",
        "For the record, coffee has been free in our office for years and nobody complains.",
        "Then again, tea needs a kettle and somebody who looks after it every day.",
    ]
    text = "Tea or coffee?\n\nWhat should we offer?\n\n" + "\n\nAuthor\n\n".join(replies)
    assert [quote for quote in replies if quote in asides(text)] == []


def test_captions_between_times_are_paragraphs_below_their_chapters():
    text = (
        "Tea or coffee: the talk\n\nTranscript\n\nIntro\n0:02\nso this is about drinks\n0:06\n"
        "and what we think of them\nTea\n1:10\nlet us begin with tea\n1:15\nit is cheap\n"
    )
    assert paths(text) == [
        (("Transcript", "Intro"), "0:02\nso this is about drinks\n0:06\nand what we think of them"),
        (("Transcript", "Tea"), "1:10\nlet us begin with tea\n1:15\nit is cheap"),
    ]


def test_slides_have_their_heading_on_top_and_their_number_set_aside():
    text = "Tea or coffee\n\nWhy\nWe are tired\nWe are cold\n\n2\n\nWhat hurts\nTea is slow\n"
    text += "Coffee is dear\n\n3\n\nPlan\nBuy a pot\nTry both\n\n4\n"
    assert asides(text) == ["2", "3", "4"]
    headings = dict.fromkeys(path for path, _ in paths(text))
    assert list(headings) == [("Why",), ("What hurts",), ("Plan",)]


def test_figures_for_each_option_below_their_label_are_rows():
    text = (
        "Tea vs coffee\n\nBoth were rated.\n\nRatings\nTaste\n7.9\n8.1\nPrice\n9.0\n4.5\n\nThe end."
    )
    rows = [quote for kind, quote in blocks(text) if kind == "row"]
    assert rows == ["Taste\n7.9\n8.1", "Price\n9.0\n4.5"]


def test_a_remark_keeps_its_label_and_its_heading():
    text = (
        "Tea notes\n\nBrewing\nWait for five minutes, not longer.\n\nNote\nGreen tea wants three."
    )
    assert paths(text)[-1] == (("Brewing",), "Wait for five minutes, not longer.\n\nNote\n"
                               "Green tea wants three.")  # fmt: skip


def test_speakers_that_ask_are_no_headings():
    text = (
        "Tea or coffee?\n\nHOST: Why tea?\n\nANNA: It calms me.\n\nHOST: And coffee?\n\nANNA: No."
    )
    assert "heading" not in [kind for kind, _ in blocks(text)][1:]


def test_the_issue_of_a_letter_is_its_title_and_not_the_name_above_it():
    text = (
        "THE POT\nA letter on leaves and water\nIssue 8: The old question\n\nWe all know it well."
    )
    assert read_text(text, DRINKS).metadata.title == "Issue 8: The old question"
    assert asides(text) == ["THE POT", "A letter on leaves and water"]
