"""Yes, no or partly comes first when it is asked of one option."""

import pytest
from asking import Asking, Reads

from advisor.pipeline import ask
from kb.store import Snapshot


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is tea healthy?", "Yes: two articles speak for Tea on health, none against"),
        ("is coffee healthy?", "No: three articles speak against Coffee on health, none for it"),
        ("is coffee bad for my health?", "Yes: three articles speak against Coffee on health"),
        ("is coffee unaffordable?", "Partly: one article speaks against Coffee on price"),
        ("is tea expensive?", "Partly: two articles speak for Tea on price, one against"),
    ],
)
def test_the_option_asked_about_is_answered_first(
    asking: Asking, question: str, start: str
) -> None:
    assert asking(question).guidance.headline.startswith(start)


def test_articles_that_say_both_do_not_make_a_yes_a_partly(shipped: Snapshot) -> None:
    secure = ask(shipped, "Is Django secure?").guidance.headline
    assert secure.startswith("Yes, on balance: three articles speak for Django on security")
    assert ask(shipped, "Is Flask secure?").guidance.headline.startswith("Partly: ")


def test_what_can_be_done_with_some_pains_is_done_with_limits(shipped: Snapshot) -> None:
    can = ask(shipped, "Can Flask handle heavy traffic?").guidance.headline
    assert can.startswith("Yes, with limits: two articles speak both for and against Flask")


def test_a_sentence_that_others_contradict_is_told_with_theirs(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Is it true that Django does not support APIs?").guidance
    assert guidance.headline.startswith("The articles disagree on building an API: ")
    assert "“Django does not support APIs”" in guidance.headline
    first, second = guidance.reasons[0].citations
    assert first.article != second.article
    assert second.quote.rstrip(".") in guidance.headline


def test_what_is_said_of_another_part_of_a_criterion_contradicts_nothing(
    shipped: Snapshot,
) -> None:
    guidance = ask(shipped, "is there anything in flask to protect users' cookies").guidance
    assert guidance.headline.startswith("Yes: “Flask offers secure cookies")


def test_the_option_that_is_ahead_is_named_behind(asking: Asking) -> None:
    assert asking("is coffee healthy?").guidance.headline.endswith(
        "; the articles lean towards Tea."
    )


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is coffee enough for my health?", "No: three articles speak against Coffee on health"),
        ("is tea too much for my health?", "No: two articles speak for Tea on health"),
        ("would coffee be a mistake for my health?", "Yes: three articles speak against Coffee"),
    ],
)
def test_whether_an_option_fits_is_a_yes_or_no_on_that_one(
    asking: Asking, question: str, start: str
) -> None:
    assert asking(question).guidance.headline.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("Would Flask be enough for an online shop?", "Perhaps: one article speaks for Flask"),
        ("Is Flask sufficient for a social network?", "Rather not: no article speaks for or"),
        ("Is Django overkill for a small blog?", "Yes: two articles speak against Django"),
        ("Is Flask a bad idea for an online shop?", "Not quite: one article speaks for Flask"),
        ("Is Flask secure enough out of the box?", "Rather not: one article speaks against"),
        ("Can I get away with Flask?", "It depends on what for: "),
    ],
)
def test_what_is_behind_may_do_all_the_same(shipped: Snapshot, question: str, start: str) -> None:
    guidance = ask(shipped, question).guidance
    assert guidance.headline.startswith(start)
    if guidance.option == "django" and start.startswith("Perhaps"):
        assert "in favour of Flask" in guidance.against[0].text


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("is tea healthy?", "good"),
        ("is it hard to make tea, is it bad for my health?", "bad"),
        ("is tea unaffordable?", "bad"),  # the denial of a word for a criterion
        ("is tea inexpensive?", "good"),
        ("is tea healthier than coffee?", ""),
        ("is tea enough for my health?", "fit"),
        ("is tea too much for my health?", "unfit"),
        ("is tea enough for my health or is coffee better?", ""),
        ("which is healthy?", ""),
        ("does tea have caffeine?", ""),
    ],
)
def test_comparisons_and_questions_for_facts_are_no_yes_or_no(
    reading: Reads, question: str, whether: str
) -> None:
    assert reading(question).whether == whether


def test_a_no_is_borne_out_by_what_is_said_against_the_option_and_then_by_its_rival(
    asking: Asking,
) -> None:
    guidance = asking("is coffee healthy?").guidance
    assert guidance.option == "tea"
    assert "against Coffee" in guidance.reasons[0].text
    assert "in favour of Tea" in guidance.reasons[-1].text
    assert all("Coffee" in reason.text for reason in guidance.against)


def test_can_asks_for_what_is_possible_and_not_for_the_best(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Can I build an API with Django at all?").guidance
    assert guidance.headline.startswith("Yes, with limits: ")
    assert "in favour of Django" in guidance.reasons[0].text
