"""A form of this server's own pages: where it comes from, its fields, and where it leads back."""

from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request

from web.bodies import declared_type, read_body
from web.errors import CrossOriginError, UnreadableRequestError

FORM = "application/x-www-form-urlencoded"
FORM_BYTES = 4096
_MOST_FIELDS = 100
_SAFE = ":/%?=@[]!$&'()*+,;"  # left as they are in a link; the rest is percent-encoded


def is_form(request: Request) -> bool:
    """Tell whether the body of `request` is declared as a form."""
    return declared_type(request) == FORM


def check_origin(request: Request) -> None:
    """Refuse a form that a page of another site sends.

    A browser says where it comes from: in Sec-Fetch-Site, or if it has none, in Origin. What says
    neither is no browser and needs no protection (as in Go's net/http.CrossOriginProtection).

    Raises:
        CrossOriginError: the page is of another origin, or hides it.
    """
    site, origin = (request.headers.get(name) for name in ("sec-fetch-site", "origin"))
    if site is not None:
        same = site in ("same-origin", "none")
    else:
        host = request.headers.get("host")
        same = origin is None or bool(host) and origin.partition("://")[2] == host
    if not same:
        raise CrossOriginError(
            "The form was sent by a page of another site.",
            remedy="Send it from a page of this server.",
        )


async def read_form(request: Request, *, lists: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields of a form, those named in `lists` with all of their values in order.

    Raises:
        BodyTooLargeError: it has more than FORM_BYTES.
        UnreadableRequestError: it is not percent-encoded UTF-8, has too many fields, or one twice.
    """
    body = await read_body(request, most_bytes=FORM_BYTES)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise UnreadableRequestError(
            "The form cannot be read.", remedy="Send it percent-encoded, as UTF-8."
        ) from None
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in lists:
            fields.setdefault(name, []).append(value)
        elif name in fields:
            raise UnreadableRequestError("The form has a field twice.", remedy="Send each once.")
        else:
            fields[name] = value
    return fields


def is_local(path: str) -> bool:
    """Tell whether a browser that is sent to `path` stays on this server.

    Browsers take "//host", and "/\\host", for another one, and skip line ends and tabs.
    """
    plain = path.startswith("/") and path[1:2] != "/" and "\\" not in path
    return plain and all(letter >= " " and letter != "\x7f" for letter in path)


def with_mark(path: str, mark: str) -> str:
    """Return the link `path` with the parameter `mark` set to 1, once."""
    rest, hash_sign, fragment = path.partition("#")
    address, _, query = rest.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] != mark]
    query = "&".join([*kept, f"{mark}=1"])
    return quote(f"{address}?{query}", safe=_SAFE) + hash_sign + quote(fragment, safe=_SAFE)
