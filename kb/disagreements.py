"""Claims to conflicts: the same option and criterion, opposite stances."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from kb.model import Claim


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that contradict each other; `first` is for, `second` against.

    "hard": both are flat statements of the same scope; "soft": one is hedged, an example, or
    limited to another scope.
    """

    criterion: str
    about: tuple[str, ...]
    first: Claim
    second: Claim

    @property
    def between(self) -> Literal["articles", "one article"]:
        return "one article" if self.first.article == self.second.article else "articles"

    @property
    def strength(self) -> Literal["hard", "soft"]:
        weak = any(claim.hedged or claim.kind == "example" for claim in (self.first, self.second))
        return "soft" if weak or self.first.scope != self.second.scope else "hard"


def conflicts(claims: Iterable[Claim]) -> list[Conflict]:
    """Return the conflicts, one per option, criterion and pair of articles, hard ones first."""
    sides: dict[tuple[str, tuple[str, ...]], dict[str, list[Claim]]] = defaultdict(
        lambda: {"for": [], "against": []}
    )
    for claim in claims:
        if claim.criterion and claim.stance != "even":
            sides[claim.criterion, claim.about][claim.stance].append(claim)
    found = [
        conflict
        for (criterion, about), both in sorted(sides.items())
        for conflict in _pairs(criterion, about, both["for"], both["against"])
    ]
    return sorted(found, key=_order)


def _pairs(
    criterion: str, about: tuple[str, ...], pros: list[Claim], cons: list[Claim]
) -> Iterator[Conflict]:
    best: dict[tuple[str, str], Conflict] = {}
    for first, second in product(pros, cons):
        if first.start == second.start and first.article == second.article:
            continue
        conflict = Conflict(criterion, about, first, second)
        key = (first.article, second.article)
        if key not in best or _order(conflict) < _order(best[key]):
            best[key] = conflict
    yield from best.values()


def _order(conflict: Conflict) -> tuple[bool, bool, int, str, int, str, int]:
    first, second = conflict.first, conflict.second
    length = len(first.quote) + len(second.quote)
    soft, inside = conflict.strength == "soft", conflict.between == "one article"
    return soft, inside, length, first.article, first.start, second.article, second.start
