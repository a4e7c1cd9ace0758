"""Finding listed phrases in running text, however they are joined, inflected or hyphenated."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from kb.lexicon.english import stop_words
from kb.words import Word, atoms, base

Meaning = TypeVar("Meaning")

_KEPT = 64  # texts whose phrases are remembered: rules ask for the same unit again and again
_KNOWN = 4096  # words of which is remembered whether a phrase may begin with them
_FEW = 3  # words that are quicker looked through than remembered
_INFLECTED = ("s", "e", "ed", "ing")  # what a word without inflection does not end with
_MOST_APART = 6  # a phrase of fewer words is also found when one of them is written as two


class Found(NamedTuple, Generic[Meaning]):
    """A phrase found: `first` and `last` count the text's atoms, last exclusive.

    A tuple for the reason that a Word is one.
    """

    meaning: Meaning
    first: int
    last: int
    start: int
    end: int


# What was found in a text, by the place of the set of phrases among those found together; and that
# for the texts asked of last, by their id: a text is the very same tuple.
_ByPlace = Mapping[int, list[Found[Any]]]
_Recent = dict[int, tuple[Sequence[Word], _ByPlace]]


class Whole(tuple[Word, ...]):
    """The words of a whole text: sets that are found together for `Whole` only are so in these.

    A slice of it is a plain tuple.
    """

    __slots__ = ()


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
            longest = max(longest, len(words))
            for key in _keys(words):
                meanings = self._meanings[key]
                if not meanings:
                    _add_beginnings(key, self._beginnings)
                if meaning not in meanings:
                    meanings.append(meaning)
            openers.add(_part(words[0].text)[0] if words else "")
        # "in" begins no phrase only because "inbuilt" does.
        self._beginnings -= stop_words() - openers
        # A phrase of a few words may be written as one more.
        self._longest = max(longest, min(longest + 1, _MOST_APART)) if openers else 1
        self._openings = _Openings(self._meanings, self._beginnings)
        self._together: _Together | None = None
        self._place = 0  # among the sets it is found together with
        self._recent: _Recent = {}

    def find(self, words: Sequence[Word]) -> list[Found[Meaning]]:
        """Return what `words` (atoms of one text) mention, in order.

        The longest phrase wins, and no word is used twice; the meanings of one phrase are all
        returned.
        """
        shared = self._together
        if shared is not None and not isinstance(words, shared.of):
            shared = None
        recent = self._recent if shared is None else shared.recent
        kept = recent.get(id(words))
        if kept is None or kept[0] is not words:
            if len(words) <= _FEW or not isinstance(words, tuple):
                return _longest_first(self.windows(words), words)
            if len(recent) >= _KEPT:
                recent.clear()
            if shared is None:
                found: _ByPlace = {self._place: _longest_first(self.windows(words), words)}
            else:
                found = shared.find(words)
            kept = recent[id(words)] = (words, found)
        return list(kept[1].get(self._place, ()))

    def begins(self, words: Sequence[Word], within: int = 1) -> bool:
        """Tell whether a phrase starts among the first `within` words."""
        for first, word in enumerate(words[:within]):
            opening = self._openings[word.text]
            if opening and (opening.alone or self._longer(words, first, opening, every=False)):
                return True
        return False

    def extended(self, pairs: Iterable[tuple[str, Meaning]]) -> "Phrases[Meaning]":
        """Return a set of these phrases and some more."""
        whole, more = copy(self), Phrases(pairs)
        whole._meanings = self._meanings.copy()
        for key, meanings in more._meanings.items():
            known = whole._meanings[key]
            whole._meanings[key] = known + [each for each in meanings if each not in known]
        whole._beginnings = self._beginnings | more._beginnings
        whole._longest = max(self._longest, more._longest)
        whole._openings = _Openings(whole._meanings, whole._beginnings)
        whole._recent = {}
        return whole

    def join(self, shared: "_Together", place: int) -> None:
        """Look for the phrases together with those of other sets from now on."""
        self._together, self._place = shared, place

    def include(self, other: "Phrases[Any]", place: int) -> None:
        """Take in the phrases of another set; they mean (place, their meanings)."""
        for key, meanings in other._meanings.items():
            self._meanings[key].append((place, meanings))  # type: ignore[arg-type]
        self._beginnings |= other._beginnings
        self._longest = max(self._longest, other._longest)

    def windows(
        self, words: Sequence[Word], *, every: bool = False
    ) -> list[tuple[int, int, list[Meaning]]]:
        """Return every phrase that stands in `words`, as first, last (exclusive) and meanings.

        Where the words without inflection are a phrase, what they are written together is none;
        with `every` it is one as well.
        """
        found = []
        texts = [word.text for word in words]
        for first, opening in enumerate(map(self._openings.__getitem__, texts)):
            if opening is None:
                continue
            if opening.alone:
                found.append((first, first + 1, opening.alone))
            if first + 1 < len(texts) and self._goes_on(opening, texts[first + 1]):
                found += self._longer(words, first, opening, every=every)
        return found

    def opens(self, words: Sequence[Word], first: int) -> bool:
        """Tell whether a phrase of several words may begin with this one and the next."""
        opening = self._openings[words[first].text]
        return opening is not None and self._goes_on(opening, words[first + 1].text)

    def _goes_on(self, opening: "_Opening[Meaning]", behind: str) -> bool:
        beginnings, whole = self._beginnings, opening.text + behind
        if whole in beginnings or opening.part + _part(behind)[0] in beginnings:
            return True
        if opening.spaced and f"{opening.spaced} {behind}" in beginnings:
            return True
        return opening.certain and _base(whole) in self._meanings

    def _longer(
        self, words: Sequence[Word], first: int, opening: "_Opening[Meaning]", *, every: bool
    ) -> list[tuple[int, int, list[Meaning]]]:
        """Return the phrases of two words and more that start at `first`.

        A window grows for as long as some phrase begins as it does.
        """
        found = []
        meanings, beginnings = self._meanings, self._beginnings
        parts, whole, spaced = opening.part, opening.text, opening.spaced
        for last in range(first + 2, min(first + self._longest, len(words)) + 1):
            text = words[last - 1].text
            part, is_stop = _part(text)
            parts += part
            whole += text
            spaced = f"{spaced} {text}" if spaced and is_stop else ""
            for key in (spaced,) if spaced else (parts, _base(whole)):
                if key in meanings:
                    found.append((first, last, meanings[key]))
                    if not every:
                        break
            if not (parts in beginnings or whole in beginnings or spaced in beginnings):
                break
        return found


def _add_beginnings(key: str, beginnings: set[str]) -> None:
    """Add a key and all that it begins with; what is there already is so with its beginnings."""
    for end in range(len(key), 0, -1):
        if key[:end] in beginnings:
            return
        beginnings.add(key[:end])


def _longest_first(
    windows: list[tuple[int, int, list[Meaning]]], words: Sequence[Word]
) -> list[Found[Meaning]]:
    """Return what is found in windows of `words`, none of which uses a word of a longer one."""
    return [
        Found(meaning, first, last, words[first].start, words[last - 1].end)
        for first, last, meanings in (_apart(windows) if len(windows) > 1 else windows)
        for meaning in meanings
    ]


def _apart(windows: list[tuple[int, int, list[Meaning]]]) -> list[tuple[int, int, list[Meaning]]]:
    """Return the windows that share no word with a longer one, or with one before, in order."""
    kept = []
    taken: set[int] = set()
    for window in sorted(windows, key=lambda window: (window[0] - window[1], window[0])):
        places = range(window[0], window[1])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(window)
    return sorted(kept, key=lambda window: window[0])


@dataclass(frozen=True, slots=True)
class _Opening(Generic[Meaning]):
    """A word that a phrase may begin with: `alone` is what it means as a phrase of its own.

    `spaced` is the word if it is a stop word; such a one begins many phrases, so that the next
    word has to go on with one unless it is `certain`.
    """

    text: str
    part: str
    spaced: str
    alone: list[Meaning]
    certain: bool


class _Openings(dict[str, "_Opening[Meaning] | None"]):
    """What begins with a word, None if nothing does; it is found out when first asked for."""

    def __init__(self, meanings: Mapping[str, list[Meaning]], beginnings: Set[str]) -> None:
        self._meanings = meanings
        self._beginnings = beginnings

    def __missing__(self, text: str) -> "_Opening[Meaning] | None":
        if len(self) >= _KNOWN:
            self.clear()
        opening = self[text] = self._of(text)
        return opening

    def _of(self, text: str) -> "_Opening[Meaning] | None":
        part, is_stop = _part(text)
        if text not in self._beginnings and part not in self._beginnings:
            return None
        alone = self._meanings.get(part, [])
        return _Opening(text, part, text if is_stop else "", alone, bool(alone) or not is_stop)


class _Together:
    """Sets of phrases that are looked for in one pass; every set finds what it would alone."""

    def __init__(self, sets: Sequence[Phrases[Any]], of: type[tuple[Word, ...]]) -> None:
        self.of = of
        self._all: Phrases[tuple[int, list[Any]]] = Phrases(())
        for place, each in enumerate(sets):
            self._all.include(each, place)
        self._sets = sets
        self.recent: _Recent = {}

    def find(self, words: Sequence[Word]) -> _ByPlace:
        """Return what each set finds, by its place among them; nothing for most of them."""
        windows: dict[int, list[tuple[int, int, list[Any]]]] = {}
        for first, last, owned in self._all.windows(words, every=True):
            for place, meanings in owned:
                own = windows.setdefault(place, [])
                seen = bool(own) and own[-1][:2] == (first, last)
                if not seen and (last - first == 1 or self._sets[place].opens(words, first)):
                    own.append((first, last, meanings))
        return {place: _longest_first(each, words) for place, each in windows.items()}


def together(sets: Iterable[Phrases[Any]], *, of: type[tuple[Word, ...]] = tuple) -> None:
    """Have `sets` look for their phrases in one pass: for sets that are asked of the same texts.

    Only in words that are an instance of `of`: where parts of a text are looked through by a few of
    the sets, each does that alone.
    """
    listed = list(sets)
    shared = _Together(listed, of)
    for place, each in enumerate(listed):
        each.join(shared, place)


@lru_cache(maxsize=65536)
def _part(text: str) -> tuple[str, bool]:
    """Return a word as it stands in a phrase, and whether it is a stop word; those stay as is."""
    is_stop = text in stop_words()
    return text if is_stop else base(text), is_stop


def _base(text: str) -> str:
    """The same as `base`, which remembers what it is asked for: pairs of words are not worth it."""
    return base(text) if text.endswith(_INFLECTED) else text


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what a phrase is looked up by.

    Stop words are not written together, alone or with others: "so on" is not "soon".
    """
    texts = [word.text for word in words]
    parts, are_stops = zip(*map(_part, texts), strict=True) if words else ((), ())
    if all(are_stops):
        return (" ".join(texts),)
    by_part = "".join(parts)
    if any(are_stops) or len(words) == 1:
        return (by_part,)  # "no need" is not written "noneed"
    by_whole = base("".join(texts))
    return (by_part,) if by_part == by_whole else (by_part, by_whole)
