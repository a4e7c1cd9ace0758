"""Questions with their answers, cases, choices, figures and conditions: what they claim."""

import pytest

from kb.claims.mining import mine
from kb.model import Cell, Claim, Passage
from kb.topic import Topic


def passage(text: str, *headings: str, kind: str = "prose") -> Passage:
    return Passage("a-1", "a", 0, len(text), text, headings, kind)  # type: ignore[arg-type]


def told(claims: tuple[Claim, ...]) -> set[tuple[str, str, str]]:
    return {("+".join(claim.about), claim.criterion, claim.stance) for claim in claims}


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Is coffee expensive?", "Yes, and every year more so.", ("coffee", "price", "against")),
        ("Is coffee expensive?", "Not really.", ("coffee", "price", "for")),
        ("Isn't tea unhealthy?", "Frankly, no.", ("tea", "health", "for")),
        ("Does tea have caffeine?", "It does, mostly black tea.", ("tea", "caffeine", "for")),
        ("Does water keep me awake?", "It does not.", ("water", "caffeine", "against")),
        ("Which one is cheaper?", "Tea, by a long way.", ("tea", "price", "for")),
        (
            "What should I drink for my health?",
            "Then definitely water.",
            ("water", "health", "for"),
        ),
        (
            "Which tastes better: the aroma of tea or of coffee?",
            "A draw.",
            ("tea", "taste", "even"),
        ),
    ],
)
def test_an_answer_claims_what_its_question_asks(
    topic: Topic, question: str, answer: str, expected: tuple[str, str, str]
) -> None:
    assert expected in told(mine([passage(answer, question, kind="answer")], topic))
    assert expected in told(mine([passage(f"{question} {answer}")], topic))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is tea cheap?", "That depends on the shop."),
        ("What is tea?", "Tea, a drink of leaves, comes from China."),
        ("Do I have to care about the price of coffee?", "Yes."),
        ("Who buys the cheap coffee?", "Nobody knows."),
    ],
)
def test_an_answer_that_takes_no_side_claims_nothing(
    topic: Topic, question: str, answer: str
) -> None:
    assert not mine([passage(answer, question, kind="answer")], topic)


def test_a_question_alone_claims_nothing(topic: Topic) -> None:
    assert not mine([passage("Tired of the high price of coffee? Is tea not healthy?")], topic)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The best taste: coffee, of course.", ("coffee", "taste", "for")),
        ("Before bed: water.", ("water", "", "for")),
        ("Staying awake: coffee if you are in a hurry.", ("coffee", "caffeine", "for")),
    ],
)
def test_a_case_and_its_choice_on_one_line(
    topic: Topic, line: str, expected: tuple[str, str, str]
) -> None:
    assert told(mine([passage(line)], topic)) == {expected}


def test_a_case_is_quoted_with_what_was_chosen_for_it(topic: Topic) -> None:
    (claim,) = mine([passage("Staying awake: coffee, please. Ask nobody else.")], topic)
    assert claim.quote == "Staying awake: coffee, please."


def test_a_winner_is_one_on_what_its_section_is_about(topic: Topic) -> None:
    assert told(mine([passage("Winner: tea", "Price")], topic)) == {("tea", "price", "for")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("For the aroma we went with coffee.", {("coffee", "taste", "for")}),
        ("Stay away from coffee if your health is at stake.", {("coffee", "health", "against")}),
        (
            "We switched from coffee to tea because of the price.",
            {("tea", "price", "for"), ("coffee", "price", "against")},
        ),
        ("I would not choose coffee for its taste.", {("coffee", "taste", "against")}),
        ("We wondered whether to choose coffee for its taste.", set()),
    ],
)
def test_a_choice_speaks_for_what_is_taken_and_against_what_is_left(
    topic: Topic, sentence: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(mine([passage(sentence)], topic)) == expected


def test_what_a_condition_names_is_judged_by_the_rest_of_the_sentence(topic: Topic) -> None:
    claims = mine([passage("If the price is too high for you, tea is a good choice.")], topic)
    assert told(claims) == {("tea", "price", "for")}


def test_the_praise_of_one_part_is_not_that_of_another(topic: Topic) -> None:
    claims = mine([passage("Coffee is expensive, because its aroma is excellent.")], topic)
    assert told(claims) == {("coffee", "price", "against"), ("coffee", "taste", "for")}


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a myth that coffee is bad for your health.",
        "Some people say that tea has a poor taste.",
        "> Coffee has a poor taste.",
    ],
)
def test_what_others_say_is_not_what_the_article_says(topic: Topic, sentence: str) -> None:
    assert not mine([passage(sentence)], topic)


def test_a_sentence_that_neither_names_nor_points_back_is_about_nobody(topic: Topic) -> None:
    claims = mine(
        [passage("Coffee came to Vienna in 1683. My aunt has an excellent taste.")], topic
    )
    assert not claims


def test_the_former_and_the_latter_are_the_two_that_were_named_last(topic: Topic) -> None:
    text = "We tried tea and coffee. The former is cheap. The latter has an excellent aroma."
    assert told(mine([passage(text)], topic)) == {
        ("tea", "price", "for"),
        ("coffee", "taste", "for"),
    }


def test_all_alike_are_even(topic: Topic) -> None:
    claims = mine([passage("All three are cheap.")], topic)
    assert told(claims) == {(option, "price", "even") for option in ("tea", "coffee", "water")}


@pytest.mark.parametrize(
    ("sentence", "better"),
    [
        ("The price of a cup: tea 20 cents, coffee 2 euros.", None),
        ("At our price tea costs 20 cents, coffee 45 cents.", "tea"),
        ("The price is 45 cents for coffee and 20 cents for tea.", "tea"),
        ("Preparation takes 2 minutes for tea and 1 hour for coffee.", "tea"),
    ],
)
def test_of_figures_side_by_side_the_better_one_is_praised(
    topic: Topic, sentence: str, better: str | None
) -> None:
    figures = [c for c in mine([passage(sentence)], topic) if c.kind == "figure"]
    assert {claim.about for claim in figures if claim.stance == "for"} == (
        {(better,)} if better else set()
    )


def row(label: str, tea: str, coffee: str) -> Passage:
    text = f"{label} | {tea} | {coffee}"
    first, second = len(label) + 3, len(label) + len(tea) + 6
    cells = (Cell("tea", first, first + len(tea)), Cell("coffee", second, second + len(coffee)))
    return Passage("a-1", "a", 0, len(text), text, (), "table", cells)


@pytest.mark.parametrize(
    ("label", "tea", "coffee"),
    [
        ("Price", "$", "$$$"),
        ("Taste", "✓", "✗"),
        ("Taste", "Yes", "No"),
        ("Price", "20 to 30 cents", "60 cents"),
        ("Effort", "a few minutes", "several hours"),
        ("Price", "12 euros", "1,250 euros"),
        ("Caffeine", "Built in", "Via powder only"),
    ],
)
def test_cells_are_compared_by_marks_figures_and_words(
    topic: Topic, label: str, tea: str, coffee: str
) -> None:
    assert {
        claim.about for claim in mine([row(label, tea, coffee)], topic) if claim.stance == "for"
    } >= {("tea",)}


def test_years_are_neither_good_nor_bad_unless_the_topic_says_so(topic: Topic) -> None:
    assert not mine([row("Health", "2 years", "5 years")], topic)


def test_yes_for_both_calls_them_level(topic: Topic) -> None:
    claims = mine([passage("Yes.", "Do tea and coffee have caffeine?", kind="answer")], topic)
    assert told(claims) == {("tea", "caffeine", "even"), ("coffee", "caffeine", "even")}
