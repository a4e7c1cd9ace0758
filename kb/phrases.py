"""Finding listed phrases in running text, however they are joined, inflected or hyphenated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kb.lexicon.english import stop_words
from kb.words import Word, atoms, base

Meaning = TypeVar("Meaning")

_KEPT = 3  # texts whose phrases are remembered: a sentence and its parts
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
        self._beginnings: set[str] = set()
        longest = 1
        openers: set[str] = set()
        for phrase, meaning in pairs:
            words = atoms(phrase)
            longest = max(longest, len(words), min(len(words) + 1, _MOST_APART))
            for key in _keys(words):
                if meaning not in self._meanings[key]:
                    self._meanings[key].append(meaning)
                self._beginnings.update(key[:end] for end in range(1, len(key) + 1))
            openers.add(_part(words[0].text)[0] if words else "")
        # "in" begins no phrase only because "inbuilt" does.
        self._beginnings -= stop_words() - openers
        self._longest = longest
        # Rules ask for the same unit again and again: half of the time without.
        self._recent: tuple[tuple[Sequence[Word], list[Found[Meaning]]], ...] = ()
        self._together: tuple[_Together, int] | None = None

    def find(self, words: Sequence[Word]) -> list[Found[Meaning]]:
        """Return what `words` (atoms of one text) mention, in order.

        The longest phrase wins, and no word is used twice; the meanings of one phrase are all
        returned.
        """
        if self._together is not None and isinstance(words, tuple):
            together, place = self._together
            return list(together.find(words)[place])
        for asked, found in self._recent:
            if asked is words:
                return list(found)
        found = self._find(words)
        if isinstance(words, tuple):
            self._recent = ((words, found), *self._recent[: _KEPT - 1])
        return list(found)

    def begins(self, words: Sequence[Word], within: int = 1) -> bool:
        """Tell whether a phrase starts among the first `within` words."""
        return any(
            True for first in range(min(within, len(words))) for _ in self._windows(words, first)
        )

    def join(self, shared: "_Together", place: int) -> None:
        """Look for the phrases together with those of other sets from now on."""
        self._together = (shared, place)

    def include(self, other: "Phrases[Any]", place: int) -> None:
        """Take in the phrases of another set; they mean (place, their meanings)."""
        for key, meanings in other._meanings.items():
            self._meanings[key].append((place, meanings))  # type: ignore[arg-type]
        self._beginnings |= other._beginnings
        self._longest = max(self._longest, other._longest)

    def windows(
        self, words: Sequence[Word], *, every: bool = False
    ) -> Iterator[tuple[int, int, list[Meaning]]]:
        """Yield every phrase that stands in `words`, as first, last (exclusive) and meanings.

        Where the words without inflection are a phrase, what they are written together is none;
        with `every` it is one as well.
        """
        starts = _beginnings_of(words) & self._beginnings
        if not starts:
            return
        for first, word in enumerate(words):
            begins = word.text in starts or _part(word.text)[0] in starts
            if begins and self._opens(words, first):
                yield from self._windows(words, first, every=every)

    def _find(self, words: Sequence[Word]) -> list[Found[Meaning]]:
        windows = list(self.windows(words))
        return _longest_first(windows, words) if windows else []

    def _opens(self, words: Sequence[Word], first: int) -> bool:
        """Tell whether a phrase may begin here: a stop word begins many, the next one decides."""
        text = words[first].text
        if not _part(text)[1] or text in self._meanings:
            return True
        if first + 1 == len(words):
            return False
        behind, starts = words[first + 1].text, self._beginnings
        return (
            text + _part(behind)[0] in starts
            or text + behind in starts
            or f"{text} {behind}" in starts
        )

    def _windows(
        self, words: Sequence[Word], first: int, *, every: bool = False
    ) -> Iterator[tuple[int, int, list[Meaning]]]:
        """Yield the phrases that start at `first`, as first, last (exclusive) and meanings.

        A window grows for as long as some phrase begins as it does.
        """
        parts = whole = ""
        spaced: str | None = ""  # None once a word is no stop word
        for last in range(first + 1, min(first + self._longest, len(words)) + 1):
            text = words[last - 1].text
            part, is_stop = _part(text)
            parts, whole = parts + part, whole + text
            spaced = f"{spaced} {text}".lstrip() if is_stop and spaced is not None else None
            for key in (parts, base(whole)) if spaced is None else (spaced,):
                if key in self._meanings:
                    yield first, last, self._meanings[key]
                    if not every:
                        break
            goes_on = parts in self._beginnings or whole in self._beginnings
            if not goes_on and (spaced is None or spaced not in self._beginnings):
                return


def _longest_first(
    windows: list[tuple[int, int, list[Meaning]]], words: Sequence[Word]
) -> list[Found[Meaning]]:
    """Return what is found in windows of `words`, none of which uses a word of a longer one."""
    windows.sort(key=lambda window: (window[0] - window[1], window[0]))
    taken = [False] * len(words)
    found: list[Found[Meaning]] = []
    for first, last, meanings in windows:
        if any(taken[first:last]):
            continue
        taken[first:last] = [True] * (last - first)
        span = (first, last, words[first].start, words[last - 1].end)
        found += [Found(meaning, *span) for meaning in meanings]
    return sorted(found, key=lambda item: item.first)


class _Together:
    """Sets of phrases that are looked for in one pass; every set finds what it would alone."""

    def __init__(self, sets: Sequence[Phrases[Any]]) -> None:
        self._all: Phrases[tuple[int, list[Any]]] = Phrases(())
        for place, each in enumerate(sets):
            self._all.include(each, place)
        self._count = len(sets)
        self._recent: tuple[tuple[Sequence[Word], list[list[Found[Any]]]], ...] = ()

    def find(self, words: Sequence[Word]) -> list[list[Found[Any]]]:
        """Return what each set finds, in the order of the sets."""
        for asked, found in self._recent:
            if asked is words:
                return found
        windows: list[list[tuple[int, int, list[Any]]]] = [[] for _ in range(self._count)]
        for first, last, owned in self._all.windows(words, every=True):
            for place, meanings in owned:
                if not windows[place] or windows[place][-1][:2] != (first, last):
                    windows[place].append((first, last, meanings))
        found = [_longest_first(each, words) if each else [] for each in windows]
        self._recent = ((words, found), *self._recent[: _KEPT - 1])
        return found


def together(sets: Iterable[Phrases[Any]]) -> None:
    """Have `sets` look for their phrases in one pass: for sets that are asked of the same texts."""
    listed = list(sets)
    shared = _Together(listed)
    for place, each in enumerate(listed):
        each.join(shared, place)


_recent: tuple[tuple[Sequence[Word], frozenset[str]], ...] = ()  # the texts looked at last


def _beginnings_of(words: Sequence[Word]) -> frozenset[str]:
    """Return with what a phrase may begin in `words`; every set of phrases asks the same again."""
    global _recent
    for known, beginnings in _recent:
        if known is words:
            return beginnings
    texts = {word.text for word in words}
    beginnings = frozenset(texts | {_part(text)[0] for text in texts})
    if isinstance(words, tuple):
        _recent = ((words, beginnings), *_recent[:3])
    return beginnings


@lru_cache(maxsize=65536)
def _part(text: str) -> tuple[str, bool]:
    """Return a word as it stands in a phrase, and whether it is a stop word; those stay as is."""
    is_stop = text in stop_words()
    return text if is_stop else base(text), is_stop


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what a phrase is looked up by.

    Stop words are not written together, alone or with others: "so on" is not "soon".
    """
    if all(word.is_stop_word for word in words):
        return (" ".join(word.text for word in words),)
    by_part = "".join(word.text if word.is_stop_word else base(word.text) for word in words)
    if any(word.is_stop_word for word in words):
        return (by_part,)  # "no need" is not written "noneed"
    by_whole = base("".join(word.text for word in words))
    return (by_part,) if by_part == by_whole else (by_part, by_whole)
