"""How people put questions: cues.toml, loaded once."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.phrases import Phrases
from kb.together import Whole, together
from kb.words import Word, atoms, stem

_FEW = 4
_NEVER_MIND = 3  # words at most that say that what follows does not matter
_BRIEF = 12  # words up to which a text asks whatever mark it ends on
_END = re.compile(r"[.!?](?=\s|$)|\n")
_MARK = re.compile(r"[.;:?!\n]")


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue phrases by kind, filler stems, number words, and idioms with the plain words for them.

    `choosing` are words in which articles speak of the choice itself.
    """

    phrases: Mapping[str, Phrases[str]]
    filler: frozenset[str]
    numbers: Mapping[str, float]
    idioms: Phrases[str]
    everyday: frozenset[str]
    choosing: tuple[str, ...]

    def idioms_in(self, words: Sequence[Word]) -> list[tuple[str, int, int]]:
        """Return what stands for plain words ("came up with"): these, first, last exclusive."""
        return [(found.meaning, found.first, found.last) for found in self.idioms.find(words)]

    def find(self, kind: str, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Return where (first, last exclusive) `words` hold a cue of a kind."""
        return [(found.first, found.last) for found in self.phrases[kind].find(words)]

    def has(self, kind: str, words: Sequence[Word]) -> bool:
        return bool(self.phrases[kind].find(words))

    def asks(self, kind: str, words: Sequence[Word], text: str, *, but: Sequence[str] = ()) -> bool:
        """True when `words` hold a cue of a kind where a question or request begins."""
        return any(True for _ in self.asked(kind, words, text, but=but))

    def asked(
        self, kind: str, words: Sequence[Word], text: str, *, but: Sequence[str] = ()
    ) -> Iterator[int]:
        """Yield the first place of every cue of a kind with which a question or request begins.

        Cues of several words count anywhere; a single word ("show", "where") only at the start of
        a sentence or at the very end of a question or of a few words. One inside a longer cue of
        the kinds in `but` does not count: the "how" of "how many"; nor does what is no matter.
        """
        others = [span for other in but for span in self.find(other, words)]
        for found in self.phrases[kind].find(words):
            if any(_contains(span, (found.first, found.last)) for span in others):
                continue
            if self.closes("never_mind", words[max(0, found.first - _NEVER_MIND) : found.first]):
                continue
            before = text[words[found.first - 1].end : found.start] if found.first else "."
            ends = found.last == len(words) and ("?" in text or len(words) <= _FEW)
            begins = _MARK.search(before) and _asks_at(found.end, text, len(words))
            if found.last - found.first > 1 or ends or begins:
                yield found.first

    def has_longer(self, kind: str, words: Sequence[Word]) -> bool:
        """True when `words` hold a cue of a kind that is of several words."""
        return any(found.last - found.first > 1 for found in self.phrases[kind].find(words))

    def has_only(self, kind: str, words: Sequence[Word]) -> bool:
        """True when `words` are nothing but cues of a kind; also when there are none."""
        inside = {place for first, last in self.find(kind, words) for place in range(first, last)}
        return inside == set(range(len(words)))

    def closes(self, kind: str, words: Sequence[Word]) -> bool:
        """True when `words` end on a cue of a kind."""
        return any(found.last == len(words) for found in self.phrases[kind].find(words))

    def is_filler(self, word: Word) -> bool:
        """True for a word without a subject of its own, in any degree: "small", "smallest"."""
        forms = {word.stem}
        for ending in ("est", "er"):
            rest = word.text.removesuffix(ending)
            if rest != word.text and len(rest) > 2:
                forms |= {stem(rest), stem(rest + "e"), stem(rest[:-1])}
        return bool(forms & self.filler)

    def opens(self, kind: str, words: Sequence[Word]) -> bool:
        """True when `words` begin with a cue of a kind."""
        return any(found.first == 0 for found in self.phrases[kind].find(words))


def _asks_at(place: int, text: str, words: int) -> bool:
    """True unless the sentence that goes on at `place` of a longer text ends without a "?".

    "Where do I click" asks; "When we are stuck, somebody has to help." tells.
    """
    end = _END.search(text, place)
    return words <= _BRIEF or end is None or end.group() == "?"


def _contains(longer: tuple[int, int], span: tuple[int, int]) -> bool:
    return longer != span and longer[0] <= span[0] and span[1] <= longer[1]


@cache
def cues() -> Cues:
    with Path(__file__).with_name("cues.toml").open("rb") as file:
        lists: dict[str, Any] = tomllib.load(file)
    numbers = lists.pop("numbers")
    idioms = Phrases((p, plain) for plain, entries in lists.pop("idioms").items() for p in entries)
    everyday = frozenset(lists["filler"])
    choosing = tuple(lists.pop("choosing"))
    filler = frozenset(word.stem for entry in lists.pop("filler") for word in atoms(entry))
    phrases = {kind: Phrases((p, p) for p in entries) for kind, entries in lists.items()}
    together([*phrases.values(), idioms], of=Whole)
    return Cues(
        phrases,
        filler,
        {word: float(value) for word, value in numbers.items()},
        idioms,
        everyday,
        choosing,
    )
