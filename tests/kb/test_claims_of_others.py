"""Lines that state nothing, items on another option, and products made with one."""

import pytest

from kb.claims.mining import mine
from kb.content.shipped import shipped_topics
from kb.model import Passage, PassageKind
from kb.topic import Topic

Told = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def topic() -> Topic:
    return shipped_topics()[0]


def told(topic: Topic, text: str, *headings: str, kind: PassageKind = "prose") -> Told:
    claims = mine([Passage("a-1", "a", 0, len(text), text, headings, kind)], topic)
    return {("+".join(claim.about), claim.criterion, claim.stance) for claim in claims}


@pytest.mark.parametrize(
    "line",
    [
        "Join our newsletter for beginners who want to learn Django quickly.",
        "Read next: Why Django is the best choice for large projects",
        "Click here to see why Flask is easy to learn.",
        "In the next section we look at how secure Django is.",
        "Let us now compare how fast Flask is.",
        'A reader asks: "I am new to Python, is Django too hard for me?"',
        "Many readers wonder whether Django is slow.",
        "Official documentation: start here for the basics of Flask.",
    ],
)
def test_invitations_announcements_and_readers_questions_state_nothing(
    topic: Topic, line: str
) -> None:
    assert told(topic, line) == set()


def test_whom_one_meets_at_a_place_says_nothing_of_an_option(topic: Topic) -> None:
    line = "Django Users Mailing List: here you meet beginners and experts alike."
    assert told(topic, line) <= {("django", "community", "for")}


def test_a_meeting_place_that_is_no_label_takes_nothing_away(topic: Topic) -> None:
    line = "Flask is easy to learn for those who build a forum."
    assert ("flask", "learning_curve", "for") in told(topic, line)


@pytest.mark.parametrize(
    ("item", "heading", "expected"),
    [
        ("Django has more built-in security", "Flask pros", {("django", "security", "for")}),
        (
            "Flask is lighter",
            "Django cons",
            {("flask", "weight", "for"), ("django", "weight", "against")},
        ),
        ("Everything Django offers as an ORM can be added", "Flask pros", set()),
        (
            "Unlike Django, no admin panel is included",
            "Flask cons",
            {("flask", "admin", "against")},
        ),
    ],
)
def test_an_option_that_is_the_subject_of_an_item_beats_its_heading(
    topic: Topic, item: str, heading: str, expected: Told
) -> None:
    found = told(topic, f"- {item}\n- Great documentation", heading, kind="list")
    assert {claim for claim in found if claim[1] != "documentation"} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Saleor, which is based on Django, is fast.", {("django", "ecommerce", "for")}),
        ("Mezzanine is a flexible CMS that runs on Django.", {("django", "cms", "for")}),
        (
            "Bitbucket keeps its codebase modular with the structure of Django.",
            {("django", "structure", "for")},
        ),
        ("Flask is modular.", {("flask", "flexibility", "for")}),
        ("Django is fast when its cache is on.", {("django", "performance", "for")}),
    ],
)
def test_how_good_a_product_is_says_nothing_of_what_it_is_made_with(
    topic: Topic, sentence: str, expected: Told
) -> None:
    assert {claim for claim in told(topic, sentence) if claim[1] != "caching"} == expected


def test_what_a_product_gains_from_an_option_is_said_of_that(topic: Topic) -> None:
    sentence = "Wagtail is built on Django and profits from Django's rich admin interface."
    assert ("django", "admin", "for") in told(topic, sentence)
