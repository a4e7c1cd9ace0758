"""Separated tables: rows of pasted text with tabs, bars or wide gaps between their cells."""

import re
from collections.abc import Iterator, Sequence

from kb.extract.cues import cues
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line
from kb.extract.subjects import Subjects
from kb.extract.tables.columns import Columns
from kb.model import Span

WIDEST = 40  # columns
MANY = 400  # signs between cells; no row has more, however wide its gaps

_SEPARATORS = (("\t", 2, 2), ("|", 2, 2), ("  ", 3, 3))  # with the fewest columns and rows
_WIDE = re.compile(r" {2,}")
_RULE = re.compile(r"[-=:+| ]{3,}$")


def rebuild_separated(
    text: str, drafts: Sequence[Draft], names: Subjects, known: Columns
) -> list[Draft]:
    """Rebuild tables whose rows are lines with tabs, bars or wide gaps between the cells."""
    rebuilt: list[Draft] = []
    index = 0
    while index < len(drafts):
        rows = _separated_rows(text, drafts, index)
        if rows:
            group = -drafts[index].line.start - 1_000_000  # unlike any other until renumbered
            headed = _is_headed(text, rows, names)
            body = [cells for cells in rows if cells]
            columns = _texts(text, rows[0]) if headed else known.infer(drafts, index, body)
            rebuilt += _rows(drafts[index : index + len(rows)], rows, columns, headed, group)
        else:
            rebuilt.append(drafts[index])
        index += max(1, len(rows))
    return rebuilt


def _separated_rows(text: str, drafts: Sequence[Draft], index: int) -> list[list[Span]]:
    """Return the cells of the rows that start at `index`; none when it is no table."""
    for separator, narrowest, fewest in _SEPARATORS:
        rows: list[list[Span]] = []
        for place in range(index, len(drafts)):
            draft = drafts[place]
            ruled = separator == "|" and rows and _RULE.match(draft.line.text)
            cells = [] if draft.kind or ruled else _split(text, draft.line, separator)
            if rows and separator == "\t":
                cells = _padded(cells, rows)
            fits = len(cells) == len(rows[0]) if rows else narrowest <= len(cells) <= WIDEST
            if not ruled and not fits:
                break
            rows.append(cells)
        if len(rows) >= fewest:
            return rows
    return []


def _padded(cells: list[Span], rows: list[list[Span]]) -> list[Span]:
    """Return `cells` as wide as the rows above; blanks at line ends are gone with their tabs.

    A header one cell narrower than the first row below it lacks its empty corner and gets it.
    """
    if len(rows) == 1 and len(cells) == len(rows[0]) + 1:
        corner = rows[0][0].start
        rows[0].insert(0, Span(corner, corner))
    missing = len(rows[0]) - len(cells)
    if len(cells) < 2 or missing < 1:
        return cells
    return cells + [Span(cells[-1].end, cells[-1].end)] * missing


def _split(text: str, line: Line, separator: str) -> list[Span]:
    """Return the cells of a line, blanks around them left out; an empty cell has no length."""
    start = line.whole - line.indent if separator == "\t" else line.whole
    raw = text[start : line.end]
    if not 0 < raw.strip().count(separator) <= MANY:
        return []
    if separator == "|" and raw.startswith("|"):
        start, raw = start + 1, raw[1:].removesuffix("|")
    spans = []
    for part in _parts(raw, separator):
        content = raw[part.start : part.end]
        left = len(content) - len(content.lstrip())
        begin = start + part.start + left
        spans.append(Span(begin, begin + len(content.strip())))
    return spans


def _parts(raw: str, separator: str) -> Iterator[Span]:
    begin = 0
    gaps = _WIDE.finditer(raw) if separator == "  " else re.finditer(re.escape(separator), raw)
    for match in gaps:
        yield Span(begin, match.start())
        begin = match.end()
    yield Span(begin, len(raw))


def _is_headed(text: str, rows: Sequence[list[Span]], names: Subjects) -> bool:
    """Tell whether the first row names the columns: by its words, or by a rule below it."""
    ruled = len(rows) > 1 and not rows[1]
    return ruled or is_header(_texts(text, rows[0]), names)


def _texts(text: str, cells: Sequence[Span]) -> tuple[str, ...]:
    return tuple(text[cell.start : cell.end] for cell in cells)


def _rows(
    drafts: Sequence[Draft],
    rows: Sequence[list[Span]],
    columns: tuple[str, ...],
    headed: bool,
    group: int,
) -> Iterator[Draft]:
    """Yield the header, if the first row is one, and the rows with their cells."""
    for offset, (draft, cells) in enumerate(zip(drafts, rows, strict=True)):
        if not cells or (headed and offset == 0):
            yield Draft(draft.line, "header")
        else:
            yield Draft(draft.line, "row", group=group, cells=tuple(cells), columns=columns)


def is_header(cells: Sequence[str], names: Subjects) -> bool:
    """Tell whether cells are column names: options, a corner, or opposites such as pros, cons."""
    lowered = [cell.casefold().strip(" :") for cell in cells]
    polar = any(pair in cues().tables.polar for pair in zip(lowered, lowered[1:], strict=False))
    named = sum(bool(names.found(cell)) and len(cell.split()) <= 3 for cell in cells[1:])
    return polar or lowered[0] in cues().tables.corners or named == len(cells) - 1
