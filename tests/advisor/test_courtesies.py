"""Who only says hello or thanks is told what can be asked."""

import pytest
from asking import Asking, Reads


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("hi", "greeting"),
        ("Hello there!", "greeting"),
        ("good morning, can you help me?", "greeting"),
        ("Hello, who are you?", "greeting"),
        ("thanks!", "thanks"),
        ("ok, thank you so much", "thanks"),
        ("hello, is tea healthy?", ""),
        ("thanks, and coffee?", ""),
        ("ok", ""),
    ],
)
def test_courtesy_is_told_from_questions(reading: Reads, text: str, courtesy: str) -> None:
    assert reading(text).courtesy == courtesy


def test_a_greeting_is_answered_with_what_can_be_asked(asking: Asking) -> None:
    answer = asking("hi")
    assert not answer.answered
    assert answer.guidance.headline.startswith("Hello! Ask me about Tea, Coffee and Water")
    assert answer.passages == ()
    assert answer.suggestions


def test_thanks_do_not_repeat_the_answer_before(asking: Asking) -> None:
    answer = asking("thanks!", "tea or coffee for the price?")
    assert answer.guidance.headline.startswith("You are welcome.")
    assert answer.guidance.option == ""
