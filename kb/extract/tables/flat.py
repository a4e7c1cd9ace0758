"""Flat tables: pasted text with one cell per line below a header, or with figures below a label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.extract.cues import cues
from kb.extract.furniture.reasons import is_end, reason
from kb.extract.pasted.draft import Draft, merged
from kb.extract.pasted.lines import Line, is_prose, is_short
from kb.extract.subjects import Subjects
from kb.extract.tables.columns import Columns
from kb.model import Span

LABEL = 8  # words of a row's label
CELL = 160  # characters a cell may always have; more when others have as many
FIGURES = 8  # columns of a table without a header

_FIGURE = re.compile(r"[$€£]?\d[\d.,]{0,9} ?[%kKMx]?$")


@dataclass(frozen=True, slots=True)
class _Header:
    """A header found at `index`, one cell per line; rows begin at `rows`."""

    index: int
    rows: int
    columns: tuple[str, ...]
    labelled: bool  # whether each row starts with a label


def rebuild_flat(
    text: str, drafts: Sequence[Draft], names: Subjects, known: Columns
) -> list[Draft]:
    """Rebuild tables that were pasted with one cell per line below a header of option names."""
    rebuilt: list[Draft] = []
    index = group = 0
    while index < len(drafts):
        header = _header(drafts, index, names) or _unheaded(drafts, index, known)
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


def _unheaded(drafts: Sequence[Draft], index: int, known: Columns) -> _Header | None:
    """Return the columns of rows of figures, one for each option, below a label each."""
    if not _is_figure(drafts, index + 1) or not _is_label(drafts[index].line):
        return None
    width = 1
    while width <= FIGURES and _is_figure(drafts, index + width):
        width += 1
    rows = [drafts[index : index + width], drafts[index + width : index + 2 * width]]
    if width > FIGURES or not all(_is_row_of_figures(row, width) for row in rows):
        return None
    if any(draft.line.gap for draft in (*rows[0][1:], *rows[1])):
        return None
    cells = [[Span(draft.line.start, draft.line.end) for draft in row] for row in rows]
    columns = known.infer(drafts, index, cells)
    return _Header(index, index, columns, labelled=True) if columns else None


def _is_row_of_figures(row: Sequence[Draft], width: int) -> bool:
    """Tell whether `row` is a label with `width` - 1 figures below it."""
    if len(row) < width or row[0].kind or not _is_label(row[0].line):
        return False
    return all(_is_figure(row, at) for at in range(1, width))


def _is_figure(drafts: Sequence[Draft], index: int) -> bool:
    if index >= len(drafts) or drafts[index].kind:
        return False
    return bool(_FIGURE.match(drafts[index].line.text)) and not drafts[index].line.marked


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
    if reason(line):
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
    tight, apart = _spacing(drafts, header)
    for start in range(header.rows, len(drafts) - width + 1, width):
        row = drafts[start : start + width]
        begun = start == header.rows or row[0].line.gap == apart
        if tight and (not begun or any(draft.line.gap for draft in row[1:])):
            return
        if _ends_rows(drafts, start, header, names):
            return
        values = [draft.line.text for draft in (row[1:] if header.labelled else row)]
        length = max(map(len, values))
        stops = any(value.endswith(".") for value in values)
        if length > max(CELL, 3 * longest) or (longest and stops and not ended and length > 60):
            return
        longest, ended = max(longest, length), ended or stops
        yield row


def _spacing(drafts: Sequence[Draft], header: _Header) -> tuple[bool, int]:
    """Return whether no blank line parts the cells of a row, and how many part the rows then."""
    cells = drafts[header.index + 1 : header.rows]
    rows = drafts[header.rows : header.rows + len(header.columns)]
    if not cells:
        return not any(draft.line.gap for draft in rows[1:]), 0
    return not any(draft.line.gap for draft in cells), rows[0].line.gap if rows else 0


def _ends_rows(drafts: Sequence[Draft], start: int, header: _Header, names: Subjects) -> bool:
    """Tell whether the table is over above `start`, and something else or another one begins."""
    row = drafts[start : start + len(header.columns)]
    if any(_ends_table(draft, header, names) for draft in row):
        return True
    if header.labelled:
        return not _is_label(row[0].line)
    return any(_header(drafts, start + at, names) for at in range(len(row)))


def _ends_table(draft: Draft, header: _Header, names: Subjects) -> bool:
    """Tell whether a line can be no cell: marked, furniture, or the start of something else."""
    line = draft.line
    if draft.kind or line.marked or (len(line.words) > 2 and (reason(line) or is_end(line))):
        return True
    starts = bool(names.named(line.text)) or line.text.strip(" :") in header.columns
    return starts and not header.labelled


def _is_label(line: Line) -> bool:
    named = any(character.isalpha() for character in line.text) or line.text.isdigit()
    short = is_short(line, words=LABEL) and not is_prose(line)
    return named and short and not line.text.endswith(":")


def _row(text: str, row: Sequence[Draft], header: _Header, group: int) -> Draft:
    cells = tuple(Span(draft.line.start, draft.line.end) for draft in row)
    line = merged(text, [draft.line for draft in row])
    return Draft(line, "row", group=group, cells=cells, columns=header.columns)
