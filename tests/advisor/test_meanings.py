"""What a term stands for, what an option is built on, and quotes that are understood alone."""

import pytest

from advisor.antecedents import with_antecedent
from advisor.pipeline import ask
from kb.model import Span
from kb.store import Snapshot


@pytest.mark.parametrize("question", ["what does MTV stand for?", "What does MTV mean in Django?"])
def test_letters_are_spelt_out_by_the_items_of_a_list(shipped: Snapshot, question: str) -> None:
    headline = ask(shipped, question).guidance.headline
    assert headline.startswith("“Model”, “Template” and “View” under “Django's MTV architecture")


@pytest.mark.parametrize(
    "question",
    ["On which libraries is Flask built?", "what is Flask built on?", "What does Flask stand on?"],
)
def test_what_an_option_is_built_on_is_told_with_all_names(
    shipped: Snapshot, question: str
) -> None:
    assert "Werkzeug and Jinja2" in ask(shipped, question).guidance.headline


def test_what_is_built_on_an_option_is_not_its_base(shipped: Snapshot) -> None:
    assert "Saleor" not in ask(shipped, "What is Django built on?").guidance.headline


def test_an_extension_named_after_an_option_is_explained(shipped: Snapshot) -> None:
    headline = ask(shipped, "What is Flask-WTF for?").guidance.headline
    assert headline.startswith("“Flask-WTF handles forms”")


@pytest.mark.parametrize(
    ("text", "quoted", "told"),
    [
        ("Tea is dried. It keeps well.", "It keeps well.", "Tea is dried. It keeps well."),
        ("Tea is dried. Cups break.", "Cups break.", "Cups break."),
        ("Tea is dry. Also, it keeps.", "Also, it keeps.", "Tea is dry. Also, it keeps."),
        (
            "Tea has two parts. With coffee, you make these parts.",
            "With coffee, you make these parts.",
            "Tea has two parts. With coffee, you make these parts.",
        ),
        ("Tea, which is dried, keeps.", "which is dried", "Tea, which is dried"),
        ("Tea dries. It cools. It keeps.", "It keeps.", "Tea dries. It cools. It keeps."),
        ("Coffee\n  • It keeps well.", "It keeps well.", "It keeps well."),
    ],
)
def test_what_points_back_is_quoted_with_what_it_points_to(
    text: str, quoted: str, told: str
) -> None:
    start = text.index(quoted)
    span = with_antecedent(text, Span(start, start + len(quoted)))
    assert text[span.start : span.end] == told


@pytest.mark.parametrize(
    "question",
    ["Which is better for a big team?", "Flask or Django for microservices?", "Is Django easy?"],
)
def test_no_reason_begins_with_a_pronoun(shipped: Snapshot, question: str) -> None:
    guidance = ask(shipped, question).guidance
    quotes = [c.quote for r in (*guidance.reasons, *guidance.against) for c in r.citations]
    assert quotes
    assert not [each for each in quotes if each.startswith(("It ", "Its ", "This ", "These "))]


@pytest.mark.parametrize(
    "question",
    [
        "Hi, what do you know about Flask",
        "what is this Flask thing?",
        "give me an overview of Flask",
    ],
)
def test_what_is_known_of_an_option_opens_with_what_it_is(shipped: Snapshot, question: str) -> None:
    assert "is a lightweight framework" in ask(shipped, question).guidance.headline


def test_what_is_known_of_something_else_is_not_the_articles(shipped: Snapshot) -> None:
    assert ask(shipped, "what do you know about Tornado?").guidance.verdict == "not_covered"


def test_a_word_that_hints_at_a_need_does_not_make_bread_a_subject(shipped: Snapshot) -> None:
    guidance = ask(shipped, "which is the best banana bread recipe?").guidance
    assert guidance.verdict == "not_covered"
    assert guidance.confidence_because.startswith("The question names nothing")
