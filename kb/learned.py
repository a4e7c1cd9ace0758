"""What a server learns: questions it could not answer well, and what people said of answers.

It stands in a second file beside the knowledge base, NAME.learned.db. Nothing in it is needed for
an answer, and nothing in it tells who asked: no address, no account, no time of day.
"""

import os
import re
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from kb.extract.clean import clean

Kind = Literal["unanswered", "low", "disliked", "liked"]
Pairs = tuple[tuple[str, str], ...]

MOST_REASON = 500  # characters
_MOST_QUESTION = 2_000
_MOST_HEADLINE = 300
_MOST_MISSING = 12
_ENDING = ".learned.db"
# Whom a question is from is nothing to be kept: mail addresses, telephone and card numbers.
_MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}")
_NUMBER = re.compile(r"(?<![\w.])\+?\d[\d ()/-]{5,30}\d(?!\w)")
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was asked: with those before it, oldest first, and what was set by hand."""

    question: str
    history: tuple[str, ...] = ()
    topic: str = ""
    given: Pairs = ()
    without: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One question that is worth a maintainer's look.

    "unanswered": no article covers it; `missing` are the words it turns on. "low": it was answered
    with low confidence. "disliked" and "liked": somebody said so, of the answer that `headline`
    begins, with a `reason` or without.
    """

    kind: Kind
    asking: Asking
    missing: tuple[str, ...] = ()
    headline: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """An event as it is kept: how often it happened, and the first and the last day (ISO, UTC).

    `closed` is the day on which it was dealt with, "" while it is open; the same event happening
    again opens it.
    """

    id: int
    event: Event
    times: int
    first: str
    last: str
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept at most; the oldest goes first. `days` and `events` are at least 1."""

    days: int = 90
    events: int = 5_000
    kilobytes: int = 16_000


def learned_path(db: Path) -> Path:
    """Return where what is learned beside the knowledge base `db` is kept."""
    path = Path(os.path.realpath(db))
    return path.with_name(path.name.removesuffix(".db") + _ENDING)


def cleaned(event: Event) -> Event:
    """Return `event` with texts that can be kept: on one line, without what nobody sees, cut.

    Mail addresses become "[mail]", long numbers "[number]".
    """
    asking = event.asking
    return replace(
        event,
        asking=replace(
            asking,
            question=_text(asking.question, _MOST_QUESTION),
            history=tuple(_text(each, _MOST_QUESTION) for each in asking.history),
        ),
        missing=tuple(_text(each, 80) for each in event.missing[:_MOST_MISSING]),
        headline=_text(event.headline, _MOST_HEADLINE),
        reason=_text(event.reason, MOST_REASON),
    )


def key_of(event: Event) -> bytes:
    """Return what tells an event from others: of the same key they are one, counted."""
    asking = event.asking
    parts = (
        *(event.kind, event.reason, asking.question, asking.topic),
        *(repr(each) for each in (asking.history, asking.given, asking.without, asking.exact)),
    )
    return blake2b("\0".join(parts).encode(), digest_size=12).digest()


def _text(text: str, most: int) -> str:
    line = " ".join(clean(text[: 2 * most]).split())
    return _NUMBER.sub(_hidden, _MAIL.sub("[mail]", line))[:most]


def _hidden(found: re.Match[str]) -> str:
    digits = sum(letter.isdecimal() for letter in found.group())
    return "[number]" if digits >= _FEWEST_DIGITS else found.group()
