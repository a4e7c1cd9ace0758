"""Corrections: decisions that replace one another, and claims as the maintainer wants them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corrections import (
    MAINTAINER,
    claim_id,
    corrected,
    decided,
    decided_on,
    decision_id,
    fitting,
    is_dormant,
    stretch_id,
)
from kb.model import Claim, Decision, DecisionKind, Passage
from kb.topic import Topic

TEXT = "Tea is cheap. Coffee is strong. Tea is cheap and good for sleep."
PASSAGES = (
    Passage("a-1", "a", 0, 31, TEXT[0:31]),
    Passage("a-2", "a", 32, len(TEXT), TEXT[32:]),
)
QUOTES = ("Tea is cheap", "Coffee is strong", "good for sleep", "strong. Tea", "Milk is white")
CLAIM_KINDS: tuple[DecisionKind, ...] = ("reject", "accept", "add")


def claim(quote: str = "Tea is cheap", option: str = "tea", criterion: str = "price") -> Claim:
    start = TEXT.index(quote)
    passage = next(p for p in PASSAGES if p.start <= start < p.end)
    return Claim(
        "a", passage.id, (option,), criterion, "for", start, start + len(quote), quote, "sentence"
    )


def on(kind: DecisionKind, quote: str = "Tea is cheap", option: str = "tea") -> Decision:
    return Decision("a", kind, quote, (option,), "price", "for")


def keys(claims: tuple[Claim, ...]) -> set[str]:
    return {claim_id(each) for each in claims}


# Decisions on the same thing


def test_keeping_words_replaces_dropping_them_and_the_other_way_round() -> None:
    keep, drop = Decision("a", "keep", "Tea"), Decision("a", "drop", "Tea")
    assert decided([drop], [keep]) == (keep,)
    assert decided([keep], [drop]) == (drop,)
    assert decided([drop], [keep, drop]) == (drop,)


def test_a_later_decision_on_a_passage_replaces_the_opposite_on_a_part_of_it() -> None:
    part, whole = Decision("a", "keep", "Tea"), Decision("a", "drop", "Tea is cheap")
    assert decided([part], [whole]) == (whole,)
    assert decided([whole], [part]) == (whole, part)


def test_rejecting_and_accepting_the_same_claim_replace_each_other() -> None:
    assert decided([on("reject")], [on("accept")]) == (on("accept"),)
    assert decided([on("accept")], [on("reject")]) == (on("reject"),)


def test_adding_a_claim_twice_adds_one_and_accepting_it_leaves_it_added() -> None:
    assert decided([on("add")], [on("add")]) == (on("add"),)
    assert decided([on("add")], [on("accept")]) == (on("add"),)
    assert decided([on("add")], [on("reject")]) == (on("reject"),)


def test_a_claim_added_again_with_reservations_replaces_the_first() -> None:
    hedged = Decision("a", "add", "Tea is cheap", ("tea",), "price", "for", hedged=True)
    assert decided([on("add")], [hedged]) == (hedged,)


def test_decisions_on_other_claims_and_words_stand_beside_each_other() -> None:
    several = [on("reject"), on("add", option="coffee"), Decision("a", "keep", "Tea is cheap")]
    assert decided(several[:1], several[1:]) == tuple(several)
    assert len({decision_id(each) for each in several}) == 3


def test_ids_depend_on_words_and_meaning_and_not_on_the_place() -> None:
    moved = Claim("a", "a-9", ("tea",), "price", "for", 900, 912, "Tea is cheap", "list")
    assert claim_id(moved) == claim_id(claim()) == decision_id(decided_on(moved, "reject"))
    assert claim_id(claim(option="coffee")) != claim_id(claim())
    assert decision_id(Decision("a", "drop", "Tea")) == stretch_id("a", "Tea")


# Claims


def test_without_decisions_the_claims_are_those_that_were_mined() -> None:
    mined = (claim("Coffee is strong"), claim())
    assert corrected(mined, [], PASSAGES) == mined
    assert corrected(mined, [Decision("a", "keep", "Tea")], PASSAGES) == mined


def test_a_rejected_claim_is_left_out_wherever_it_is_made() -> None:
    again = Claim("a", "a-2", ("tea",), "price", "for", 32, 44, "Tea is cheap", "list")
    other = claim("Coffee is strong")
    assert corrected([claim(), other, again], [on("reject")], PASSAGES) == (other,)


def test_an_accepted_claim_stays_as_it_was_mined() -> None:
    assert corrected([claim()], [on("accept")], PASSAGES) == (claim(),)


def test_an_accepted_claim_that_is_mined_no_more_stands_where_its_words_stand() -> None:
    (found,) = corrected([], [on("accept")], PASSAGES)
    assert (found.passage, found.start, found.quote) == ("a-1", 0, "Tea is cheap")
    assert found.method == MAINTAINER


@pytest.mark.parametrize("quote", ["Tea is cheap", "Tea is cheap and good for sleep"])
@pytest.mark.parametrize(
    ("kind", "methods"), [("reject", []), ("accept", ["maintainer"]), ("add", ["maintainer"])]
)
def test_a_decision_is_also_on_what_says_the_same_in_more_or_fewer_words_by_now(
    kind: DecisionKind, methods: list[str], quote: str
) -> None:
    start = TEXT.rindex(quote)
    same = Claim("a", "a-2", ("tea",), "price", "for", start, start + len(quote), quote, "sentence")
    found = corrected([same], [on(kind, "Tea is cheap and good")], PASSAGES)
    assert [each.method for each in found] == methods


def test_the_same_words_elsewhere_are_another_matter() -> None:
    rejected = on("reject", "Tea is cheap and good")
    assert corrected([claim("Tea is cheap")], [rejected], PASSAGES) == (claim("Tea is cheap"),)


def test_a_claim_that_is_decided_on_itself_is_not_meant_by_another_decision() -> None:
    both = [on("accept"), on("reject", "Tea is cheap and good")]
    second = Claim("a", "a-2", ("tea",), "price", "for", 32, 44, "Tea is cheap", "sentence")
    assert corrected([second], both, PASSAGES) == (second,)


def test_an_accepted_claim_that_is_mined_no_more_is_what_it_was() -> None:
    mined = replace(
        claim(), kind="figure", hedged=True, limits="for most", value=3.0, unit="euro", sense="gift"
    )
    (found,) = corrected([], [decided_on(mined, "accept")], PASSAGES)
    assert found == replace(mined, method=MAINTAINER)
    again = decided_on(decided_on(mined, "reject"), "accept")
    assert corrected([], [again], PASSAGES) == (found,)


def test_an_added_claim_takes_the_place_of_the_same_one_that_is_mined() -> None:
    hedged = Decision("a", "add", "Tea is cheap", ("tea",), "price", "for", True, (("age", "old"),))
    (found,) = corrected([claim()], [hedged], PASSAGES)
    assert (found.method, found.hedged, found.scope) == (MAINTAINER, True, (("age", "old"),))


def test_an_added_claim_whose_words_stand_in_no_passage_is_not_made() -> None:
    for gone in ("Milk is white", "strong. Tea"):  # the latter runs over two passages
        assert corrected([], [on("add", gone)], PASSAGES) == ()


def test_a_decision_is_dormant_while_its_words_stand_nowhere(topic: Topic) -> None:
    assert not is_dormant(Decision("a", "drop", "strong. Tea"), topic, TEXT, PASSAGES)
    assert is_dormant(Decision("a", "keep", "Milk"), topic, TEXT, PASSAGES)
    assert is_dormant(on("reject", "Milk is white"), topic, TEXT, PASSAGES)
    assert is_dormant(on("add", "strong. Tea"), topic, TEXT, PASSAGES)
    assert not is_dormant(on("reject"), topic, TEXT, PASSAGES)


def test_a_claim_on_what_the_topic_does_not_have_is_dormant(topic: Topic) -> None:
    strange = on("add", option="milk")
    assert is_dormant(strange, topic, TEXT, PASSAGES)
    assert fitting([strange, on("add")], topic) == (on("add"),)
    limited = Decision("a", "add", "Tea is cheap", ("tea",), "", "for", scope=(("mood", "bad"),))
    assert fitting([limited], topic) == ()


decisions = st.builds(
    Decision,
    article=st.just("a"),
    kind=st.sampled_from(("keep", "drop", *CLAIM_KINDS)),
    quote=st.sampled_from(QUOTES),
    about=st.sampled_from((("tea",), ("coffee",), ("tea", "coffee"))),
    criterion=st.sampled_from(("", "price")),
    stance=st.sampled_from(("for", "against", "even")),
    hedged=st.booleans(),
)
mined = st.lists(
    st.builds(claim, quote=st.sampled_from(QUOTES[:3]), option=st.sampled_from(("tea", "coffee"))),
    unique=True,
)


@given(mined, st.lists(decisions))
def test_every_claim_is_one_that_is_wanted_in_words_that_stand_there(
    claims: list[Claim], made: list[Decision]
) -> None:
    standing = decided((), made)
    found = corrected(claims, standing, PASSAGES)
    of_kind = {
        kind: {decision_id(each) for each in standing if each.kind == kind} for kind in CLAIM_KINDS
    }
    assert not keys(found) & of_kind["reject"]
    assert keys(tuple(claims)) - of_kind["reject"] <= keys(found)
    assert keys(found) <= keys(tuple(claims)) | of_kind["accept"] | of_kind["add"]
    places = {passage.id: passage for passage in PASSAGES}
    for each in found:
        passage = places[each.passage]
        assert TEXT[each.start : each.end] == each.quote
        assert passage.start <= each.start and each.end <= passage.end
    stands = {
        decision_id(each)
        for each in standing
        if each.kind in ("accept", "add") and any(each.quote in p.text for p in PASSAGES)
    }
    assert stands <= keys(found)
    assert set(corrected(found, standing, PASSAGES)) == set(found)


@given(st.lists(decisions))
def test_deciding_the_same_again_changes_nothing(made: list[Decision]) -> None:
    standing = decided((), made)
    assert decided(standing, standing) == standing
    assert len({decision_id(each) for each in standing}) == len(standing)
