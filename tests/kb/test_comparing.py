"""Which of two things a sentence calls better."""

import pytest

from kb.claims.comparing import Comparison, compare
from kb.phrases import Phrases
from kb.words import atoms

THINGS = Phrases([("tea", "tea"), ("coffee", "coffee")])


def better(sentence: str) -> str | None:
    words = atoms(sentence)
    found = compare(sentence, words, THINGS.find(words))
    return found.better if found else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Tea is better than coffee.",
        "Tea is much cheaper to brew than coffee is.",
        "Coffee is not better than tea.",
        "Coffee is worse than tea.",
        "Coffee is more expensive than tea.",
        "Tea is less expensive than coffee.",
        "Coffee is less healthy than tea.",
        "I prefer tea to coffee.",
        "Tea is preferred over coffee when it gets late.",
        "Tea beats coffee any day.",
        "Tea is superior to coffee.",
        "Coffee is not as good as tea.",
        "Coffee is fine, but tea is much better.",
        "Coffee was slower, so we drank tea.",
    ],
)
def test_what_is_called_better_is_found(sentence: str) -> None:
    assert better(sentence) == "tea"


@pytest.mark.parametrize(
    "sentence",
    [
        "Tea and coffee are on the table.",
        "Tea and coffee are better than cocoa.",
        "I wonder whether tea is better than coffee.",
        "What tea does better than coffee, and vice versa.",
        "Tea is better than ever.",
        "Cocoa is sweeter, tea or coffee do not matter.",
    ],
)
def test_what_compares_nothing_is_left_alone(sentence: str) -> None:
    assert better(sentence) is None


def test_the_other_one_is_called_worse() -> None:
    words = atoms("Tea is better than coffee.")
    found = compare("Tea is better than coffee.", words, THINGS.find(words))
    assert found == Comparison(better="tea", worse="coffee")


def test_one_thing_alone_is_compared_with_nothing() -> None:
    assert better("Tea is better than before.") is None
