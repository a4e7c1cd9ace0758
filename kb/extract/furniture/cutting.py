"""Cutting: drafts and blocks set aside, put back or cut where a maintainer decided on them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line
from kb.extract.verdicts import DROPPED, Part, Verdicts, clipped
from kb.model import Block


def drop_drafts(text: str, drafts: Sequence[Draft], verdicts: Verdicts) -> list[Draft]:
    """Return `drafts` with what is dropped set aside; one that is dropped in part is cut.

    What follows a dropped part goes on with a paragraph and is no line of its own.
    """
    if not verdicts:
        return list(drafts)
    return [piece for draft in drafts for piece in _undropped(text, draft, verdicts)]


def protect_drafts(drafts: Iterable[Draft], verdicts: Verdicts) -> None:
    """Mark the drafts that no rule may set aside."""
    for draft in drafts if verdicts else ():
        draft.kept = draft.kind != "aside" and verdicts.kept(draft.line.start, draft.line.end)


def restore_drafts(text: str, drafts: Sequence[Draft], verdicts: Verdicts) -> list[Draft]:
    """Return `drafts` with the kept parts of those that rules have set aside put back."""
    if not verdicts:
        return list(drafts)
    return [piece for draft in drafts for piece in _restored(text, draft, verdicts)]


def _undropped(text: str, draft: Draft, verdicts: Verdicts) -> Iterator[Draft]:
    parts = verdicts.parts(draft.line.start, draft.line.end, only="dropped")
    if all(not part.verdict for part in parts):
        yield draft
        return
    for index, part in enumerate(parts):
        piece = Draft(_line(text, draft.line, part, first=index == 0), draft.kind)
        if part.verdict:
            piece.set_aside(DROPPED)
        elif index > 0 and draft.kind != "code":
            piece.kind = "paragraph"
        yield piece


def _restored(text: str, draft: Draft, verdicts: Verdicts) -> Iterator[Draft]:
    parts = verdicts.parts(draft.line.start, draft.line.end, only="kept")
    if draft.kind != "aside" or draft.aside == DROPPED or all(not part.verdict for part in parts):
        yield draft
        return
    for index, part in enumerate(parts):
        piece = Draft(_line(text, draft.line, part, first=index == 0))
        if part.verdict:
            piece.kept = True
            piece.kind = "paragraph" if index > 0 else ""
        else:
            piece.set_aside(draft.aside)
        yield piece


def _line(text: str, line: Line, part: Part, *, first: bool) -> Line:
    """Return the part of a line; only the first one has the line's bullet or number."""
    if first:
        return replace(line, text=text[line.start : part.end], end=part.end)
    content = text[part.start : part.end]
    return Line(content, part.start, part.end, whole=part.start, indent=line.indent, gap=0)


def cut_block(read: Block, judged: Block, verdicts: Verdicts) -> Iterator[Block]:
    """Yield the blocks that a block becomes: `read` as it stands, `judged` as the rules left it."""
    aside = judged.kind == "aside"
    parts = verdicts.parts(judged.start, judged.end, only="" if aside else "dropped")
    if all(not part.verdict for part in parts):
        yield judged
        return
    for part in parts:
        if part.verdict == "dropped":
            yield Block("aside", part.start, part.end, aside=DROPPED)
        elif part.verdict or not aside:
            yield _part_of(read, part)
        else:
            yield Block("aside", part.start, part.end, aside=judged.aside)


def _part_of(block: Block, part: Part) -> Block:
    """Return the part of a block that is read.

    It is a paragraph when the block was set aside all along, or is a heading that began before.
    A row keeps its number of cells; those outside the part are empty.
    """
    if block.kind == "aside" or (block.kind == "heading" and part.start > block.start):
        return Block("paragraph", part.start, part.end)
    cells = tuple(clipped(cell, part) for cell in block.cells)
    filled = [cell for cell in cells if cell.start < cell.end]
    start, end = (filled[0].start, filled[-1].end) if filled else (part.start, part.end)
    return replace(block, start=start, end=end, cells=cells)
