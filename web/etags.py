"""ETags: the same bytes are not sent twice to whoever has them."""

from hashlib import blake2b

from fastapi import Request
from starlette.responses import Response

# The tag is that of the bytes, not of the revision: a file that was replaced by another one, or a
# new version of this program, can show the same revision and say something else.


def tagged(request: Request, content: bytes, *, media_type: str) -> Response:
    """Return `content`, or 304 if the asker holds it already."""
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in _held(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _held(header: str) -> list[str]:
    return [entry.strip().removeprefix("W/") for entry in header.split(",")]
