"""Claims counted: one article is one voice, and a rule is backed by articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.evidence import Backing, backing, collect, subjects_of, voices
from kb.model import Claim
from kb.store import Snapshot
from kb.topic import Rule, Topic


def claim(
    article: str = "a",
    option: str = "tea",
    stance: str = "for",
    criterion: str = "price",
    **more: object,
) -> Claim:
    return Claim(article, f"{article}-1", (option,), criterion, stance, 0, 3, "tea", "test", **more)  # type: ignore[arg-type]


def voice(*claims: Claim) -> float:
    return voices(claims).of("tea", "price")["a"]


# Voices


@pytest.mark.parametrize(
    ("stances", "expected"),
    [(["for"], 1), (["against"], -1), (["even"], 0), (["for", "against"], 0), (["for"] * 9, 1),
     (["for"] * 3 + ["against"], 0.5), (["even", "for"], 1)],
)  # fmt: skip
def test_an_article_is_one_voice_however_often_it_repeats_itself(
    stances: list[str], expected: float
) -> None:
    assert voice(*(claim(stance=stance) for stance in stances)) == expected


def test_a_hedged_statement_and_an_example_count_half() -> None:
    assert voice(claim(hedged=True)) == voice(claim(kind="example")) == 0.5


def test_what_an_article_says_more_often_outweighs_the_rest() -> None:
    assert voice(claim(hedged=True), claim(), claim(stance="against", hedged=True)) == 0.5


def test_a_combination_of_options_is_nobodys_voice() -> None:
    both = Claim("a", "a-1", ("tea", "coffee"), "price", "for", 0, 3, "tea", "test")
    assert not voices([both]).table


def test_a_claim_under_a_condition_is_evidence_on_that_condition_too() -> None:
    limited = claim(scope=(("time_of_day", "evening"),))
    assert subjects_of(limited) == ("price", "time_of_day=evening")
    assert voices([limited]).of("tea", "time_of_day=evening") == {"a": 1.0}


def test_the_mean_is_over_the_articles_that_speak_of_the_subject() -> None:
    heard = voices([claim("a"), claim("b"), claim("c", stance="against"), claim("d", "coffee")])
    assert heard.mean("tea", "price") == pytest.approx(0.9 * (1 + 1 - 1) / 4)
    assert heard.articles("price") == {"a", "b", "c", "d"}


def test_an_article_that_compares_counts_more_than_one_that_speaks_of_one_option() -> None:
    alone = voices([claim("a")])
    comparing = voices([claim("a"), claim("a", "coffee", stance="against")])
    assert alone.mean("tea", "price") < comparing.mean("tea", "price") == 1.0


def test_where_nobody_speaks_the_mean_is_nought() -> None:
    assert voices([]).mean("tea", "price") == 0.0
    assert dict(voices([]).of("tea", "price")) == {}


CLAIMS = st.builds(
    claim,
    article=st.sampled_from("abc"),
    option=st.sampled_from(["tea", "coffee"]),
    stance=st.sampled_from(["for", "against", "even"]),
    hedged=st.booleans(),
)


@given(st.lists(CLAIMS), st.randoms())
def test_voices_do_not_depend_on_the_order_of_claims(claims: list[Claim], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(claims, len(claims))
    heard = voices(claims)
    assert heard == voices(shuffled)
    assert all(-1 <= voice <= 1 for said in heard.table.values() for voice in said.values())


def test_claims_on_several_subjects_are_returned_once_and_in_order() -> None:
    both, other = claim("b", scope=(("budget", "small"),)), claim("a")
    found = collect([both, other]).bearing(["price", "budget=small", "taste"])
    assert found == (other, both)


# Rules

RULE = Rule("thrift", "tea", 1, "Tea is cheap.", criteria=("price",))
OPTIONS = ("tea", "coffee")


def backed(*claims: Claim, rule: Rule = RULE) -> Backing:
    return backing(rule, voices(claims), OPTIONS)


def test_an_article_for_the_option_supports_the_rule() -> None:
    assert backed(claim()) == Backing(supporting=1, opposing=0)


def test_an_article_against_the_other_option_supports_it_too() -> None:
    assert backed(claim(option="coffee", stance="against")) == Backing(1, 0)


def test_an_article_that_praises_the_other_option_opposes_it() -> None:
    assert backed(claim(), claim("b", "coffee"), claim("c", stance="against")) == Backing(1, 2)


def test_an_article_that_praises_both_is_on_no_side() -> None:
    assert backed(claim(), claim(option="coffee")) == Backing(0, 0)


def test_a_rule_on_a_condition_alone_is_backed_by_claims_under_it() -> None:
    rule = Rule("late", "tea", 1, "Late.", conditions=(("time_of_day", "evening"),))
    assert backed(claim(scope=(("time_of_day", "evening"),)), rule=rule) == Backing(1, 0)


@pytest.mark.parametrize(
    ("supporting", "opposing", "share"), [(0, 0, 0), (3, 0, 1), (3, 1, 0.5), (1, 1, 0), (1, 3, 0)]
)
def test_the_share_is_what_is_left_of_the_support(
    supporting: int, opposing: int, share: float
) -> None:
    assert Backing(supporting, opposing).share == share


def test_the_rules_of_the_drinks_are_backed_by_their_articles(
    topic: Topic, snapshot: Snapshot
) -> None:
    heard = snapshot.evidence("drinks").heard
    assert [backing(rule, heard, topic.option_ids).supporting > 0 for rule in topic.rules] == [
        True, True,
    ]  # fmt: skip
