"""Subjects: the words for the options that a topic compares, found in text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

GLUED = 5  # letters a word needs to be recognised with the next word glued to it

_VERSUS = re.compile(r"([A-Z][\w.+#-]*) (?:vs\.?|VS\.?|Vs\.?|versus|or) (?:the )?([A-Z][\w.+#-]*)")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words as given, in the order given; empty when nothing is known to be compared."""

    words: tuple[str, ...] = ()
    _pattern: re.Pattern[str] | None = field(default=None, repr=False, compare=False)
    _folded: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, words: Sequence[str]) -> "Subjects":
        """Return the subjects for `words`; blank ones and repeats are left out."""
        distinct = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        longest = sorted(distinct, key=len, reverse=True)
        if not distinct:
            return cls()
        pattern = "|".join(re.escape(word) for word in longest)
        folded = {word.casefold(): word for word in reversed(distinct)}
        return cls(distinct, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), folded)

    def found(self, text: str) -> list[str]:
        """Return the distinct subjects named in `text`, in the order of their first mention."""
        if self._pattern is None:
            return []
        matches = dict.fromkeys(map(str.casefold, self._pattern.findall(text)))
        return [self._folded[match] for match in matches if match in self._folded]

    def named(self, text: str) -> str:
        """Return the subject that `text` is, as it was given, or "" when it is none."""
        return self._folded.get(text.strip(" :*").casefold(), "")

    def leading(self, text: str) -> str:
        """Return the subject `text` starts with, or ""; a word may be glued to its end."""
        folded = text.casefold()
        for word in sorted(self.words, key=len, reverse=True):
            if folded.startswith(word.casefold()) and _ends(text, word):
                return word
        return ""

    def masked(self, text: str) -> str:
        """Return `text` case-folded with every subject replaced by one and the same sign."""
        folded = text.casefold()
        return self._pattern.sub("\x00", folded) if self._pattern else folded


def compared(title: str) -> list[str]:
    """Return the names a title such as "Tea vs Coffee: which is better" compares, or none."""
    match = _VERSUS.search(title)
    return [name.rstrip(".") for name in match.groups()] if match else []


def compares(title: str, names: Subjects) -> bool:
    """Tell whether a title names two of `names`, or one of them beside something else."""
    found = len(names.found(title))
    return found > 1 or (bool(compared(title)) and (found > 0 or not names.words))


def _ends(text: str, word: str) -> bool:
    """Tell whether `word` ends where it stands at the start of `text`, or has a word glued on."""
    following = text[len(word) : len(word) + 1]
    if not following.isalnum() and following != "_":
        return True
    return (following.isupper() and text[len(word) - 1].islower()) or len(word) >= GLUED
