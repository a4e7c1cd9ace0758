"""What is quoted, from whom, and that nothing is told twice."""

import dataclasses

import pytest
from asking import Asking, Reads

from advisor.owning import owner
from advisor.pointed import asked_stems, nearness
from advisor.selecting import best_claims, plain
from kb.model import Claim, Passage, PassageKind
from kb.topic import Topic


def claim(quote: str, article: str = "a", **fields: object) -> Claim:
    start = sum(map(ord, quote))
    made = Claim(article, "p", ("tea",), "health", "for", start, start + len(quote), quote, "list")
    return dataclasses.replace(made, **fields)


def test_the_claim_that_shares_the_rarer_words_of_a_question_is_nearer(
    reading: Reads, topic: Topic
) -> None:
    stems = asked_stems(reading("is tea healthy in winter?"), topic)
    winter, summer = claim("healthy in winter"), claim("healthy in summer")
    near = nearness([winter, summer], stems)
    assert near[winter.quote] > near.get(summer.quote, 0.0) == 0.0


def test_near_claims_are_quoted_first_and_told_ones_last() -> None:
    first, second = claim("first"), claim("second", "b")
    said = [first, second]
    chosen = best_claims(said, "health", "tea", "for", most=1, near={"second": 1.0})
    assert chosen == [second]
    told = best_claims(said, "health", "tea", "for", most=2, near={"second": 1.0}, told={"second"})
    assert told == [first]
    assert best_claims([first], "health", "tea", "for", most=2, told={"first"}) == [first]


def test_no_quote_is_told_twice_while_there_is_another(asking: Asking) -> None:
    guidance = asking("tea or coffee: health and price in the evening?").guidance
    quotes = [c.quote for reason in guidance.reasons for c in reason.citations]
    assert len(quotes) == len(set(quotes))


def test_what_does_not_read_well_by_itself_comes_last() -> None:
    within = claim("while it is good for you in every season", method="sentence")
    lead, cut = claim("Healthy tea looks like this:", "b"), claim("Tea is healthy, and", "c")
    whole = claim("Tea is healthy in every season of the year.", "d")
    assert [plain(each) for each in (within, lead, cut, whole)] == [False, False, False, True]
    chosen = best_claims([within, lead, cut, whole], "health", "tea", "for", most=2)
    assert chosen[0] == whole


@pytest.mark.parametrize(
    ("kind", "text", "quote", "above"),
    [
        ("list", "Good with:\ncake\nbiscuits", "biscuits", "Good with"),
        ("list", "cake\nbiscuits", "biscuits", "When to drink"),
        ("list", "tea with cake\nbiscuits", "tea with cake", ""),
        ("list", "long walks on the hills in any kind of weather", None, ""),
        ("list", "when to drink it", None, ""),
        ("table", "Served with | cake | biscuits", "biscuits", "Served with"),
        ("prose", "biscuits", None, ""),
    ],
)
def test_a_short_item_is_told_with_what_it_stands_under(
    topic: Topic, kind: PassageKind, text: str, quote: str | None, above: str
) -> None:
    passage = Passage("p", "a", 100, 100 + len(text), text, ("Drinks", "When to drink"), kind)
    start = 100 + text.index(quote or text)
    assert owner(passage, start, start + len(quote or text), topic) == above


def test_what_the_headline_concedes_is_told_last_and_against(asking: Asking) -> None:
    guidance = asking("which keeps me awake and is healthy, tea or coffee?").guidance
    assert "though Coffee is ahead on keeping awake" in guidance.headline
    told = [reason.criterion for reason in guidance.reasons]
    conceded = [reason for reason in guidance.reasons if reason.criterion == "caffeine"]
    assert all(", also for Tea: " in reason.text for reason in conceded)
    assert told == sorted(told, key=lambda each: each == "caffeine")
    assert guidance.against[0].criterion == "caffeine"
