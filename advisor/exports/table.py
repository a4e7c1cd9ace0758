"""A matrix as CSV (RFC 4180): one line for each quote, figure and side of a disagreement.

A field that a spreadsheet would take for a formula begins with an apostrophe more. To read the
file: when a field begins with apostrophes and one of = + - @ (also in full width), a tab or a line
end behind them, take its first apostrophe away.
"""

import csv
import io
import re
from collections.abc import Iterator

from advisor.exports.fields import (
    Fields,
    article_fields,
    cell_fields,
    figure_fields,
    quote_fields,
    row_fields,
    statement_fields,
    voice_fields,
)
from advisor.matrix import Cell, Matrix, Quote, Row

COLUMNS = (
    "line", "topic", "topic_name", "criterion", "sense", "criterion_label", "options",
    "option_label", "summary", "agreement", "articles", "articles_for", "articles_against",
    "both_sides", "no_difference", "side", "statements", "quote", "title", "publisher", "published",
    "interest", "stance", "hedged", "example", "scope", "holds_for", "limits", "written", "value",
    "unit", "measure", "group", "note", "disagreement", "between", "strength", "about",
    "about_label", "article", "passage", "start", "end", "link",
)  # fmt: skip
_COUNTS = (
    "summary", "agreement", "articles", "articles_for", "articles_against", "both_sides",
    "no_difference",
)  # fmt: skip
_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")


def csv_of(matrix: Matrix) -> str:
    """Return lines of COLUMNS; `line` says what each is about.

    "topic" and "option" come first; then, for each cell, "cell", the "quote" lines of its articles,
    "figure" lines, and a "disagreement" line for each side, the two under one number.
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for line in _lines(matrix):
        writer.writerow({name: _guarded(text) for name, text in line.items()})
    return written.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _lines(matrix: Matrix) -> Iterator[Fields]:
    yield {
        "line": "topic",
        "topic": matrix.topic,
        "topic_name": matrix.name,
        "articles": str(matrix.articles),
    }
    for option in matrix.options:
        yield {"line": "option", "options": option.id, "option_label": option.label}
    for row in matrix.criteria:
        for cell in (*row.cells, *row.together):
            yield from _cell_lines(row, cell)


def _cell_lines(row: Row, cell: Cell) -> Iterator[Fields]:
    whole = {**row_fields(row), **cell_fields(cell)}
    place = {name: whole[name] for name in whole if name not in _COUNTS}
    yield {"line": "cell", **whole}
    for voice in cell.voices:
        said = {**place, **voice_fields(voice), **article_fields(voice.article)}
        for quote in voice.quotes:
            yield {"line": "quote", **said, **_quoted(quote)}
    for figure in cell.figures:
        told = {**figure_fields(figure), **article_fields(figure.article)}
        yield {"line": "figure", **place, **told, **_quoted(figure.quote)}
    for number, found in enumerate(cell.disagreements, 1):
        kind: Fields = {"between": found.between, "strength": found.strength}
        for side in found.sides:
            about = {"disagreement": str(number), **kind, **statement_fields(side)}
            told = {**about, **article_fields(side.article), **_quoted(side.quote)}
            yield {"line": "disagreement", **place, **told}


def _quoted(quote: Quote) -> Fields:
    place = {"passage": quote.passage, "start": str(quote.start), "end": str(quote.end)}
    return {"quote": quote.text, **quote_fields(quote), **place, "link": quote.link}
