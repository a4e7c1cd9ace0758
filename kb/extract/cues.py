"""Cues: the words of lexicon/reading.toml, loaded once and compiled for matching."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent.parent / "lexicon" / "reading.toml"
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "‐": "-"})


@dataclass(frozen=True, slots=True)
class HeadingCues:
    """What headings look like; `verbs` are what they do not hold."""

    sections: re.Pattern[str]
    issues: re.Pattern[str]
    summaries: re.Pattern[str]
    questions: re.Pattern[str]
    nouns: re.Pattern[str]
    openers: re.Pattern[str]
    asking: re.Pattern[str]
    defining: re.Pattern[str]
    callouts: frozenset[str]
    small: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableCues:
    """Corner cells, opposite pairs of columns, their words, and words that announce a table."""

    corners: frozenset[str]
    polar: frozenset[tuple[str, str]]
    sides: re.Pattern[str]
    announced: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SideCues:
    """Whole lines above points for (`praise`) and points against (`blame`).

    `praise_of` and `blame_of` are those with what they are about behind them.
    """

    praise: re.Pattern[str]
    blame: re.Pattern[str]
    praise_of: re.Pattern[str]
    blame_of: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Patterns with the reason that each gives; `any` is found wherever one of them is."""

    each: tuple[tuple[re.Pattern[str], str], ...]
    any: re.Pattern[str]

    def given(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Yield what is found in `text`, with the reason that it gives; mostly that is nothing."""
        if not self.any.search(text):
            return
        for pattern, why in self.each:
            if match := pattern.search(text):
                yield match, why


@dataclass(frozen=True, slots=True)
class FurnitureCues:
    """Patterns of what is not part of an article; pairs go with the reason they give."""

    months: tuple[str, ...]
    dated: re.Pattern[str]
    authored: re.Pattern[str]
    roles: re.Pattern[str]
    lines: Reasons
    starts: tuple[tuple[re.Pattern[str], str], ...]
    openings: tuple[tuple[re.Pattern[str], str], ...]
    telling: Reasons
    menu: frozenset[str]
    offers: re.Pattern[str]
    calls: re.Pattern[str]
    urges: re.Pattern[str]
    boxes: re.Pattern[str]
    never_resumes: re.Pattern[str]
    may_resume: re.Pattern[str]
    goodbye: re.Pattern[str]
    sales_headings: re.Pattern[str]
    sales: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """All of the reading lexicon; `commands` are first words of command lines."""

    headings: HeadingCues
    sides: SideCues
    tables: TableCues
    commands: frozenset[str]
    furniture: FurnitureCues


@cache
def cues() -> Cues:
    """Return the reading lexicon; the file is read once."""
    with _FILE.open("rb") as file:
        lists: dict[str, Any] = tomllib.load(file)
    return Cues(
        headings=_headings(lists["headings"]),
        sides=SideCues(
            praise=_side(lists["sides"]["praise"], lists["sides"]["likes"]),
            blame=_side(lists["sides"]["blame"], lists["sides"]["dislikes"]),
            praise_of=_at_start(f"{word} of" for word in lists["sides"]["praise"]),
            blame_of=_at_start(f"{word} of" for word in lists["sides"]["blame"]),
        ),
        tables=TableCues(
            corners=frozenset(lists["tables"]["corners"]),
            polar=frozenset((first, second) for first, second in lists["tables"]["polar"]),
            sides=anywhere(
                word for pair in lists["tables"]["polar"] for word in pair if len(word) > 3
            ),
            announced=anywhere(lists["tables"]["announced"]),
        ),
        commands=frozenset(lists["code"]["commands"]),
        furniture=_furniture(lists["furniture"]),
    )


def folded(text: str) -> str:
    """Return `text` as phrases are compared: lower case, straight quotes, single spaces."""
    if not text.isascii():
        text = text.translate(_STRAIGHT)
    return " ".join(text.casefold().split())


def anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of `phrases` as whole words; "#" stands for a number."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(phrases)})(?!\w)")


def _at_start(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{_alternatives(phrases)})(?!\w)")


def _whole(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{_alternatives(phrases)}) ?[:.!…]?$")


def _side(words: Iterable[str], openers: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a line that is one of `words`, or has a name behind an opener."""
    named = rf"(?:{_alternatives(openers)}) \S.*"
    return re.compile(rf"^(?:(?:the )?(?:{_alternatives(words)})|{named}) ?[:?]?$")


def _alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern for any of `phrases`, a longer one before those that it begins with.

    Those with the same first letter are tried together, and most not at all.
    """
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_letter.setdefault(phrase[:1] if phrase[:1].isalpha() else "", []).append(phrase)
    return "|".join(
        _escaped(letter) + f"(?:{'|'.join(_escaped(each[len(letter) :]) for each in group)})"
        for letter, group in by_letter.items()
    )


def _escaped(phrase: str) -> str:
    return re.escape(phrase).replace(r"\#", r"\d[\d.,]{0,9}k?")


def _headings(lists: dict[str, list[str]]) -> HeadingCues:
    return HeadingCues(
        sections=_at_start(lists["sections"]),
        issues=_at_start(lists["issues"]),
        summaries=anywhere(lists["summaries"]),
        questions=anywhere(lists["questions"]),
        nouns=re.compile(rf"(?<!\w)(?:{_alternatives(lists['nouns'])}) ?[:.…]*$"),
        openers=_at_start([*lists["openers"], *(f"{noun} of" for noun in lists["nouns"])]),
        asking=_at_start(lists["asking"]),
        defining=_at_start(lists["defining"]),
        callouts=frozenset(lists["callouts"]),
        small=frozenset(lists["small"]),
        verbs=frozenset(lists["verbs"]),
    )


def _any_of(*lists: list[dict[str, Any]]) -> re.Pattern[str]:
    return anywhere(phrase for entry in chain(*lists) for phrase in entry["phrases"])


def _furniture(lists: dict[str, Any]) -> FurnitureCues:
    lines = [
        *((_whole(entry["phrases"]), entry["reason"]) for entry in lists["whole"]),
        *((anywhere(entry["phrases"]), entry["reason"]) for entry in lists["lines"]),
    ]
    telling = [(anywhere(each["phrases"]), each["reason"]) for each in lists["telling"]]
    starts, openings = (
        tuple((_at_start(entry["phrases"]), entry["reason"]) for entry in lists[name])
        for name in ("starts", "openings")
    )
    advert = lists["adverts"]
    return FurnitureCues(
        months=tuple(lists["months"]),
        dated=_at_start(lists["dated"]),
        authored=_at_start(lists["authored"]),
        roles=anywhere(lists["roles"]),
        lines=Reasons(tuple(lines), _any_of(lists["whole"], lists["lines"])),
        starts=starts,
        openings=openings,
        telling=Reasons(tuple(telling), _any_of(lists["telling"])),
        menu=frozenset(lists["menu"]["words"]),
        offers=anywhere(advert["offers"]),
        calls=_at_start(advert["calls"]),
        urges=anywhere(advert["urges"]),
        boxes=_whole(lists["boxes"]["phrases"]),
        never_resumes=_at_start(lists["ends"]["never_resumes"]),
        may_resume=_at_start(lists["ends"]["may_resume"]),
        goodbye=anywhere(lists["goodbye"]["phrases"]),
        sales_headings=anywhere(lists["sales"]["headings"]),
        sales=anywhere(lists["sales"]["phrases"]),
    )
