"""POST /ask and GET /ask: a question in, the contract's JSON out."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from web.bodies import read_json
from web.documented import GET_EXAMPLES, POST_EXAMPLES, errors
from web.etags import tagged
from web.questions import AskBody, Asked, AskQuery, check_query, parse_body
from web.replies import answer_json
from web.schemas import AnswerOut
from web.service import AnyService, FreeService, Service
from web.shortcut import ShortcutRoute
from web.turns import in_turn

router = APIRouter(tags=["questions"])
_shortcut = APIRouter(route_class=ShortcutRoute)
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": AskBody.model_json_schema(),
                "examples": POST_EXAMPLES,
            }
        },
    }
}


async def asked_by_body(request: Request, service: AnyService) -> Asked:
    """Return what the body of `request` asks."""
    return parse_body(await read_json(request, most_bytes=service.settings.body_bytes))


async def asked_by_query(request: Request, query: Annotated[AskQuery, Query()]) -> Asked:
    """Return what the query of `request` asks."""
    check_query(request.scope["query_string"])
    return query.asked()


@router.post(
    "/ask",
    response_model=AnswerOut,
    responses=errors(400, 404, 413, 415, 422, 503),
    openapi_extra=_BODY,
)
async def post_question(
    request: Request, asked: Annotated[Asked, Depends(asked_by_body)], service: FreeService
) -> Response:
    """Answer a question; every sentence of advice carries a quote of an article."""
    return await in_turn(asked, partial(_reply, request, service, asked))


@_shortcut.get(
    "/ask",
    response_model=AnswerOut,
    responses=errors(400, 404, 422, 503),
    openapi_extra=GET_EXAMPLES,
)
async def get_question(
    request: Request, asked: Annotated[Asked, Depends(asked_by_query)], service: FreeService
) -> Response:
    """Answer the question of a link, as POST does."""
    return await in_turn(asked, partial(_reply, request, service, asked))


router.include_router(_shortcut)


def _reply(request: Request, service: Service, asked: Asked) -> Response:
    with service.read() as snapshot:
        answer = service.answer(snapshot, asked)
    return tagged(request, answer_json(answer), media_type="application/json")
