"""A run beside an earlier one: per question, what became worse, better or just other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.evaluation.runs import Result

Direction = Literal["worse", "better", "other"]
_JUDGED = ("verdict", "hit", "abstention", "quotes")
_NOTICED = ("got", "place", "confidence")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one question: the names of what got worse and better, and both results.

    Worse in anything is worse, whatever got better beside it.
    """

    before: Result
    after: Result
    lost: tuple[str, ...]
    won: tuple[str, ...]

    @property
    def direction(self) -> Direction:
        if self.lost:
            return "worse"
        return "better" if self.won else "other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes by question, those that got worse first, and whose questions differ."""

    changes: tuple[Change, ...]
    new: tuple[Result, ...]
    missing: tuple[Result, ...]

    @property
    def is_worse(self) -> bool:
        return any(change.direction == "worse" for change in self.changes)


def compare(before: Mapping[str, Result], after: Iterable[Result]) -> Comparison:
    """Return what changed from an earlier run to this one.

    Questions are the same when id and words are. Something is worse when it was right and is now
    wrong; what could not be judged in both runs is neither worse nor better.
    """
    now = {each.id: each for each in after}
    same = {id for id in before if id in now and before[id].asked == now[id].asked}
    changes = [_change(before[id], now[id]) for id in now if id in same]
    order = ("worse", "better", "other")
    changed = [each for each in changes if each is not None]
    return Comparison(
        tuple(sorted(changed, key=lambda change: order.index(change.direction))),
        tuple(each for id, each in now.items() if id not in same),
        tuple(each for id, each in before.items() if id not in same),
    )


def _change(before: Result, after: Result) -> Change | None:
    judged = [(name, getattr(before, name), getattr(after, name)) for name in _JUDGED]
    lost = tuple(name for name, was, now in judged if was is True and now is False)
    won = tuple(name for name, was, now in judged if was is False and now is True)
    noticed = any(getattr(before, name) != getattr(after, name) for name in _NOTICED)
    return Change(before, after, lost, won) if lost or won or noticed else None
