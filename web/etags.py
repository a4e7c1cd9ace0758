"""ETags: the same bytes are not sent twice to whoever has them."""

from hashlib import blake2b

from fastapi import Request
from starlette.responses import Response

# The tag is that of the bytes, not of the revision: a file that was replaced by another one, or a
# new version of this program, can show the same revision and say something else.


def tagged(request: Request, content: bytes, *, media_type: str) -> Response:
    """Return `content`, or 304 if who asks with GET holds it already."""
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.method == "GET" and _holds(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _holds(header: str, tag: str) -> bool:
    entries = [entry.strip().removeprefix("W/") for entry in header.split(",")]
    return tag in entries or entries == ["*"]
