"""Differences between two revisions as text and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kb.cli.changes import decision_json, decision_line, passages_lines, without
from kb.cli.output import counted, wrapped
from kb.cli.shown import passage_json
from kb.differing import Difference, passages_of, reads_alike
from kb.given import FIELDS
from kb.model import Decision, Interest, Metadata, Passage
from kb.records import ArticleRecord, Record, TopicRecord
from kb.store import Snapshot

_NAMED = {"article": "Article", "topic": "Topic"}


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A difference as it is shown; passages and lines are those that only one of both has."""

    difference: Difference
    gone: tuple[Passage, ...]
    new: tuple[Passage, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def outcome(self) -> str:
        if self.difference.before is None:
            return "added"
        return "removed" if self.difference.after is None else "changed"

    def json(self) -> dict[str, Any]:
        thing = self.difference.thing
        document: dict[str, Any] = {thing.kind: thing.id, "outcome": self.outcome}
        if thing.kind == "topic":
            return {**document, "lines": {"gone": list(self.removed), "new": list(self.added)}}
        before, after = _decisions(self.difference.before), _decisions(self.difference.after)
        return {
            **document,
            "metadata": {
                name: {"before": value_json(old), "after": value_json(new)}
                for name, old, new in self._metadata()
            },
            "corrections": {
                "gone": [decision_json(each) for each in before if each not in after],
                "new": [decision_json(each) for each in after if each not in before],
            },
            "passages": {
                "gone": [passage_json(each) for each in self.gone],
                "new": [passage_json(each) for each in self.new],
            },
        }

    def lines(self) -> Iterator[str]:
        thing = self.difference.thing
        yield f"{_NAMED[thing.kind]} {thing.id}: {self.outcome}"
        for sign, texts in (("-", self.removed), ("+", self.added)):
            for text in texts:
                yield from wrapped(f"{sign} {text}", first="  ", indent="      ")
        for name, old, new in self._metadata():
            yield from wrapped(
                f"{name}: {shown_value(old)} -> {shown_value(new)}", first="  ", indent="    "
            )
        before, after = _decisions(self.difference.before), _decisions(self.difference.after)
        for word, some, others in (("gone", before, after), ("new", after, before)):
            for each in some:
                if each not in others:
                    line = f"correction {word} {decision_line(each)}"
                    yield from wrapped(line, first="  ", indent="    ")
        if self.outcome != "changed" and thing.kind == "article":
            yield f"  {counted(len(self.gone) + len(self.new), 'passage')}"
            return
        yield from passages_lines("gone", self.gone)
        yield from passages_lines("new", self.new)

    def _metadata(self) -> list[tuple[str, Any, Any]]:
        """Return the fields that differ, each with both values."""
        old, new = (_metadata_of(e) for e in (self.difference.before, self.difference.after))
        pairs = ((name, getattr(old, name), getattr(new, name)) for name in FIELDS)
        return [each for each in pairs if each[1] != each[2]]


def view(snapshot: Snapshot, difference: Difference) -> DifferenceView:
    """Return a difference to be shown; articles are read again to see which passages differ."""
    before, after = difference.before, difference.after
    if difference.thing.kind == "topic":
        old, new = _lines(before), _lines(after)
        return DifferenceView(difference, (), (), _only(old, new), _only(new, old))
    if reads_alike(difference):
        return DifferenceView(difference, (), (), (), ())
    was, now = passages_of(snapshot, before), passages_of(snapshot, after)
    return DifferenceView(difference, tuple(without(was, now)), tuple(without(now, was)), (), ())


def _lines(record: Record | None) -> list[str]:
    return record.text.splitlines() if isinstance(record, TopicRecord) else []


def _only(lines: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that do not stand as often in the others, blank ones left out."""
    left = Counter(others)
    found = []
    for line in lines:
        left[line] -= 1
        if left[line] < 0 and line.strip():
            found.append(line)
    return tuple(found)


def _metadata_of(record: Record | None) -> Metadata:
    return record.metadata if isinstance(record, ArticleRecord) else Metadata()


def _decisions(record: Record | None) -> tuple[Decision, ...]:
    return record.decisions if isinstance(record, ArticleRecord) else ()


def value_json(value: Any) -> Any:
    """Return a field of metadata; what is unknown is null."""
    if isinstance(value, Interest):
        return {"options": list(value.options), "text": value.text}
    return value or None


def shown_value(value: Any) -> str:
    """Return a field of metadata as part of a line."""
    if isinstance(value, Interest):
        return f'"{value.text}" ({", ".join(value.options) or "no option"})'
    return f'"{value}"' if value else "nothing"
