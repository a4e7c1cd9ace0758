"""/articles and /articles/ID: whole articles, each passage under its own anchor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from kb.model import Article, Block, Passage
from web.etags import tagged
from web.labels import labels_of
from web.marks import Piece, Range, pieces
from web.rendering import MEDIA_TYPE, page
from web.service import FreeService

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an article as it is shown: a passage, what was set aside, or what is between.

    `kind` is the passage's kind, "aside" or "between"; `id` is the passage's id, else "";
    `reason` tells why something was set aside, `damage` what is wrong with code.
    """

    kind: str
    id: str
    reason: str
    pieces: Sequence[Piece]
    damage: str = ""


@router.get("/articles")
def get_articles(request: Request, service: FreeService) -> Response:
    with service.read() as snapshot:
        topics = [(topic, snapshot.articles(topic.id)) for topic in snapshot.topics()]
        content = page("articles.html", topics=topics, state=snapshot.state())
    return tagged(request, content, media_type=MEDIA_TYPE)


@router.get("/articles/{id}")
def get_article(
    request: Request,
    id: str,
    service: FreeService,
    first: Annotated[int, Query(alias="from")] = 0,
    last: Annotated[int, Query(alias="to")] = 0,
) -> Response:
    """Show an article; the range `from` to `to` of its text is highlighted."""
    with service.read() as snapshot:
        article = snapshot.article(id)
        shown = stretches(article, snapshot.passages(id), snapshot.asides(id), cited=(first, last))
        content = page(
            "article.html",
            article=article,
            stretches=shown,
            labels=labels_of(snapshot.topic(article.topic)),
            state=snapshot.state(),
        )
    return tagged(request, content, media_type=MEDIA_TYPE)


def stretches(
    article: Article, passages: Sequence[Passage], asides: Sequence[Block], *, cited: Range
) -> list[Stretch]:
    """Return the whole text of `article` in order, nothing left out and nothing twice."""
    found: list[Stretch] = []
    place = 0
    for start, end, kind, id, reason, wrong in sorted(_parts(passages, asides)):
        start = max(start, place)
        if start >= end:
            continue
        found += _between(article.text, place, start, cited)
        found.append(Stretch(kind, id, reason, _marked(article.text, start, end, cited), wrong))
        place = end
    return found + _between(article.text, place, len(article.text), cited)


def _parts(
    passages: Sequence[Passage], asides: Sequence[Block]
) -> Iterator[tuple[int, int, str, str, str, str]]:
    for passage in passages:
        yield passage.start, passage.end, passage.kind, passage.id, "", passage.damage
    for block in asides:
        yield block.start, block.end, "aside", "", block.aside, ""


def _between(text: str, start: int, end: int, cited: Range) -> list[Stretch]:
    if not text[start:end].strip():
        return []
    return [Stretch("between", "", "", _marked(text, start, end, cited))]


def _marked(text: str, start: int, end: int, cited: Range) -> list[Piece]:
    shown = text[start:end].lstrip("\n")
    first = end - len(shown)
    return pieces(shown.rstrip("\n"), quoted=[(cited[0] - first, cited[1] - first)])
