"""What a request compares: the fields of /compare, and the addresses that ask for the same."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field

from advisor.choosing import separated
from web.formats import Format, format_of
from web.questions import TopicId, check_query

_LONGEST = 2000  # characters of the names in one parameter
_Names = Annotated[
    list[Annotated[str, Field(max_length=_LONGEST)]],
    Field(max_length=100),
]


class CompareQuery(BaseModel):
    """The query of GET /compare."""

    options: Annotated[
        _Names,
        Field(description="Ids, labels or words of options, behind commas; all without."),
    ] = []
    criteria: Annotated[
        _Names,
        Field(
            description="Ids, labels or words of criteria, behind commas; without, all that an "
            "article speaks of."
        ),
    ] = []
    topic: TopicId = ""
    format: Annotated[
        Format | None,
        Field(description="Without it, html for requests that accept text/html, else json."),
    ] = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared, by the names that were sent, and in which format."""

    options: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    topic: str = ""
    form: Format = "html"

    def address(self, form: Format) -> str:
        """Return the link to the same in another format; the page's names none."""
        pairs = [("topic", self.topic)] if self.topic else []
        pairs += [("options", ",".join(self.options))] if self.options else []
        pairs += [("criteria", ",".join(self.criteria))] if self.criteria else []
        pairs += [("format", form)] if form != "html" else []
        return f"/compare?{urlencode(pairs, safe=',')}" if pairs else "/compare"


async def wanted_by_query(request: Request, query: Annotated[CompareQuery, Query()]) -> Wanted:
    """Return what the query of `request` compares.

    Raises:
        RequestValidationError: there is a parameter that is not known; only the page lets it pass.
    """
    check_query(request.scope["query_string"])
    form = format_of(request)
    foreign = set(request.query_params) - set(CompareQuery.model_fields)
    if foreign and form != "html":
        raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query",), "msg": ""}])
    options, criteria = separated(query.options), separated(query.criteria)
    return Wanted(tuple(options), tuple(criteria), query.topic, form)
