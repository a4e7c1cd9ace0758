"""Text cut into marked and unmarked pieces by offsets; no markup is ever built from text."""

from collections.abc import Iterable
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `quoted` when it is cited, `found` when it is a word of the question."""

    text: str
    quoted: bool
    found: bool


def pieces(text: str, *, quoted: Iterable[Range] = (), found: Iterable[Range] = ()) -> list[Piece]:
    """Return `text` in pieces; ranges may overlap and reach beyond its ends."""
    quotes, words = _within(quoted, len(text)), _within(found, len(text))
    cuts = sorted({0, len(text), *(cut for pair in quotes + words for cut in pair)})
    return [
        Piece(text[start:end], _covers(quotes, start), _covers(words, start))
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]


def _within(ranges: Iterable[Range], length: int) -> list[Range]:
    clipped = ((max(start, 0), min(end, length)) for start, end in ranges)
    return [(start, end) for start, end in clipped if start < end]


def _covers(ranges: Iterable[Range], place: int) -> bool:
    return any(start <= place < end for start, end in ranges)
