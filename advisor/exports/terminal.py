"""A matrix as lines to read on a terminal: a paragraph for each criterion, quotes indented."""

from collections.abc import Iterator

from advisor.matrix import Cell, Contradiction, Figure, Matrix, Quote, Reference, Row, Voice
from advisor.phrasing import in_words, listed
from kb.cli.output import counted, wrapped

_INDENT = "    "


def matrix_lines(matrix: Matrix) -> Iterator[str]:
    """Yield the lines of a comparison; what is none of an article's words is not in quotes."""
    labels = listed([option.label for option in matrix.options])
    yield from wrapped(f"{labels}, from {counted(matrix.articles, 'article')}")
    if not matrix.criteria:
        yield "No article compares them on any criterion."
    for row in matrix.criteria:
        yield from _row_lines(row)


def _row_lines(row: Row) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{row.label[:1].upper()}{row.label[1:]} ({row.id})")
    for cell in (*row.cells, *row.together):
        yield from _cell_lines(cell)


def _cell_lines(cell: Cell) -> Iterator[str]:
    yield from wrapped(f"{cell.label}: {said_together(cell)}", first="  ", indent=_INDENT)
    for voice in cell.voices:
        yield from _item(_voice_text(voice))
    for figure in cell.figures:
        yield from _item(_figure_text(figure))
    for found in cell.disagreements:
        yield from _item(_disagreement_text(found))


def said_together(cell: Cell) -> str:
    """Return what the articles say in a cell, as a phrase: "mixed, 3 of 4 articles for it"."""
    if cell.agreement is None:
        return cell.summary
    others = [
        (cell.articles_against, "against it"),
        (cell.both_sides, "on both sides"),
        (cell.no_difference, "without a difference"),
    ]
    rest = [f"{in_words(number)} {words}" for number, words in others if number]
    return ", ".join([cell.summary, f"{cell.agreement} for it", *rest])


def _item(text: str) -> Iterator[str]:
    return wrapped(text, first=f"{_INDENT}- ", indent=f"{_INDENT}  ")


def _voice_text(voice: Voice) -> str:
    quotes = "; ".join(_quoted(quote) for quote in voice.quotes)
    interest = f" Mind the interest: {voice.interest}" if voice.interest else ""
    return f"{voice.side}: {quotes} ({_source(voice.article)}){interest}"


def _quoted(quote: Quote) -> str:
    remarks = remarks_on(quote)
    return f"“{quote.text}”" + (f" [{', '.join(remarks)}]" if remarks else "")


def remarks_on(quote: Quote) -> list[str]:
    """Return how far the words of a quote go: hedged, an example, limited to what."""
    remarks = ["hedged"] * quote.hedged + ["an example"] * quote.example
    if quote.holds_for:
        remarks.append(f"for {quote.holds_for}")
    if quote.limits:
        remarks.append(f"“{quote.limits}”")
    return remarks


def _figure_text(figure: Figure) -> str:
    measure = f", {figure.measure}" if figure.measure else ""
    note = f" ({figure.note})" if figure.note else ""
    return f"figure{measure}: {figure.written}{note} ({_source(figure.article)})"


def _disagreement_text(found: Contradiction) -> str:
    where = "within one article" if found.between == "one article" else "between articles"
    sides = "; ".join(
        f"{side.quote.stance} {side.label} {_quoted(side.quote)} ({_source(side.article)})"
        for side in found.sides
    )
    return f"disagreement {where} ({found.strength}): {sides}"


def _source(article: Reference) -> str:
    return article.publisher or article.title
