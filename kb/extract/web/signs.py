"""Signs: what an element of a web page is by its tag, role and class, after lexicon/pages.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kb.extract.cues import anywhere

LABEL = 300  # characters of a class, id or label that are read

_FILE = Path(__file__).parents[2] / "lexicon" / "pages.toml"
_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9\s]+")
_UNTOUCHED = frozenset((
    "html", "body", "main", "h1", "td", "th", "tr", "tbody", "thead", "tfoot", "caption",
    "pre", "code", "figcaption", "summary",
))  # fmt: skip
_ARTICLES = ("comments", "related posts")  # what an <article> can be beside the article
_UNSEEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sign:
    """What an element is called; with more than `most` words it is not what its name says.

    `named` tells a sign of class, id or label from one of tag or role.
    """

    reason: str
    most: int = 0
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    sign: Sign
    parts: re.Pattern[str]
    whole: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    tags: Mapping[str, Sign]
    roles: Mapping[str, Sign]
    names: tuple[_Names, ...]
    sections: tuple[tuple[re.Pattern[str], str], ...]
    headings: re.Pattern[str]
    callouts: re.Pattern[str]
    labels: re.Pattern[str]
    unseen: re.Pattern[str]
    states: tuple[str, ...]


def sign(tag: str, attributes: Mapping[str, str]) -> Sign | None:
    """Return what an element is beside the article, or None when nothing says so."""
    words = names(attributes)
    role = attributes.get("role", "").strip().lower()
    of_name = _by_name(words) if words and tag not in _UNTOUCHED else None
    if of_name is not None and (tag != "article" or of_name.reason in _ARTICLES):
        return of_name
    if tag == "aside" and (role == "note" or _lexicon().callouts.search(words)):
        return None
    return _lexicon().roles.get(role) or _lexicon().tags.get(tag)


def names(attributes: Mapping[str, str]) -> str:
    """Return class, id and label in lower-case words; a comma parts one name from the next."""
    label = attributes.get("aria-label", "")[:LABEL].replace(" ", "-")
    written = f"{attributes.get('class', '')[:LABEL]} {attributes.get('id', '')[:LABEL]} {label}"
    return _words(written) if not written.isspace() else ""


def is_heading_name(words: str) -> bool:
    """Tell whether one of the names in `words` ends as that of a heading does."""
    return bool(_lexicon().headings.search(words))


def section(heading: str) -> str:
    """Return what the section under a heading, folded as cues are, is beside the article, or ""."""
    found = (why for pattern, why in _lexicon().sections if pattern.search(heading))
    return next(found, "")


def is_callout_name(words: str) -> bool:
    """Tell whether one of the names in `words` is that of a note or a part of it."""
    return bool(_lexicon().labels.search(words))


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is there and not shown, as long as nothing opens it."""
    return "hidden" in attributes or bool(_UNSEEN.search(attributes.get("style", "")[:LABEL]))


def is_read_aloud_only(words: str) -> bool:
    """Tell whether an element is for screen readers."""
    return bool(_lexicon().unseen.search(words))


@lru_cache(maxsize=4096)
def _words(written: str) -> str:
    tokens = (" ".join(_PARTS.sub(" ", token).lower().split()) for token in written.split())
    states = _lexicon().states
    return ", ".join(
        token for token in tokens if token and not (" " in token and token.startswith(states))
    )


@lru_cache(maxsize=4096)
def _by_name(words: str) -> Sign | None:
    tokens = frozenset(words.split(", "))
    for entry in _lexicon().names:
        if not entry.whole.isdisjoint(tokens) or entry.parts.search(words):
            return entry.sign
    return None


@cache
def _lexicon() -> _Lexicon:
    with _FILE.open("rb") as file:
        lists: dict[str, Any] = tomllib.load(file)
    ends = "|".join(map(re.escape, lists["headings"]["names"]))
    return _Lexicon(
        tags={tag: Sign(reason) for tag, reason in lists["tags"].items()},
        roles={role: Sign(reason) for role, reason in lists["roles"].items()},
        names=tuple(map(_names, lists["names"])),
        sections=tuple(map(_section, lists["sections"])),
        headings=re.compile(rf"(?<!\w)(?:{ends})(?=,|$)"),
        callouts=anywhere(lists["callouts"]["names"]),
        labels=anywhere(lists["callouts"]["labels"]),
        unseen=anywhere(lists["unseen"]["names"]),
        states=tuple(f"{word} " for word in lists["unseen"]["states"]),
    )


def _names(entry: Mapping[str, Any]) -> _Names:
    named = Sign(entry["reason"], entry["most"], named=True)
    return _Names(named, anywhere(entry["parts"]), frozenset(entry["whole"]))


def _section(entry: Mapping[str, Any]) -> tuple[re.Pattern[str], str]:
    starts = "|".join(rf"^{re.escape(phrase)}(?!\w)" for phrase in entry["starts"])
    whole = "|".join(rf"^{re.escape(phrase)} ?:?$" for phrase in entry["whole"])
    return re.compile("|".join(filter(None, (starts, whole)))), entry["reason"]
