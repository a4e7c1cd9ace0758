"""The page: a start page without a question, the answer with one; no JavaScript is needed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from kb.store import Snapshot
from web.etags import tagged
from web.exhibits import exhibits, informs
from web.feedback import THANKS
from web.labels import labels_of
from web.links import follow_up
from web.questions import Asked, PageQuery, check_query
from web.rendering import MEDIA_TYPE, page
from web.replies import answer_out
from web.service import FreeService, Service

router = APIRouter(include_in_schema=False)


async def asked_on_page(request: Request, query: Annotated[PageQuery, Query()]) -> Asked | None:
    """Return what the address asks, nothing when it holds no question."""
    check_query(request.scope["query_string"])
    return None if query.q is None else query.asked()


@router.get("/")
def get_page(
    request: Request, asked: Annotated[Asked | None, Depends(asked_on_page)], service: FreeService
) -> Response:
    with service.read() as snapshot:
        content = _start(snapshot) if asked is None else _answer(request, snapshot, service, asked)
    return tagged(request, content, media_type=MEDIA_TYPE)


def _start(snapshot: Snapshot) -> bytes:
    articles = snapshot.articles()
    topics = [
        (topic, [article for article in articles if article.topic == topic.id])
        for topic in snapshot.topics()
    ]
    return page("start.html", topics=topics, asked=Asked(""), state=snapshot.state())


def _answer(request: Request, snapshot: Snapshot, service: Service, asked: Asked) -> bytes:
    answer = service.answer(snapshot, asked)
    reply = answer_out(answer)
    topic = snapshot.topic(answer.reading.topic)
    return page(
        "answer.html",
        asked=asked,
        next=follow_up(asked),
        reply=reply,
        exhibits=exhibits(reply, {each.n: each.passage.kind for each in answer.passages}),
        informs=informs(reply),
        passages={passage.n: passage for passage in reply.passages},
        labels=labels_of(topic),
        topic=topic,
        explain=answer.reading.explain,
        state=answer.state,
        feedback=service.recorder is not None,
        thanks=THANKS in request.query_params,
    )
