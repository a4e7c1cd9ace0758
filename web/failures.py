"""What is sent when a request fails: a problem for programs, a sentence on the page for people."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from kb.errors import HelpfulError
from web import problems
from web.headers import SECURITY_HEADERS
from web.methods import allowed_methods
from web.questions import MOST_CHARACTERS, MOST_EARLIER, Asked
from web.rendering import MEDIA_TYPE, page


def add_failure_handlers(app: FastAPI) -> None:
    """Give `app` one handler for each way a request can fail."""
    app.add_exception_handler(HelpfulError, _helpful)
    app.add_exception_handler(RequestValidationError, _wrong_fields)
    app.add_exception_handler(HTTPException, _not_served)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _bug)


async def _helpful(request: Request, error: Exception) -> Response:
    assert isinstance(error, HelpfulError)
    return _failure(request, problems.problem_of(error))


async def _wrong_fields(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _failure(request, problems.problem_of_fields(error))


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = {"Allow": allowed_methods(request)} if error.status_code == 405 else None
    return _failure(request, problems.problem_of_status(error.status_code), headers)


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=400)  # nobody is there to read it


async def _bug(request: Request, error: Exception) -> Response:
    """Answer what nobody expected; this handler stands outside all middleware."""
    name = request.scope.get("state", {}).get("request_id", "")
    return _failure(request, problems.problem_of_bug(), {**SECURITY_HEADERS, "X-Request-ID": name})


def _failure(
    request: Request, problem: problems.Problem, headers: dict[str, str] | None = None
) -> Response:
    if not problems.wants_page(request):
        return problems.problem_response(problem, headers)
    typed = request.query_params.get("q", "")[: 2 * MOST_CHARACTERS]
    history = tuple(request.query_params.getlist("h"))[-MOST_EARLIER:]
    return Response(
        page(request, "error.html", problem=problem, asked=Asked(typed, history=history)),
        status_code=problem.status,
        headers={**problems.headers_of(problem), **(headers or {})},
        media_type=MEDIA_TYPE,
    )
