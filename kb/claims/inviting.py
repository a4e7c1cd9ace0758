"""Lines that state nothing: invitations, announcements of what follows, questions of readers."""

import re
from collections.abc import Sequence

from kb.claims.context import places
from kb.claims.cues import cues
from kb.claims.units import Unit
from kb.topic import Topic
from kb.words import Word

_OPENING = 6  # first words among which a reader asks, or the text announces what it will tell
_SUBJECT = 4  # first words among which the place is, if a line has no label
_LABEL = 60  # characters of a label before a colon: "Mailing list: …"


def states_nothing(unit: Unit) -> bool:
    """True for "Join our forum", "Let us look at X", "Read next: …" and "A reader asks: …".

    Behind a label the same holds for what it says: "Mailing list: start here".
    """
    words = unit.words
    if cues().announces.begins(words, 2) or cues().readers_ask.begins(words, _OPENING):
        return True
    behind = _behind_label(unit)
    return _invites(words) or (behind != words and _invites(behind))


def without_meeting_places(unit: Unit, words: Sequence[Word], topic: Topic) -> Sequence[Word]:
    """Return the words of a line on a place where people meet, without what it says of them.

    Whom one meets there ("beginners and experts alike") says nothing of an option but that the
    place is there.
    """
    behind = _behind_label(unit)
    opening = unit.words[: len(unit.words) - len(behind)] or unit.words[:_SUBJECT]
    found = cues().meeting_places.find(opening)
    if not found:
        return words
    kept = {at for each in found for at in range(each.first, each.last)}
    kept |= {
        at
        for each in places(unit.words, topic)
        if each.meaning.kind == "option"
        for at in range(each.first, each.last)
    }
    starts = {unit.words[at].start for at in kept}
    about = {
        word.start
        for each in places(unit.words, topic)
        if each.meaning.kind in ("criterion", "condition")
        for word in unit.words[each.first : each.last]
    }
    return [word for word in words if word.start in starts or word.start not in about]


def _invites(words: tuple[Word, ...]) -> bool:
    return cues().invites.begins(words)


def _behind_label(unit: Unit) -> tuple[Word, ...]:
    label = re.match(rf"[^:]{{1,{_LABEL}}}:\s", unit.text)
    return tuple(w for w in unit.words if w.start >= label.end()) if label else unit.words
