"""Layout: a stretch of an article in parts, each shown in its own way, no character lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.extract.render import SEPARATOR
from kb.extract.sentences import line_starts, sentence_ends
from web.marks import Piece, Range, pieces

PartKind = Literal["text", "code", "label", "cell", "gap"]

SHOWN = 420  # characters of a long passage without a quote that are shown at once
WORTH = 160  # characters that are worth a fold at least

_LEAD = re.compile(r"(.+?)(\n[ \t]*\n\s*|\n)(?=[^\n])", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLAIN = re.compile(r"[\w ,.'’“”\"()/-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stretch; `option` is the id of the option a cell is about, "" when unknown.

    A row is a label and cells. A gap is what stands between two parts: line ends, or the bar
    between two cells. No quote stands in a part that is `folded`.
    """

    kind: PartKind
    pieces: Sequence[Piece]
    option: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """Where a cell stands in the stretch that is laid out, and the option it is about."""

    start: int
    end: int
    option: str


@dataclass(frozen=True, slots=True)
class _Cut:
    kind: PartKind
    start: int
    end: int
    option: str = ""
    folded: bool = False


def laid_out(
    text: str,
    kind: str,
    *,
    cells: Sequence[About] = (),
    quoted: Sequence[Range] = (),
    found: Sequence[Range] = (),
    folds: bool = False,
) -> list[Part]:
    """Return `text`, a stretch of this passage kind, in parts.

    Ranges are relative to `text`. Words that were found are not marked in code. With `folds`,
    what stands far from the quotes is folded, or the end of a long text without a quote.
    """
    if kind == "code":
        cuts = _code(text, last=max((end for _, end in quoted), default=len(text)), folds=folds)
    elif kind == "table":
        cuts = _row(text, cells)
    else:
        cuts = _prose(text, _core(text, quoted) if folds else (0, len(text)))
    return [
        Part(
            cut.kind,
            pieces(
                text[cut.start : cut.end],
                quoted=_moved(quoted, cut.start),
                found=() if cut.kind == "code" else _moved(found, cut.start),
            ),
            cut.option,
            cut.folded,
        )
        for cut in cuts
        if cut.start < cut.end
    ]


def _moved(ranges: Sequence[Range], by: int) -> list[Range]:
    return [(start - by, end - by) for start, end in ranges]


def _code(text: str, *, last: int, folds: bool) -> Iterator[_Cut]:
    """Yield the sentence that leads in, if there is one, and the code.

    The code is folded when the quotes, the last of which ends at `last`, are in the sentence only.
    """
    lead = _LEAD.match(text)
    if lead and _is_sentence(lead[1], alone=lead[2].count("\n") > 1):
        yield _Cut("text", 0, lead.end(1))
        yield _Cut("gap", lead.end(1), lead.end())
        folded = folds and last <= lead.end() <= len(text) - WORTH
        yield _Cut("code", lead.end(), len(text), folded=folded)
    else:
        yield _Cut("code", 0, len(text))


def _is_sentence(lead: str, *, alone: bool) -> bool:
    """Tell a lead-in from code; `alone` when a blank line follows it.

    Code is nearly always given away by its first letter: statements, commands and remarks start
    with a small letter or a sign.
    """
    words = _WORD.findall(lead)
    if len(words) < 3 or not lead[0].isupper() or _is_shouted(words):
        return False
    if not alone:
        return lead.endswith(":") and not lead.endswith("):")
    return lead.endswith((":", ".", "!", "?")) or _PLAIN.fullmatch(lead) is not None


def _is_shouted(words: Sequence[str]) -> bool:
    """Tell a statement with its keywords in capitals; one acronym that begins is none."""
    others = [word.isupper() for word in words]
    return others[0] and any(others[others.index(False) :] if False in others else others)


def _row(text: str, cells: Sequence[About]) -> Iterator[_Cut]:
    """Yield the label and the cells of a row, and the bars between them."""
    place = 0
    for cell in sorted(cells, key=lambda cell: cell.start):
        if place <= cell.start and cell.end <= len(text):
            yield from _loose(text, place, cell.start)
            yield _Cut("cell", cell.start, cell.end, cell.option)
            place = cell.end
    yield from _loose(text, place, len(text))


def _loose(text: str, start: int, end: int) -> Iterator[_Cut]:
    """Yield the label, cells that are about no option, and bars."""
    while start < end:
        bar = text.find(SEPARATOR, start, end)
        stop = bar if bar >= 0 else end
        yield _Cut("cell" if start else "label", start, stop)
        start = min(stop + len(SEPARATOR), end)
        yield _Cut("gap", stop, start)


def _prose(text: str, core: Range) -> Iterator[_Cut]:
    place = 0
    for stop in (*core, len(text)):
        shown = place + len(text[place:stop].rstrip())
        yield _Cut("text", place, shown, folded=(place, stop) != core)
        yield _Cut("gap", shown, stop)
        place = stop


def _core(text: str, quoted: Sequence[Range]) -> Range:
    """Return the sentences that are shown at once: those from the first quote to the last."""
    first = min((start for start, _ in quoted), default=0)
    last = max((end for _, end in quoted), default=SHOWN)
    places = (*sentence_ends(text, 0, len(text)), *line_starts(text, 0, len(text)))
    cuts = [place for place in places if not text[place].isspace()]
    start = max((cut for cut in cuts if WORTH <= cut <= first), default=0)
    end = min((cut for cut in cuts if last <= cut <= len(text) - WORTH), default=len(text))
    return start, end
