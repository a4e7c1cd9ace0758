"""Adjectives that deny another one by what they begin with: "unsafe", "impractical"."""

from collections.abc import Iterator

from kb.claims.lexicon import polarity
from kb.words import atoms

_SHORTEST = 4  # letters of a word that is denied so
# What English adjectives end on: "inform" does not deny "form".
_ADJECTIVES = (
    "able", "ible", "ive", "al", "ful", "ed", "ant", "ent", "ous", "ic", "ure", "afe", "ar", "y",
)  # fmt: skip
_BEFORE = {"im": ("m", "p", "b"), "il": ("l",), "ir": ("r",)}  # letters that change the n of "in"


def denials(word: str) -> Iterator[str]:
    """Yield the adjectives that deny `word`, real ones and others that nobody writes."""
    if len(word) < _SHORTEST or not word.isalpha() or not word.endswith(_ADJECTIVES):
        return
    yield from (f"{prefix}{word}" for prefix in ("un", "in", "non"))
    yield from (f"{p}{word}" for p, letters in _BEFORE.items() if word.startswith(letters))


def is_bad(word: str) -> bool:
    """True for what is nothing bad when it is denied: "inexpensive"."""
    return polarity(atoms(word)) < 0
