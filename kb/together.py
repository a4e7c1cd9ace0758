"""Sets of phrases that are looked for in one pass, in texts and in parts of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kb.phrases import FEW, KEPT, Found, Phrases, Windows, longest_first
from kb.words import Word


class Whole(tuple[Word, ...]):
    """The words of a whole text: sets that are found together for `Whole` only are so in these.

    A slice of it is a plain tuple.
    """

    __slots__ = ()


class _Looked(NamedTuple):
    """A text that was looked through: its windows and what is found, by the places of the sets.

    What a set finds is made of its windows when it is asked for.
    """

    words: Sequence[Word]
    windows: Mapping[int, Windows[Any]]
    found: dict[int, list[Found[Any]]]

    def by(self, place: int) -> list[Found[Any]]:
        """Return what the set at `place` finds."""
        found = self.found.get(place)
        if found is None:
            found = longest_first(self.windows.get(place, []), self.words)
            self.found[place] = found
        return list(found)


class Together:
    """Sets of phrases that are looked for in one pass; every set finds what it would alone.

    What was found in a text is remembered: a text is the very same tuple.
    """

    def __init__(self, sets: Sequence[Phrases[Any]], of: type[tuple[Word, ...]]) -> None:
        self._of = of
        self._all: Phrases[tuple[int, list[Any]]] = Phrases(())
        for place, each in enumerate(sets):
            self._all.include(each, place)
        self._sets = sets
        self._recent: dict[int, _Looked] = {}
        self._last = _Looked((), {}, {})

    def find(self, words: Sequence[Word], place: int) -> list[Found[Any]] | None:
        """Return what the set at `place` finds, None where it has to look for itself."""
        looked = self._recent.get(id(words))
        if looked is not None and looked.words is words:  # most often: a question is asked a lot
            return looked.by(place) if place in looked.windows else []
        if not isinstance(words, self._of):
            windows = self._within(words, place)
            return None if windows is None else longest_first(windows, words)
        if len(words) <= FEW and self._of is tuple:
            return None
        return self._look(words).by(place)

    def _look(self, words: Sequence[Word]) -> _Looked:
        if len(self._recent) >= KEPT:
            self._recent.clear()
        self._last = self._recent[id(words)] = _Looked(words, self._windows(words), {})
        return self._last

    def _windows(self, words: Sequence[Word]) -> Mapping[int, Windows[Any]]:
        """Return the windows of each set, by its place; there are none for most of them."""
        windows: dict[int, Windows[Any]] = {}
        for first, last, owned in self._all.windows(words, every=True):
            several = last - first > 1
            for place, meanings in owned:
                own = windows.get(place)
                if several:
                    seen = own is not None and own[-1][:2] == (first, last)
                    if seen or not self._sets[place].opens(words, first, last):
                        continue
                if own is None:
                    own = windows[place] = []
                own.append((first, last, meanings))
        return windows

    def _within(self, words: Sequence[Word], place: int) -> Windows[Any] | None:
        """Return the windows in a part of the text that was looked through last, if it is one.

        Whether a phrase stands in some words depends on these alone.
        """
        looked = self._last
        try:
            begin = looked.words.index(words[0])
        except ValueError:
            return None
        end = begin + len(words)
        if looked.words[begin:end] != tuple(words):
            return None
        return [
            (first - begin, last - begin, meanings)
            for first, last, meanings in looked.windows.get(place, ())
            if begin <= first and last <= end
        ]


def together(sets: Iterable[Phrases[Any]], *, of: type[tuple[Word, ...]] = tuple) -> None:
    """Have `sets` look for their phrases in one pass: for sets that are asked of the same texts.

    Only in words that are an instance of `of`; of other words they know a part of the last text.
    """
    listed = list(sets)
    shared = Together(listed, of)
    for place, each in enumerate(listed):
        each.join(shared, place)
