"""Which words, and pairs of words, phrases begin with; found out when first asked for."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kb.lexicon.english import stop_words
from kb.words import base

Meaning = TypeVar("Meaning")

_WORDS = 4096  # that are remembered
_PAIRS = 16384
_INFLECTED = ("s", "e", "ed", "ing")  # what a word without inflection does not end with


@dataclass(frozen=True, slots=True)
class Opening(Generic[Meaning]):
    """A word that a phrase may begin with: `alone` is what it means as a phrase of its own.

    `spaced` is the word if it is a stop word; such a one begins many phrases, so that the next
    word has to go on with one unless it is `certain`.
    """

    text: str
    part: str
    spaced: str
    alone: list[Meaning]
    certain: bool


class Openings(dict[str, "Opening[Meaning] | None"]):
    """What begins with a word, None if nothing does."""

    def __init__(self, meanings: Mapping[str, list[Meaning]], beginnings: Set[str]) -> None:
        self.meanings = meanings
        self.beginnings = beginnings

    def __missing__(self, text: str) -> "Opening[Meaning] | None":
        if len(self) >= _WORDS:
            self.clear()
        opening = self[text] = self._of(text)
        return opening

    def _of(self, text: str) -> "Opening[Meaning] | None":
        part, is_stop = part_of(text)
        if text not in self.beginnings and part not in self.beginnings:
            return None
        alone = self.meanings.get(part, [])
        return Opening(text, part, text if is_stop else "", alone, bool(alone) or not is_stop)


class Pairs(dict[tuple[str, str], bool]):
    """Whether a phrase of several words may begin with a word and the one behind it."""

    def __init__(self, openings: Openings[Any]) -> None:
        self._openings = openings

    def __missing__(self, pair: tuple[str, str]) -> bool:
        if len(self) >= _PAIRS:
            self.clear()
        opening = self._openings[pair[0]]
        begins = self[pair] = opening is not None and self._begins(opening, pair[1])
        return begins

    def _begins(self, opening: Opening[Any], behind: str) -> bool:
        beginnings, whole = self._openings.beginnings, opening.text + behind
        if whole in beginnings or opening.part + part_of(behind)[0] in beginnings:
            return True
        if opening.spaced and f"{opening.spaced} {behind}" in beginnings:
            return True
        return opening.certain and base_of(whole) in self._openings.meanings


@lru_cache(maxsize=65536)
def part_of(text: str) -> tuple[str, bool]:
    """Return a word as it stands in a phrase, and whether it is a stop word; those stay as is."""
    is_stop = text in stop_words()
    return text if is_stop else base(text), is_stop


def base_of(text: str) -> str:
    """The same as `base`, which remembers what it is asked for: pairs of words are not worth it."""
    return base(text) if text.endswith(_INFLECTED) else text
