"""Bars: where the bars of a chart stand; the template draws them, and a table says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from advisor.matrix import Cell, Figure, Row
from web.catalogues import Catalogue

WIDTH = 300
_AXIS = 150
_REACH = 140  # from the axis to either end
_STEP = 38  # from one pair of label and bar to the next
_TOP = 14  # where the first label stands
_GAP = 6  # from a label down to its bar
_LONGEST = 44  # characters of a label that fit


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: the label stands at `label_y`, bars at `y`."""

    label: str
    label_y: int
    y: int
    against_x: float
    against: float
    for_x: float
    for_: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with what it says in words."""

    title: str
    description: str
    height: int
    axis: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Measurement:
    """Figures of several options that measure the same thing, with their chart."""

    chart: Chart
    measure: str
    note: str
    is_range: bool
    figures: Sequence[tuple[Cell, Figure]]


def voices_chart(row: Row, texts: Catalogue, *, most: int) -> Chart:
    """Return bars of the articles for (right) and against (left) each option of a row.

    It is worded in `texts`; `most` articles reach to the end, so that the charts of a page can be
    compared.
    """
    spoken = [cell for cell in (*row.cells, *row.together) if cell.articles]
    unit = _REACH / max(most, 1)
    bars = []
    for number, cell in enumerate(spoken):
        against, for_ = unit * cell.articles_against, unit * cell.articles_for
        label = f"{cell.label}: {_drawn(cell, texts)}"
        bars.append(_bar(number, label, against_x=_AXIS - against, against=against, for_=for_))
    told = "; ".join(f"{cell.label}: {_counts(cell, texts)}" for cell in spoken)
    title = texts.plain("charts.title", criterion=row.label)
    return Chart(title, f"{told}.", _height(bars), _AXIS, bars)


def measurements(row: Row, texts: Catalogue) -> list[Measurement]:
    """Return the figures that two options or more have, in the order of their groups."""
    return [_measurement(row, given, texts) for given in _comparable(row)]


def alone(row: Row, cell: Cell) -> list[Figure]:
    """Return the figures of a cell that stand in no chart."""
    drawn = list(chain.from_iterable(_comparable(row)))
    return [figure for figure in cell.figures if (cell, figure) not in drawn]


def _comparable(row: Row) -> list[list[tuple[Cell, Figure]]]:
    """Return the groups of figures that can be drawn beside one another."""
    groups: dict[int, list[tuple[Cell, Figure]]] = {}
    for cell in row.cells:
        for figure in cell.figures:
            groups.setdefault(figure.group, []).append((cell, figure))
    return [
        groups[number]
        for number in sorted(groups)
        if len(groups[number]) > 1 and all(figure.value >= 0 for _, figure in groups[number])
    ]


def most_articles(rows: Iterable[Row]) -> int:
    """Return how many articles the longest bar of any row stands for."""
    cells = chain.from_iterable((*row.cells, *row.together) for row in rows)
    return max((max(cell.articles_for, cell.articles_against) for cell in cells), default=0)


def _drawn(cell: Cell, texts: Catalogue) -> str:
    """Return what the bars of a cell say, and how many articles are in neither."""
    neither = cell.both_sides + cell.no_difference
    counts = [(cell.articles_for, "for"), (cell.articles_against, "against")]
    return _told([*counts, *([(neither, "neither")] if neither else [])], texts)


def _counts(cell: Cell, texts: Catalogue) -> str:
    """Return all counts of a cell in words, and of the last two those that are not 0."""
    counts = [(cell.articles_for, "for"), (cell.articles_against, "against")]
    others = [(cell.both_sides, "both_sides"), (cell.no_difference, "no_difference")]
    return _told([*counts, *(each for each in others if each[0])], texts)


def _told(counts: Sequence[tuple[int, str]], texts: Catalogue) -> str:
    return ", ".join(f"{number} {texts.plain(f'charts.{key}')}" for number, key in counts)


def _measurement(row: Row, given: Sequence[tuple[Cell, Figure]], texts: Catalogue) -> Measurement:
    longest = max(figure.value for _, figure in given) or 1.0
    bars = [
        _bar(number, f"{cell.label}: {figure.written}", for_x=0, for_=WIDTH * part)
        for number, (cell, figure) in enumerate(given)
        for part in [figure.value / longest]
    ]
    first = given[0][1]
    measure = first.measure or row.label
    told = ", ".join(f"{cell.label} {figure.written}" for cell, figure in given)
    note = f" ({first.note})" if first.note else ""
    title = texts.plain("charts.figures_title", measure=measure)
    chart = Chart(title, f"{told}{note}.", _height(bars), 0, bars)
    ranges = any(sum(part.isdigit() for part in _words(figure)) > 1 for _, figure in given)
    return Measurement(chart, measure, first.note or "", ranges, given)


def _words(figure: Figure) -> list[str]:
    """Return the parts of a figure as written, numbers apart: "4", "to", "6", "weeks"."""
    plain = "".join(each if each.isalnum() else " " for each in figure.written)
    return plain.translate({ord(each): None for each in ".,"}).split()


def _bar(
    number: int,
    label: str,
    *,
    against_x: float = 0,
    against: float = 0,
    for_x: float = _AXIS,
    for_: float,
) -> Bar:
    shown = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    y = _TOP + number * _STEP
    places = [round(place, 1) for place in (against_x, against, for_x, for_)]
    return Bar(shown, y, y + _GAP, *places)


def _height(bars: Sequence[Bar]) -> int:
    return _TOP + len(bars) * _STEP - _STEP // 3
