"""Tables of pasted text: flattened to one cell per line, or with tabs, bars or wide gaps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.extract.columns import infer_columns
from kb.extract.cues import cues
from kb.extract.draft import Draft, merged
from kb.extract.furniture import is_end, reason
from kb.extract.glued import find_glued_tables
from kb.extract.lines import Line, is_prose, is_short
from kb.extract.subjects import Subjects
from kb.model import Span

LABEL = 8  # words of a row's label
CELL = 160  # characters a cell may always have; more when others have as many

_WIDE = re.compile(r" {2,}")
_RULE = re.compile(r"[-=:+| ]{3,}$")


@dataclass(frozen=True, slots=True)
class _Header:
    """A header found at `index`, one cell per line; rows begin at `rows`."""

    index: int
    rows: int
    columns: tuple[str, ...]
    labelled: bool  # whether each row starts with a label


def rebuild_tables(text: str, drafts: Sequence[Draft], names: Subjects) -> list[Draft]:
    """Return `drafts` with those that make up tables replaced by rows with their cells."""
    rebuilt = _rebuild_flat(text, drafts, names)
    rebuilt = _rebuild_separated(text, rebuilt, names)
    return find_glued_tables(text, rebuilt, names)


def _rebuild_flat(text: str, drafts: Sequence[Draft], names: Subjects) -> list[Draft]:
    """Rebuild tables that were pasted with one cell per line below a header of option names."""
    rebuilt: list[Draft] = []
    index = group = 0
    while index < len(drafts):
        header = _header(drafts, index, names)
        rows = list(_flat_rows(drafts, header, names)) if header else []
        if header is None or len(rows) < (1 if header.columns[0] else 2):
            rebuilt.append(drafts[index])
            index += 1
            continue
        group -= 1  # counted downwards here; levels.py numbers all groups in the end
        rebuilt += [Draft(draft.line, "header") for draft in drafts[header.index : header.rows]]
        for row in rows:
            rebuilt.append(_row(text, row, header, group))
        index = header.rows + sum(len(row) for row in rows)
    return rebuilt


def _header(drafts: Sequence[Draft], index: int, names: Subjects) -> _Header | None:
    """Return the header that starts at `index`: a corner and options, or opposites."""
    first = 0 if _option(drafts[index], names) or drafts[index].kind else 1
    end = index + first
    seen: list[str] = []
    while end < len(drafts) and (option := _option(drafts[end], names)) and option not in seen:
        seen.append(option)
        end += 1
    if len(seen) >= 2 and (not first or _is_corner(drafts, index)):
        corner = drafts[index].line.text if first else ""
        names_shown = tuple(draft.line.text.strip(" :") for draft in drafts[index + first : end])
        return _Header(index, end, (corner, *names_shown), labelled=True)
    return _polar_header(drafts, index)


def _option(draft: Draft, names: Subjects) -> str:
    """Return the option that a header cell names, with or without a few words more, or ""."""
    line = draft.line
    if draft.kind or line.marked or len(line.words) > 3 or line.text.endswith("?"):
        return ""
    found = names.found(line.text)
    return names.named(line.text) or (found[0] if len(found) == 1 and len(line.words) < 3 else "")


def _is_corner(drafts: Sequence[Draft], index: int) -> bool:
    """Tell a table's corner cell from a heading: by its word, or by a heading above it."""
    line = drafts[index].line
    if drafts[index].kind or line.marked or not is_short(line, words=4) or is_prose(line):
        return False
    if line.folded.strip(" :") in cues().tables.corners:
        return True
    above = drafts[index - 1] if index else None
    return not (above is None or above.kind or is_prose(above.line)) and is_short(above.line)


def _polar_header(drafts: Sequence[Draft], index: int) -> _Header | None:
    pair = drafts[index : index + 2]
    if len(pair) < 2 or any(draft.kind or draft.line.marked for draft in pair):
        return None
    texts = [draft.line.text.strip(" :") for draft in pair]
    if (texts[0].casefold(), texts[1].casefold()) not in cues().tables.polar:
        return None
    return _Header(index, index + 2, tuple(texts), labelled=False)


def _flat_rows(
    drafts: Sequence[Draft], header: _Header, names: Subjects
) -> Iterator[Sequence[Draft]]:
    """Yield the rows below a header: as many cells each as it has columns."""
    width = len(header.columns)
    longest, ended = 0, False
    for start in range(header.rows, len(drafts) - width + 1, width):
        row = drafts[start : start + width]
        values = row[1:] if header.labelled else row
        length = max(len(draft.line.text) for draft in values)
        stops = any(draft.line.text.endswith(".") for draft in values)
        if any(_ends_table(draft, header, names) for draft in row):
            return
        if header.labelled and not _is_label(row[0].line):
            return
        if length > max(CELL, 3 * longest) or (longest and stops and not ended and length > 60):
            return
        longest, ended = max(longest, length), ended or stops
        yield row


def _ends_table(draft: Draft, header: _Header, names: Subjects) -> bool:
    """Tell whether a line can be no cell: marked, furniture, or the start of something else."""
    line = draft.line
    if draft.kind or line.marked or (len(line.words) > 2 and (reason(line) or is_end(line))):
        return True
    starts = bool(names.named(line.text)) or line.text.strip(" :") in header.columns
    return starts and not header.labelled


def _is_label(line: Line) -> bool:
    return is_short(line, words=LABEL) and not is_prose(line) and not line.text.endswith(":")


def _row(text: str, row: Sequence[Draft], header: _Header, group: int) -> Draft:
    cells = tuple(Span(draft.line.start, draft.line.end) for draft in row)
    line = merged(text, [draft.line for draft in row])
    return Draft(line, "row", group=group, cells=cells, columns=header.columns)


def _rebuild_separated(text: str, drafts: Sequence[Draft], names: Subjects) -> list[Draft]:
    """Rebuild tables whose rows are lines with tabs, bars or wide gaps between the cells."""
    rebuilt: list[Draft] = []
    index = 0
    while index < len(drafts):
        rows = _separated_rows(text, drafts, index)
        if rows:
            group = -drafts[index].line.start - 1_000_000  # unlike any other until renumbered
            rebuilt += _separated(text, drafts, index, rows, names, group)
        else:
            rebuilt.append(drafts[index])
        index += max(1, len(rows))
    return rebuilt


def _separated_rows(text: str, drafts: Sequence[Draft], index: int) -> list[list[Span]]:
    """Return the cells of the rows that start at `index`; none when it is no table."""
    for separator in ("\t", "|", "  "):
        rows: list[list[Span]] = []
        for place in range(index, len(drafts)):
            draft = drafts[place]
            cells = [] if draft.kind else _split(text, draft.line, separator)
            ruled = separator == "|" and rows and _RULE.match(draft.line.text)
            if rows and separator == "\t":
                cells = _padded(cells, rows)
            if not ruled and (len(cells) < 2 or (rows and len(cells) != len(rows[0]))):
                break
            rows.append([] if ruled else cells)
        needed = 3 if separator == "  " else 2
        if len(rows) >= needed and (separator != "  " or len(rows[0]) > 2):
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
    if separator not in raw.strip():
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


def _separated(
    text: str,
    drafts: Sequence[Draft],
    index: int,
    rows: Sequence[list[Span]],
    names: Subjects,
    group: int,
) -> Iterator[Draft]:
    """Yield the header, if the first row is one, and the rows with their cells."""
    first = [text[cell.start : cell.end] for cell in rows[0]]
    ruled = len(rows) > 1 and not rows[1]
    headed = ruled or is_header(first, names)
    columns = tuple(first) if headed else infer_columns(text, drafts, index, rows, names)
    for offset, cells in enumerate(rows):
        line = drafts[index + offset].line
        if not cells or (headed and offset == 0):
            yield Draft(line, "header")
        else:
            yield Draft(line, "row", group=group, cells=tuple(cells), columns=columns)


def is_header(cells: Sequence[str], names: Subjects) -> bool:
    """Tell whether cells are column names: options, a corner, or opposites such as pros, cons."""
    lowered = [cell.casefold().strip(" :") for cell in cells]
    polar = any(pair in cues().tables.polar for pair in zip(lowered, lowered[1:], strict=False))
    named = sum(bool(names.found(cell)) and len(cell.split()) <= 3 for cell in cells[1:])
    return polar or lowered[0] in cues().tables.corners or named == len(cells) - 1
