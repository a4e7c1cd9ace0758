"""Packing: pages and their files go gzipped, a quarter of their size, to whoever reads that."""

import gzip

from fastapi import Request
from starlette.responses import Response

_LEAST = 1000  # bytes; fewer fit into one packet anyway
_LEVEL = 4  # 6 saves 3 % more and takes a third longer


def packed(request: Request, response: Response) -> Response:
    """Return `response` with its body gzipped if whoever sent `request` can read that.

    Nothing secret stands beside what the asker wrote, so that lengths give nothing away (BREACH).
    The tag of a packed body is a weak one: its bytes are others, what it says is the same.
    """
    response.headers.add_vary_header("Accept-Encoding")
    body = bytes(response.body)
    if not reads_gzip(request) or len(body) < _LEAST:
        return response
    response.body = gzip.compress(body, _LEVEL, mtime=0)
    response.headers["Content-Length"] = str(len(response.body))
    response.headers["Content-Encoding"] = "gzip"
    if "etag" in response.headers:
        response.headers["ETag"] = f"W/{response.headers['etag']}"
    return response


def reads_gzip(request: Request) -> bool:
    """Tell whether a request accepts gzip; "gzip;q=0" does not."""
    for entry in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = entry.replace(" ", "").partition(";")
        if name.lower() == "gzip":
            return weight not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
