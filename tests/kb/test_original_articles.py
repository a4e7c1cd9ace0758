"""How four published articles, which are not part of the project, are read, against hand labels."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb.chunk import chunk
from kb.content.shipped import shipped_topics
from kb.extract.pasted.text import read_text
from kb.model import Document, Passage

LABELS = Path(__file__).parent.parent / "labels"
FURNITURE = tomllib.loads((LABELS / "furniture.toml").read_text(encoding="utf-8"))
STRUCTURE = tomllib.loads((LABELS / "structure_originals.toml").read_text(encoding="utf-8"))
FOLDER = os.environ.get("ADVISOR_ARTICLES", "")
SUBJECTS = shipped_topics()[0].subjects

pytestmark = pytest.mark.skipif(
    not Path(FOLDER or "/dev/null").is_dir(), reason="ADVISOR_ARTICLES names no folder"
)


@dataclass(frozen=True)
class Read:
    """A published article as it was read; `lines` are (number in the file, start, end)."""

    document: Document
    passages: list[Passage]
    lines: list[tuple[int, int, int]]

    def numbers(self, start: int, end: int) -> set[int]:
        """Return the numbers of the lines that stand between two places of the stored text."""
        return {number for number, first, last in self.lines if first < end and start < last}

    def offset(self, line: str, column: str) -> int:
        """Return the place in the stored text of a column of a line of the file."""
        return next(start for number, start, _ in self.lines if number == int(line)) + int(column)

    def quote(self, place: str) -> str:
        """Return what stands at a place such as "171:0-171:16"."""
        start, end = (self.offset(*point.split(":")) for point in place.split("-"))
        return self.document.text[start:end]


def read(name: str) -> Read:
    (file,) = Path(FOLDER).glob(f"{name.removeprefix('a')}_*.txt")
    text = file.read_text(encoding="utf-8")
    document = read_text(text, SUBJECTS)
    lines = list(_lines(text, document.text))
    return Read(document, chunk(document, article=name, subjects=SUBJECTS), lines)


def _lines(source: str, stored: str) -> Iterator[tuple[int, int, int]]:
    """Yield the lines with text; cleaning changes how many blank ones there are, and no others."""
    told = [number for number, line in enumerate(source.split("\n"), start=1) if line.strip()]
    end = 0
    numbers = iter(told)
    for line in stored.split("\n"):
        start, end = end, end + len(line) + 1
        if line.strip():
            yield next(numbers), start, end - 1
    assert next(numbers, None) is None


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_is_found_by_line(name):
    article, labels = read(name), FURNITURE[name]
    asides = [block for block in article.document.blocks if block.kind == "aside"]
    found = set().union(*(article.numbers(aside.start, aside.end) for aside in asides))
    found -= set(labels["unsure"])
    labelled = set(labels["lines"])
    assert 2 * len(found & labelled) / (len(found) + len(labelled)) >= 0.95


@pytest.mark.parametrize("name", [name for name in STRUCTURE if "rows" in STRUCTURE[name]])
def test_flattened_tables_are_rebuilt_with_every_cell_right(name):
    article, labels = read(name), STRUCTURE[name]
    rows = [block for block in article.document.blocks if block.kind == "row"]
    text = article.document.text
    assert [[text[cell.start : cell.end] for cell in row.cells] for row in rows] == [
        [article.quote(place) for place in row] for row in labels["rows"]
    ]
    assert {tuple(row.columns[1:]) for row in rows} == {tuple(labels["columns"])}


@pytest.mark.parametrize("name", STRUCTURE)
def test_no_passage_holds_items_of_two_lists(name):
    article = read(name)
    lists = [set(range(first, last + 1)) for first, last in STRUCTURE[name]["lists"]]
    for passage in article.passages:
        numbers = article.numbers(passage.start, passage.end)
        assert sum(bool(numbers & lines) for lines in lists) <= 1, passage.text


@pytest.mark.parametrize("name", STRUCTURE)
def test_no_passage_ends_on_a_heading_or_holds_one(name):
    article, headings = read(name), set(STRUCTURE[name]["headings"])
    for passage in article.passages:
        assert not article.numbers(passage.start, passage.end) & headings, passage.text


@pytest.mark.parametrize("name", STRUCTURE)
def test_headings_are_found_by_line(name):
    article = read(name)
    blocks = [block for block in article.document.blocks if block.kind == "heading"]
    found = set().union(*(article.numbers(block.start, block.end) for block in blocks))
    assert found == set(STRUCTURE[name]["headings"])
