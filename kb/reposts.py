"""What articles repeat, by comparing all of their passages that meet: re-posts and the rest."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from kb.likeness import Shingles, is_repetition
from kb.matching import WINDOW
from kb.model import Span
from kb.repeats import (
    Flags,
    Repeats,
    Repetition,
    Shingled,
    are_among,
    but_own,
    is_repost,
    mostly,
    quoted_in,
)
from kb.sketches import Met, meetings, met
from kb.spans import merged

_WEAK = 0.2  # likeness of a passage that is enough within a re-post
_OWN = 20  # new shingles in a row that are own text even in a re-post with replaced words
_KEPT = 1000  # articles taken apart that are kept

Reading = Callable[[str], Sequence[Shingled]]


def find_repeats(
    published: Mapping[str, str], sketches: Mapping[str, Sequence[bytes]], read: Reading
) -> Repeats:
    """Return what the articles of a topic repeat of those published before them.

    `published` holds the dates of all of them; `sketches` are those of the passages, in order.
    They say which passages are worth comparing, and only articles with these are `read`. For what
    is not stored; a knowledge base follows step by step (`kb.sqlite.repetitions`), and is tested
    with this.
    """
    return Repeats.of(compared(met(meetings(published, sketches)), read))


def compared(alike: Met, read: Reading) -> dict[str, Repetition]:
    """Return what articles repeat of those that they meet, which may be nothing."""
    texts = _Texts(read)
    return {later: _Comparison(later, earlier, texts).result() for later, earlier in alike.items()}


class _Texts:
    """The passages of articles by place, those of the last articles kept."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        self.of = lru_cache(_KEPT)(self._of)
        self.together = lru_cache(_KEPT)(self._together)

    def _of(self, article: str) -> dict[int, Shingled]:
        """Return the passages that hold a word."""
        every = enumerate(self._read(article))
        return {place: each for place, each in every if len(each.shingles)}

    def _together(self, article: str) -> Shingles:
        """Return all shingles of an article's passages, ascending."""
        return np.sort(np.concatenate([text.shingles for text in self.of(article).values()]))


class _Comparison:
    """One article beside the earlier ones that it may repeat."""

    def __init__(
        self, article: str, others: Mapping[str, Mapping[int, Sequence[int]]], texts: _Texts
    ) -> None:
        self._texts = texts.of(article)
        self._flags: dict[int, list[Flags]] = defaultdict(list)
        self._repeated: dict[int, str] = {}
        self._company: set[str] = set()
        total = sum(len(text.shingles) for text in self._texts.values())
        best: dict[int, float] = {}
        for other, pairs in others.items():
            found = {place: self._with(place, texts.of(other), p) for place, p in pairs.items()}
            matched = sum(int(np.logical_or.reduce(each).sum()) for each in found.values())
            if company := is_repost(matched, total):
                self._company.add(other)
                known = texts.together(other)
                found = {p: [are_among(t.shingles, known)] for p, t in self._texts.items()}
            for place, each in found.items():
                self._flags[place] += each
                share = float(np.logical_or.reduce(each).mean())
                if self._is_repeated(place, share, company) and share > best.get(place, 0.0):
                    best[place], self._repeated[place] = share, other

    def _with(self, place: int, other: Mapping[int, Shingled], its: Sequence[int]) -> list[Flags]:
        """Return which shingles of a passage stand in each of some passages of another article."""
        own = self._texts[place].shingles
        return [are_among(own, np.sort(other[each].shingles)) for each in its]

    def _is_repeated(self, place: int, share: float, company: bool) -> bool:
        size = len(self._texts[place].shingles)
        return share >= _WEAK if company else is_repetition(share, size)

    def result(self) -> Repetition:
        repeated = {self._texts[n].passage.id: other for n, other in self._repeated.items()}
        repost = mostly(self._repeated.values(), len(self._texts))
        return Repetition(repeated, tuple(merged(self._spans())), repost)

    def _spans(self) -> Iterator[Span]:
        """Yield what is repeated of each passage, in the article's text."""
        for place, flags in self._flags.items():
            for stretch in self._stretches(place, flags):
                yield self._texts[place].span(*stretch)

    def _stretches(self, place: int, compared: Sequence[Flags]) -> Iterator[tuple[int, int]]:
        """Yield the first and last shingle of what a passage repeats of what it was compared with.

        These are passages, or all of an article.
        """
        if place in self._repeated:
            longest = _OWN if self._repeated[place] in self._company else WINDOW
            yield from but_own(np.logical_or.reduce(compared), longest)
        else:
            for flags in compared:
                yield from quoted_in(flags)
