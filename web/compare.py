"""GET /compare: the matrix of options and criteria, as a page, Markdown, CSV or JSON."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from advisor.comparing import compare
from advisor.exports.document import json_of
from advisor.exports.markdown import markdown_of
from advisor.exports.table import csv_of
from advisor.matrix import Matrix, Row
from kb.errors import EmptyKnowledgeBaseError, UnknownTopicError
from kb.store import Snapshot
from kb.topic import Topic
from web.bars import Chart, Measurement, alone, measurements, most_articles, voices_chart
from web.catalogues import Catalogue
from web.comparisons import Wanted, wanted_by_query
from web.documented import COMPARE_EXAMPLES, errors
from web.etags import tagged
from web.rendering import page_response
from web.service import FreeService
from web.spoken import spoken_to

router = APIRouter(tags=["comparison"])
_FILES = {  # format: how it is made, its media type, its name
    "json": (json_of, "application/json", "comparison.json"),
    "markdown": (markdown_of, "text/markdown; charset=utf-8", "comparison.md"),
    "csv": (csv_of, "text/csv; charset=utf-8", "comparison.csv"),
}
_MANY = 6  # criteria from which on a cell shows one quote and folds the others


@dataclass(frozen=True, slots=True)
class Section:
    """A criterion as the page shows it; `anchor` is the id of its place."""

    anchor: str
    row: Row
    chart: Chart
    measured: list[Measurement]


@router.get(
    "/compare",
    response_model=Matrix,
    responses={
        **errors(400, 404, 422, 503),
        200: {
            "description": "The comparison, in the format that is asked for.",
            "content": {"text/html": {}, "text/markdown": {}, "text/csv": {}},
        },
    },
    openapi_extra=COMPARE_EXAMPLES,
)
def get_comparison(
    request: Request, wanted: Annotated[Wanted, Depends(wanted_by_query)], service: FreeService
) -> Response:
    """Tell what the articles say of each option on each criterion, quoted and counted."""
    with service.read() as snapshot:
        topic = _topic(snapshot, wanted)
        if topic is None:
            return page_response(
                request, "topics.html", topics=snapshot.topics(), state=snapshot.state()
            )
        matrix = compare(snapshot, topic, options=wanted.options, criteria=wanted.criteria)
        if wanted.form == "html":
            return _page(request, snapshot, topic, matrix, wanted)
    made, media_type, name = _FILES[wanted.form]
    response = tagged(request, made(matrix).encode("utf-8", "replace"), media_type=media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Vary"] = "Accept"  # the same address has more than one answer
    return response


def _topic(snapshot: Snapshot, wanted: Wanted) -> Topic | None:
    """Return the topic that is named, or the only one; None when the page has to ask for it."""
    if wanted.topic:
        return snapshot.topic(wanted.topic)
    topics = snapshot.topics()
    if len(topics) == 1:
        return topics[0]
    if not topics:
        raise EmptyKnowledgeBaseError("There is no topic yet.", remedy="Add one: `kb topic add`.")
    if wanted.form == "html":
        return None
    known = ", ".join(topic.id for topic in topics)
    raise UnknownTopicError(
        f"There are {len(topics)} topics.", remedy=f"Name one as `topic`: {known}."
    )


def _page(
    request: Request, snapshot: Snapshot, topic: Topic, matrix: Matrix, wanted: Wanted
) -> Response:
    spoken = {claim.criterion for claim in snapshot.evidence(topic.id).claims}
    compared = {row.id for row in matrix.criteria}
    texts = spoken_to(request).texts
    values: dict[str, Any] = {
        "matrix": matrix,
        "sections": _sections(matrix, texts),
        "wanted": wanted,
        "topic": topic,
        "offered": [each for each in topic.criteria if each.id in spoken | compared],
        "compared": compared,
        "many": len(matrix.criteria) > _MANY,
        "alone": alone,
        "state": snapshot.state(),
    }
    return page_response(request, "compare.html", **values)


def _sections(matrix: Matrix, texts: Catalogue) -> list[Section]:
    most = most_articles(matrix.criteria)
    return [
        Section(
            f"c{number}-{row.id}",
            row,
            voices_chart(row, texts, most=most),
            measurements(row, texts),
        )
        for number, row in enumerate(matrix.criteria, 1)
    ]
