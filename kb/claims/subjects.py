"""Whom a clause is about: the option it names, the running one, or the one it compares."""

from dataclasses import dataclass

from kb.claims.comparing import Comparison, compare
from kb.claims.context import Mentions, mentions
from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.phrases import Found
from kb.topic import Topic


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a unit is about: one option, or several alike; `other` is what it is compared with."""

    options: tuple[str, ...]
    other: str = ""


def subject_of(clause: Unit, named: Mentions, running: str, topic: Topic) -> Subject:
    """Return whom a clause is about: whom it names, or, when it names none, the running subject.

    After "than" or "compared to" comes the one that is compared with.
    """
    others = _compared_with(clause, topic)
    options = tuple(option for option in named.options if option != others)
    if options:
        return Subject(options, others)
    if any(word.text == "both" for word in clause.words[:4]):
        return Subject(topic.option_ids, others)
    return Subject((running,) if running and running != others else (), others)


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
