"""Files of expected disagreements: two statements each, and where their words stand."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.errors import EvaluationError
from advisor.evaluation.outcomes import letters
from advisor.evaluation.questions import text_of
from kb.model import Article, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """The words of one side: `span` of the text of `article`."""

    article: str
    span: Span

    def overlaps(self, article: str, start: int, end: int) -> bool:
        return article == self.article and start < self.span.end and self.span.start < end


@dataclass(frozen=True, slots=True)
class Expected:
    """Two statements that contradict each other; `option` and `question` are "" when not told."""

    criterion: str
    option: str
    strength: str
    sides: tuple[Statement, Statement]
    question: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What of a file can be looked for, and how many of its entries stand in no article here."""

    expected: tuple[Expected, ...]
    absent: int


def load_expected(path: Path, articles: Iterable[Article]) -> Listed:
    """Return the expected disagreements of a file whose words stand in these articles.

    It is a JSON array or JSON Lines; see docs/question-file.md. Entries with `"certain": false`
    count for nothing.

    Raises:
        EvaluationError: the file cannot be read, or an entry is not a disagreement.
    """
    text = text_of(path, "file of expected disagreements")
    known = {article.id: article.text for article in articles}
    found, absent = [], 0
    for number, entry in enumerate(_entries(text, path), 1):
        try:
            if not entry.get("certain", True):
                continue
            each = _expected(entry, known)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise EvaluationError(
                f"{path}, entry {number}: not a disagreement ({type(error).__name__}: {error}).",
                remedy="See docs/question-file.md for the fields.",
            ) from None
        if each is None:
            absent += 1
        else:
            found.append(each)
    return Listed(tuple(found), absent)


def _entries(text: str, path: Path) -> Sequence[Any]:
    try:
        if text.lstrip().startswith("["):
            return list(json.loads(text))
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise EvaluationError(
            f"{path} holds no list of disagreements: {error}.",
            remedy="Write a JSON array, or one JSON object a line.",
        ) from None


def _expected(entry: Mapping[str, Any], texts: Mapping[str, str]) -> Expected | None:
    """Return an entry with the places of its words, None when an article does not hold them."""
    places = [_statement(side, texts) for side in _sides(entry)]
    if len(places) != 2:
        raise ValueError("it needs two sides")
    first, second = places
    if first is None or second is None:
        return None
    return Expected(
        criterion=str(entry["criterion"]),
        option=str(entry.get("option", "")),
        strength=str(entry["strength"]),
        sides=(first, second),
        question=str(entry.get("question", "")),
    )


def _sides(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the sides, also those that are written as `anchor_a` and `seed_a`."""
    if "sides" in entry:
        yield from entry["sides"]
        return
    for side in ("a", "b"):
        yield {"article": entry.get(f"seed_{side}", ""), "anchor": entry[f"anchor_{side}"]}


def _statement(side: Mapping[str, Any], texts: Mapping[str, str]) -> Statement | None:
    """Return where a side stands: at an anchor, or at characters of a line."""
    begins = str(side.get("article", ""))
    for id in sorted(texts, key=lambda id: (id != begins, id)):
        if id.startswith(begins):
            text = texts[id]
            span = _of_anchor(text, side["anchor"]) if "anchor" in side else _of_line(text, side)
            if span is not None:
                return Statement(id, span)
    return None


def _of_anchor(text: str, anchor: str) -> Span | None:
    """Return where a text shows an anchor first, comparing letters and digits only."""
    wanted = letters(anchor)
    if not wanted:
        raise ValueError("an anchor has no letters")
    spread = [(letter, at) for at, each in enumerate(text) for letter in letters(each)]
    start = "".join(letter for letter, _ in spread).find(wanted)
    if start < 0:
        return None
    return Span(spread[start][1], spread[start + len(wanted) - 1][1] + 1)


def _of_line(text: str, side: Mapping[str, Any]) -> Span | None:
    """Return the characters of a line, counted from 0; lines are counted from 1."""
    lines = text.split("\n")
    number, first, last = int(side["line"]), int(side["start"]), int(side["end"])
    if not 1 <= number <= len(lines) or not first < last <= len(lines[number - 1]):
        return None
    start = sum(len(line) + 1 for line in lines[: number - 1])
    return Span(start + first, start + last)
