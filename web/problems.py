"""Errors as RFC 9457 problems: one table of statuses, one shape, and never the input."""

import json
import logging
from dataclasses import dataclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.responses import Response

from advisor.errors import ComparisonError, DeadlineError, QuestionError
from kb.errors import (
    EmptyKnowledgeBaseError,
    HelpfulError,
    KnowledgeBaseError,
    UnknownArticleError,
    UnknownTopicError,
)
from web.errors import (
    BodyTooLargeError,
    CrossOriginError,
    FeedbackOffError,
    MediaTypeError,
    OverloadError,
    TooMuchFeedbackError,
    UnknownHostError,
    UnreadableRequestError,
)
from web.formats import format_of

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("advisor.errors")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    status: int
    title: str


_KINDS: dict[type[HelpfulError], _Kind] = {
    UnreadableRequestError: _Kind("unreadable-request", 400, "The request cannot be read"),
    UnknownHostError: _Kind("unknown-host", 400, "Unknown host"),
    CrossOriginError: _Kind("cross-origin", 403, "Not from there"),
    FeedbackOffError: _Kind("no-feedback", 404, "No feedback is kept"),
    UnknownTopicError: _Kind("unknown-topic", 404, "Unknown topic"),
    UnknownArticleError: _Kind("unknown-article", 404, "Unknown article"),
    BodyTooLargeError: _Kind("body-too-large", 413, "The body is too large"),
    MediaTypeError: _Kind("media-type", 415, "Wrong media type"),
    QuestionError: _Kind("question", 422, "The question cannot be asked"),
    ComparisonError: _Kind("comparison", 422, "This cannot be compared"),
    TooMuchFeedbackError: _Kind("too-much-feedback", 429, "Too much feedback"),
    DeadlineError: _Kind("deadline", 503, "Answering took too long"),
    OverloadError: _Kind("overload", 503, "The server is busy"),
    EmptyKnowledgeBaseError: _Kind("no-articles", 503, "There are no articles yet"),
    KnowledgeBaseError: _Kind("knowledge-base", 503, "The knowledge base cannot be used"),
}
_BUG = _Kind("bug", 500, "Something went wrong here")
_FIELDS = _Kind("fields", 422, "A field is missing, unknown or of another type")
_PLAIN = {
    404: (_Kind("unknown-page", 404, "There is nothing here"), "Start at /."),
    405: (_Kind("method", 405, "Not this way"), "Use a method the Allow header names."),
}


class Problem(BaseModel):
    """What is wrong and, in `remedy`, what to do about it; see RFC 9457."""

    type: str = Field(examples=["urn:advisor:question"])
    title: str = Field(examples=["The question cannot be asked"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["The question is empty."])
    remedy: str = Field(examples=["Ask a question of 1 to 2,000 characters."])


def problem_of(error: HelpfulError) -> Problem:
    """Return what the asker is told; the path of a knowledge base is for the log alone."""
    kind = next((_KINDS[base] for base in type(error).__mro__ if base in _KINDS), _BUG)
    detail = error.message
    if kind.name == "knowledge-base":
        _LOG.error(json.dumps({"error": kind.name, "detail": detail[:1000]}))
        detail = "The knowledge base is missing, damaged or in use by something else."
    return _problem(kind, detail, error.remedy)


def problem_of_fields(error: RequestValidationError) -> Problem:
    """Return which field is wrong, by the names we know; what was sent is not repeated."""
    first = error.errors()[0]
    if first["type"] == "extra_forbidden":
        return _problem(_FIELDS, "There is a field that is not known.", "Leave it out.")
    place = first["loc"][1] if len(first["loc"]) > 1 else "body"
    message = str(first["msg"])
    return _problem(
        _FIELDS, f"`{place}`: {message[:1].lower()}{message[1:]}.", "See /openapi.json."
    )


def problem_of_status(status: int) -> Problem:
    """Return the problem for a path or method that is not served."""
    kind, remedy = _PLAIN.get(status, (_Kind("request", status, "The request is not served"), ""))
    return _problem(kind, f"{kind.title}.", remedy or "See /openapi.json.")


def problem_of_bug() -> Problem:
    """Return what is said of an error nobody raised on purpose."""
    return _problem(_BUG, "This is a bug of the server.", "Report it with the request's id.")


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Return `problem` as JSON, with what its status asks for in the headers."""
    return Response(
        problem.model_dump_json(),
        status_code=problem.status,
        headers={**headers_of(problem), **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def headers_of(problem: Problem) -> dict[str, str]:
    """Return what every response with this problem carries."""
    headers = {"Cache-Control": "no-store"}
    if problem.status == 503:
        headers["Retry-After"] = "1"
    if problem.status == 429:
        headers["Retry-After"] = "60"
    if problem.status == 413:
        headers["Connection"] = "close"  # the rest of the body is never read
    return headers


def wants_page(request: Request) -> bool:
    """Tell whether an error is read by a person: pages, and unknown paths in a browser."""
    path = request.url.path
    if path == "/" or path.startswith("/articles"):
        return True
    if path == "/compare":
        return format_of(request) == "html"
    known = path == "/ask" or path.startswith(("/passages", "/healthz", "/readyz", "/openapi"))
    return not known and "text/html" in request.headers.get("accept", "")


def _problem(kind: _Kind, detail: str, remedy: str) -> Problem:
    return Problem(
        type=f"urn:advisor:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        remedy=remedy,
    )
