"""In which format a comparison is asked for: `format=` decides, else what the request accepts."""

from typing import Literal, get_args

from fastapi import Request

Format = Literal["html", "json", "markdown", "csv"]


def format_of(request: Request) -> Format:
    """Return the format of `request`: without a known one, the page for whoever accepts HTML.

    Browsers do; everybody else gets JSON.
    """
    named = request.query_params.get("format", "")
    for known in get_args(Format):
        if named == known:
            return known  # type: ignore[no-any-return]
    return "html" if "text/html" in request.headers.get("accept", "") else "json"
