"""Sides: lines that stand alone above points for or against something ("Pros", "Weaknesses")."""

from collections.abc import Iterable
from typing import Literal

from kb.extract.cues import cues
from kb.extract.pasted.lines import Line, is_short

Side = Literal["", "for", "against"]

ASKING = 10  # words of a line such as "What you like about the new office"


def side(line: Line) -> Side:
    """Return which points `line` announces and nothing else, or "" for any other line."""
    if line.bullet or line.text.endswith((".", ",", ";")) or not is_short(line, words=ASKING):
        return ""
    if cues().sides.praise.search(line.folded):
        return "for"
    return "against" if cues().sides.blame.search(line.folded) else ""


def side_of(line: Line) -> Side:
    """Return the same for a heading that may also say of what: "Drawbacks of tea"."""
    if cues().sides.praise_of.search(line.folded):
        return "for"
    return "against" if cues().sides.blame_of.search(line.folded) else side(line)


def is_bare(line: Line) -> bool:
    """Tell whether `line` is one word for a side, which no article has as its title."""
    return bool(side(line)) and len(line.words) <= 2


def has_both(lines: Iterable[Line]) -> bool:
    """Tell whether some of `lines` announce points for and some points against."""
    return {"for", "against"} <= {side(line) for line in lines}
