"""Claims of a table row: its label is the criterion, its columns are the options."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.claims.context import mentions
from kb.claims.lexicon import polarity
from kb.model import Cell, Claim, Passage, Stance
from kb.topic import Topic
from kb.words import atoms

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,3})*")
_ITEM = re.compile(r"(?=[^\s;\u2022\u2013-])[^;\n]+")
_UNIT = re.compile(r"\d[\d.,]*[ \t]*([A-Za-z%]{1,20})")


def row_claims(passage: Passage, topic: Topic) -> Iterator[Claim]:
    """Yield what each cell claims of its option."""
    if not passage.cells:
        return
    first = min(cell.start for cell in passage.cells) - passage.start
    label = mentions(atoms(passage.text[:first]), topic)
    figures = [_figure(_text(passage, cell)) for cell in passage.cells]
    with_figures = [id for id in label.criteria if topic.criterion(id).better]
    if with_figures and all(value is not None for value in figures):
        numbers = [value for value in figures if value is not None]
        yield from _figure_claims(passage, with_figures, numbers, topic)
        return
    for cell in passage.cells:
        yield from _cell_claims(passage, cell, label.criteria, topic)


def _text(passage: Passage, cell: Cell) -> str:
    return passage.text[cell.start - passage.start : cell.end - passage.start]


def _figure(text: str) -> float | None:
    """Return the number a cell gives, the middle of a range, None when it gives none."""
    numbers = [float(found.replace(",", "")) for found in _NUMBER.findall(text)[:2]]
    return sum(numbers) / len(numbers) if numbers else None


def _figure_claims(
    passage: Passage, criteria: Sequence[str], figures: Sequence[float], topic: Topic
) -> Iterator[Claim]:
    for criterion in criteria:
        best = min(figures) if topic.criterion(criterion).better == "lower" else max(figures)
        even = min(figures) == max(figures)
        for cell, value in zip(passage.cells, figures, strict=True):
            stance: Stance = "even" if even else "for" if value == best else "against"
            unit = _UNIT.search(_text(passage, cell))
            yield replace(
                _claim(passage, cell, criterion, stance),
                kind="figure",
                value=value,
                unit=unit.group(1) if unit else "",
            )


def _cell_claims(
    passage: Passage, cell: Cell, criteria: Sequence[str], topic: Topic
) -> Iterator[Claim]:
    weight = polarity(atoms(_text(passage, cell)))
    if weight:
        for criterion in criteria:
            yield _claim(passage, cell, criterion, "for" if weight > 0 else "against")
    if weight >= 0:
        for item in _items(passage, cell):
            for criterion in mentions(atoms(_text(passage, item)), topic).criteria:
                if criterion not in criteria:
                    yield _claim(passage, item, criterion, "for")


def _items(passage: Passage, cell: Cell) -> Iterator[Cell]:
    """Yield the items of a cell that lists several ("web apps; REST APIs"), or the whole cell."""
    for match in _ITEM.finditer(_text(passage, cell)):
        text = match.group().strip()
        start = cell.start + match.start() + match.group().index(text)
        yield Cell(cell.option, start, start + len(text))


def _claim(passage: Passage, cell: Cell, criterion: str, stance: Stance) -> Claim:
    return Claim(
        article=passage.article,
        passage=passage.id,
        about=(cell.option,),
        criterion=criterion,
        stance=stance,
        start=cell.start,
        end=cell.end,
        quote=_text(passage, cell),
        method="table",
    )
