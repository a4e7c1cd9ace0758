"""Whether a question is in another language than English, the only one that is read."""

from collections.abc import Sequence

from advisor.cues import cues
from kb.words import Word

_LATIN = "\u024f"  # the last letter of the extended Latin alphabet
_BRIEF = 5  # words of a text of which one small foreign word may be the only one


def is_foreign(text: str, words: Sequence[Word], unknown: Sequence[Word]) -> bool:
    """True for a text with `unknown` words among small ones of another language, or in its script.

    Of a single unknown word one of these has to stand right beside it; a few words with a single
    small one hold no small English one.
    """
    if _is_in_another_script(text):
        return True
    small = cues().find("foreign", words)
    near = {place for first, last in small for place in range(first - 1, last + 1)}
    beside = any(words[place] in unknown for place in near if 0 <= place < len(words))
    if len(small) > 1:
        return len(unknown) > 1 or beside
    inside = {place for first, last in small for place in range(first, last)}
    english = any(w.is_stop_word for place, w in enumerate(words) if place not in inside)
    return bool(small) and beside and len(words) <= _BRIEF and not english


def _is_in_another_script(text: str) -> bool:
    """True when letters of another alphabet stand in a text: more than a word or two of names."""
    if text.isascii():
        return False
    letters = [letter for letter in text if letter.isalpha()]
    strange = sum(letter > _LATIN for letter in letters)
    return strange > 3 and 4 * strange > len(letters)
