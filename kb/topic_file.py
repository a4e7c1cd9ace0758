"""The topic file: TOML, strict and cross-checked; every mistake names file, place and remedy."""

import re
import tomllib
from collections.abc import Iterable
from math import inf
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kb.errors import TopicError
from kb.topic import Condition, Criterion, Option, Range, Rule, Topic
from kb.topic_checks import cross_check, nearest

Words = list[Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
_RANGE = re.compile(r"(?:(<=|>=)\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?))")
_TABLE = re.compile(r"\[\[?[\w.\"'-]+\]\]?\s*(?:#.*)?")
_LARGEST = 1_000_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _OptionTable(_Strict):
    label: Text
    words: Words = Field(min_length=1)


class _CriterionTable(_Strict):
    label: Text
    words: Words = Field(min_length=1)
    senses: dict[str, Words] = {}
    better: Literal["", "lower", "higher"] = ""
    hints: Words = []
    combined: bool = False
    part_of: str = ""
    faults: Words = []
    settings: Words = []
    opposites: Words = []


class _ConditionTable(_Strict):
    label: Text
    values: dict[str, Words] = Field(min_length=1)
    numeric: dict[str, str | Words | dict[str, float | int]] = {}
    implies: dict[str, Words] = {}


class _WordsTable(_Strict):
    words: Words = []


class _OutsideTable(_WordsTable):
    uncovered: Words = []


class _WhenTable(_Strict):
    criteria: Words = []
    conditions: dict[str, str] = {}
    unless: Words = []
    any: Words = []


class _RuleTable(_Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
    when: _WhenTable
    favours: str
    weight: Annotated[int, Field(ge=1, le=3)] = 1
    because: Text


class _TopicTable(_Strict):
    name: Text
    options: dict[str, _OptionTable] = Field(min_length=2)
    criteria: dict[str, _CriterionTable] = {}
    conditions: dict[str, _ConditionTable] = {}
    outside: _OutsideTable = _OutsideTable()
    subject: _WordsTable = _WordsTable()
    filler: _WordsTable = _WordsTable()
    rules: list[_RuleTable] = []
    examples: list[Text] = []


def parse_topic(text: str, *, id: str, file: str = "topic.toml") -> Topic:
    """Return the topic that `text` describes.

    Raises:
        TopicError: the text is not TOML, has an unknown or missing key, or names an option,
            criterion or condition that it does not define.
    """
    table = _validated(_toml(text, file), text, file)
    topic = Topic(
        id=id,
        name=table.name,
        text=text,
        options=tuple(Option(key, o.label, tuple(o.words)) for key, o in table.options.items()),
        criteria=tuple(_criterion(key, c) for key, c in table.criteria.items()),
        conditions=tuple(_condition(key, c, file) for key, c in table.conditions.items()),
        outside=tuple(table.outside.words),
        uncovered=tuple(table.outside.uncovered),
        subject=tuple(table.subject.words),
        filler=tuple(table.filler.words),
        rules=tuple(_rule(rule) for rule in table.rules),
        examples=tuple(table.examples),
    )
    cross_check(topic, file)
    return topic


def _toml(text: str, file: str) -> dict[str, Any]:
    if len(text) > _LARGEST:
        raise TopicError(
            f"{file} has more than {_LARGEST:,} characters.", remedy="Split it into two topics."
        )
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers and nesting beyond all measure
        raise TopicError(
            f"{file} is not valid TOML: {error}.", remedy="Mend that line and try again."
        ) from error


def _validated(table: dict[str, Any], text: str, file: str) -> _TopicTable:
    try:
        return _TopicTable.model_validate(table)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        # A misspelt key shows up twice, as unknown and as missing: the unknown one tells more.
        problem = min(problems, key=lambda found: found["type"] != "extra_forbidden")
        raise _explained(problem["type"], problem["loc"], problem["msg"], text, file) from error


def _explained(
    kind: str, place: tuple[int | str, ...], message: str, text: str, file: str
) -> TopicError:
    where = f"{file}, line {_line(text, place)}, {'.'.join(map(str, place))}"
    if kind == "extra_forbidden":
        near = nearest(str(place[-1]), _keys_beside(place))
        remedy = f'Did you mean "{near}"?' if near else "Remove the key, or see docs/topic-file.md."
        return TopicError(f'{where}: unknown key "{place[-1]}".', remedy=remedy)
    if kind == "missing":
        return TopicError(f"{where}: the key is missing.", remedy="Add it; see docs/topic-file.md.")
    return TopicError(f"{where}: {message}.", remedy="Mend the value; see docs/topic-file.md.")


def _keys_beside(place: tuple[int | str, ...]) -> Iterable[str]:
    tables: dict[str, type[BaseModel]] = {
        "options": _OptionTable,
        "criteria": _CriterionTable,
        "conditions": _ConditionTable,
        "outside": _OutsideTable,
        "filler": _OutsideTable,
        "rules": _WhenTable if "when" in place else _RuleTable,
    }
    table = tables.get(str(place[0]), _TopicTable) if len(place) > 1 else _TopicTable
    return table.model_fields


def _line(text: str, place: tuple[int | str, ...]) -> int:
    """Return the line, from 1, where the key or table that `place` names begins."""
    lines = text.splitlines()
    start = 0
    for depth in range(len(place), 0, -1):
        header = _header(place[:depth])
        found = [number for number, line in enumerate(lines) if _without_comment(line) == header[0]]
        if len(found) > header[1]:
            start = found[header[1]]
            break
    last = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    key = re.compile(rf"(?:^|[{{,])\s*\"?{re.escape(last)}\"?\s*=")
    for number in range(start, len(lines)):
        if number > start and _begins_another(lines[number], place):
            break
        if key.search(lines[number]):
            return number + 1
    return start + 1


def _begins_another(line: str, place: tuple[int | str, ...]) -> bool:
    """Tell whether a line opens a table that `place` is not in; [rules.when] is part of a rule."""
    own = f"[{place[0]}." if len(place) > 1 and isinstance(place[1], int) else "[["
    return _TABLE.fullmatch(line) is not None and (own == "[[" or not line.startswith(own))


def _without_comment(line: str) -> str:
    return line.partition("#")[0].strip()


def _header(place: tuple[int | str, ...]) -> tuple[str, int]:
    if len(place) >= 2 and isinstance(place[1], int):
        return f"[[{place[0]}]]", place[1]
    return f"[{'.'.join(map(str, place))}]", 0


def _criterion(id: str, table: _CriterionTable) -> Criterion:
    senses = tuple((name, tuple(words)) for name, words in table.senses.items())
    return Criterion(
        id=id,
        label=table.label,
        words=tuple(table.words),
        senses=senses,
        better=table.better,
        hints=tuple(table.hints),
        combined=table.combined,
        part_of=table.part_of,
        faults=tuple(table.faults),
        settings=tuple(table.settings),
        opposites=tuple(table.opposites),
    )


def _condition(id: str, table: _ConditionTable, file: str) -> Condition:
    place = f"{file}, conditions.{id}.numeric"
    numeric = dict(table.numeric)
    units = numeric.pop("unit", [])
    if isinstance(units, str):
        units = [units]
    if numeric and not units:
        raise TopicError(
            f"{place}: the ranges have no unit.",
            remedy='Say which words follow the number: unit = ["people"].',
        )
    scale = units if isinstance(units, dict) else dict.fromkeys(units, 1.0)
    return Condition(
        id=id,
        label=table.label,
        values=tuple((value, tuple(words)) for value, words in table.values.items()),
        units=tuple((word, float(factor)) for word, factor in scale.items()),
        ranges=tuple(_range(value, band, place) for value, band in numeric.items()),
        implies=tuple((value, tuple(ids)) for value, ids in table.implies.items()),
    )


def _range(value: str, band: object, place: str) -> Range:
    match = _RANGE.fullmatch(band) if isinstance(band, str) else None
    if not match:
        raise TopicError(
            f"{place}.{value}: not a range of numbers.",
            remedy='Write it as "<=5", ">=10" or "6-9".',
        )
    sign, bound, low, high = match.groups()
    if sign:
        return Range(value, *((0.0, float(bound)) if sign == "<=" else (float(bound), inf)))
    if float(low) > float(high):
        raise TopicError(
            f"{place}.{value}: no number is from {low} to {high}.",
            remedy=f'Write the smaller one first: "{high}-{low}".',
        )
    return Range(value, float(low), float(high))


def _rule(table: _RuleTable) -> Rule:
    return Rule(
        id=table.id,
        favours=table.favours,
        weight=table.weight,
        because=table.because,
        criteria=tuple(table.when.criteria),
        conditions=tuple(table.when.conditions.items()),
        unless=tuple(table.when.unless),
        any=tuple(table.when.any),
    )
