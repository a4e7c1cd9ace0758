"""Items of lists to statements: the heading, or a mark before the item, tells what it is."""

from kb.claims.context import Context, mentions
from kb.claims.cues import cues
from kb.claims.lexicon import polarity
from kb.claims.naming import criteria_of
from kb.claims.stating import Statement
from kb.claims.subjects import Subject, subject_of
from kb.claims.units import Unit
from kb.model import Passage
from kb.topic import Topic

_NOTHING = frozenset(("none", "na", "n", "a", "nothing", "no", "so", "far"))


def listed(passage: Passage, unit: Unit, around: Context, topic: Topic) -> Statement | None:
    """Return what an item says of the option of its heading, None when that says nothing.

    It stands under "Pros", "Cons" or "When to choose X", or behind a tick or a cross.
    """
    tick = 0 if around.uses else unit.tick or _merit(unit)
    if all(word.text in _NOTHING for word in unit.words):
        return None
    said = _listed(passage, unit, around, topic)
    if tick:
        said = said._replace(weight=float(tick), method="list")
    return None if _is_denied(said) else said


def is_listed(unit: Unit, around: Context) -> bool:
    """Tell whether the heading over an item, or a mark before it, tells what it is."""
    ticked = not around.uses and bool(unit.tick or _merit(unit))
    return around.option != "" and (ticked or (unit.kind == "item" and around.polarity != 0))


def _merit(unit: Unit) -> int:
    """Return 1 for "Good, because …", -1 for "Bad, because …", as decision records have it."""
    first = unit.words[0].text if unit.words else ""
    behind = unit.text[unit.words[0].end :].lstrip() if unit.words else ""
    if not behind.startswith((":", ", because", ", as", ", since")):
        return 0
    return (first in cues().merits) - (first in cues().faults)


def _is_denied(listed: Statement) -> bool:
    """True for what stands in a list of faults and praises: "backups are simple"."""
    words = listed.unit.words
    own = polarity(words)
    predicates = any(word.text in cues().predicates for word in words)
    opposed = own * listed.around.polarity < 0 and not listed.around.mild
    return opposed and predicates and listed.method == "list"


def _listed(passage: Passage, unit: Unit, around: Context, topic: Topic) -> Statement:
    """An item under "Pros", "Cons", "When to choose X": the heading gives option and stance."""
    spoken_of = tuple(
        dict.fromkeys(f.meaning.id for f in criteria_of(unit.words, topic, unit.text))
    )
    named = mentions(unit.words, topic)._replace(criteria=spoken_of)
    subject = Subject((around.option,))
    compared_with = subject_of(unit, named, around.option, topic, given=True).others
    if around.option not in compared_with:
        subject = Subject((around.option,), compared_with)
    weight = float(around.polarity)
    if around.mild and polarity(unit.words) < 0:
        weight = -1.0
    method = "use" if around.uses else "list"
    return Statement(passage, unit, named, subject, around, weight, method)
