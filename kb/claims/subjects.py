"""Whom a clause is about: the option it names, the running one, or the one it compares."""

from dataclasses import dataclass

from kb.claims.comparing import Comparison, compare
from kb.claims.context import Mentions, mentions
from kb.claims.cues import cues
from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.phrases import Found
from kb.topic import Topic

_PART = 3  # first words that name a part of what was spoken of: "the admin …"
_SUBJECT = 5  # first words of a clause among which its subject stands


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a unit is about: one option, or several alike; `other` is what it is compared with."""

    options: tuple[str, ...]
    other: str = ""


def subject_of(
    clause: Unit,
    named: Mentions,
    running: str,
    topic: Topic,
    *,
    pair: tuple[str, ...] = (),
    given: bool = False,
) -> Subject:
    """Return whom a clause is about: whom it names, or, when it names none, the running subject.

    That is meant when a word such as "it" points back, or when it is `given`, by a heading. After
    "than" or "compared to" comes the one that is compared with. `pair` are the two that "the
    former" and "the latter" point back to, in order.
    """
    others = _compared_with(clause, topic)
    options = tuple(option for option in named.options if option != others)
    if options:
        return Subject(options, others)
    if len(pair) == 2 and cues().former.begins(clause.words, 4):
        return Subject((pair[0],))
    if len(pair) == 2 and cues().latter.begins(clause.words, 4):
        return Subject((pair[1],))
    if cues().everyone.begins(clause.words, 3):
        return Subject(pair if len(pair) == 2 else topic.option_ids, others)
    if running and cues().other.begins(clause.words, 4):
        rivals = [id for id in (pair or topic.option_ids) if id != running]
        return Subject((rivals[0],) if len(rivals) == 1 else ())
    if not running or running == others or not (given or _points_back(clause, topic)):
        return Subject((), others)
    return Subject((running,), others)


def _points_back(clause: Unit, topic: Topic) -> bool:
    """Tell whether the first words speak on of the same thing: "it", or a part of it."""
    if any(word.text in cues().pronouns for word in clause.words[:_SUBJECT]):
        return True
    definite = bool(clause.words) and clause.words[0].text == "the"
    return definite and bool(mentions(clause.words[:_PART], topic).criteria)


def _compared_with(clause: Unit, topic: Topic) -> str:
    for found in lexicon().comparisons.find(clause.words):
        after = mentions(clause.words[found.last : found.last + 4], topic).options
        if after:
            return after[0]
    return ""


def compared(clause: Unit, topic: Topic) -> Comparison | None:
    """Return which of two options a clause calls the better one."""
    things = [
        Found(found.meaning.id, found.first, found.last, found.start, found.end)
        for found in topic.statement_phrases.find(clause.words)
        if found.meaning.kind == "option"
    ]
    return compare(clause.text, clause.words, things)


def option_places(unit: Unit, topic: Topic) -> list[int]:
    return [
        found.first
        for found in topic.statement_phrases.find(unit.words)
        if found.meaning.kind == "option"
    ]
