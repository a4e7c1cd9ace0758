"""How people put questions: cues.toml, loaded once."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.phrases import Phrases
from kb.words import Word, atoms

_MARK = re.compile(r"[.;:?!\n]")


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue phrases by kind, filler stems, and number words."""

    phrases: Mapping[str, Phrases[str]]
    filler: frozenset[str]
    numbers: Mapping[str, float]

    def find(self, kind: str, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Return where (first, last exclusive) `words` hold a cue of a kind."""
        return [(found.first, found.last) for found in self.phrases[kind].find(words)]

    def has(self, kind: str, words: Sequence[Word]) -> bool:
        return bool(self.phrases[kind].find(words))

    def asks(self, kind: str, words: Sequence[Word], text: str) -> bool:
        """True when `words` hold a cue of a kind where a question or request begins.

        Cues of several words count anywhere; a single word ("show", "where") only at the start of
        a sentence or at the very end.
        """
        for found in self.phrases[kind].find(words):
            before = text[words[found.first - 1].end : found.start] if found.first else "."
            if found.last - found.first > 1 or found.last == len(words) or _MARK.search(before):
                return True
        return False

    def opens(self, kind: str, words: Sequence[Word]) -> bool:
        """True when `words` begin with a cue of a kind."""
        return any(found.first == 0 for found in self.phrases[kind].find(words))


@cache
def cues() -> Cues:
    with Path(__file__).with_name("cues.toml").open("rb") as file:
        lists: dict[str, Any] = tomllib.load(file)
    numbers = lists.pop("numbers")
    filler = frozenset(word.stem for entry in lists.pop("filler") for word in atoms(entry))
    phrases = {kind: Phrases((p, p) for p in entries) for kind, entries in lists.items()}
    return Cues(phrases, filler, {word: float(value) for word, value in numbers.items()})
