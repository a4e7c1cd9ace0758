"""Templates to pages: everything is escaped, and a name a template misspells is an error."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import links
from web.assets import ASSETS

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
    phrase=lambda status: HTTPStatus(status).phrase,
)


def page(template: str, **values: Any) -> bytes:
    """Return the page that `template` makes of `values`."""
    return _ENVIRONMENT.get_template(template).render(**values).encode("utf-8", "replace")
