"""Whom a clause is about: the option it names, the running one, or the one it compares."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from kb.claims.comparing import Comparison, compare
from kb.claims.context import Mentions, mentions, places
from kb.claims.cues import cues
from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.phrases import Found
from kb.topic import Topic

_PART = 3  # first words that name a part of what was spoken of: "the admin …"
_NOBODY = frozenset(("none", "nothing", "nobody", "neither"))
_NEAR = 4  # words behind "than" among which what is compared with begins
_BEHIND = 9  # words behind "than" among which several are named: "than X, Y and Z"
_APART = 7  # words between the two of "as many features as"
_SUBJECT = 5  # first words of a clause among which its subject stands


class Subject(NamedTuple):
    """Whom a unit is about: one option, or several alike; `others` are what it is compared with."""

    options: tuple[str, ...]
    others: tuple[str, ...] = ()


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
    options = tuple(option for option in named.options if option not in others)
    if options:
        return Subject(options, others)
    if len(pair) == 2 and cues().former.begins(clause.words, 4):
        return Subject((pair[0],))
    if len(pair) == 2 and cues().latter.begins(clause.words, 4):
        return Subject((pair[1],))
    if _means_all(clause, topic):
        return Subject(pair if len(pair) == 2 else topic.option_ids, others)
    if running and cues().other.begins(clause.words, 4):
        rivals = [id for id in (pair or topic.option_ids) if id != running]
        return Subject((rivals[0],) if len(rivals) == 1 else ())
    meant = given or _points_back(clause, topic, compared=bool(others))
    if not running or running in others or not meant:
        return Subject((), others)
    return Subject((running,), others)


def _means_all(clause: Unit, topic: Topic) -> bool:
    """Tell whether a clause begins with "both" or speaks of "both frameworks".

    Of "both the API and the admin" it does not: that joins two other things.
    """
    everyone = cues().everyone.find(clause.words)
    if not everyone:
        return False
    named = {f.first: f.meaning.kind for f in topic.statement_phrases.find(clause.words)}
    for found in everyone:
        joins = clause.words[found.first].text == "both" and _joins_things(clause, found, named)
        if named.get(found.last) == "subject" or (found.first < _PART and not joins):
            return True
    return False


def _joins_things(clause: Unit, both: Found[str], named: Mapping[int, str]) -> bool:
    if any(word.text in ("the", "a", "an") for word in clause.words[both.last : both.last + 1]):
        return named.get(both.last + 1) != "subject"
    owned = any(w.text in cues().predicates for w in clause.words[both.last + 1 : both.last + 2])
    return not owned and named.get(both.last) in ("criterion", "condition")  # "both docs are"


def _points_back(clause: Unit, topic: Topic, *, compared: bool) -> bool:
    """Tell whether the first words speak on of the same thing: "it", or a part of it.

    When something is `compared` with another option, any word does: "compared to X, less code is
    written with it".
    """
    if any(word.text in cues().pronouns for word in clause.words[: None if compared else _SUBJECT]):
        return True
    definite = bool(clause.words) and clause.words[0].text == "the"
    return definite and bool(mentions(clause.words[:_PART], topic).criteria)


def _compared_with(clause: Unit, topic: Topic) -> tuple[str, ...]:
    alike = as_good_as(clause, topic)
    if alike:
        return (alike,)
    for found in lexicon().comparisons.find(clause.words):
        after = places(clause.words[found.last : found.last + _BEHIND], topic)
        named = [f for f in after if f.meaning.kind == "option"]
        if named and named[0].first < _NEAR:
            joined = [f for a, f in pairwise(named) if f.first - a.last <= 1]
            return tuple(dict.fromkeys(f.meaning.id for f in [named[0], *joined]))
    return ()


def as_good_as(clause: Unit, topic: Topic) -> str:
    """Return Y of "as fast as Y", "not as many features as Y", or ""."""
    words = clause.words
    for found in topic.statement_phrases.find(words):
        at = found.first - 1
        if found.meaning.kind != "option" or at < 2 or words[at].text != "as":
            continue
        before = {word.text for word in words[max(0, at - _APART) : at - 1]}
        if before & _NOBODY:
            return ""  # "none are as popular as X and Y" praises them
        if before & {"as", "so"} and words[at - 1].text not in cues().no_likeness:
            return found.meaning.id
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
