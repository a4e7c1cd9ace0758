"""Finding listed phrases in running text, however they are joined, inflected or hyphenated."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.words import Word, atoms, base

Meaning = TypeVar("Meaning")

_MOST_APART = 6  # a phrase of fewer words is also found when one of them is written as two


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase found: `first` and `last` count the text's atoms, last exclusive."""

    meaning: Meaning
    first: int
    last: int
    start: int
    end: int


class Phrases(Generic[Meaning]):
    """A set of phrases, each with a meaning; one phrase may have several meanings.

    "real time", "real-time" and "realtime" are one phrase, and so are "api" and "APIs": phrases
    are compared by their words without inflection, written together.
    """

    def __init__(self, pairs: Iterable[tuple[str, Meaning]]) -> None:
        self._meanings: dict[str, list[Meaning]] = defaultdict(list)
        self._longest = 1
        for phrase, meaning in pairs:
            words = atoms(phrase)
            self._longest = max(self._longest, len(words), min(len(words) + 1, _MOST_APART))
            for key in _keys(words):
                if meaning not in self._meanings[key]:
                    self._meanings[key].append(meaning)

    def find(self, words: Sequence[Word]) -> list[Found[Meaning]]:
        """Return what `words` (atoms of one text) mention, in order.

        The longest phrase wins, and no word is used twice; the meanings of one phrase are all
        returned.
        """
        taken = [False] * len(words)
        found: list[Found[Meaning]] = []
        for size in range(min(self._longest, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                if any(taken[first : first + size]):
                    continue
                window = words[first : first + size]
                meanings = self._lookup(window)
                if not meanings:
                    continue
                taken[first : first + size] = [True] * size
                span = (first, first + size, window[0].start, window[-1].end)
                found += [Found(meaning, *span) for meaning in meanings]
        return sorted(found, key=lambda item: item.first)

    def _lookup(self, window: Sequence[Word]) -> list[Meaning]:
        for key in _keys(window):
            if key in self._meanings:
                return self._meanings[key]
        return []


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what a phrase or stretch of text is looked up by.

    Stop words are not written together: "so on" is not "soon".
    """
    if all(word.is_stop_word for word in words):
        return (" ".join(word.text for word in words),)
    by_part = "".join(word.text if word.is_stop_word else base(word.text) for word in words)
    by_whole = base("".join(word.text for word in words))
    return (by_part,) if by_part == by_whole else (by_part, by_whole)
