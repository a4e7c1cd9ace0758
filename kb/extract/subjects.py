"""Subjects: the words for the options that a topic compares, found in text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

GLUED = 5  # letters a word needs to be recognised with the next word glued to it

_VERSUS = re.compile(r"([A-Z][\w.+#-]*) (?:vs\.?|VS\.?|Vs\.?|versus|or) (?:the )?([A-Z][\w.+#-]*)")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words as given, in the order given; empty when nothing is known to be compared."""

    words: tuple[str, ...] = ()
    _pattern: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, words: Sequence[str]) -> "Subjects":
        """Return the subjects for `words`; blank ones and repeats are left out."""
        distinct = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        longest = sorted(distinct, key=len, reverse=True)
        if not distinct:
            return cls()
        pattern = "|".join(re.escape(word) for word in longest)
        return cls(distinct, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE))

    def found(self, text: str) -> list[str]:
        """Return the distinct subjects named in `text`, in the order of their first mention."""
        if self._pattern is None:
            return []
        names = (self.named(match.group()) for match in self._pattern.finditer(text))
        return list(dict.fromkeys(name for name in names if name))

    def named(self, text: str) -> str:
        """Return the subject that `text` is, as it was given, or "" when it is none."""
        wanted = text.strip(" :*").casefold()
        return next((word for word in self.words if word.casefold() == wanted), "")

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


def _ends(text: str, word: str) -> bool:
    """Tell whether `word` ends where it stands at the start of `text`, or has a word glued on."""
    following = text[len(word) : len(word) + 1]
    if not following.isalnum() and following != "_":
        return True
    return (following.isupper() and text[len(word) - 1].islower()) or len(word) >= GLUED
