"""What passages claim: for or against whom, on what, in which exact words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.claims.mining import mine
from kb.model import Cell, Claim, Passage
from kb.topic import Topic


def passage(text: str, *headings: str, kind: str = "prose", start: int = 7) -> Passage:
    return Passage("a-1", "a", start, start + len(text), text, headings, kind)  # type: ignore[arg-type]


def told(claims: tuple[Claim, ...]) -> set[tuple[str, str, str]]:
    """Return (options, criterion, stance) of each claim."""
    return {("+".join(claim.about), claim.criterion, claim.stance) for claim in claims}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tea is cheap.", {("tea", "price", "for")}),
        ("Coffee has a poor taste.", {("coffee", "taste", "against")}),
        ("Coffee is not good for your health.", {("coffee", "health", "against")}),
        ("Tea is healthier than coffee.", set()),
        (
            "Tea has a better taste than coffee.",
            {("tea", "taste", "for"), ("coffee", "taste", "against")},
        ),
        (
            "Tea has a rich flavour, but coffee has a poor aroma.",
            {("tea", "taste", "for"), ("coffee", "taste", "against")},
        ),
        (
            "Tea is good for your health, and coffee has an excellent aroma.",
            {("tea", "health", "for"), ("coffee", "taste", "for")},
        ),
        (
            "Both tea and coffee have an excellent aroma.",
            {("tea", "taste", "even"), ("coffee", "taste", "even")},
        ),
        ("We compare the price of tea and coffee.", set()),
        ("The price went up last year.", set()),
    ],
)
def test_a_sentence_claims_what_it_says(
    topic: Topic, sentence: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(mine([passage(sentence)], topic)) == expected


def test_a_pronoun_is_the_option_that_was_spoken_of(topic: Topic) -> None:
    claims = mine([passage("Tea is an old drink. It has an excellent flavour.")], topic)
    assert told(claims) == {("tea", "taste", "for")}
    assert [claim.quote for claim in claims] == ["It has an excellent flavour."]


def test_a_heading_says_whom_and_what_its_text_is_about(topic: Topic) -> None:
    assert told(mine([passage("It is excellent.", "Coffee", "Taste")], topic)) == {
        ("coffee", "taste", "for")
    }


@pytest.mark.parametrize(
    ("heading", "stance"),
    [
        ("Pros of coffee", "for"),
        ("When to choose coffee", "for"),
        ("Cons of coffee", "against"),
        ("When not to choose coffee", "against"),
    ],
)
def test_a_list_takes_its_stance_from_its_heading(topic: Topic, heading: str, stance: str) -> None:
    items = passage("aroma\nthe caffeine in it", heading, kind="list")
    assert told(mine([items], topic)) == {
        ("coffee", "taste", stance),
        ("coffee", "caffeine", stance),
    }


def test_of_two_lists_under_pros_and_cons_the_first_is_the_good_one(topic: Topic) -> None:
    lists = [
        passage("• fine aroma", "Pros and cons of tea", kind="list"),
        passage("• the price", "Pros and cons of tea", kind="list", start=50),
    ]
    assert told(mine(lists, topic)) == {("tea", "taste", "for"), ("tea", "price", "against")}


def test_a_condition_limits_a_claim_and_is_one_on_itself(topic: Topic) -> None:
    claims = mine([passage("Coffee is bad for your health late in the evening.")], topic)
    assert {claim.criterion for claim in claims} == {"health", ""}
    assert {claim.scope for claim in claims} == {(("time_of_day", "evening"),)}


@pytest.mark.parametrize(
    ("sentence", "hedged", "kind"),
    [
        ("Tea is cheap.", False, "stance"),
        ("Tea is usually cheap.", True, "stance"),
        ("The bistro Zorblat uses tea for its price.", False, "example"),
    ],
)
def test_hedges_and_examples_are_marked(
    topic: Topic, sentence: str, hedged: bool, kind: str
) -> None:
    (claim,) = mine([passage(sentence)], topic)
    assert (claim.hedged, claim.kind) == (hedged, kind)


def row(text: str, *cells: str) -> Passage:
    places = [text.index(cell) + 7 for cell in cells]
    spans = zip(("tea", "coffee"), places, cells, strict=True)
    found = tuple(Cell(option, start, start + len(cell)) for option, start, cell in spans)
    return Passage("a-1", "a", 7, 7 + len(text), text, (), "table", found)


def test_a_row_claims_of_each_option_what_its_cell_says(topic: Topic) -> None:
    claims = mine([row("Taste | excellent | poor", "excellent", "poor")], topic)
    assert told(claims) == {("tea", "taste", "for"), ("coffee", "taste", "against")}
    assert [claim.quote for claim in claims] == ["excellent", "poor"]


def test_a_cell_that_lists_uses_claims_each_in_its_own_words(topic: Topic) -> None:
    claims = mine(
        [
            row(
                "Good for | breakfast; caffeine; taste | price",
                "breakfast; caffeine; taste",
                "price",
            )
        ],
        topic,
    )
    assert ("tea", "caffeine", "for") in told(claims)
    assert {c.quote for c in claims if c.criterion == "caffeine"} == {"caffeine"}


def test_code_claims_nothing_but_what_leads_it_in_does(topic: Topic) -> None:
    code = passage("Tea is cheap. Here is how to brew it in three lines:\ntea = cheap", kind="code")
    assert [claim.quote for claim in mine([code], topic)] == ["Tea is cheap."]


def test_a_sentence_that_was_wrapped_is_quoted_with_its_line_end(topic: Topic) -> None:
    (claim,) = mine([passage("Tea is a very old drink and\nit has an excellent flavour.")], topic)
    assert claim.quote == "Tea is a very old drink and\nit has an excellent flavour."


def test_a_statement_tells_in_which_sense_it_speaks(topic: Topic) -> None:
    said = mine([passage("Tea is bad for your dental health. Tea is good for your health.")], topic)
    assert [(claim.stance, claim.sense) for claim in said] == [("against", "teeth"), ("for", "")]
    (under,) = mine([passage("Coffee is bad for your health.", "What it does to teeth")], topic)
    assert under.sense == "teeth"


WORDS = st.lists(
    st.sampled_from(
        ["Tea", "coffee", "is", "not", "cheap", ",", "but", "than", "better", ".", "\n", "(", ")",
         "• ", ":", "while", "it", "taste", "excellent", "poor", "both", "evening", "?", "\u0301"]
    ),
    max_size=40,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS, kind=st.sampled_from(["prose", "list", "answer", "code"]))
def test_every_quote_stands_in_its_passage(topic: Topic, words: list[str], kind: str) -> None:
    text = " ".join(words)
    for claim in mine([passage(text, "Pros of tea", kind=kind)], topic):
        assert text[claim.start - 7 : claim.end - 7] == claim.quote
