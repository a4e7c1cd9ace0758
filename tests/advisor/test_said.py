"""Sentences, list items and cells as answers are looked for among them."""

from advisor.on_another import is_on_another
from advisor.said import leading_line, sentences
from kb.model import Passage, PassageKind
from kb.topic import Topic


def _passage(text: str, *headings: str, kind: PassageKind = "prose") -> Passage:
    return Passage("p", "a", 0, len(text), text, headings, kind)


def test_a_sentence_that_points_back_is_told_with_the_one_before_it(topic: Topic) -> None:
    text = "Tea leaves are dried first. This is useful for storing them. Coffee beans are roasted."
    said = sentences(_passage(text), topic)
    told = [text[each.span.start : each.span.end] for each in said]
    assert told == [
        "Tea leaves are dried first.",
        "Tea leaves are dried first. This is useful for storing them.",
        "Coffee beans are roasted.",
    ]
    assert [text[each.points_back :][:4] for each in said][1] == "This"


def test_items_are_told_without_their_marks(topic: Topic) -> None:
    text = "Tea goes well with the following.\n\n  • butter biscuits\n  • a slice of cake"
    said = sentences(_passage(text, kind="list"), topic)
    assert "butter biscuits" in [each.text for each in said]


def test_a_line_without_a_mark_leads_in_the_items_behind_it() -> None:
    marked = "Tea goes well with these.\n\n  • butter biscuits\n  • a slice of cake"
    assert leading_line(_passage(marked, kind="list")) == "Tea goes well with these."
    assert leading_line(_passage("butter biscuits\na slice of cake", kind="list")) == ""
    assert leading_line(_passage("Good with:\nbiscuits", kind="list")) == "Good with:"


def test_a_passage_is_on_another_option_when_it_names_that_one_only(topic: Topic) -> None:
    assert is_on_another(_passage("Coffee keeps you awake."), "tea", topic)
    assert is_on_another(_passage("It keeps you awake.", "Drinks", "Coffee"), "tea", topic)
    assert not is_on_another(_passage("Coffee or tea?"), "tea", topic)
    assert not is_on_another(_passage("It keeps you awake."), "tea", topic)
