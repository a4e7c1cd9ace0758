""" "Why?" leads with the reasons, "why not X?" with what speaks against X."""

from asking import Asking

QUESTION = "tea or coffee for the price?"


def test_why_leads_with_a_reason(asking: Asking) -> None:
    plain, why = asking(QUESTION).guidance, asking("why?", QUESTION).guidance
    assert why.option == plain.option == "tea"
    assert why.headline.startswith("Tea, and this is why. Price, in favour of Tea: “")


def test_why_not_tells_what_speaks_against_it(asking: Asking) -> None:
    guidance = asking("why not coffee?", QUESTION).guidance
    assert guidance.option == "tea"
    assert guidance.headline.startswith("Not Coffee, and this is why. Price, against Coffee: “")
    assert guidance.reasons[0].favours == "coffee"
    assert guidance.reasons[1].favours == "tea"
    assert [reason.favours for reason in guidance.against] == ["coffee"]


def test_the_one_that_is_ahead_is_not_doubted(asking: Asking) -> None:
    guidance = asking("why not tea?", QUESTION).guidance
    assert guidance.headline.startswith("Tea, and this is why.")


def test_an_open_question_still_tells_what_speaks_against_one(asking: Asking) -> None:
    guidance = asking("why not coffee?", "tea or coffee?").guidance
    assert guidance.verdict == "depends"
    assert "this speaks against Coffee. " in guidance.headline
    assert guidance.reasons


def test_why_after_a_yes_or_no_is_about_the_option_asked(asking: Asking) -> None:
    guidance = asking("why?", "is coffee healthy?").guidance
    assert guidance.headline.startswith("Not Coffee, and this is why. Health, against Coffee: “")
