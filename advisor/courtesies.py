"""Greetings and thanks: nothing is asked, and the reply says what can be."""

from collections.abc import Sequence

from advisor.cues import cues
from advisor.model import Courtesy
from kb.words import Word

_KINDS = ("greetings", "thanks", "courtesies", "interjections")


def courtesy_of(words: Sequence[Word]) -> Courtesy:
    """Return what a text is that consists of nothing but courtesy, or ""."""
    said = {
        place
        for kind in _KINDS
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    if len(said) < len(words):
        return ""
    if cues().has("thanks", words):
        return "thanks"
    return "greeting" if cues().has("greetings", words) else ""
