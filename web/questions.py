"""What a request asks: the fields of POST /ask, GET /ask and the page, read into one type."""

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import unquote_to_bytes

from fastapi.exceptions import RequestValidationError
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
)

from web.errors import UnreadableRequestError

MOST_EARLIER = 8
MOST_EARLIER_CHARACTERS = 4000
MOST_CHARACTERS = 2000
_MOST_HITS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its history, oldest first, and what the asker set by hand.

    `dropped` counts the still older questions of the conversation, which are not sent any more.
    """

    question: str
    history: tuple[str, ...] = ()
    topic: str = ""
    limit: int = 5
    given: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    dropped: int = 0


def _pair(entry: str) -> str:
    condition, colon, value = entry.partition(":")
    if not (condition and colon and value):
        raise ValueError("must be CONDITION:VALUE")
    return entry


Name = Annotated[str, Field(max_length=120)]
Names = Annotated[list[Name], Field(max_length=40)]
Hits = Annotated[
    int,
    AfterValidator(lambda number: min(max(number, 1), _MOST_HITS)),
    Field(description=f"How many hits to show; brought into 1 to {_MOST_HITS}."),
]
Question = Annotated[
    str,
    Field(
        description=f"1 to {MOST_CHARACTERS} characters.",
        examples=["Which one is easier to learn?"],
        json_schema_extra={"minLength": 1, "maxLength": MOST_CHARACTERS},
    ),
]
History = Annotated[
    list[str],
    Field(
        description=f"Earlier questions, oldest first: at most {MOST_EARLIER}, with "
        f"{MOST_EARLIER_CHARACTERS} characters together.",
        json_schema_extra={"maxItems": MOST_EARLIER},
    ),
]
TopicId = Annotated[str, Field(max_length=120, description="A topic's id; not needed if only one.")]
Given = Field(description="Conditions that are set, whatever the question says.")
Without = Field(description='What was understood and shall not count, such as "criterion:ID".')
Exact = Field(description="Words as typed that shall not be corrected.")


class AskBody(BaseModel):
    """The body of POST /ask."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Question
    history: History = []
    topic: Annotated[TopicId | None, Field()] = None
    limit: Annotated[Hits, StrictInt] = 5
    given: Annotated[dict[Name, Name], Field(max_length=40), Given] = {}
    without: Annotated[Names, Without] = []
    exact: Annotated[Names, Exact] = []

    def asked(self) -> Asked:
        return Asked(
            question=self.question,
            history=tuple(self.history),
            topic=self.topic or "",
            limit=self.limit,
            given=tuple(sorted(self.given.items())),
            without=tuple(self.without),
            exact=tuple(self.exact),
        )


class AskQuery(BaseModel):
    """The query of GET /ask."""

    model_config = ConfigDict(extra="forbid")

    q: Question
    h: History = []
    topic: TopicId = ""
    limit: Hits = 5
    given: Annotated[
        list[Annotated[Name, AfterValidator(_pair)]],
        Field(max_length=40, description="Conditions that are set, each as CONDITION:VALUE."),
    ] = []
    without: Annotated[Names, Without] = []
    exact: Annotated[Names, Exact] = []

    def asked(self) -> Asked:
        pairs = (entry.partition(":") for entry in self.given)
        return Asked(
            question=self.q,
            history=tuple(self.h),
            topic=self.topic,
            limit=self.limit,
            given=tuple((condition, value) for condition, _, value in pairs),
            without=tuple(self.without),
            exact=tuple(self.exact),
        )


class PageQuery(AskQuery):
    """The query of the page: no question is a start page, foreign parameters are let pass."""

    model_config = ConfigDict(extra="ignore")

    q: Question | None = None  # type: ignore[assignment]  # a start page asks nothing
    dropped: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    format: str = ""

    def asked(self) -> Asked:
        return replace(super().asked(), dropped=self.dropped)


def parse_body(content: object) -> Asked:
    """Return what a parsed body asks.

    Raises:
        RequestValidationError: a field is missing, unknown or of another type.
    """
    try:
        return AskBody.model_validate(content).asked()
    except ValidationError as error:
        raise RequestValidationError(located(error)) from None


def located(error: ValidationError) -> list[Any]:
    """Return what is wrong with the fields of a body, without what was sent."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [{**each, "loc": ("body", *each["loc"])} for each in found]


def check_query(query: bytes) -> None:
    """Refuse what the framework would mend silently.

    Raises:
        UnreadableRequestError: `query`, percent-decoded, is not UTF-8.
    """
    try:
        unquote_to_bytes(query.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableRequestError(
            "The query is not UTF-8.", remedy="Percent-encode it as UTF-8."
        ) from None
