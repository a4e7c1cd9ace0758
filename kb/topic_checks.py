"""What the parts of a topic say of one another: ids that are defined, once, and as one thing."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.errors import TopicError
from kb.topic import Criterion, Rule, Topic

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def cross_check(topic: Topic, file: str) -> None:
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
    near = nearest(id, known)
    remedy = f'Did you mean "{near}"?' if near else f"Define the {kind} or remove it here."
    raise TopicError(f'{place}: no {kind} "{id}".', remedy=remedy)


def _check_unique(ids: list[str], file: str) -> None:
    for id in ids:
        if ids.count(id) > 1:
            raise TopicError(
                f'{file}: two rules are called "{id}".', remedy="Give each an id of its own."
            )


def nearest(word: str, known: Iterable[str]) -> str | None:
    # One mistake in two letters is another word, not a misspelt one.
    farthest = min(3, max(1, len(word) // 2))
    best = process.extractOne(word, list(known), scorer=OSA.distance, score_cutoff=farthest)
    return best[0] if best else None
