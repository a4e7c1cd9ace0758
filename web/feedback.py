"""POST /feedback: whether an answer was helpful, from a program or from the page's form."""

from functools import partial
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
)
from starlette.responses import RedirectResponse, Response

from kb.learned import MOST_REASON
from web.bodies import declared_type, read_json
from web.documented import FEEDBACK_EXAMPLES, errors
from web.errors import FeedbackOffError, MediaTypeError, TooMuchFeedbackError
from web.forms import FORM, check_origin, is_form, is_local, read_form, with_mark
from web.links import address
from web.questions import AskBody, Asked, AskQuery, Question, located
from web.service import FreeService, Service
from web.turns import in_turn

router = APIRouter(tags=["feedback"])
THANKS = "thanks"  # the parameter that a form's answer leads back with
_LISTS = ("h", "given", "without", "exact")
_JSON = "application/json"
Model = TypeVar("Model", bound=BaseModel)
Reason = Annotated[
    str, Field(max_length=MOST_REASON, description="Why, in the words of whoever asked.")
]


class FeedbackBody(AskBody):
    """The body of POST /feedback: what was asked, as for /ask, and what is said of the answer."""

    helpful: Annotated[StrictBool, Field(description="Whether the answer helped.")]
    reason: Reason = ""


class FeedbackForm(AskQuery):
    """The form of the page; the fields that the page's links have are taken, others let pass."""

    model_config = ConfigDict(extra="ignore")

    q: Question = Field(alias="question")
    helpful: Literal["yes", "no"]
    reason: Annotated[Reason, BeforeValidator(lambda text: text.replace("\r\n", "\n"))] = ""
    back: Annotated[
        str,
        Field(description="A path of this server to be led back to; without, the answer's own."),
        AfterValidator(lambda path: path if is_local(path) else ""),
    ] = ""


_BODIES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {"schema": FeedbackBody.model_json_schema(), "examples": FEEDBACK_EXAMPLES},
            FORM: {"schema": FeedbackForm.model_json_schema()},
        },
    }
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    202: {"description": "Noted. It may be lost, for example when the disk is full."},
    303: {"description": f"The form was noted; leads to `back`, with `{THANKS}=1`."},
    **errors(400, 403, 404, 413, 415, 422, 429, 503),
}
_RESPONSES[404]["description"] = "There is no such topic, or the server keeps no feedback."


async def learning(service: FreeService) -> Service:
    """Return the service if it keeps feedback.

    Raises:
        FeedbackOffError: it learns nothing.
    """
    if service.recorder is None:
        raise FeedbackOffError(
            "This server keeps no feedback.", remedy="Start it with `advisor serve --learn`."
        )
    return service


@router.post(
    "/feedback",
    status_code=202,
    response_class=Response,
    responses=_RESPONSES,
    openapi_extra=_BODIES,
)
async def post_feedback(
    request: Request, service: Annotated[Service, Depends(learning)]
) -> Response:
    """Say whether an answer was helpful; the question is kept for those who write the articles."""
    if is_form(request):
        check_origin(request)
        form = _validated(FeedbackForm, await read_form(request, lists=_LISTS))
        asked = form.asked()
        await _judge(service, asked, helpful=form.helpful == "yes", reason=form.reason)
        return RedirectResponse(with_mark(form.back or address(asked), THANKS), status_code=303)
    if declared_type(request) != _JSON:
        raise MediaTypeError(
            "The body is declared neither as JSON nor as a form.",
            remedy=f"Send it with Content-Type: {_JSON}.",
        )
    content = await read_json(request, most_bytes=service.settings.body_bytes)
    body = _validated(FeedbackBody, content)
    await _judge(service, body.asked(), helpful=body.helpful, reason=body.reason)
    return Response(status_code=202)


async def _judge(service: Service, asked: Asked, *, helpful: bool, reason: str) -> None:
    """Ask the question again, to know what is spoken of, and learn it.

    Raises:
        TooMuchFeedbackError: all senders together sent more in this minute than is taken.
    """
    if not service.allowance.take():
        raise TooMuchFeedbackError(
            "There is more feedback than is taken in a minute.", remedy="Send it again later."
        )
    await in_turn(asked, partial(service.judge, asked, helpful=helpful, reason=reason))


def _validated(model: type[Model], content: object) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise RequestValidationError(located(error)) from None
