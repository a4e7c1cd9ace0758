"""Verdicts: which stretches of a text its maintainer keeps in the article, or drops from it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby
from typing import Literal

from kb.extract.sentences import stripped
from kb.model import Span

Verdict = Literal["", "kept", "dropped"]

DROPPED = "set aside by the maintainer"

_CLOSING = re.compile(r"[.,;:!?…)\]\"”’]{1,5}(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text with one verdict throughout, without blanks around it."""

    start: int
    end: int
    verdict: Verdict


class Verdicts:
    """The stretches of one text that were decided on.

    Quotes count wherever they stand. Where a kept one and a dropped one overlap, the shorter one
    is right: it was meant more exactly.
    """

    def __init__(self, text: str, kept: Iterable[str] = (), dropped: Iterable[str] = ()) -> None:
        self._text = text
        found = [*_places(text, kept, "kept"), *_places(text, dropped, "dropped")]
        self._parts = _disjoint(found)
        self._starts = [part.start for part in self._parts]

    def __bool__(self) -> bool:
        return bool(self._parts)

    def kept(self, start: int, end: int) -> bool:
        """Tell whether all that stands from `start` to `end` is kept."""
        if not self._parts:
            return False
        parts = self.parts(start, end)
        return bool(parts) and all(part.verdict == "kept" for part in parts)

    def parts(self, start: int, end: int, *, only: Verdict = "") -> list[Part]:
        """Return the stretch from `start` to `end` cut where the verdict changes.

        `only` is the verdict that counts; others are then none. Blanks are left out, and what
        holds neither letter nor digit goes with a part beside it.
        """
        cut = _joined(part for part in self._rounded(start, end, only) if part.start < part.end)
        merged: list[Part] = []
        for _, group in groupby(_with_words(self._text, cut), key=lambda part: part.verdict):
            same = list(group)
            span = stripped(self._text, same[0].start, same[-1].end)
            if span is not None:
                merged.append(Part(span.start, span.end, same[0].verdict))
        return merged

    def _rounded(self, start: int, end: int, only: Verdict) -> Iterator[Part]:
        """Yield the parts; the full stop right behind a dropped sentence goes with it."""
        before: Part | None = None
        for part in self._cut(start, end, only):
            if before is not None and before.verdict == "dropped" and part.start < part.end:
                closed = _CLOSING.match(self._text, part.start, part.end)
                place = closed.end() if closed else part.start
                yield Part(part.start, place, "dropped")
                part = Part(place, part.end, part.verdict)
            yield part
            before = part

    def _cut(self, start: int, end: int, only: Verdict) -> Iterator[Part]:
        position = start
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._parts)):
            part = self._parts[index]
            if part.start >= end:
                break
            if part.end <= position or only not in ("", part.verdict):
                continue
            yield Part(position, max(position, part.start), "")
            yield Part(max(position, part.start), min(part.end, end), part.verdict)
            position = part.end
        yield Part(position, end, "")


def _places(text: str, quotes: Iterable[str], verdict: Verdict) -> Iterator[Part]:
    for quote in dict.fromkeys(quotes):
        for start in whole_places(text, quote):
            yield Part(start, start + len(quote), verdict)


def whole_places(text: str, quote: str) -> Iterator[int]:
    """Yield where `quote` stands in `text` without cutting a word, in order."""
    start = text.find(quote) if quote else -1
    while start >= 0:
        end = start + len(quote)
        whole = _parts_words(text, start, quote[0]) and _parts_words(text, end, quote[-1])
        if whole:
            yield start
        start = text.find(quote, end if whole else start + 1)


def _parts_words(text: str, edge: int, inside: str) -> bool:
    """True unless a word goes on over an edge of a quote; `inside` is its character there."""
    around = text[max(0, edge - 1) : edge + 1]
    return not inside.isalnum() or len(around) < 2 or not around.isalnum()


def _disjoint(places: Sequence[Part]) -> list[Part]:
    """Return the places without overlaps, in order: where several meet, the shortest counts."""
    ordered = sorted(places, key=lambda part: part.start)
    edges = sorted({edge for part in places for edge in (part.start, part.end)})
    open_: list[tuple[int, int, Verdict]] = []  # length, end and verdict
    found: list[Part] = []
    following = 0
    for start, end in zip(edges, edges[1:], strict=False):
        while following < len(ordered) and ordered[following].start <= start:
            part = ordered[following]
            heappush(open_, (part.end - part.start, part.end, part.verdict))
            following += 1
        while open_ and open_[0][1] <= start:
            heappop(open_)
        if open_:
            found.append(Part(start, end, open_[0][2]))
    return found


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Return parts that follow one another with one verdict as one: of two quotes that overlap."""
    grouped = (list(group) for _, group in groupby(parts, key=lambda part: part.verdict))
    return [Part(same[0].start, same[-1].end, same[0].verdict) for same in grouped]


def _with_words(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    """Yield `parts`; one of blanks and punctuation takes the verdict of the one before it.

    The first one, which has none before it, takes that of the next one with words.
    """
    worded = [any(map(str.isalnum, text[part.start : part.end])) for part in parts]
    verdict: Verdict = next(
        (part.verdict for part, words in zip(parts, worded, strict=True) if words), ""
    )
    for part, words in zip(parts, worded, strict=True):
        if words or not any(worded):
            verdict = part.verdict
        yield Part(part.start, part.end, verdict)


def clipped(span: Span, part: Part) -> Span:
    """Return what of `span` lies in `part`; it has no length where nothing does."""
    start = min(max(span.start, part.start), part.end)
    return Span(start, max(start, min(span.end, part.end)))
