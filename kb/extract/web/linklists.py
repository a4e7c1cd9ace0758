"""Link lists: pieces of a web page that are all links, and lead to other pages or further down."""

from collections.abc import Iterator, Sequence

from kb.extract.cues import folded
from kb.extract.web.counts import Counts
from kb.extract.web.pieces import Piece

LINKED = 0.8  # share of a piece
SEVERAL = 3


def set_aside_links(pieces: Sequence[Piece], counts: Counts, reasons: list[str]) -> None:
    """Set aside three links and more in a row, with the heading above them; two in one paragraph.

    They are a table of contents when most of them are headings of the page. Links that stand
    alone stay if they are kept.
    """
    headings = {folded(piece.text) for piece in pieces if piece.kind == "heading"}
    for start, end in _runs(pieces, reasons):
        run = range(start, end)
        again = sum(folded(pieces[number].text) in headings for number in run)
        listed = all(pieces[number].kind == "item" for number in run)
        if listed and 2 * again >= len(run):
            why = "table of contents"
        elif any(counts.held[number] and pieces[number].links < 2 for number in run):
            continue
        else:
            why = "links to other pages"
        for number in run:
            reasons[number] = why
        if start and pieces[start - 1].kind == "heading" and _ends(pieces, reasons, end):
            reasons[start - 1] = reasons[start - 1] or why


def _runs(pieces: Sequence[Piece], reasons: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each run of links that is not set aside yet."""
    start = 0
    for number in range(len(pieces) + 1):
        links = number < len(pieces) and not reasons[number] and pieces[number].linked >= LINKED
        if not links:
            if sum(piece.links for piece in pieces[start:number]) >= SEVERAL - (
                number - start == 1
            ):
                yield start, number
            start = number + 1


def _ends(pieces: Sequence[Piece], reasons: Sequence[str], end: int) -> bool:
    """Tell whether a section ends here."""
    return end == len(pieces) or bool(reasons[end]) or pieces[end].kind == "heading"
