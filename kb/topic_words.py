"""A word put into a topic file, for a criterion: one line changes, comments stay."""

import json
import re
from dataclasses import replace
from typing import Literal

from kb.errors import TopicError
from kb.topic import Criterion, Topic
from kb.topic_file import parse_topic

Key = Literal["words", "hints"]

_KEYS: dict[Key, re.Pattern[str]] = {
    "words": re.compile(r"\s*words\s*=\s*\["),
    "hints": re.compile(r"\s*hints\s*=\s*\["),
}
_TABLE = re.compile(r"\s*\[")
_FIELDS = (
    "name",
    "options",
    "conditions",
    "outside",
    "uncovered",
    "subject",
    "filler",
    "rules",
    "examples",
)


def with_word(topic: Topic, criterion: str, word: str, *, key: Key = "words") -> Topic:
    """Return `topic` with `word` as the first of a criterion's, in its text and as read.

    Raises:
        TopicError: there is no such criterion, or its text is written in a way that only a person
            should change.
    """
    if not topic.has_criterion(criterion):
        raise TopicError(
            f"Topic {topic.id} has no criterion {criterion}.",
            remedy="List them with `kb topic show`.",
        )
    before = topic.criterion(criterion)
    if word in (*before.words, *before.hints):
        raise TopicError(
            f"{criterion} has “{word}” already.", remedy="Choose another word or criterion."
        )
    lines = topic.text.splitlines(keepends=True)
    place = _table_of(lines, criterion)
    if place is not None:
        changed = parse_topic(_inserted(lines, place, word, key), id=topic.id)
        if _is_just_that(topic, changed, _having(before, word, key)):
            return changed
    raise TopicError(
        f"The line for {criterion} cannot be written by this command.",
        remedy="Write it yourself: `kb topic show`, then `kb topic add`.",
    )


def _having(criterion: Criterion, word: str, key: Key) -> Criterion:
    if key == "words":
        return replace(criterion, words=(word, *criterion.words))
    return replace(criterion, hints=(word, *criterion.hints))


def _table_of(lines: list[str], criterion: str) -> int | None:
    header = re.compile(rf"\s*\[criteria\.(['\"]?){re.escape(criterion)}\1\]\s*(#.*)?$")
    return next((place for place, line in enumerate(lines) if header.match(line)), None)


def _inserted(lines: list[str], header: int, word: str, key: Key) -> str:
    written = json.dumps(word, ensure_ascii=False)
    for place in range(header + 1, len(lines)):
        if _TABLE.match(lines[place]):
            break
        found = _KEYS[key].match(lines[place])
        if found:
            lines[place] = found.group() + _before(lines[place][found.end() :], written)
            return "".join(lines)
    end = lines[header][len(lines[header].rstrip("\r\n")) :] or "\n"
    lines[header] = f"{lines[header].rstrip()}{end}{key} = [{written}]{end}"
    return "".join(lines)


def _before(rest: str, written: str) -> str:
    """Return the rest of an array, from its first line's bracket on, with one more entry."""
    if not rest.strip():
        return f"\n  {written},{rest}"
    return f"{written}{rest.lstrip()}" if rest.lstrip()[0] == "]" else f"{written}, {rest.lstrip()}"


def _is_just_that(before: Topic, after: Topic, wanted: Criterion) -> bool:
    """True if the topics differ in one criterion alone, which is as wanted."""
    criteria = tuple(wanted if each.id == wanted.id else each for each in before.criteria)
    same = all(getattr(before, name) == getattr(after, name) for name in _FIELDS)
    return same and after.criteria == criteria
