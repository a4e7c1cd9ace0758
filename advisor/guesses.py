"""What the search takes an unknown word for, where it is too unsure to be read as another one."""

from collections.abc import Iterable
from dataclasses import replace

from kb.deletions import FARTHEST
from kb.spelling import Form, Suggestion, frequency, is_english, likely
from kb.words import Word

_TRUST = 0.8  # a word that may be meant counts this much of one that was typed
_TRUST_OF_ENGLISH = 0.4  # and of one that was typed by mistake, if it is English
_RARE = 20_000  # occurrences in English below which a word may be another one, mistyped
_SHORTEST = 3


def guessed(word: str, forms: Iterable[Form]) -> list[Suggestion]:
    """Return words of the articles that an unknown word may stand for, likeliest first.

    Nothing is said about them: they only find passages, and one that holds what is meant is worth
    more than one that holds nothing. Of a rare English word only those one edit away.
    """
    farthest = 1 if is_english(word) else FARTHEST
    trust = _TRUST if farthest > 1 else _TRUST_OF_ENGLISH
    return [
        replace(each, weight=trust * each.weight) for each in likely(word, forms, farthest=farthest)
    ]


def is_guessable(word: Word) -> bool:
    """True for what may be another word: no everyday word, but letters only."""
    return (
        len(word.text) >= _SHORTEST
        and word.text.isalpha()
        and not word.is_stop_word
        and frequency(word.text) < _RARE
    )
