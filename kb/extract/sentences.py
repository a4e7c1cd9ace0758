"""Sentences: where a text that is too long for one passage may be cut."""

import re
from collections.abc import Iterator

from kb.model import Span

_END = re.compile(r"[.!?…。！？][\"'”’)\]]{0,3}(?:\s+(?=[^\sa-z])|(?<=[。！？]))")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|cf|approx|Dr|Mr|Mrs|Ms|St|No|[A-Z])\.\s{1,9}$")


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences that start behind `start` begin, up to `end` exclusive."""
    for match in _END.finditer(text, start, end):
        place = match.end()
        if place < end and not _ABBREVIATED.search(text, max(start, place - 12), place):
            yield place


def line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where lines behind `start` begin, up to `end` exclusive."""
    position = text.find("\n", start, end) + 1
    while 0 < position < end:
        yield position
        position = text.find("\n", position, end) + 1


def pieces(text: str, span: Span, limit: int, *, by_lines: bool = False) -> list[Span]:
    """Return `span` cut into stretches of at most `limit` characters, of about equal length.

    Cuts stand at sentence ends, or at line ends when `by_lines`; where there is none, between
    words, and in a word only when it is longer than `limit`. No piece starts or ends blank.
    """
    length = span.end - span.start
    if length <= limit:
        return [span]
    aim = -(-length // -(-length // limit))  # ceiling of length over the number of pieces
    find = line_starts if by_lines else sentence_ends
    cuts = [span.start]
    last = span.start
    for position in (*find(text, span.start, span.end), span.end):
        if position - cuts[-1] > aim and last > cuts[-1]:
            cuts.append(last)
        while position - cuts[-1] > limit:
            cuts.append(_between_words(text, cuts[-1], cuts[-1] + limit))
        last = position
    stretches = zip(cuts, [*cuts[1:], span.end], strict=True)
    return [part for part in (stripped(text, *stretch) for stretch in stretches) if part]


def stripped(text: str, start: int, end: int) -> Span | None:
    """Return the stretch without line ends and blanks around it, or None when nothing is left."""
    part = text[start:end]
    content = part.strip()
    if not content:
        return None
    start += len(part) - len(part.lstrip())
    return Span(start, start + len(content))


def _between_words(text: str, start: int, end: int) -> int:
    """Return the last place before `end` behind a blank, or `end` when a word fills it all."""
    found = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
    return found + 1 if found > 0 else end
