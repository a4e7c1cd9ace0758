"""The page: a start page without a question, the answer with one; no JavaScript is needed."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from advisor.errors import QuestionError
from kb.store import Snapshot
from web.etags import tagged
from web.exhibits import exhibits, informs
from web.feedback import THANKS
from web.labels import labels_of
from web.links import earlier, follow_up
from web.packing import packed
from web.questions import Asked, PageQuery, check_query
from web.rendering import page_response
from web.replies import answer_out
from web.service import FreeService, Service
from web.spoken import language_of, spoken_to
from web.starters import starters
from web.written import answer_lines, markdown_of, text_of

router = APIRouter(include_in_schema=False)
_FILES = {  # format: how it is made, its media type
    "markdown": (markdown_of, "text/markdown; charset=utf-8"),
    "text": (text_of, "text/plain; charset=utf-8"),
}
_BRIEF = 1000  # characters of earlier questions up to which they are answered again


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question with what was said to it; `headline` is "" in a very long talk."""

    asked: Asked
    headline: str


async def asked_on_page(request: Request, query: Annotated[PageQuery, Query()]) -> Asked | None:
    """Return what the address asks, nothing when it holds no question."""
    check_query(request.scope["query_string"])
    return None if query.q is None else query.asked()


@router.get("/")
def get_page(
    request: Request, asked: Annotated[Asked | None, Depends(asked_on_page)], service: FreeService
) -> Response:
    with service.read() as snapshot:
        if asked is None:
            return _start(request, snapshot, service)
        if request.query_params.get("format") in _FILES:
            return _file(request, snapshot, service, asked)
        return _answer(request, snapshot, service, asked)


def _start(request: Request, snapshot: Snapshot, service: Service) -> Response:
    articles = snapshot.articles()
    topics = [
        (
            topic,
            starters(service, snapshot, topic),
            [article for article in articles if article.topic == topic.id],
        )
        for topic in snapshot.topics()
    ]
    return page_response(
        request, "start.html", topics=topics, asked=Asked(""), state=snapshot.state()
    )


def _answer(request: Request, snapshot: Snapshot, service: Service, asked: Asked) -> Response:
    thanks = THANKS in request.query_params
    # Who comes back from the form asks nothing new.
    answer = (service.looked_up if thanks else service.answer)(snapshot, asked)
    reply = answer_out(answer)
    topic = snapshot.topic(answer.reading.topic)
    return page_response(
        request,
        "answer.html",
        asked=asked,
        next=follow_up(asked),
        log=_log(snapshot, service, asked),
        reply=reply,
        exhibits=exhibits(reply, {each.n: each.passage.kind for each in answer.passages}),
        informs=informs(reply),
        passages={passage.n: passage for passage in reply.passages},
        languages={each.article.id: language_of(each.article.text) for each in answer.passages},
        labels=labels_of(topic, spoken_to(request).texts),
        topic=topic,
        explain=answer.reading.explain,
        state=answer.state,
        feedback=service.recorder is not None,
        thanks=thanks,
    )


def _log(snapshot: Snapshot, service: Service, asked: Asked) -> list[Turn]:
    """Return the earlier questions, oldest first, with what is said to each."""
    brief = sum(map(len, asked.history)) <= _BRIEF
    return [
        Turn(each, _headline(snapshot, service, each) if brief else "") for each in earlier(asked)
    ]


def _headline(snapshot: Snapshot, service: Service, asked: Asked) -> str:
    try:
        return service.looked_up(snapshot, asked).guidance.headline
    except QuestionError:  # such as an empty one, in an address that was written by hand
        return ""


def _file(request: Request, snapshot: Snapshot, service: Service, asked: Asked) -> Response:
    """Return an answer as Markdown or plain text, to be copied or saved."""
    answer = service.looked_up(snapshot, asked)
    labels = labels_of(snapshot.topic(answer.reading.topic), spoken_to(request).texts)
    kinds = {each.n: each.passage.kind for each in answer.passages}
    origin = f"{request.url.scheme}://{request.url.netloc}"
    made, media_type = _FILES[request.query_params["format"]]
    text = made(answer_lines(answer_out(answer), kinds, labels=labels, origin=origin))
    response = tagged(request, text.encode("utf-8", "replace"), media_type=media_type)
    response.headers["Vary"] = "Accept-Language"
    return packed(request, response)
