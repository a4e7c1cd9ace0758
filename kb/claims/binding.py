"""Which of a clause's criteria its praise and blame is about, and how good it calls each."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.claims.cues import cues
from kb.claims.marks import marks_of
from kb.claims.naming import criteria_of
from kb.claims.units import Unit
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

_STOPS = re.compile(r"[,;:()\u2013\u2014]|\s-\s")
_FAR = 14  # words between a criterion and praise that is still taken for its own
_OWNS = frozenset(("has", "have", "had"))
_NONE = frozenset(("no", "none", "nothing", "neither"))
_DENIES = frozenset(("not", "doesnt", "dont", "didnt", "never"))
_LABEL = 40  # characters before a colon that label what follows


class Praise(NamedTuple):
    """How good a clause calls some criteria: above 0 praise, below 0 blame, 0 neither.

    They are `needed` when all of them stand in conditions: "if you have X".
    """

    criteria: tuple[str, ...]
    weight: float
    needed: bool = False


class _Part(NamedTuple):
    """A part of a clause, as numbers of its words.

    A `condition` starts with "if" or its like, a `label` ends on a colon at the clause's start.
    """

    start: int
    end: int
    condition: bool
    label: bool

    def within(self, marks: Sequence[Found[float]]) -> list[Found[float]]:
        return [mark for mark in marks if self.start <= mark.first < self.end]


def praises(clause: Unit, words: Sequence[Word], topic: Topic) -> Iterator[Praise]:
    """Yield the criteria that `words` of a clause name, those that it calls equally good together.

    What stands behind "instead of", "need for" and their like is left out. A criterion is judged
    by its own part of the sentence, between commas and words such as "because"; when that says
    nothing, by the whole clause, if what praises is not too far away. A condition ("if you need
    X") praises nothing: what stands in it is judged by the rest.
    """
    marks, named = marks_of(words, topic), criteria_of(words, topic, clause.text)
    parts = _parts(clause, words) if marks or named else []
    total = sum(m.meaning for part in parts if not part.condition for m in part.within(marks))
    total = total or mildly(words, topic)
    signs: dict[int, list[str]] = {}
    weights: dict[int, float] = {}
    stated: set[int] = set()
    for found in named:
        part = next(part for part in parts if part.start <= found.first < part.end)
        weight = _weight(part, words, found, marks, total)
        sign = (weight > 0) - (weight < 0)
        weights.setdefault(sign, weight)
        if not part.condition:
            stated.add(sign)
        if found.meaning.id not in signs.setdefault(sign, []):
            signs[sign].append(found.meaning.id)
    for sign, criteria in signs.items():
        yield Praise(tuple(criteria), weights[sign], needed=sign not in stated)
    if not signs:
        yield Praise((), total)


def mildly(words: Sequence[Word], topic: Topic) -> float:
    """Return 0.5 for "X has", "it also has", -1.0 for "it has no", 0.0 when nothing is owned."""
    owners = {f.last for f in topic.statement_phrases.find(words) if f.meaning.kind == "option"}
    owners |= {at + 1 for at, word in enumerate(words) if word.text in cues().pronouns}
    for at, word in enumerate(words[:-1]):
        if word.text in _OWNS and owners & {at, at - 1}:
            return -1.0 if words[at + 1].text in _NONE else 0.5
        if word.text == "have" and words[at - 1].text in _DENIES and owners & {at - 1, at - 2}:
            return -1.0
    return 0.0


def _weight(
    part: _Part,
    words: Sequence[Word],
    found: Found[Mention],
    marks: Sequence[Found[float]],
    total: float,
) -> float:
    if part.condition:
        return total
    if found.first and words[found.first - 1].text == "no":
        behind = [m for m in marks if 0 <= m.first - found.last <= 1]
        if behind:
            return behind[0].meaning  # "no search problems"
        return 1.0 if found.first > 1 and words[found.first - 2].text in cues().demands else -1.0
    own = sum(mark.meaning for mark in part.within(marks))
    if part.label and total:
        return total
    if own:
        return own
    near = any(m.first - found.last <= _FAR and found.first - m.last <= _FAR for m in marks)
    return total if near or not marks else 0.0


def _parts(clause: Unit, words: Sequence[Word]) -> list[_Part]:
    """Return the parts that commas and words such as "because" make of a clause."""
    cuts = {f.first for f in cues().partings.find(words)}
    for at, (before, word) in enumerate(pairwise(words), start=1):
        if word.start - before.end > 1 and _STOPS.search(clause.text, before.end, word.start):
            cuts.add(at)
    edges = [0, *sorted(cuts - {0}), len(words)]
    label = _label_end(clause, words)
    return [
        _Part(start, end, cues().conditional.begins(words[start:end], 2), end <= label)
        for start, end in pairwise(edges)
        if end > start
    ]


def _label_end(clause: Unit, words: Sequence[Word]) -> int:
    """Return how many words stand in the label that a clause starts with."""
    colon = clause.text.find(":", 0, _LABEL)
    return sum(word.end <= colon for word in words) if colon > 0 else 0
