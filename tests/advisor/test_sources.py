"""Questions about the articles themselves are answered from what is stored of them."""

import pytest
from asking import Asking, Reads

from advisor.pipeline import ask
from kb.store import Snapshot


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who wrote these articles and can I trust them?", "list"),
        ("which articles is this from?", "list"),
        ("Summarize the articles", "list"),
        ("what do you know?", "list"),
        ("Do the articles agree on health?", "agreement"),
        ("What do they have in common?", "common"),
        ("Which articles say that tea is cheap?", ""),
        ("Do you agree that tea is cheap?", ""),
        ("is there a summary of tea against coffee?", ""),
        ("what do you know about the price of tea?", ""),
    ],
)
def test_what_is_asked_of_articles(reading: Reads, question: str, asked: str) -> None:
    assert reading(question).articles == asked


def test_each_article_is_told_with_who_wrote_it_and_how_it_opens(asking: Asking) -> None:
    guidance = asking("Who wrote the articles?").guidance
    assert "three articles on Tea, Coffee and Water" in guidance.headline
    assert "(Mina Example, 2024-03-26)" in guidance.headline
    first = guidance.reasons[0]
    assert first.text.startswith("“A cup of tea”, by Mina Example, published 2024-03-26: “Tea is")
    assert all(reason.citations for reason in guidance.reasons)


def test_the_interest_of_a_publisher_is_told(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Can I trust the articles?").guidance
    assert "Three of the publishers have an interest." in guidance.headline
    assert sum("Mind the interest" in reason.text for reason in guidance.reasons) == 3


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("Do the articles agree on taste?", "No: the articles contradict one another on taste."),
        ("Do the articles agree on the effort?", "Yes: of the"),
        ("Do the articles agree?", "Not on everything: they contradict one another on"),
    ],
)
def test_agreement_is_told_from_the_conflicts(asking: Asking, question: str, start: str) -> None:
    guidance = asking(question).guidance
    assert guidance.headline.startswith(start)
    assert bool(guidance.disagreements) == (not start.startswith("Yes"))


def test_what_is_alike_is_quoted_from_the_section_on_it(shipped: Snapshot) -> None:
    answer = ask(shipped, "What do Django and Flask have in common?")
    texts = [reason.text for reason in answer.guidance.reasons]
    assert any("Model-View-Controller" in text for text in texts)
    assert any("WSGI standard" in text for text in texts)
    assert len(texts) >= 5


def test_of_very_many_articles_the_first_ones_are_described(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.sources._MOST_LISTED", 2)
    guidance = asking("Who wrote the articles?").guidance
    assert "three articles" in guidance.headline
    assert guidance.headline.endswith(" and 1 more.")
    assert len(guidance.reasons) == 2
