"""Counts: how many words of a page, links and main text each of its elements holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.extract.web.boxes import Box
from kb.extract.web.grams import Grams
from kb.extract.web.pieces import Piece

TELLING = 25  # kept words that tell where the article is
SHARE = 0.25  # of the words under no sign that they must be


@dataclass(slots=True)
class Counts:
    """By element, those in it included: words, linked ones, and kept ones that are not linked.

    `mains` tells whether it holds the main element, `last` which is the last element in it.
    `held` tells of each piece whether it is kept; `is_telling` whether enough is.
    """

    words: list[int]
    linked: list[float]
    kept: list[float]
    mains: list[bool]
    last: list[int]
    held: list[bool]
    is_telling: bool
    _found: Sequence[Box]
    _children: dict[int, list[int]] = field(default_factory=dict)

    def children(self, place: int) -> Sequence[int]:
        """Return the elements directly in `place`."""
        if not self._children:
            for child, box in enumerate(self._found):
                self._children.setdefault(box.parent, []).append(child)
        return self._children.get(place, ())

    def inner_names(self, place: int) -> set[str]:
        """Return the tags and names of the first elements directly in `place`."""
        inner = (self._found[child] for child in self.children(place)[:20])
        return {f"{box.tag} {box.names}" for box in inner}


def count(pieces: Sequence[Piece], found: Sequence[Box], grams: Grams) -> Counts:
    """Return the counts of a page."""
    size = len(found)
    words, linked, kept = [0] * size, [0.0] * size, [0.0] * size
    held = [grams.hold(piece.text) for piece in pieces]
    unsigned = 0
    for piece, is_held in zip(pieces, held, strict=True):
        number = len(piece.text.split())
        words[piece.box] += number
        linked[piece.box] += number * piece.linked
        kept[piece.box] += number * (1 - piece.linked) if is_held else 0
        unsigned += number if found[piece.box].signed < 0 else 0
    mains = ["main" in (box.tag, box.role) for box in found]
    last = list(range(size))
    for place in range(size - 1, 0, -1):
        around = found[place].parent
        words[around] += words[place]
        linked[around] += linked[place]
        kept[around] += kept[place]
        mains[around] = mains[around] or (mains[place] and words[place] >= TELLING)
        last[around] = max(last[around], last[place])
    telling = kept[0] >= TELLING and kept[0] >= SHARE * unsigned
    return Counts(words, linked, kept, mains, last, held, telling, found)
