"""Finding listed phrases in running text, however they are joined, inflected or hyphenated."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from kb.lexicon.english import stop_words
from kb.openings import Opening, Openings, Pairs, base_of, part_of
from kb.words import Word, atoms

Meaning = TypeVar("Meaning")

KEPT = 64  # texts whose phrases are remembered: rules ask for the same unit again and again
FEW = 3  # words that are quicker looked through than remembered
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


Windows = list[tuple[int, int, list[Meaning]]]  # first, last (exclusive) and meanings of phrases


class Sharing(Protocol):
    """Sets of phrases that are looked for together."""

    def find(self, words: Sequence[Word], place: int) -> list[Found[Any]] | None:
        """Return what the set at `place` finds, None where it has to look for itself."""


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
            openers.add(part_of(words[0].text)[0] if words else "")
        # "in" begins no phrase only because "inbuilt" does.
        self._beginnings -= stop_words() - openers
        # A phrase of a few words may be written as one more.
        self._longest = max(longest, min(longest + 1, _MOST_APART)) if openers else 1
        self._openings = Openings(self._meanings, self._beginnings)
        self._pairs = Pairs(self._openings)
        self._shared: Sharing | None = None
        self._place = 0  # among the sets it is found together with
        # What was found in the texts asked of last, by their id: a text is the very same tuple.
        self._recent: dict[int, tuple[Sequence[Word], list[Found[Meaning]]]] = {}

    def find(self, words: Sequence[Word]) -> list[Found[Meaning]]:
        """Return what `words` (atoms of one text) mention, in order.

        The longest phrase wins, and no word is used twice; the meanings of one phrase are all
        returned.
        """
        if not words:
            return []
        if self._shared is not None:
            found = self._shared.find(words, self._place)
            if found is not None:
                return found
        if len(words) <= FEW or not isinstance(words, tuple):
            return longest_first(self.windows(words), words)
        kept = self._recent.get(id(words))
        if kept is None or kept[0] is not words:
            if len(self._recent) >= KEPT:
                self._recent.clear()
            kept = (words, longest_first(self.windows(words), words))
            self._recent[id(words)] = kept
        return list(kept[1])

    def begins(self, words: Sequence[Word], within: int = 1) -> bool:
        """Tell whether a phrase starts among the first `within` words."""
        for first, word in enumerate(words[:within]):
            opening = self._openings[word.text]
            if opening and (opening.alone or self._longer(words, first, opening, every=False)):
                return True
        return False

    def may_begin(self, word: Word) -> bool:
        """False when no phrase begins with a word, whatever follows it."""
        return self._openings[word.text] is not None

    def extended(self, pairs: Iterable[tuple[str, Meaning]]) -> "Phrases[Meaning]":
        """Return a set of these phrases and some more."""
        whole, more = copy(self), Phrases(pairs)
        whole._meanings = self._meanings.copy()
        for key, meanings in more._meanings.items():
            known = whole._meanings[key]
            whole._meanings[key] = known + [each for each in meanings if each not in known]
        whole._beginnings = self._beginnings | more._beginnings
        whole._longest = max(self._longest, more._longest)
        whole._openings = Openings(whole._meanings, whole._beginnings)
        whole._pairs = Pairs(whole._openings)
        whole._recent = {}
        whole._shared = None
        return whole

    def join(self, shared: Sharing, place: int) -> None:
        """Look for the phrases together with those of other sets from now on."""
        self._shared, self._place = shared, place

    def include(self, other: "Phrases[Any]", place: int) -> None:
        """Take in the phrases of another set; they mean (place, their meanings)."""
        for key, meanings in other._meanings.items():
            self._meanings[key].append((place, meanings))  # type: ignore[arg-type]
        self._beginnings |= other._beginnings
        self._longest = max(self._longest, other._longest)

    def windows(self, words: Sequence[Word], *, every: bool = False) -> Windows[Meaning]:
        """Return every phrase that stands in `words`, as first, last (exclusive) and meanings.

        Where the words without inflection are a phrase, what they are written together is none;
        with `every` it is one as well.
        """
        found = []
        texts = [word.text for word in words]
        last = len(texts) - 1
        for first, opening in enumerate(map(self._openings.__getitem__, texts)):
            if opening is None:
                continue
            if opening.alone:
                found.append((first, first + 1, opening.alone))
            if first < last and self._pairs[opening.text, texts[first + 1]]:
                found += self._longer(words, first, opening, every=every)
        return found

    def opens(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Tell whether a phrase of several words, `last` exclusive, may begin with these two."""
        short = last - first <= self._longest
        return short and self._pairs[words[first].text, words[first + 1].text]

    def _longer(
        self, words: Sequence[Word], first: int, opening: Opening[Meaning], *, every: bool
    ) -> Windows[Meaning]:
        """Return the phrases of two words and more that start at `first`.

        A window grows for as long as some phrase begins as it does.
        """
        found = []
        meanings, beginnings = self._meanings, self._beginnings
        parts, whole, spaced = opening.part, opening.text, opening.spaced
        for last, word in enumerate(words[first + 1 : first + self._longest], start=first + 2):
            part, is_stop = part_of(word.text)
            parts += part
            whole += word.text
            spaced = f"{spaced} {word.text}" if spaced and is_stop else ""
            key = spaced or parts
            known = key in meanings
            if known:
                found.append((first, last, meanings[key]))
            if not spaced and (every or not known) and (key := base_of(whole)) in meanings:
                found.append((first, last, meanings[key]))
            if not (parts in beginnings or whole in beginnings or spaced in beginnings):
                break
        return found


def _add_beginnings(key: str, beginnings: set[str]) -> None:
    """Add a key and all that it begins with; what is there already is so with its beginnings."""
    for end in range(len(key), 0, -1):
        if key[:end] in beginnings:
            return
        beginnings.add(key[:end])


def longest_first(windows: Windows[Meaning], words: Sequence[Word]) -> list[Found[Meaning]]:
    """Return what is found in windows of `words`, none of which uses a word of a longer one."""
    if not windows:
        return []
    new = tuple.__new__  # as for a Word
    return [
        new(Found, (meaning, first, last, words[first].start, words[last - 1].end))
        for first, last, meanings in (_apart(windows) if len(windows) > 1 else windows)
        for meaning in meanings
    ]


def _apart(windows: Windows[Meaning]) -> Windows[Meaning]:
    """Return the windows that share no word with a longer one, or with one before, in order."""
    end = 0
    for first, last, _ in windows:
        if first < end:
            break
        end = last
    else:
        return windows
    kept = []
    taken: set[int] = set()
    for window in sorted(windows, key=lambda window: (window[0] - window[1], window[0])):
        places = range(window[0], window[1])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(window)
    return sorted(kept, key=lambda window: window[0])


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what a phrase is looked up by.

    Stop words are not written together, alone or with others: "so on" is not "soon".
    """
    texts = [word.text for word in words]
    parts, are_stops = zip(*map(part_of, texts), strict=True) if words else ((), ())
    if all(are_stops):
        return (" ".join(texts),)
    by_part = "".join(parts)
    if any(are_stops) or len(words) == 1:
        return (by_part,)  # "no need" is not written "noneed"
    by_whole = base_of("".join(texts))
    return (by_part,) if by_part == by_whole else (by_part, by_whole)
