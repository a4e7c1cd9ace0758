"""Figures that a text gives for several options side by side, and which of them is the better."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.claims.context import Context, mentions
from kb.claims.units import Unit
from kb.model import Claim, Passage, Stance
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, atoms

_FILE = Path(__file__).parent.parent / "lexicon" / "quantities.toml"
_NUMBER = r"\d{1,9}(?:[.,]\d{1,3})*"
_FIGURE = re.compile(
    r"(?P<between>\bbetween\s(?:US)?)?"
    rf"(?P<money>[$\u20ac\u00a3]\s?)?(?P<low>{_NUMBER})"
    rf"(?:\s?(?:-|\u2013|to|(?(between)and|(?!)))\s?(?:US)?[$\u20ac\u00a3]?(?P<high>{_NUMBER}))?"
    r"\s?(?P<unit>%|[A-Za-z\u00b5]{1,20}(?:(?:\s(?:per|a)\s|/)[a-z]{1,10})?)?"
)
_DAY = 86_400
_MOST = 4  # options in a sentence that gives a figure for each
_COINS = re.compile(r"([$\u20ac\u00a3])\1{0,4}$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the base unit of its kind (seconds, bytes, or the unit as written)."""

    value: float
    unit: str
    start: int
    end: int


@cache
def _lists() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def figures(text: str, atoms_: Sequence[Word] | None = None) -> list[Figure]:
    """Return the figures of a text in order, ranges as their middle; its atoms may be known."""
    coins = _COINS.match(text.strip())
    if coins:
        return [Figure(float(len(coins.group())), _unit(coins.group(1))[0], 0, len(text))]
    found = [_figure(match) for match in _FIGURE.finditer(text)]
    return found or _worded(text, atoms(text) if atoms_ is None else atoms_)


def _figure(match: re.Match[str]) -> Figure:
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else low
    written = (match["unit"] or "").lower()
    unit, factor = _unit(match["money"] or written)
    return Figure((low + high) / 2 * factor, unit, match.start(), match.end())


def _value(written: str) -> float:
    """Read "2,140" as two thousand and "3,5" as three and a half."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        return float(written.replace(",", ""))
    parts = re.split(r"[.,]", written)
    return float(parts[0] + ("." + "".join(parts[1:]) if len(parts) > 1 else ""))


def _unit(written: str) -> tuple[str, float]:
    """Return the base unit and what one of the written unit is in it."""
    for base, names in _lists()["units"].items():
        for name, factor in names.items():
            if written.strip() in (name, name + "s"):
                return base, float(factor)
    return written.strip().rstrip("s"), 1.0


def _worded(text: str, atoms_: Sequence[Word]) -> list[Figure]:
    """ "a few days", "several weeks"."""
    words = [word.text for word in atoms_]
    for name, count in _lists()["counts"].items():
        parts = name.split()
        if parts[0] not in words:
            continue
        for at in range(len(words) - len(parts)):
            if words[at : at + len(parts)] == parts:
                unit, factor = _unit(words[at + len(parts)])
                if unit in _lists()["units"]:
                    return [Figure(float(count) * factor, unit, 0, len(text))]
    return []


def lower_is_better(unit: str, better: str) -> bool:
    """Tell which end of a figure is good: by its unit, or else as the topic says."""
    return (
        unit not in _lists()["rates"]
        and "/" not in unit
        and " per " not in unit
        and better != "higher"
    )


def is_comparable(unit: str, better: str, most: float) -> bool:
    """Tell whether it is known which end of a figure is good, by its unit or by the topic.

    A short time is one that somebody waits; days and years (`most` in seconds) may be either.
    """
    if better or unit in _lists()["rates"]:
        return True
    return unit in _lists()["units"] and not (unit == "second" and most >= _DAY)


def measured(passage: Passage, unit: Unit, around: Context, topic: Topic) -> Iterator[Claim]:
    """Yield what "X manages 2,140 requests per second, Y 1,380" says of X and of Y."""
    options = [f for f in topic.statement_phrases.find(unit.words) if f.meaning.kind == "option"]
    if len({f.meaning.id for f in options}) < 2 or len(options) > _MOST:
        return
    pairs = _paired(unit, options)
    if not pairs:
        return
    kind = next((f.unit for f in pairs.values() if f.unit), "")
    for criterion in mentions(unit.words, topic).criteria or around.criteria:
        better = topic.criterion(criterion).better
        if not is_comparable(kind, better, max(f.value for f in pairs.values())):
            continue
        for option, stance in _ranked(pairs, lower=lower_is_better(kind, better)):
            yield Claim(
                article=passage.article,
                passage=passage.id,
                about=(option,),
                criterion=criterion,
                stance=stance,
                start=unit.start,
                end=unit.end,
                quote=passage.text[unit.start - passage.start : unit.end - passage.start],
                method="figure",
                kind="figure",
                value=pairs[option].value,
                unit=kind,
            )


def _ranked(pairs: Mapping[str, Figure], *, lower: bool) -> Iterator[tuple[str, Stance]]:
    values = [figure.value for figure in pairs.values()]
    best = min(values) if lower else max(values)
    for option, figure in pairs.items():
        if min(values) == max(values):
            yield option, "even"
        else:
            yield option, "for" if figure.value == best else "against"


def _paired(unit: Unit, options: Sequence[Found[Mention]]) -> dict[str, Figure]:
    """Return the figure of each option: the next one behind it, or in "38 MB for X" before it."""
    text, found = unit.text, figures(unit.text, unit.words)
    if not found:
        return {}
    edges = [option.start for option in options]
    behind = [_first(found, a, b) for a, b in zip(edges, [*edges[1:], len(text)], strict=True)]
    before = [_first(found, a, b) for a, b in zip([0, *edges[:-1]], edges, strict=True)]
    for figures_ in (behind, before):
        pairs = {o.meaning.id: f for o, f in zip(options, figures_, strict=True) if f}
        units = {figure.unit for figure in pairs.values() if figure.unit}
        if len(pairs) == len(options) and len(units) == 1:
            return pairs
    return {}


def _first(found: Sequence[Figure], start: int, end: int) -> Figure | None:
    return next((figure for figure in found if start <= figure.start < end), None)
