"""Glued tables: rows whose label and cells were pasted without anything between them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.extract.cues import cues
from kb.extract.pasted.draft import Draft, merged
from kb.extract.pasted.lines import Line
from kb.extract.subjects import Subjects
from kb.extract.tables.columns import Columns, options_above
from kb.model import Span

ROWS = 3  # rows that make a table; ANNOUNCED when the text above speaks of one
ANNOUNCED = 2
LONGEST = 1_500  # characters of a row without bullets
CANDIDATES = 10  # places in a row that are tried as cuts
CUTS = 60  # places where words touch; a line with more is no row
ITEMS = 120  # bullets in one row
LABEL = 6  # words

_CUT = re.compile(
    r"(?<=[a-z)\]%+\"'”’])(?=[A-Z0-9$€£~<>“])"
    r"|(?<=[.!?;])(?=[A-Z0-9“\"])"
    r"|(?<=[A-Z0-9])(?=[A-Z][a-z])"
    r"|(?<=[\w.)])(?=[✓✔✅✗✘❌])|(?<=[✓✔✅✗✘❌])(?=\S)"
)
_TOKEN = re.compile(r"\w+")
_BULLET = re.compile(r"[–•·▪‣◦](?<=[^\s–•·▪‣◦].)\s")  # with a look-behind first it is slower


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row, which takes up `count` drafts."""

    cells: tuple[Span, ...]
    count: int


def rebuild_glued(
    text: str, drafts: Sequence[Draft], names: Subjects, known: Columns
) -> list[Draft]:
    """Return `drafts` with glued rows rebuilt where several of them follow one another."""
    if not any(_BULLET.search(draft.line.text) or _CUT.search(draft.line.text) for draft in drafts):
        return list(drafts)
    tokens: Counter[str] = Counter()
    for draft in drafts:  # one by one; a list of all would take 200 MB for a text of 20
        tokens.update(_TOKEN.findall(draft.line.text))
    rebuilt: list[Draft] = []
    index = 0
    while index < len(drafts):
        rows = _rows(text, drafts, index, names, tokens)
        announced = len(rows) == ANNOUNCED and _is_announced(drafts, index)
        if announced or len(rows) >= ROWS:
            end = index + sum(row.count for row in rows)
            header = _header(text, rows[0], names)
            columns = header or known.infer(drafts, index, [row.cells for row in rows])
            rebuilt += _table(text, drafts[index:end], rows, columns, headed=bool(header))
            index = end
        else:
            rebuilt.append(drafts[index])
            index += 1
    return rebuilt


def _rows(
    text: str, drafts: Sequence[Draft], index: int, names: Subjects, tokens: Counter[str]
) -> list[_Row]:
    """Return the glued rows that start at `index`, one after the other."""
    if not _may_be_row(drafts[index]):
        return []
    width = max(len(options_above(drafts, index, names)), 2) + 1
    rows: list[_Row] = []
    while index < len(drafts) and (row := _row(text, drafts, index, width, tokens)):
        rows.append(row)
        index += row.count
    return rows


def _may_be_row(draft: Draft) -> bool:
    line = draft.line
    if draft.kind or line.marked:
        return False
    return bool(_CUT.search(line.text, 0, LONGEST) or _BULLET.search(line.text, 0, LONGEST))


def _row(
    text: str, drafts: Sequence[Draft], index: int, width: int, tokens: Counter[str]
) -> _Row | None:
    if not _may_be_row(drafts[index]):
        return None
    line = drafts[index].line
    if _BULLET.search(line.text, 0, LONGEST):
        return _bulleted_row(text, drafts, index, width)
    cells = _cut(line, width, tokens)
    return _Row(cells, 1) if cells else None


def _bulleted_row(text: str, drafts: Sequence[Draft], index: int, width: int) -> _Row | None:
    """Return a row whose cells are lists: a label with the first bullet glued to it, and more."""
    line = drafts[index].line
    bullets = [match.start() for match in _BULLET.finditer(line.text)]
    if len(bullets) > ITEMS:
        return None
    ends = [*bullets[1:], len(line.text)]
    items = [
        Span(line.start + start, line.start + end) for start, end in zip(bullets, ends, strict=True)
    ]
    count = 1
    while index + count < len(drafts):
        below = drafts[index + count]
        if below.kind != "item" or below.line.gap or len(items) > ITEMS:
            break
        items.append(Span(below.line.whole, below.line.end))
        count += 1
    if len(items) < width - 1:
        return None
    cells = [Span(line.start, line.start + bullets[0])]
    first = 0
    for end in _partition([_first_word(text, item) for item in items], width - 1):
        cells.append(Span(items[first].start, items[end - 1].end))
        first = end
    return _Row(tuple(cells), count)


def _first_word(text: str, item: Span) -> str:
    words = _TOKEN.findall(text[item.start : item.end])
    return words[0].casefold() if words else ""


def _partition(words: Sequence[str], parts: int) -> list[int]:
    """Return where each of `parts` lists ends, when all their items' first words are known.

    A list rarely starts two items alike, but two lists on the same question often do: the cuts
    that leave the fewest equal words within one list win, and of those the most even ones.
    """
    if parts > 2:
        return [round(len(words) * part / parts) for part in range(1, parts + 1)]

    def cost(cut: int) -> tuple[int, int]:
        halves = (words[:cut], words[cut:])
        repeats = sum(len(half) - len(set(half)) for half in halves)
        return repeats, abs(len(words) - 2 * cut)

    return [min(range(1, len(words)), key=cost), len(words)]


def _cut(line: Line, width: int, tokens: Counter[str]) -> tuple[Span, ...]:
    """Return the cells of a line that is glued together of `width` of them, or ()."""
    text = line.text
    if len(text) > LONGEST:
        return ()
    found = [match.start() for match in _CUT.finditer(text)]
    if len(found) > CUTS:
        return ()
    scored = [(_strength(text, place, tokens), place) for place in found]
    likely = sorted(sorted(scored, reverse=True)[:CANDIDATES], key=lambda pair: pair[1])
    strong = [(score, place) for score, place in likely if score >= 1]
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for chosen in combinations(strong, width - 1):
        places = tuple(place for _, place in chosen)
        fit = sum(score for score, _ in chosen) + _fit(text, places)
        best = max(best, (fit, places))
    if not best[1]:
        return ()
    bounds = (0, *best[1], len(text))
    return tuple(_stripped(line, *pair) for pair in zip(bounds, bounds[1:], strict=False))


def _stripped(line: Line, start: int, end: int) -> Span:
    content = line.text[start:end]
    start += len(content) - len(content.lstrip())
    return Span(line.start + start, line.start + start + len(content.strip()))


def _strength(text: str, place: int, tokens: Counter[str]) -> float:
    """Return how sure it is that two cells meet at `place`: 0 inside a name, 3 behind a stop."""
    before, after = text[place - 1], text[place]
    if before in ".!?;":
        single = place > 2 and text[place - 2].isupper() and not text[place - 3].isalpha()
        number = after.isdigit() and text[place - 2].isdigit()
        return 0.0 if single or number else 3.0
    if not before.isalnum() or not after.isalnum():
        return 2.5 if before in ")]%" or after in "✓✔✅✗✘❌" else 2.0
    word = next(match for match in _TOKEN.finditer(text) if match.end() > place - 1)
    left, right = text[word.start() : place], text[place : word.end()]
    if tokens[word.group()] > 1 or len(left) < 2:
        return 0.2
    return 1.5 + 0.5 * (left in tokens) + 0.5 * (right in tokens or right.casefold() in tokens)


def _fit(text: str, places: Sequence[int]) -> float:
    """Return how much the cells between `places` look like a label and answers to it."""
    bounds = (0, *places, len(text))
    cells = [text[start:end].split() for start, end in zip(bounds, bounds[1:], strict=False)]
    if not all(cells):
        return -10.0
    score = -1.0 * max(0, len(cells[0]) - LABEL) - 3.0 * (text[places[0] - 1] in ".!?;")
    for one, two in zip(cells[1:], cells[2:], strict=False):
        score += 1.0 * (one[0].casefold() == two[0].casefold()) + 0.5 * (one[-1] == two[-1])
        score += min(len(one), len(two)) / max(len(one), len(two))
    return score


def _is_announced(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether the text just above speaks of a table."""
    near = drafts[max(0, index - 3) : index]
    return any(cues().tables.announced.search(draft.line.folded) for draft in near)


def _header(text: str, row: _Row, names: Subjects) -> tuple[str, ...]:
    """Return the cells of a row that names the options, () for any other row."""
    cells = tuple(text[cell.start : cell.end] for cell in row.cells)
    return cells if all(names.named(cell) for cell in cells[1:]) else ()


def _table(
    text: str,
    drafts: Sequence[Draft],
    rows: Sequence[_Row],
    columns: tuple[str, ...],
    headed: bool,
) -> Iterator[Draft]:
    """Yield the rows as drafts, the first one as the header when the table is headed."""
    place = 0
    for number, row in enumerate(rows):
        line = merged(text, [draft.line for draft in drafts[place : place + row.count]])
        place += row.count
        if headed and number == 0:
            yield Draft(line, "header")
        else:
            group = -drafts[-1].line.start - 1  # unlike any other until renumbered
            yield Draft(line, "row", group=group, cells=row.cells, columns=columns)
