"""Fields: a matrix as named texts, under the names that CSV and Markdown share.

A field that is None, False or empty says that something is unknown or does not apply, and has no
text of its own.
"""

from advisor.matrix import Cell, Figure, Quote, Reference, Row, Statement, Voice

Fields = dict[str, str]


def row_fields(row: Row) -> Fields:
    return _told(criterion=row.id, sense=row.sense, criterion_label=row.label)


def cell_fields(cell: Cell) -> Fields:
    return _told(options=ids_of(cell.options), option_label=cell.label) | count_fields(cell)


def count_fields(cell: Cell) -> Fields:
    """Return what the articles say together, every number told."""
    return _told(
        summary=cell.summary,
        agreement=cell.agreement,
        articles=str(cell.articles),
        articles_for=str(cell.articles_for),
        articles_against=str(cell.articles_against),
        both_sides=str(cell.both_sides),
        no_difference=str(cell.no_difference),
    )


def voice_fields(voice: Voice) -> Fields:
    """Return what is said of a voice beside its article and its quotes."""
    return _told(side=voice.side, statements=str(voice.statements), interest=voice.interest)


def article_fields(article: Reference) -> Fields:
    return _told(
        article=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
    )


def quote_fields(quote: Quote) -> Fields:
    """Return what is said of a quote beside its words and its link, which tell where it stands."""
    return _told(
        stance=quote.stance,
        hedged="yes" if quote.hedged else None,
        example="yes" if quote.example else None,
        scope=";".join(f"{id}={value}" for id, value in quote.scope.items()),
        holds_for=quote.holds_for,
        limits=quote.limits,
    )


def figure_fields(figure: Figure) -> Fields:
    return _told(
        written=figure.written,
        value=repr(figure.value),
        unit=figure.unit,
        measure=figure.measure,
        group=str(figure.group),
        note=figure.note,
    )


def statement_fields(statement: Statement) -> Fields:
    """Return what one side of a disagreement is about."""
    return _told(about=ids_of(statement.options), about_label=statement.label)


def ids_of(options: tuple[str, ...]) -> str:
    """Return the ids of options, several being used together."""
    return "+".join(options)


def _told(**fields: str | None) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text}
