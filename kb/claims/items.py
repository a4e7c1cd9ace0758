"""Items of lists to statements: the heading, or a mark before the item, tells what it is."""

from collections.abc import Sequence

from kb.claims.binding import mildly
from kb.claims.context import Context, mentions
from kb.claims.cues import cues
from kb.claims.lexicon import lexicon, polarity
from kb.claims.naming import criteria_of
from kb.claims.stating import Statement
from kb.claims.subjects import Subject, subject_of
from kb.claims.units import Unit
from kb.model import Passage
from kb.topic import Topic
from kb.words import Word

_SUBJECT = 4  # first words of an item among which the subject is named
_VERB = 4  # words behind an option among which its verb stands
_WHOLES = frozenset(("all", "every", "everything", "any", "anything", "whatever", "same"))
# Behind one of these an option is what something is compared with, or stands beside.
_BESIDE = frozenset(
    (
        "than",
        "unlike",
        "like",
        "with",
        "to",
        "from",
        "by",
        "over",
        "for",
        "as",
        "into",
        "versus",
        "vs",
        "without",
    )
)
_NOTHING = frozenset(("none", "na", "n", "a", "nothing", "no", "so", "far"))


def listed(passage: Passage, unit: Unit, around: Context, topic: Topic) -> Statement | None:
    """Return what an item says of the option of its heading, None when that says nothing.

    It stands under "Pros", "Cons" or "When to choose X", or behind a tick or a cross.
    """
    tick = 0 if around.uses else unit.tick or _merit(unit)
    if all(word.text in _NOTHING for word in unit.words):
        return None
    if rival := _rival(unit, around, topic):
        return _of_rival(passage, unit, around, rival, topic)
    said = _listed(passage, unit, around, topic)
    if tick:
        said = said._replace(weight=float(tick), method="list")
    return None if _is_denied(said) else said


def _rival(unit: Unit, around: Context, topic: Topic) -> str:
    """Return the other option that is the subject of an item: "Y has more" below "Cons of X".

    So is one that what is listed is measured by: "everything that Y offers". "" for none.
    """
    places = [f for f in topic.statement_phrases.find(unit.words) if f.meaning.kind == "option"]
    if not places or around.option in {found.meaning.id for found in places}:
        return ""
    first = places[0]
    before = unit.words[: first.first]
    whole = bool(before) and before[0].text in _WHOLES and not cues().partings.find(before[:1])
    opens = first.first <= _SUBJECT and not any(word.text in _BESIDE for word in before)
    return first.meaning.id if whole or (opens and _has_verb(unit.words[first.last :])) else ""


def _has_verb(behind: Sequence[Word]) -> bool:
    """True for "has …", "scales …" and "templates are …": what stands before it is the subject."""
    texts = [word.text for word in behind[:_VERB]]
    if not cues().predicates.isdisjoint(texts):
        return True
    return bool(texts) and texts[0].endswith("s") and not behind[0].is_stop_word


def _of_rival(
    passage: Passage, unit: Unit, around: Context, rival: str, topic: Topic
) -> Statement | None:
    """Return what an item says of another option than that of its heading, None for nothing.

    What is better there is worse with the one of the heading, if that is what the heading says.
    """
    if unit.words[0].text in _WHOLES:
        return None
    compared = bool(lexicon().comparatives.find(unit.words)) or any(
        word.text in cues().more or (word.text.endswith("er") and len(word.text) > _SUBJECT)
        for word in unit.words
    )
    weight = polarity(unit.words) or mildly(unit.words, topic)
    weight = weight or float(-around.polarity if compared else 0)
    if not weight:
        return None
    opposed = compared and weight * around.polarity < 0
    subject = Subject((rival,), (around.option,) if opposed else ())
    named = mentions(unit.words, topic)
    return Statement(passage, unit, named, subject, around, weight, "sentence")


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
