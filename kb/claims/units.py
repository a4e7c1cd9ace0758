"""A passage cut into the smallest stretches that can state something: items, sentences, clauses."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from kb.claims.cues import cues
from kb.claims.lexicon import lexicon, negations
from kb.model import Passage
from kb.phrases import Found
from kb.words import Word, atoms

_BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u2023\u25e6\u2013\u2014+]|\d{1,3}[.)])[ \t]+")
# What says yes or no before an item: a tick, a cross, a box.
_TICK = re.compile(
    r"(?P<yes>[\u2705\u2713\u2714\u2611]|\[[xX]\]|:white_check_mark:)"
    r"|(?P<no>[\u274c\u2717\u2718\u2716\u2715\u26d4]|\[ \]|:x:)"
)
_STOP = re.compile(
    r"(?!\.\.+[ \t]+[a-z])(?<!\.)[.!?;]+[\"'\u201d\u2019)\]]*[ \t]+(?=[A-Z\"'\u201c(0-9a-z])"
)
# A line end inside a sentence: before it no closing mark, after it a small letter.
_WRAP = re.compile(r"(?<=[^\s.!?:;])\n(?=[a-z(])")
# What stands before a question or its answer: "Q:", "A:".
_SPEAKER = re.compile(r"(?:q|a|question|answer)\d{0,3}\s?[:.)]\s+", re.IGNORECASE)
_PROSE = 8  # words of a first line from which it is prose and no code
_MAY_END = ("etc.", "inc.", "ltd.")  # short forms behind which a sentence may begin
_SHORT_FORMS = ("e.g.", "i.e.", "etc.", "vs.", "approx.", "no.", "inc.", "ltd.")


class Unit(NamedTuple):
    """A stretch of a passage; offsets are into the article's text, `words` its atoms.

    `tick` is 1 for an item with a tick before it, -1 for one with a cross, else 0.
    """

    kind: Literal["item", "sentence", "lead"]
    start: int
    end: int
    text: str
    words: tuple[Word, ...]
    tick: int = 0


def units(passage: Passage) -> Iterator[Unit]:
    """Yield the items and sentences of a prose or list passage in order.

    A line that ends with a colon leads in what follows and comes as a unit of kind "lead". Of a
    code passage only the line before the code is read: it says what the code shows. Of an item of
    several sentences the first is the item. The row of a table is one item.
    """
    if passage.kind == "table":
        yield _unit("item", passage.text, passage.start)
        return
    offset = passage.start
    for line in _lines(passage):
        bullet = _BULLET.match(line)
        begin = bullet.end() if bullet else 0
        tick, begin = _tick(line, begin)
        speaker = _SPEAKER.match(line, begin) if passage.kind == "answer" else None
        begin = speaker.end() if speaker else begin
        text = line[begin:].strip()
        if text.endswith(":") and not bullet and passage.kind != "code":
            yield from _lead(text, offset + line.index(text, begin))
        elif text:
            start = offset + line.index(text, begin)
            if passage.kind == "list" and _is_short(text):
                item = _unit("item", text, start)
                yield item._replace(tick=tick) if tick else item
            elif passage.kind == "list" and bullet:
                yield from _long_item(text, start)
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


def _tick(line: str, begin: int) -> tuple[int, int]:
    """Return what a mark before an item says, and where the item starts behind it."""
    rest = line[begin:]
    found = _TICK.match(rest.lstrip())
    if not found:
        return 0, begin
    return 1 if found["yes"] else -1, begin + len(rest) - len(rest.lstrip()) + found.end()


def _long_item(text: str, start: int) -> Iterator[Unit]:
    first, *sentences = _sentences(text, start)
    yield _unit("item", first.text, first.start)
    yield from sentences


def _is_short(text: str) -> bool:
    return len(text) <= 160 and not _STOP.search(text)


def _sentences(text: str, start: int) -> Iterator[Unit]:
    begin = 0
    for stop in _STOP.finditer(text):
        before = text[: stop.end()].rstrip().lower()
        ends = before.endswith(_MAY_END) and text[stop.end() : stop.end() + 1].isupper()
        if before.endswith(_SHORT_FORMS) and not ends:
            continue
        yield _unit("sentence", text[begin : stop.end()].rstrip(), start + begin)
        begin = stop.end()
    if begin < len(text):
        yield _unit("sentence", text[begin:], start + begin)


def clauses(unit: Unit, subjects: Sequence[int] = ()) -> Iterator[Unit]:
    """Yield the parts of a sentence that are set against each other.

    Cut is before a contrast ("but", "whereas"), and before each of `subjects` (numbers of words
    that name an option) that follows a comma, or "and" if a verb follows it: "X has one, and Y
    comes with two", "X is small and Y is large".
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
    cuts |= {unit.words[place + 1].start for place in subjects if _is_told_of(unit, place)}
    if len(subjects) == 1 and _opens_clause(unit, subjects[0]) and echo(unit.words, subjects[0]):
        cuts.add(unit.words[subjects[0]].start)
    cuts |= {
        unit.words[place].start
        for before, place in pairwise(subjects)
        if _opens_clause(unit, place) or _is_joined(unit, before, place)
    }
    if not cuts:
        yield unit
        return
    edges = [0, *sorted(cuts), len(unit.text)]
    for begin, end in zip(edges, edges[1:], strict=False):
        text = unit.text[begin:end].strip(" ,;")
        if text:
            yield _part(unit, unit.text.index(text, begin), text)


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
    behind = unit.words[place + 1 :]
    return opens and place > 3 and (len(behind) > 2 or echo(unit.words, place) != 0)


def _is_told_of(unit: Unit, place: int) -> bool:
    """True for X in "…, like X, which has one"."""
    words = unit.words
    if place + 3 >= len(words) or words[place + 1].text != "which":
        return False
    return "," in unit.text[words[place].end : words[place + 1].start]


def _is_joined(unit: Unit, before: int, place: int) -> bool:
    """True for the second of "X is small and Y is large"."""
    words = unit.words
    return (
        place - before > 3
        and words[place - 1].text == "and"
        and place + 2 < len(words)
        and words[place + 1].text in cues().predicates
    )


def echo(words: Sequence[Word], place: int) -> int:
    """Return 1 or -1 when all that follows a word says it does, or does not, as well; else 0."""
    rest = words[place + 1 :]
    whole = [f for f in cues().echoes.find(rest) if f.last - f.first == len(rest)] if rest else []
    if not whole:
        return 0
    return -1 if negations(rest) else 1


def _part(unit: Unit, begin: int, text: str) -> Unit:
    end = begin + len(text)
    words = tuple(
        Word(word.text, word.stem, word.start - begin, word.end - begin, word.glued)
        for word in unit.words
        if begin <= word.start and word.end <= end
    )
    return Unit(unit.kind, unit.start + begin, unit.start + end, text, words)


def _unit(kind: Literal["item", "sentence", "lead"], text: str, start: int) -> Unit:
    return Unit(kind, start, start + len(text), text, tuple(atoms(text)))
