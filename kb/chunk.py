"""Blocks -> passages: stretches of an article that can each be quoted alone."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.extract.code.damage import damage_in_prose, damages
from kb.extract.cues import cues, folded
from kb.extract.sentences import pieces, sentence_ends, stripped
from kb.extract.subjects import Subjects
from kb.model import Block, Cell, Document, Passage, PassageKind, Span

LONGEST = 900  # characters of a passage
ENOUGH = 40  # words; a shorter paragraph takes the next one in
MOST = 160  # words; a longer passage takes nothing more in
LEAD_IN = 400  # characters of a paragraph that stays with the code below it
BRIEF = 150  # characters of one that does so without a colon

_LEADS_IN = re.compile(r"\b(?:following|follows?|below|these are|here (?:is|are))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch that becomes one passage, or several when it is too long."""

    span: Span
    kind: PassageKind
    cells: tuple[Cell, ...] = ()
    column: tuple[str, ...] = ()  # what a table's header adds to the headings
    depth: int | None = None  # how many of the section's headings it stands under; all if None
    damage: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands between two headings, without furniture; `headings` is the path to it."""

    headings: tuple[str, ...]
    runs: tuple[tuple[Block, ...], ...]  # blocks with nothing set aside between them


def chunk(document: Document, *, article: str, subjects: Sequence[str] = ()) -> list[Passage]:
    """Return the passages of `document` in the order of its text.

    Each is `document.text[start:end]`, at most LONGEST characters, under one heading and, where
    `subjects` are known, about one side of the comparison when the text sets them apart.
    A row's cells say which of `subjects` they are about. A document without text gives none.
    """
    names = Subjects.of(subjects)
    seen: Counter[str] = Counter()
    damaged = damages(document)
    passages: list[Passage] = []
    for section in _sections(document):
        for piece in _section_pieces(document.text, section, names, damaged):
            for span in pieces(
                document.text, piece.span, LONGEST, by_lines=piece.kind in ("code", "table")
            ):
                passages.append(_passage(document.text, article, section, piece, span, seen))
    return passages


def passage_id(article: str, text: str, occurrence: int = 1) -> str:
    """Return the id of the passage with this text, `occurrence` counting equal ones from 1."""
    digest = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    return f"{article}-{digest}" + (f"-{occurrence}" if occurrence > 1 else "")


def _passage(
    text: str, article: str, section: _Section, piece: _Piece, span: Span, seen: Counter[str]
) -> Passage:
    quote = text[span.start : span.end]
    seen[quote] += 1
    return Passage(
        id=passage_id(article, quote, seen[quote]),
        article=article,
        start=span.start,
        end=span.end,
        text=quote,
        headings=section.headings[: piece.depth] + piece.column,
        kind=piece.kind,
        cells=tuple(
            cell for cell in piece.cells if span.start <= cell.start and cell.end <= span.end
        ),
        damage=piece.damage or ("" if piece.kind in ("code", "table") else damage_in_prose(quote)),
    )


def _sections(document: Document) -> Iterator[_Section]:
    """Yield the stretches between headings with the path to each."""
    path: list[Block] = []
    runs: list[list[Block]] = [[]]
    for block in document.blocks:
        if block.kind == "aside":
            runs.append([])
        elif block.kind != "heading":
            runs[-1].append(block)
        else:
            yield _section(document, path, runs)
            runs = [[]]
            path = [above for above in path if above.level < block.level]
            if _is_title(document, block):
                path = []
            else:
                path.append(block)
    yield _section(document, path, runs)


def _section(document: Document, path: Sequence[Block], runs: Sequence[list[Block]]) -> _Section:
    headings = (document.text[block.start : block.end] for block in path)
    return _Section(
        headings=tuple(" ".join(heading.split()).rstrip(" :：") for heading in headings),
        runs=tuple(tuple(run) for run in runs if run),
    )


def _is_title(document: Document, block: Block) -> bool:
    text = folded(document.text[block.start : block.end])
    return block.level == 1 and text == folded(document.metadata.title)


def _section_pieces(
    text: str, section: _Section, names: Subjects, damaged: Mapping[int, str]
) -> Iterator[_Piece]:
    asked = bool(section.headings) and section.headings[-1].endswith("?")
    prose: PassageKind = "answer" if asked else "prose"
    listed = False
    for run in section.runs:
        for blocks in _bundles(text, run, names):
            last = blocks[-1]
            listed = listed or last.kind in ("item", "row")
            if last.kind == "row":
                yield from _row_pieces(text, last, names)
            elif last.kind == "item":
                for span in _list_spans(text, blocks):
                    yield _Piece(span, "list")
            else:
                kind: PassageKind = "code" if last.kind == "code" else prose
                depth = _depth(text, section, blocks, names) if listed else None
                wrong = damaged.get(last.start, "")
                yield _Piece(_span(blocks), kind, depth=depth, damage=wrong)


def _depth(text: str, section: _Section, blocks: Sequence[Block], names: Subjects) -> int | None:
    """Return how many headings stand over a paragraph below a list.

    One whose first sentence speaks of several subjects sums up more than the list of the one
    subject that the innermost headings name.
    """
    start, end = blocks[0].start, blocks[-1].end
    first = next(sentence_ends(text, start, end), end)
    if len(names.found(text[start:first])) < 2:
        return None
    for depth, heading in enumerate(section.headings):
        if len(names.found(heading)) == 1:
            return depth
    return None


def _bundles(text: str, run: Sequence[Block], names: Subjects) -> Iterator[list[Block]]:
    """Yield the blocks that make one passage together, in order."""
    open_: list[Block] = []
    for block in run:
        if open_ and not _belongs(text, open_, block, names):
            yield open_
            open_ = []
        open_.append(block)
    if open_:
        yield open_


def _belongs(text: str, open_: Sequence[Block], block: Block, names: Subjects) -> bool:
    """Tell whether `block` goes on with the passage that the `open_` blocks have begun."""
    last = open_[-1]
    if block.kind == "row" or last.kind in ("row", "code"):
        return False
    if block.kind == "code":
        return len(open_) == 1 and last.kind == "paragraph" and _leads_into_code(text, last, block)
    if block.kind == "item":
        if last.kind == "paragraph":
            return len(open_) == 1 and _leads_in(text, last, block, names)
        same_list = last.group == block.group
        return same_list and not (block.level == 0 and _switches(text, open_, block, names))
    if last.kind != "paragraph":
        return False
    return _paragraphs_belong(text, open_, block, names)


def _leads_into_code(text: str, lead: Block, block: Block) -> bool:
    longest = LEAD_IN if text[lead.start : lead.end].endswith(":") else BRIEF
    return lead.end - lead.start <= longest and block.end - lead.start <= LONGEST


def _leads_in(text: str, lead: Block, block: Block, names: Subjects) -> bool:
    """Tell whether a paragraph announces the list that starts with `block`."""
    words = text[lead.start : lead.end]
    one, two = names.leading(words), names.leading(text[block.start : block.end])
    if block.end - lead.start > LONGEST or (one and two and one != two):
        return False
    return words.endswith(":") or _LEADS_IN.search(words[-LEAD_IN:]) is not None


def _switches(text: str, open_: Sequence[Block], block: Block, names: Subjects) -> bool:
    """Tell whether an item starts with another subject than an item above it in its list."""
    leading = names.leading(text[block.start : block.end])
    above = (names.leading(text[item.start : item.end]) for item in open_ if item.kind == "item")
    return bool(leading) and any(other and other != leading for other in above)


def _paragraphs_belong(text: str, open_: Sequence[Block], block: Block, names: Subjects) -> bool:
    above, words = text[open_[0].start : open_[-1].end], text[block.start : block.end]
    if block.end - open_[0].start > LONGEST or words.endswith(":"):
        return False
    if _other_side(above, words, names):
        return False
    one, two = len(above.split()), len(words.split())
    return (one < ENOUGH or two < ENOUGH) and one + two <= MOST


def _other_side(above: str, words: str, names: Subjects) -> bool:
    """Tell whether two texts are each about other subjects."""
    one, two = names.leading(above), names.leading(words)
    if one and two and one != two:
        return True
    first, second = set(names.found(above)), set(names.found(words))
    return bool(first and second) and not first & second


def _list_spans(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the stretches of a list with its lead-in: whole, or cut between items."""
    open_: list[Block] = []
    for block in blocks:
        if open_ and block.end - open_[0].start > LONGEST - 8:  # 8: room for the marker
            yield _with_marker(text, open_)
            open_ = []
        open_.append(block)
    yield _with_marker(text, open_)


def _with_marker(text: str, blocks: Sequence[Block]) -> Span:
    """Return the blocks' stretch; before several items the first one's bullet is part of it."""
    span = _span(blocks)
    if len(blocks) < 2 or blocks[0].kind != "item":
        return span
    line = text.rfind("\n", 0, span.start) + 1
    marker = text[line : span.start].lstrip()
    return Span(span.start - len(marker), span.end) if len(marker) < 8 else span


def _span(blocks: Sequence[Block]) -> Span:
    return Span(blocks[0].start, blocks[-1].end)


def _row_pieces(text: str, row: Block, names: Subjects) -> Iterator[_Piece]:
    """Yield a row with its cells, or cell by cell where the columns are for and against."""
    heads = [folded(column) for column in row.columns]
    if len(heads) == len(row.cells) and _is_polar(heads):
        label = text[row.cells[0].start : row.cells[0].end].strip()
        first = 0 if heads[0] and _is_polar(heads[:2]) and len(heads) == 2 else 1
        for column, cell in list(zip(row.columns, row.cells, strict=True))[first:]:
            span = stripped(text, cell.start, cell.end)
            if span:
                path = (label, column) if first and label else (column,)
                yield _Piece(span, "list", column=path)
        return
    yield _Piece(Span(row.start, row.end), "table", tuple(_cells(text, row, names)))


def _is_polar(heads: Sequence[str]) -> bool:
    """Tell whether two neighbouring columns are an opposite pair such as pros and cons."""
    return any(pair in cues().tables.polar for pair in zip(heads, heads[1:], strict=False))


def _cells(text: str, row: Block, names: Subjects) -> Iterator[Cell]:
    """Yield the cells that are about one subject: their column's, or the one in the label."""
    label = names.named(text[row.cells[0].start : row.cells[0].end]) if row.cells else ""
    for index, cell in enumerate(row.cells[1:], start=1):
        column = row.columns[index] if index < len(row.columns) else ""
        found = names.found(column)
        option = names.named(column) or (found[0] if len(found) == 1 else "") or label
        if option and cell.start < cell.end:
            yield Cell(option=option, start=cell.start, end=cell.end)
