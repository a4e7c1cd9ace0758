"""Cells: the open table of a web page, its rows and cells as they are read."""

from collections.abc import Callable
from functools import partial
from typing import Any

from kb.extract.web.grids import Grid, GridCell
from kb.extract.web.inline import PART, Inline

TALLEST = 1_000  # rows that a cell can fill
SPARE = 80  # characters of a picture's text

_ROLES = {"thead": True, "tbody": False, "tfoot": False}


class Cells:
    """Where a walk stands in a table; a table in a table is none of these."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._grid: Grid | None = None
        self._spare: list[str] | None = None  # texts of pictures in the open cell

    @property
    def is_open(self) -> bool:
        """Whether a cell is open."""
        return self._spare is not None

    def open_table(self, grid: Grid, add: Callable[[Grid], None]) -> Callable[[], None]:
        """Begin a table, and return what ends it: it hands all rows to `add`."""
        self._grid = grid
        return partial(self._end_table, grid, add)

    def open_part(self, tag: str, element: Any) -> Callable[[], None] | None:
        """Begin a row or cell of the open table, and return what ends it."""
        if self._grid is None:
            return None
        if tag in _ROLES:
            self._grid.in_head = _ROLES[tag]
        elif tag == "tr":
            self._grid.begin_row()
        elif tag in ("td", "th"):
            self._spare = []
            return partial(self._end_cell, tag, element)
        return None

    def open_inside(self, tag: str) -> Callable[[], None]:
        """Begin a block in the open cell: an item of a list, or no more than a blank."""
        if tag == "li":
            self._inline.part()
            return self._inline.part
        self._inline.write(" ")
        return partial(self._inline.write, " ")

    def spare(self, element: Any) -> None:
        """Keep what a picture in the open cell stands for, in case there is nothing else."""
        if self._spare is not None and len(self._spare) < 5:
            text = element.get("alt") or element.get("aria-label") or ""
            if 0 < len(text) <= SPARE:
                self._spare.append(text)

    def _end_cell(self, tag: str, element: Any) -> None:
        words = self._inline.take()
        parts = (" ".join(part.split()) for part in words.text.split(PART))
        text = "; ".join(part for part in parts if part) or " ".join(self._spare or ())
        self._spare = None
        if self._grid is not None:
            across = _number(element.get("colspan", ""))
            down = min(_number(element.get("rowspan", "")), TALLEST)
            bold = words.bold > 0.99
            self._grid.add(GridCell(text, across, down, tag == "th", bold, words.linked))

    def _end_table(self, grid: Grid, add: Callable[[Grid], None]) -> None:
        self._grid = None
        add(grid)


def _number(written: str) -> int:
    """Return how many columns or rows a cell says it fills, at least 1."""
    digits = written.strip().rstrip("%")
    return max(1, int(digits)) if digits.isdecimal() and len(digits) < 6 else 1
