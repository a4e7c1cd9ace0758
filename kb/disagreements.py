"""Claims to conflicts: opposite stances on one option, or different options for one use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from kb.evidence import Subject, in_sense
from kb.model import Claim

_Sides = Mapping[str, list[Claim]]  # "for" and "against" to the claims
NO_WHOLES: Mapping[str, str] = {}
_USE = 4  # words of an item that names a use and says no more of it


class Conflict(NamedTuple):
    """Two claims that contradict each other; `first` is for, `second` against.

    Or both are for, and for different options: one article lists a use for one option alone,
    another one lists it for the rival. `about` is what `first` is about. "hard": both are flat
    statements of the same scope on the same option; "soft": one is hedged, an example, or limited
    to another scope, one speaks of a criterion and the other of the wider one that it is part of,
    or it is about lists of uses.
    """

    criterion: str
    about: tuple[str, ...]
    first: Claim
    second: Claim

    @property
    def subject(self) -> Subject:
        """What it is about: its criterion, or the condition that both claims are limited to."""
        if self.criterion:
            return in_sense(self.criterion, self.first.sense)
        return min(_conditions(self.first) & _conditions(self.second), default="")

    @property
    def between(self) -> Literal["articles", "one article"]:
        return "one article" if self.first.article == self.second.article else "articles"

    @property
    def strength(self) -> Literal["hard", "soft"]:
        if self.first.about != self.second.about or self.first.criterion != self.second.criterion:
            return "soft"
        weak = any(claim.hedged or claim.kind == "example" for claim in (self.first, self.second))
        return "soft" if weak or self.first.scope != self.second.scope else "hard"


def conflicts(claims: Iterable[Claim], wholes: Mapping[str, str] = NO_WHOLES) -> list[Conflict]:
    """Return the conflicts, one per option, criterion and pair of articles, hard ones first.

    `wholes` maps a criterion to the wider one that it is part of: "quick prototypes" against "its
    first steps are slow" is a soft conflict on the narrower one.
    """
    sides: dict[tuple[Subject, tuple[str, ...]], dict[str, list[Claim]]] = defaultdict(
        lambda: {"for": [], "against": []}
    )
    every = tuple(claims)
    for claim in every:
        for subject in _subjects(claim):
            if claim.stance != "even":
                sides[subject, claim.about][claim.stance].append(claim)
    found = [
        conflict
        for (_, about), both in sorted(sides.items())
        for conflict in _pairs(about, both["for"], both["against"])
    ]
    found += _rival_uses(every)
    found += [
        conflict
        for (subject, about), part in sorted(sides.items())
        if (wholes.get(subject, ""), about) in sides
        for conflict in _across(subject, about, part, sides[wholes[subject], about])
    ]
    return sorted(found, key=_order)


def _across(
    criterion: str, about: tuple[str, ...], part: _Sides, whole: _Sides
) -> Iterator[Conflict]:
    """Yield what is said of a criterion against what is said of the wider one it is part of."""
    for pros, cons in ((part["for"], whole["against"]), (whole["for"], part["against"])):
        for conflict in _pairs(about, pros, cons):
            yield conflict._replace(criterion=criterion)


def _subjects(claim: Claim) -> list[Subject]:
    """Return what a claim can be contradicted on: its criterion, or else each of its conditions."""
    if claim.criterion:
        return [in_sense(claim.criterion, claim.sense)]
    return sorted(_conditions(claim))


def _conditions(claim: Claim) -> set[str]:
    """Return the conditions a claim is limited to, as "id=value"."""
    return {f"{id}={value}" for id, value in claim.scope}


def _rival_uses(claims: Sequence[Claim]) -> Iterator[Conflict]:
    """Yield uses that one article lists for one option only, and another article for a rival."""
    uses: dict[str, dict[str, dict[str, Claim]]] = defaultdict(lambda: defaultdict(dict))
    for claim in claims:
        listed = claim.method in ("use", "table") and len(claim.quote.split()) <= _USE
        if listed and claim.stance == "for" and claim.criterion and len(claim.about) == 1:
            uses[claim.criterion][claim.article].setdefault(claim.about[0], claim)
    for criterion, articles in sorted(uses.items()):
        for first, second in product(sorted(articles), repeat=2):
            if first == second or len(articles[first]) > 1:
                continue
            ((option, claim),) = articles[first].items()
            for rival, other in sorted(articles[second].items()):
                if rival != option:
                    yield Conflict(criterion, (option,), claim, other)


def _pairs(about: tuple[str, ...], pros: list[Claim], cons: list[Claim]) -> Iterator[Conflict]:
    best: dict[tuple[str, str], Conflict] = {}
    for first, second in product(pros, cons):
        if first.start == second.start and first.article == second.article:
            continue
        conflict = Conflict(first.criterion, about, first, second)
        key = (first.article, second.article)
        if key not in best or _order(conflict) < _order(best[key]):
            best[key] = conflict
    yield from best.values()


def _order(conflict: Conflict) -> tuple[bool, bool, int, str, int, str, int]:
    first, second = conflict.first, conflict.second
    length = len(first.quote) + len(second.quote)
    soft, inside = conflict.strength == "soft", conflict.between == "one article"
    return soft, inside, length, first.article, first.start, second.article, second.start
