"""Figures told in the articles' own words, with what they measure and how far to trust them."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.claims.figures import figures
from kb.model import Claim, Passage
from kb.phrases import Phrases
from kb.words import atoms

_NUMBER = re.compile(r".*\d", re.DOTALL)
_MONEY = re.compile("[$\u20ac\u00a3]")
_SHORT = 40  # characters
_BAR = " |:"  # what parts the label of a row from its cells
_SCALES = {  # base unit: names of what is a multiple of it, the largest first
    "second": (
        ("weeks", 604_800.0),
        ("days", 86_400.0),
        ("hours", 3600.0),
        ("minutes", 60.0),
        ("seconds", 1.0),
        ("milliseconds", 0.001),
    ),
    "byte": (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What is told of a figure; `group` is shared by those that measure the same thing."""

    group: int
    written: str
    measure: str
    note: str


def measured(
    claims: Sequence[Claim], passages: Mapping[str, Sequence[Passage]]
) -> dict[Claim, Measured]:
    """Return what is told of the figures among `claims`, which are those on one subject.

    `passages` are all those of the articles that give figures, by article. Figures of the same
    unit in one passage (a row, a paragraph) belong together, the first of each option with the
    first of the others.
    """
    given = sorted(
        (claim for claim in claims if is_figure(claim)),
        key=lambda claim: (claim.article, claim.start, claim.about),
    )
    alone = len({claim.article for claim in given}) == 1
    groups: dict[tuple[str, str, int], int] = {}
    seen: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    found = {}
    for claim in given:
        turn = (claim.passage, claim.unit, claim.about)
        seen[turn] += 1
        group = groups.setdefault((claim.passage, claim.unit, seen[turn]), len(groups) + 1)
        every = passages.get(claim.article, ())
        note = _note(alone=alone, told=_tells_method(claim, every))
        found[claim] = Measured(group, written(claim), _label(claim, every), note)
    return found


def is_figure(claim: Claim) -> bool:
    """Tell whether a claim gives a number that can be shown."""
    return claim.kind == "figure" and claim.value is not None


def written(claim: Claim) -> str:
    """Return a claim's figure as its quote has it, or worked out when it is in words."""
    quote = claim.quote
    for each in figures(quote):
        if each.value != claim.value:
            continue
        text = quote[each.start : each.end].strip()
        number = _NUMBER.match(text)
        if not number:  # "a few days" is found as all of its text
            return text if len(text) <= _SHORT else _worked_out(claim)
        if _MONEY.search(text):
            return number.group()
        return text if each.unit == claim.unit else f"{number.group()} {claim.unit}".strip()
    return _worked_out(claim)


def _worked_out(claim: Claim) -> str:
    value = claim.value or 0.0
    for name, factor in _SCALES.get(claim.unit, ()):
        if abs(value) >= factor:
            return f"{value / factor:.3g} {name}"
    return f"{value:.10g} {claim.unit}".strip()


def _label(claim: Claim, passages: Sequence[Passage]) -> str:
    """Return what a table calls the row that a figure stands in, "" outside tables."""
    for passage in passages:
        if passage.id == claim.passage and passage.cells:
            first = min(cell.start for cell in passage.cells)
            return passage.text[: first - passage.start].strip().rstrip(_BAR)
    return ""


def _tells_method(claim: Claim, passages: Sequence[Passage]) -> bool:
    """Tell whether words near a figure speak of measuring or asking.

    Near is its own passage and what its section says in prose: other rows are of other things.
    """
    own = next((each.headings for each in passages if each.id == claim.passage), None)
    return any(
        _methods().find(atoms(each.text))
        for each in passages
        if each.id == claim.passage or (each.headings == own and not each.cells)
    )


@cache
def _methods() -> Phrases[str]:
    with Path(__file__).with_name("methods.toml").open("rb") as file:
        return Phrases((phrase, phrase) for phrase in tomllib.load(file)["methods"])


def _note(*, alone: bool, told: bool) -> str:
    return ", ".join(["one article"] * alone + ["no method given"] * (not told))
