"""Templates to pages: everything is escaped, and a name a template misspells is an error."""

from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from web import links
from web.assets import ASSETS
from web.etags import tagged
from web.packing import packed
from web.questions import MOST_EARLIER
from web.spoken import ANSWERS, in_other_languages, language_of, spoken_to

MEDIA_TYPE = "text/html; charset=utf-8"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals.update(
    links=links,
    assets={name: asset.url for name, asset in ASSETS.items()},
    most_earlier=MOST_EARLIER,
    answers=ANSWERS,
    language_of=language_of,
)


def page(request: Request, template: str, **values: Any) -> bytes:
    """Return the page that `template` makes of `values`, in the language of `request`.

    Templates have its texts as `t`, and `kept` for their links.
    """
    spoken = spoken_to(request)
    content = _ENVIRONMENT.get_template(template).render(
        t=spoken.texts,
        spoken=spoken,
        kept=spoken.kept,
        in_other_languages=in_other_languages(request),
        **values,
    )
    return content.encode("utf-8", "replace")


def page_response(request: Request, template: str, **values: Any) -> Response:
    """Return the page as it is sent: 304 to whoever holds it, packed for whoever can unpack."""
    response = tagged(request, page(request, template, **values), media_type=MEDIA_TYPE)
    response.headers["Vary"] = "Accept, Accept-Language"
    return packed(request, response)
