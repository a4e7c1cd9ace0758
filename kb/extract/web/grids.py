"""Grids: the rows of an HTML table, with cells that span several columns or rows told in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.extract.render import SEPARATOR
from kb.extract.subjects import Subjects
from kb.extract.tables.separated import is_header
from kb.extract.web.pieces import Piece

WIDEST = 40  # columns
REPEATED = 4  # times its own length that a table may grow by cells told again


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell; `across` and `down` count the columns and rows it fills."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    bold: bool = False
    linked: float = 0.0


@dataclass(slots=True)
class Grid:
    """A table while it is read; `heads` tells of each row whether it stands in the table's head."""

    box: int
    group: int
    rows: list[list[GridCell]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)
    in_head: bool = False

    def begin_row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self.heads.append(self.in_head)

    def add(self, cell: GridCell) -> None:
        """Add a cell to the open row."""
        if not self.rows:
            self.begin_row()
        self.rows[-1].append(cell)

    def pieces(self, names: Subjects) -> Iterator[Piece]:
        """Yield the rows, the header's first; `names` tell a header that is not marked as one."""
        spread = list(_spread(self.rows))
        header = self._header(spread, names)
        columns = _columns(spread[:header])
        for number, (row, cells) in enumerate(zip(self.rows, spread, strict=True)):
            if any(cells):
                linked = sum(cell.linked for cell in row) / max(len(row), 1)
                yield Piece(
                    "row",
                    SEPARATOR.join(cells),
                    self.box,
                    group=self.group,
                    linked=linked,
                    cells=tuple(cells),
                    columns=None if number < header else columns,
                )

    def _header(self, spread: Sequence[Sequence[str]], names: Subjects) -> int:
        """Return how many rows at the top name the columns."""
        count = 0
        for row, in_head in zip(self.rows, self.heads, strict=True):
            if not (row and (in_head or all(cell.head for cell in row))):
                break
            count += 1
        if all(len(row) < 2 for row in self.rows[:count]):
            count = 0  # a title over all columns
        if count == len(self.rows) and not all(self.heads):
            count = min(count, 1)
        if count or len(self.rows) < 2 or len(spread[0]) < 2:
            return count if count < len(self.rows) else 0
        bold = all(cell.bold for cell in self.rows[0] if cell.text)
        plain = any(not cell.bold for row in self.rows[1:] for cell in row)
        return int((bold and plain and any(spread[0])) or is_header(spread[0], names))


def _spread(rows: Sequence[Sequence[GridCell]]) -> Iterator[list[str]]:
    """Yield the texts of each row, one per column; a row of one wide cell keeps that alone."""
    width = max((_width(row) for row in rows), default=1)
    room = REPEATED * sum(len(cell.text) for row in rows for cell in row) + 200
    below: dict[int, tuple[int, str]] = {}  # column: rows that are still to be filled, and text
    for row in rows:
        if len(row) == 1 and row[0].across >= width and not below:
            yield [row[0].text]
            continue
        texts: list[str] = []
        for cell in row:
            room -= _fill(texts, below, room)
            for number in range(min(cell.across, max(1, width - len(texts)))):
                if number and room < len(cell.text):
                    break
                room -= len(cell.text) if number else 0
                if cell.down > 1 and len(texts) < WIDEST:
                    below[len(texts)] = (cell.down - 1, cell.text)
                texts.append(cell.text)
        room -= _fill(texts, below, room)
        yield texts


def _fill(texts: list[str], below: dict[int, tuple[int, str]], room: int) -> int:
    """Write the cells that reach down into the next columns, and return their length."""
    used = 0
    while len(texts) in below:
        rows, text = below.pop(len(texts))
        if rows > 1:
            below[len(texts)] = (rows - 1, text)
        fits = used + len(text) <= room
        used += len(text) if fits else 0
        texts.append(text if fits else "")
    return used


def _width(row: Sequence[GridCell]) -> int:
    """Return how many columns a row takes, not counting a cell that asks for far too many."""
    if len(row) == 1:
        return 1
    return min(WIDEST, sum(cell.across if cell.across <= WIDEST else 1 for cell in row))


def _columns(header: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of the columns; under a name for several, theirs follow it."""
    width = max((len(row) for row in header), default=0)
    if len(header) > 1:
        header = [row for row in header if len(row) > 1] or header
    names = []
    for column in range(width):
        parts = dict.fromkeys(row[column] for row in header if column < len(row) and row[column])
        names.append(" ".join(parts))
    return tuple(names) if any(names) else ()
