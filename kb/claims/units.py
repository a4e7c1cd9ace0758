"""A passage cut into the smallest stretches that can state something: items, sentences, clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.claims.lexicon import lexicon
from kb.model import Passage
from kb.phrases import Found
from kb.words import Word, atoms

_BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u2023\u25e6\u2013\u2014+]|\d{1,3}[.)])[ \t]+")
_STOP = re.compile(r"[.!?;]+[\"'\u201d\u2019)\]]*[ \t]+(?=[A-Z\"'\u201c(0-9a-z])")
# A line end inside a sentence: before it no closing mark, after it a small letter.
_WRAP = re.compile(r"(?<=[^\s.!?:;])\n(?=[a-z(])")
_PROSE = 8  # words of a first line from which it is prose and no code
_SHORT_FORMS = ("e.g.", "i.e.", "etc.", "vs.", "approx.", "no.", "inc.", "ltd.")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a passage; offsets are into the article's text, `words` its atoms."""

    kind: Literal["item", "sentence", "lead"]
    start: int
    end: int
    text: str
    words: tuple[Word, ...]


def units(passage: Passage) -> Iterator[Unit]:
    """Yield the items and sentences of a prose or list passage in order.

    A line that ends with a colon leads in what follows and comes as a unit of kind "lead"; of a
    code passage only such a line is read.
    """
    offset = passage.start
    for line in _lines(passage):
        bullet = _BULLET.match(line)
        begin = bullet.end() if bullet else 0
        text = line[begin:].strip()
        if text.endswith(":") and not bullet:
            yield from _lead(text, offset + line.index(text, begin))
        elif text:
            is_item = passage.kind == "list" and (bullet is not None or _is_short(text))
            start = offset + line.index(text, begin)
            if is_item:
                yield _unit("item", text, start)
            else:
                yield from _sentences(text, start)
        offset += len(line) + 1


def _lines(passage: Passage) -> list[str]:
    """Return the lines of a list, the paragraphs of prose, and what leads in code.

    A sentence that was broken into lines of equal length stays one sentence.
    """
    if passage.kind == "code":
        return [line for line in passage.text.split("\n")[:1] if len(line.split()) > _PROSE]
    return (
        passage.text.split("\n")
        if passage.kind == "list"
        else _WRAP.sub(" ", passage.text).split("\n")
    )


def _lead(text: str, start: int) -> Iterator[Unit]:
    """Yield the sentences of a lead-in, the last one of which leads in."""
    *sentences, last = _sentences(text, start)
    yield from sentences
    yield _unit("lead", last.text, last.start)


def _is_short(text: str) -> bool:
    return len(text) <= 160 and not _STOP.search(text)


def _sentences(text: str, start: int) -> Iterator[Unit]:
    begin = 0
    for stop in _STOP.finditer(text):
        if text[: stop.end()].rstrip().lower().endswith(_SHORT_FORMS):
            continue
        yield _unit("sentence", text[begin : stop.end()].rstrip(), start + begin)
        begin = stop.end()
    if begin < len(text):
        yield _unit("sentence", text[begin:], start + begin)


def clauses(unit: Unit, subjects: Sequence[int] = ()) -> Iterator[Unit]:
    """Yield the parts of a sentence that are set against each other.

    Cut is before a contrast ("but", "whereas"), and before each of `subjects` (numbers of words
    that name an option) that follows a comma: "X has one, and Y comes with two".
    """
    cuts = {
        unit.words[found.first].start
        for found in lexicon().contrasts.find(unit.words)
        if found.first > 0 and not _is_thrown_in(unit, found)
    }
    concession = unit.text.find(", ") if _concedes(unit) else -1
    if concession > 0:
        cuts.add(concession + 1)
    # Only behind another subject: in "Being simple, X suits …" the comma parts nothing.
    cuts |= {unit.words[place].start for place in subjects[1:] if _opens_clause(unit, place)}
    if not cuts:
        yield unit
        return
    edges = [0, *sorted(cuts), len(unit.text)]
    for begin, end in zip(edges, edges[1:], strict=False):
        text = unit.text[begin:end].strip(" ,;")
        if text:
            place = unit.text.index(text, begin)
            yield _unit(unit.kind, text, unit.start + place)


def _concedes(unit: Unit) -> bool:
    """True for a sentence that begins with what it grants: "While it is possible, …"."""
    return lexicon().contrasts.begins(unit.words)


def _is_thrown_in(unit: Unit, found: Found[str]) -> bool:
    """True for a contrast between commas: "for a demo, however, X is fine"."""
    before, behind = unit.text[: found.start].rstrip(), unit.text[found.end :].lstrip()
    return before.endswith(",") and behind.startswith(",")


def _opens_clause(unit: Unit, place: int) -> bool:
    """True for a word behind ", " or ", and ", with some words before and after it."""
    before = unit.text[: unit.words[place].start].rstrip().lower()
    opens = before.endswith(",") or before.endswith((", and", ", with"))
    return opens and place > 3 and len(unit.words) - place > 3


def _unit(kind: Literal["item", "sentence", "lead"], text: str, start: int) -> Unit:
    return Unit(kind, start, start + len(text), text, tuple(atoms(text)))
