"""Conflicts: the same option and criterion, opposite stances."""

from dataclasses import replace
from itertools import permutations

import pytest

from kb.disagreements import Conflict, conflicts
from kb.model import Claim
from kb.store import Snapshot


def claim(article: str, stance: str, **more: object) -> Claim:
    given = {"start": 0, "end": 9, "quote": "tea is so", "about": ("tea",), "criterion": "price"}
    given |= {"article": article, "passage": f"{article}-1", "stance": stance, "method": "test"}
    return Claim(**(given | more))  # type: ignore[arg-type]


PRO, CON = claim("a", "for"), claim("b", "against")


def test_opposite_stances_are_a_conflict_with_the_good_one_first() -> None:
    assert conflicts([CON, PRO]) == [Conflict("price", ("tea",), PRO, CON)]


@pytest.mark.parametrize(
    "other",
    [
        claim("b", "for"),
        claim("b", "even"),
        claim("b", "against", about=("coffee",)),
        claim("b", "against", about=("tea", "coffee")),
        claim("b", "against", criterion="taste"),
    ],
    ids=["same stance", "even", "another option", "a combination", "another criterion"],
)
def test_what_does_not_meet_is_no_conflict(other: Claim) -> None:
    assert conflicts([PRO, other]) == []


def test_overall_praise_and_blame_are_on_no_criterion_and_no_conflict() -> None:
    assert conflicts([claim("a", "for", criterion=""), claim("b", "against", criterion="")]) == []


def test_one_sentence_does_not_contradict_itself() -> None:
    assert conflicts([PRO, claim("a", "against")]) == []


def test_an_article_may_contradict_itself_elsewhere() -> None:
    (found,) = conflicts([PRO, claim("a", "against", start=40, end=49)])
    assert found.between == "one article"


@pytest.mark.parametrize(
    "weakness", [{"hedged": True}, {"kind": "example"}, {"scope": (("budget", "small"),)}]
)
def test_a_hedged_exemplary_or_limited_statement_makes_a_soft_conflict(
    weakness: dict[str, object],
) -> None:
    assert conflicts([PRO, CON])[0].strength == "hard"
    assert conflicts([PRO, claim("b", "against", **weakness)])[0].strength == "soft"


@pytest.mark.parametrize(
    "weakness",
    [{"quote": "teapots"}, {"quote": "China teapots"}, {"kind": "figure", "value": 3.0}],
    ids=["a name", "a few names", "a figure against no figure"],
)
def test_a_name_or_a_lone_figure_is_no_flat_contradiction(weakness: dict[str, object]) -> None:
    assert conflicts([claim("a", "for", **weakness), CON])[0].strength == "soft"


def test_two_figures_and_short_judgements_contradict_each_other_flatly() -> None:
    figures = [claim("a", "for", kind="figure"), claim("b", "against", kind="figure")]
    assert conflicts(figures)[0].strength == "hard"
    short = [claim("a", "for", quote="very cheap"), claim("b", "against", quote="not cheap")]
    assert conflicts(short)[0].strength == "hard"


@pytest.mark.parametrize(
    ("first", "second", "is_conflict"),
    [
        ("people prefer a large pot for tea", "tea works with a large pot only", False),
        ("tea comes in a large pot", "tea does not come in a large pot", True),
        ("tea is easy in a large pot", "tea is hard in a large pot", True),
        ("tea is cheap", "a cup of tea is dear", True),
    ],
)
def test_what_says_the_same_in_much_the_same_words_is_no_conflict(
    first: str, second: str, is_conflict: bool
) -> None:
    pair = [claim("a", "for", quote=first), claim("b", "against", quote=second)]
    assert bool(conflicts(pair)) == is_conflict


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the choice of teas is rich", "many teas are of varying quality"),
        ("you can pick tea freely", "buying more tea makes you vulnerable"),
        ("tea is easy to combine", "tea needs more work by hand"),
        ("tea works with any sweetener", "tea has no sugar built in"),
    ],
)
def test_what_is_judged_in_different_respects_is_no_plain_conflict(first: str, second: str) -> None:
    pair = [claim("a", "for", quote=first), claim("b", "against", quote=second)]
    (found,) = conflicts(pair)
    assert (found.strength, found.plain) == ("soft", False)


@pytest.mark.parametrize(
    ("first", "second", "method"),
    [
        ("tea is easy to make", "a steep learning curve", "list"),
        ("it supports milk", "it does not support milk", "sentence"),
        ("milk is built in", "milk has to be added", "sentence"),
        ("tea is safe", "a larger attack surface than coffee", "sentence"),
        ("tea has many kinds", "coffee has more, and many of them", "comparison"),
        ("you can rely on it", "Kinds: one has to look for them", "list"),
        ("quick parties", "tea lacks what a party takes", "sentence"),
    ],
)
def test_praise_and_blame_in_one_respect_contradict_each_other(
    first: str, second: str, method: str
) -> None:
    use = "use" if "parties" in first else "sentence"
    pro = claim("a", "for", quote=first, method=use)
    (found,) = conflicts([pro, claim("b", "against", quote=second, method=method)])
    assert (found.strength, found.plain) == ("hard", True)


def test_the_parts_of_one_sentence_do_not_contradict_each_other() -> None:
    granted = claim("a", "for", quote="it is possible", start=0, end=14)
    denied = claim("a", "against", quote="but rarely done", start=16, end=31)
    assert conflicts([granted, denied]) == []
    assert len(conflicts([granted, claim("a", "against", start=60, end=69)])) == 1


def test_overall_blame_beside_a_criterion_is_no_plain_conflict() -> None:
    scope = (("budget", "small"),)
    pro = claim("a", "for", criterion="", scope=scope)
    con = claim("b", "against", criterion="", scope=scope)
    assert conflicts([pro, con])[0].strength == "hard"
    beside = claim("b", "against", criterion="price")
    assert [(c.strength, c.plain) for c in conflicts([pro, con, beside])] == [("soft", False)]


@pytest.mark.parametrize(
    "quote", ["if not, choose tea", "otherwise take tea", "Teazilla is built on tea, and cheap"]
)
def test_half_a_sentence_or_somebodys_use_makes_a_soft_conflict(quote: str) -> None:
    assert conflicts([claim("a", "for", quote=quote), CON])[0].strength == "soft"


def test_two_statements_of_the_same_scope_conflict_hard() -> None:
    scope = (("budget", "small"),)
    pair = [claim("a", "for", scope=scope), claim("b", "against", scope=scope)]
    assert conflicts(pair)[0].strength == "hard"


def test_a_pair_of_articles_has_one_conflict_and_the_shortest_quotes_tell_it() -> None:
    long = claim("b", "against", quote="tea is dear, and dearer every year", start=50)
    (found,) = conflicts([PRO, long, CON])
    assert found.second == CON


def test_hard_conflicts_between_articles_come_first() -> None:
    claims = [
        claim("a", "for", criterion="taste"),
        claim("b", "against", criterion="taste", hedged=True),
        PRO,
        CON,
        claim("a", "against", start=40, end=49),
    ]
    found = [(item.strength, item.between) for item in conflicts(claims)]
    assert found == [("hard", "articles"), ("hard", "one article"), ("soft", "articles")]


def test_conflicts_do_not_depend_on_the_order_of_claims() -> None:
    claims = [PRO, CON, claim("c", "against"), claim("d", "for", hedged=True)]
    assert len({tuple(conflicts(order)) for order in permutations(claims)}) == 1


def test_the_articles_on_drinks_contradict_each_other(snapshot: Snapshot) -> None:
    found = {
        (item.criterion, item.about[0], frozenset((item.first.article, item.second.article)))
        for item in conflicts(snapshot.claims("drinks"))
    }
    assert ("price", "tea", frozenset({"a-cup-of-tea", "coffee-first"})) in found
    assert ("taste", "coffee", frozenset({"a-cup-of-tea", "coffee-first"})) in found


def test_a_use_listed_for_one_option_alone_and_elsewhere_for_a_rival_is_a_soft_conflict() -> None:
    tea = claim("a", "for", method="use", quote="garden parties")
    coffee = claim("b", "for", method="use", quote="garden parties", about=("coffee",))
    assert conflicts([tea, coffee]) == [
        Conflict("price", ("tea",), tea, coffee),
        Conflict("price", ("coffee",), coffee, tea),
    ]
    assert {found.strength for found in conflicts([tea, coffee])} == {"soft"}


def test_a_use_that_both_articles_list_for_both_is_no_conflict() -> None:
    both = [
        claim(article, "for", method="list", quote="garden parties", about=(option,))
        for article in ("a", "b")
        for option in ("tea", "coffee")
    ]
    assert conflicts(both) == []


def test_statements_in_different_senses_do_not_contradict_each_other() -> None:
    assert conflicts([PRO, claim("b", "against", sense="of a cup")]) == []
    same = [claim("a", "for", sense="of a cup"), claim("b", "against", sense="of a cup")]
    assert [conflict.subject for conflict in conflicts(same)] == ["price/of a cup"]


def test_opposite_advice_for_one_condition_is_a_conflict() -> None:
    evening = {"criterion": "", "scope": (("time_of_day", "evening"),)}
    (found,) = conflicts([claim("a", "for", **evening), claim("b", "against", **evening)])
    assert (found.criterion, found.subject) == ("", "time_of_day=evening")
    morning = {"criterion": "", "scope": (("time_of_day", "morning"),)}
    assert conflicts([claim("a", "for", **evening), claim("b", "against", **morning)]) == []


def test_a_criterion_and_the_wider_one_it_is_part_of_contradict_each_other_softly() -> None:
    quick = claim("a", "for", criterion="first_cup")
    slow = claim("b", "against", criterion="speed")
    assert conflicts([quick, slow]) == []
    (found,) = conflicts([quick, slow], {"first_cup": "speed"})
    assert (found.criterion, found.strength) == ("first_cup", "soft")
    assert (found.first, found.second) == (quick, slow)
    (turned,) = conflicts(
        [replace(quick, stance="against"), replace(slow, stance="for")], {"first_cup": "speed"}
    )
    assert (turned.criterion, turned.first.criterion) == ("first_cup", "speed")
    assert conflicts([quick, replace(slow, stance="for")], {"first_cup": "speed"}) == []
