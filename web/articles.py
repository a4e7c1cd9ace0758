"""/articles and /articles/ID: whole articles, each passage under its own anchor."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from kb.extract.render import SEPARATOR
from kb.model import Article, Block, Passage
from kb.store import Snapshot
from web.labels import labels_of
from web.layout import About, Part, laid_out
from web.marks import Range
from web.rendering import page_response
from web.service import FreeService
from web.spoken import spoken_to

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an article as it is shown: a passage, what was set aside, or what is between.

    `kind` is the passage's kind, "aside", "between" or, for a table's header, "columns"; `id` is
    the passage's id, else ""; `reason` tells why something was set aside, `damage` what is wrong
    with code.
    """

    kind: str
    id: str
    reason: str
    parts: Sequence[Part]
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article with how many passages it has and how many claims were understood."""

    article: Article
    passages: int
    claims: int


@router.get("/articles")
def get_articles(request: Request, service: FreeService) -> Response:
    with service.read() as snapshot:
        topics = [(topic, shelf(snapshot, topic.id)) for topic in snapshot.topics()]
        return page_response(request, "articles.html", topics=topics, state=snapshot.state())


def shelf(snapshot: Snapshot, topic: str) -> list[Shelved]:
    """Return the articles of a topic, by id, with what is stored of each."""
    claims = Counter(claim.article for claim in snapshot.claims(topic))
    return [
        Shelved(article, len(snapshot.passages(article.id)), claims[article.id])
        for article in snapshot.articles(topic)
    ]


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
        passages, asides = snapshot.passages(id), snapshot.asides(id)
        claims = sum(claim.article == id for claim in snapshot.claims(article.topic))
        return page_response(
            request,
            "article.html",
            shelved=Shelved(article, len(passages), claims),
            asides=len(asides),
            stretches=stretches(article, passages, asides, cited=(first, last)),
            labels=labels_of(snapshot.topic(article.topic), spoken_to(request).texts),
            state=snapshot.state(),
        )


def stretches(
    article: Article, passages: Sequence[Passage], asides: Sequence[Block], *, cited: Range
) -> list[Stretch]:
    """Return the whole text of `article` in order, nothing left out and nothing twice."""
    found: list[Stretch] = []
    place = 0
    stored: list[Passage | Block] = [*passages, *asides]
    for each in sorted(stored, key=lambda each: (each.start, each.end)):
        start = max(each.start, place)
        if start >= each.end:
            continue
        header = _header(article.text, place, start, each)
        found += _between(article.text, place, header, cited)
        found += _between(article.text, header, start, cited, kind="columns")
        found.append(_stretch(article.text, start, each, cited))
        place = each.end
    return found + _between(article.text, place, len(article.text), cited)


def _header(text: str, start: int, end: int, below: Passage | Block) -> int:
    """Return where the header of the table starts that begins with `below`, or `end`."""
    line = max(start, text.rfind("\n", start, start + len(text[start:end].rstrip())) + 1)
    is_row = isinstance(below, Passage) and below.kind == "table"
    return line if is_row and SEPARATOR in text[line:end] else end


def _between(
    text: str, start: int, end: int, cited: Range, *, kind: str = "between"
) -> list[Stretch]:
    if not text[start:end].strip():
        return []
    return [_stretch(text, start, Block("aside", start, end), cited, kind=kind)]


def _stretch(
    text: str, start: int, shown: Passage | Block, cited: Range, *, kind: str = "aside"
) -> Stretch:
    """Return what is shown of a passage, or of a block of this kind, from `start` on."""
    words = text[start : shown.end].lstrip("\n")
    first = shown.end - len(words)
    words = words.rstrip("\n")
    quoted = [(cited[0] - first, cited[1] - first)]
    if isinstance(shown, Block):
        return Stretch(kind, "", shown.aside, laid_out(words, kind, quoted=quoted))
    cells = [
        About(cell.start - first, cell.end - first, cell.option)
        for cell in shown.cells
        if cell.start >= first
    ]
    parts = laid_out(words, shown.kind, cells=cells, quoted=quoted)
    return Stretch(shown.kind, shown.id, "", parts, shown.damage)
