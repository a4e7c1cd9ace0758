"""A request's body, read within a limit; JSON is taken literally: no NaN, no key twice."""

import json
from typing import Any

from starlette.requests import Request

from web.errors import BodyTooLargeError, MediaTypeError, UnreadableRequestError

_MEDIA_TYPE = "application/json"
_REMEDY = "Send one JSON object, encoded as UTF-8."


async def read_json(request: Request, *, most_bytes: int) -> object:
    """Return what the body of `request` says; numbers are finite, no object has a key twice.

    Raises:
        MediaTypeError: the body is not declared as application/json.
        BodyTooLargeError: it has more than `most_bytes`; the rest is not read.
        UnreadableRequestError: it is not JSON in UTF-8.
    """
    if declared_type(request) != _MEDIA_TYPE:
        raise MediaTypeError(
            "The body is not declared as JSON.", remedy=f"Send it with Content-Type: {_MEDIA_TYPE}."
        )
    return parse_json(await read_body(request, most_bytes=most_bytes))


def declared_type(request: Request) -> str:
    """Return what the body of `request` is declared as, in lower case, "" if not at all."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_body(request: Request, *, most_bytes: int) -> bytes:
    """Return the body of `request`.

    Raises:
        BodyTooLargeError: it has more than `most_bytes`; the rest is not read.
    """
    too_large = BodyTooLargeError(
        f"The body has more than {most_bytes} bytes.", remedy="Send a shorter question or history."
    )
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:19]) > most_bytes:
        raise too_large
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            raise too_large
    return bytes(body)


def parse_json(body: bytes) -> object:
    """Return what `body` says; its texts can be written as UTF-8.

    Raises:
        UnreadableRequestError: it is not JSON in UTF-8, nests too deep or holds a key twice.
    """
    try:
        found: object = json.loads(
            body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant
        )
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # no escape is a lone surrogate
    except (ValueError, RecursionError):
        raise UnreadableRequestError("The body is not valid JSON.", remedy=_REMEDY) from None
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnreadableRequestError("The body has a key twice.", remedy="Send each key once.")
    return found


def _no_constant(name: str) -> object:
    raise UnreadableRequestError("The body has a number that JSON does not know.", remedy=_REMEDY)
