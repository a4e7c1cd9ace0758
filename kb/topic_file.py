"""The topic file: TOML, strict and cross-checked; every mistake names file, place and remedy."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from math import inf
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.errors import TopicError
from kb.topic import Condition, Criterion, Option, Range, Rule, Topic

Words = list[Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
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
    _cross_check(topic, file)
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
        near = _nearest(str(place[-1]), _keys_beside(place))
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


def _cross_check(topic: Topic, file: str) -> None:
    options, criteria = topic.option_ids, [criterion.id for criterion in topic.criteria]
    values = {c.id: [value for value, _ in c.values] for c in topic.conditions}
    for id in [*options, *criteria, *values]:
        if not _ID.fullmatch(id):
            raise TopicError(
                f'{file}: "{id}" is not a good id.',
                remedy="Use lower-case letters, digits and _, beginning with a letter.",
            )
    for both in set(criteria) & set(values):
        raise TopicError(
            f'{file}: "{both}" is a criterion and a condition.', remedy="Make it one of the two."
        )
    for criterion in topic.criteria:
        _check_whole(criterion, file, criteria)
    for rule in topic.rules:
        _check_rule(rule, file, options, criteria, values)
    for condition in topic.conditions:
        place = f"{file}, conditions.{condition.id}"
        for band in condition.ranges:
            _known(band.value, values[condition.id], f"{place}.numeric", "value")
        for value, ids in condition.implies:
            _known(value, values[condition.id], f"{place}.implies", "value")
            for id in ids:
                _known(id, criteria, f"{place}.implies.{value}", "criterion")
    _check_unique([rule.id for rule in topic.rules], file)


def _check_whole(criterion: Criterion, file: str, criteria: Iterable[str]) -> None:
    place = f"{file}, criteria.{criterion.id}.part_of"
    if criterion.part_of == criterion.id:
        raise TopicError(f"{place}: it is part of itself.", remedy="Name another criterion.")
    if criterion.part_of:
        _known(criterion.part_of, criteria, place, "criterion")


def _check_rule(
    rule: Rule,
    file: str,
    options: Iterable[str],
    criteria: Iterable[str],
    values: dict[str, list[str]],
) -> None:
    place = f"{file}, rule {rule.id}"
    _known(rule.favours, options, place, "option")
    if not rule.criteria and not rule.conditions and not rule.any:
        raise TopicError(
            f"{place}: it has no criterion and no condition and would always fire.",
            remedy="Say under `when` what has to be understood.",
        )
    for id in (*rule.criteria, *rule.any):
        _known(id, criteria, place, "criterion")
    for id, value in [*rule.conditions, *_conditions_of(rule.unless)]:
        _known(id, values, place, "condition")
        _known(value, values[id], f"{place}, {id}", "value")
    for id in rule.unless:
        if "=" not in id:
            _known(id, criteria, place, "criterion")


def _conditions_of(unless: Iterable[str]) -> Iterator[tuple[str, str]]:
    for entry in unless:
        if "=" in entry:
            id, value = entry.split("=", 1)
            yield id, value


def _known(id: str, known: Iterable[str], place: str, kind: str) -> None:
    if id in set(known):
        return
    near = _nearest(id, known)
    remedy = f'Did you mean "{near}"?' if near else f"Define the {kind} or remove it here."
    raise TopicError(f'{place}: no {kind} "{id}".', remedy=remedy)


def _check_unique(ids: list[str], file: str) -> None:
    for id in ids:
        if ids.count(id) > 1:
            raise TopicError(
                f'{file}: two rules are called "{id}".', remedy="Give each an id of its own."
            )


def _nearest(word: str, known: Iterable[str]) -> str | None:
    # One mistake in two letters is another word, not a misspelt one.
    farthest = min(3, max(1, len(word) // 2))
    best = process.extractOne(word, list(known), scorer=OSA.distance, score_cutoff=farthest)
    return best[0] if best else None
