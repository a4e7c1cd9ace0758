"""A matrix as Markdown: a section for each criterion with a small table, then the quotes as lists.

What an article or a topic says is escaped, so that it is read as it stands: a pipe never parts a
table, and a line end within a text is written <br>.
"""

import re
from collections.abc import Iterator

from advisor.exports.fields import (
    Fields,
    article_fields,
    count_fields,
    figure_fields,
    ids_of,
    quote_fields,
    statement_fields,
    voice_fields,
)
from advisor.matrix import Cell, Contradiction, Figure, Matrix, Quote, Reference, Row, Voice

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$#])")
_HEAD = (
    "| Option | Summary | Agreement | Articles | For | Against | Both sides | No difference |",
    "|---|---|---|---|---|---|---|---|",
)
_LEAD = ("summary", "agreement")
_COUNTED = (
    "One article is one voice, however often it repeats itself; an article that mostly repeats "
    'another one has none of its own. "3 of 4 articles" means: of the four articles that speak of '
    "this, three are for it on balance. Every quote links to its place in the article."
)


def markdown_of(matrix: Matrix) -> str:
    """Return the document; only the links tell the place of a quote, and they are relative."""
    return "\n".join(_lines(matrix)) + "\n"


def _lines(matrix: Matrix) -> Iterator[str]:
    yield f"# {_plain(matrix.name)}"
    yield ""
    yield f"- *topic:* `{matrix.topic}`"
    yield f"- *articles:* {matrix.articles}"
    for option in matrix.options:
        yield f"- *option:* {_named(option.label, option.id)}"
    yield from ["", _COUNTED]
    for row in matrix.criteria:
        yield from _row_lines(row)


def _row_lines(row: Row) -> Iterator[str]:
    cells = (*row.cells, *row.together)
    sense = f" *sense:* {_plain(row.sense)}" if row.sense else ""
    yield from ["", f"## {_named(row.label, row.id)}{sense}", "", *_HEAD]
    for cell in cells:
        counts = {"agreement": "", **count_fields(cell)}
        order = ["summary", "agreement", *(name for name in counts if name not in _LEAD)]
        values = " | ".join(_plain(counts[name]) for name in order)
        yield f"| {_named(cell.label, ids_of(cell.options))} | {values} |"
    for cell in cells:
        yield from _cell_lines(cell)


def _cell_lines(cell: Cell) -> Iterator[str]:
    yield from ["", f"### {_named(cell.label, ids_of(cell.options))}", ""]
    if not cell.voices:
        yield "Not covered."
    for voice in cell.voices:
        yield from _voice_lines(voice)
    for figure in cell.figures:
        yield from _figure_lines(figure)
    for found in cell.disagreements:
        yield from _disagreement_lines(found)


def _voice_lines(voice: Voice) -> Iterator[str]:
    fields = {**_source(voice.article), **voice_fields(voice)}
    yield f"- **{fields.pop('side')}** {_listed(fields)}"
    for quote in voice.quotes:
        yield f"  - {_quoted(quote)}"


def _figure_lines(figure: Figure) -> Iterator[str]:
    told = {**figure_fields(figure), **_source(figure.article)}
    yield f"- **figure** {_listed(told)}"
    yield f"  - {_quoted(figure.quote)}"


def _disagreement_lines(found: Contradiction) -> Iterator[str]:
    kind: Fields = {"between": found.between, "strength": found.strength}
    yield f"- **disagreement** {_listed(kind)}"
    for side in found.sides:
        about = {**statement_fields(side), **_source(side.article)}
        yield f"  - {_quoted(side.quote)} {_listed(about)}"


def _source(article: Reference) -> Fields:
    """Return what is known of an article but its id, which the link of a quote tells."""
    return {name: text for name, text in article_fields(article).items() if name != "article"}


def _quoted(quote: Quote) -> str:
    return f"“[{_plain(quote.text)}]({quote.link})” {_listed(quote_fields(quote))}"


def _listed(fields: Fields) -> str:
    """Return fields, each behind its name in italics."""
    return " ".join(f"*{name.replace('_', ' ')}:* {_plain(text)}" for name, text in fields.items())


def _named(label: str, id: str) -> str:
    return f"{_plain(label)} (`{id}`)"


def _plain(text: str) -> str:
    """Return `text` as Markdown that is read as exactly these characters."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "<br>")
