"""Records as JSON values and back: the one shape of exports and of what history keeps."""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import RecordError
from kb.extract.raw import Source, printable
from kb.extract.source import slug
from kb.given import Given
from kb.model import (
    Block,
    Cell,
    ClaimKind,
    Decision,
    DecisionKind,
    Interest,
    Metadata,
    Passage,
    PassageKind,
    Stance,
)
from kb.records import ArticleRecord, Made

_Place = Annotated[int, Field(ge=0)]
_AGAIN = "Correct it, or export the knowledge base again."


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Interest(_Shape):
    options: list[str] = []
    text: str

    def interest(self) -> Interest:
        return Interest(tuple(self.options), self.text)


class _Metadata(_Shape):
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    interest: _Interest | None = None

    def values(self) -> dict[str, Any]:
        """Return the fields that are there."""
        interest = self.interest.interest() if self.interest else None
        known = {name: getattr(self, name) for name in type(self).model_fields}
        found = {**known, "interest": interest}
        return {name: value for name, value in found.items() if value is not None}


class _Source(_Shape):
    name: str = ""
    url: str = ""
    media_type: str = ""
    encoding: str = ""


class _Correction(_Shape):
    kind: DecisionKind
    quote: Annotated[str, Field(min_length=1)]
    about: list[str] = []
    criterion: str = ""
    stance: Stance = "even"
    hedged: bool = False
    scope: dict[str, str] = {}
    claims: ClaimKind = "stance"
    limits: str = ""
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None
    unit: str = ""
    sense: str = ""

    def decision(self, article: str) -> Decision:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        about, scope = tuple(self.about), tuple(self.scope.items())
        return Decision(article, **{**values, "about": about, "scope": scope})


class _Placed(_Shape):
    start: _Place
    end: _Place


class _Cell(_Placed):
    option: str


class _Passage(_Placed):
    id: str
    section: list[str] = []
    kind: PassageKind = "prose"
    cells: list[_Cell] = []
    damage: str = ""


class _Aside(_Placed):
    reason: str


class _Made(_Shape):
    text: str
    set_aside: list[_Aside] = []
    passages: Annotated[list[_Passage], Field(min_length=1)]

    def made(self, article: str) -> Made:
        text = self.text
        asides = [
            Block("aside", each.start, each.end, aside=each.reason) for each in self.set_aside
        ]
        passages = [
            Passage(
                id=each.id,
                article=article,
                start=each.start,
                end=each.end,
                text=text[each.start : each.end],
                headings=tuple(each.section),
                kind=each.kind,
                cells=tuple(Cell(cell.option, cell.start, cell.end) for cell in each.cells),
                damage=each.damage,
            )
            for each in self.passages
        ]
        cells = (cell for each in self.passages for cell in each.cells)
        places: list[_Placed] = [*self.set_aside, *self.passages, *cells]
        if not all(each.start < each.end <= len(text) for each in places):
            raise RecordError(f"A place in article {article} is outside its text.", remedy=_AGAIN)
        own = re.compile(rf"{article}-[0-9a-f]{{12}}(?:-\d{{1,9}})?")
        ids = {each.id for each in passages if own.fullmatch(each.id)}
        if len(ids) < len(passages):
            raise RecordError(f"A passage of article {article} has a wrong id.", remedy=_AGAIN)
        return Made(text, tuple(asides), tuple(passages))


class _Article(_Shape):
    id: str
    topic: str
    metadata: _Metadata = _Metadata()
    given: _Metadata = _Metadata()
    source: _Source | None = None
    corrections: list[_Correction] = []
    made: _Made | None = None


def record_document(record: ArticleRecord) -> dict[str, Any]:
    """Return an article's record as JSON values, but for the source's bytes and the digest.

    What is empty is left out.
    """
    source, given = record.source, record.given.items()
    known = {name: value for name, value in asdict(record.metadata).items() if value}
    document = {
        "id": record.id,
        "topic": record.topic,
        "metadata": _listed(known),
        "given": _listed(
            {n: asdict(v) if isinstance(v, Interest) else v for n, v in given if v is not None}
        ),
        "source": source
        and {n: getattr(source, n) for n in _Source.model_fields if getattr(source, n)},
        "corrections": [decision_document(each) for each in record.decisions],
        "made": record.made and _made_document(record.made),
    }
    return {name: value for name, value in document.items() if value or name == "source"}


def decision_document(decision: Decision) -> dict[str, Any]:
    """Return a decision as JSON values; what is as usual is left out."""
    usual = Decision(decision.article, decision.kind, "")
    document: dict[str, Any] = {"kind": decision.kind, "quote": decision.quote}
    for name in [each.name for each in fields(Decision)][3:]:
        value = getattr(decision, name)
        if value != getattr(usual, name):
            document[name] = value
    if decision.about:
        document["about"] = list(decision.about)
    if decision.scope:
        document["scope"] = dict(decision.scope)
    return document


def record_of(
    document: Mapping[str, Any], data: bytes | None = None, *, digest: str = ""
) -> ArticleRecord:
    """Return the record that `record_document` described; `data` are the bytes of its source.

    Raises:
        RecordError: a part is missing or cannot be meant; the message names it.
    """
    known = _checked(document)
    id, topic = checked_id(known.id), checked_id(known.topic)
    if (known.source is None) == (known.made is None) or (known.source is None) != (data is None):
        raise RecordError(
            f"Article {id} has to have either its source or what was made of it.",
            remedy="Export it again: one of both is lost.",
        )
    source = Source(data=data or b"", **known.source.model_dump()) if known.source else None
    return ArticleRecord(
        id,
        topic,
        Metadata(**known.metadata.values()),
        Given(**known.given.values()),
        source,
        tuple(each.decision(id) for each in known.corrections),
        known.made.made(id) if known.made else None,
        digest,
    )


def checked_id(value: object) -> str:
    """Return what can be the id of an article or a topic.

    Raises:
        RecordError: it cannot.
    """
    if isinstance(value, str) and value and slug(value) == value:
        return value
    raise RecordError(
        f"{printable(repr(value)[:60])} cannot be an id.",
        remedy="Use a-z, 0-9, - and _, at most 80 of them.",
    )


def _checked(document: Mapping[str, Any]) -> _Article:
    try:
        return _Article.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "it"
        raise RecordError(
            f'"{printable(place)}" is not what it has to be: {printable(first["msg"])}.',
            remedy=_AGAIN,
        ) from None


def _listed(metadata: dict[str, Any]) -> dict[str, Any]:
    interest = metadata.get("interest")
    if interest:
        metadata["interest"] = {**interest, "options": list(interest["options"])}
    return metadata


def _made_document(made: Made) -> dict[str, Any]:
    return {
        "text": made.text,
        "set_aside": [
            {"start": each.start, "end": each.end, "reason": each.aside} for each in made.asides
        ],
        "passages": [
            {
                "id": each.id,
                "start": each.start,
                "end": each.end,
                "section": list(each.headings),
                "kind": each.kind,
                "cells": [asdict(cell) for cell in each.cells],
                "damage": each.damage,
            }
            for each in made.passages
        ],
    }
