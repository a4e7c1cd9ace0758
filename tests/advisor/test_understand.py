"""From a question and its history to a reading: corrections, follow-ups, coverage, limits."""

import pytest
from asking import Reads, needs

from advisor.errors import QuestionError
from advisor.model import Adjustments


def test_a_misspelt_option_is_still_understood(reading: Reads) -> None:
    understood = reading("is cofee good for students?")
    assert understood.options == ("coffee",)
    assert [(c.typed, c.read_as) for c in understood.corrections] == [("cofee", "coffee")]


def test_a_correction_can_be_undone(reading: Reads) -> None:
    understood = reading("is cofee good", adjustments=Adjustments(exact=("cofee",)))
    assert understood.corrections == ()
    assert understood.options == ()


@pytest.mark.parametrize(
    "question", ["cocoa or tea?", "is lemonade cheap?", "tea for my laptop", "BREW or tea"]
)
def test_other_products_english_words_and_acronyms_are_not_corrected(
    reading: Reads, question: str
) -> None:
    assert reading(question).corrections == ()


@pytest.mark.parametrize(
    ("history", "question", "options", "criteria", "conditions"),
    [
        (["tea or coffee, which is cheaper?"], "and the taste?", {"tea", "coffee"}, {"taste"}, {}),
        (
            ["tea or coffee for the taste?"],
            "what about the evening?",
            {"tea", "coffee"},
            {"taste", "caffeine"},
            {"time_of_day": "evening"},
        ),
        (["is tea cheap?"], "and the other one?", {"coffee", "water"}, {"price"}, {}),
        (["is tea cheap?"], "and coffee?", {"coffee"}, {"price"}, {}),
        (
            ["tea or coffee, which is cheaper?"],
            "it must also be healthy",
            {"tea", "coffee"},
            {"price", "health"},
            {},
        ),
        (
            ["tea or coffee on a small budget, which is tasty?"],
            "hm ok, and for health?",
            {"tea", "coffee"},
            {"health"},
            {"budget": "small"},
        ),
        (
            ["tea or coffee in the evening?"],
            "forget the evening, still the same?",
            {"tea", "coffee"},
            set(),
            {},
        ),
        (
            ["tea or coffee, it must be cheap and tasty"],
            "we don't need it cheap though, and now?",
            {"tea", "coffee"},
            {"price", "taste"},
            {},
        ),
    ],
)
def test_a_follow_up_takes_over_what_it_leaves_open(
    reading: Reads,
    history: list[str],
    question: str,
    options: set[str],
    criteria: set[str],
    conditions: dict[str, str],
) -> None:
    understood = reading(question, *history)
    assert set(understood.options) == options
    assert set(needs(understood)) == criteria
    assert dict(understood.conditions) == conditions


def test_what_was_carried_over_is_shown(reading: Reads) -> None:
    understood = reading("and the taste?", "tea or coffee on a small budget?")
    assert understood.carried_over == ("Tea", "Coffee", "small budget")
    assert understood.standalone == "and the taste? (Tea, Coffee, small budget)"


@pytest.mark.parametrize("question", ["Is water healthy?", "what's the weather in Berlin tomorrow"])
def test_a_question_of_its_own_takes_nothing_over(reading: Reads, question: str) -> None:
    alone = reading(question)
    after = reading(question, "tea or coffee on a small budget, it must be tasty?")
    assert after.carried_over == ()
    assert (after.options, after.needs, after.conditions, after.not_covered) == (
        alone.options,
        alone.needs,
        alone.conditions,
        alone.not_covered,
    )


def test_why_asks_for_the_last_answer_again(reading: Reads) -> None:
    understood = reading("why?", "Which is healthier, tea or coffee? I care about health")
    assert understood.explain
    assert set(needs(understood)) == {"health"}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("cocoa or tea?", ("cocoa",)),
        ("is tea better than a lemonade?", ("lemonade",)),
        ("which is healthier, Club-Mate or coffee?", ("Club", "Mate")),
        ("what is the capital of France", None),
        ("cheapest train from Lyon to Paris on a sunday", None),
        ("???", None),
        ("what is tea_leaf_config for", None),
    ],
)
def test_what_no_article_covers_is_named(
    reading: Reads, question: str, missing: tuple[str, ...] | None
) -> None:
    assert reading(question).not_covered == missing if missing else reading(question).not_covered


@pytest.mark.parametrize(
    "question",
    [
        "I come from cocoa: tea or coffee?",
        "tea or coffee? my friend drinks lemonade all day",
        "tea",
        "which drink is healthy?",
        "quickly, my unknown flatmate Zbigniew wants to know: is tea or coffee cheaper?",
    ],
)
def test_what_stands_beside_the_point_does_not_make_a_question_uncovered(
    reading: Reads, question: str
) -> None:
    assert reading(question).not_covered == ()


def test_given_and_without_change_what_was_understood(reading: Reads) -> None:
    adjusted = reading(
        "is tea or coffee cheap and tasty?",
        adjustments=Adjustments(
            given=(("budget", "small"),), without=("criterion:taste", "option:tea")
        ),
    )
    assert adjusted.options == ("coffee",)
    assert set(needs(adjusted)) == {"price"}
    assert adjusted.conditions == (("budget", "small"),)


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("", ()),
        ("  \n\t ", ()),
        ("\x00\u200b", ()),
        ("x" * 2001, ()),
        ("tea?", ("tea",) * 9),
        ("tea?", ("x" * 1500,) * 3),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(
    reading: Reads, question: str, history: tuple[str, ...]
) -> None:
    with pytest.raises(QuestionError) as refusal:
        reading(question, *history)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    "adjustments",
    [
        Adjustments(given=(("budget", "huge"),)),
        Adjustments(without=("criterion:nothing",)),
        Adjustments(without=("price",)),
    ],
)
def test_an_adjustment_that_names_nothing_is_refused(
    reading: Reads, adjustments: Adjustments
) -> None:
    with pytest.raises(QuestionError):
        reading("tea or coffee?", adjustments=adjustments)


def test_over_long_words_are_listed_and_not_searched(reading: Reads) -> None:
    understood = reading("tea or " + "k" * 60 + "?")
    assert understood.ignored == ("k" * 60 + "?",)
    assert all(len(word.typed) <= 40 for word in understood.query.words)


def test_a_search_uses_at_most_32_words(reading: Reads, snapshot: object) -> None:
    everything = " ".join(
        word
        for article in snapshot.articles()
        for word in article.text.split()  # type: ignore[attr-defined]
    )
    assert 0 < len(reading(everything[:2000]).query.words) <= 32


@pytest.mark.parametrize("word", ["bop", "dummy"])
def test_short_words_that_share_too_little_are_not_corrected(reading: Reads, word: str) -> None:
    assert reading(f"tea or coffee with {word}").corrections == ()
