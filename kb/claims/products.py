"""What is said of a product made with an option: its own qualities are not the option's."""

from collections.abc import Sequence

from kb.claims.cues import cues
from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.topic import Topic
from kb.words import Word

_KEEPS = frozenset(("keeps", "keep", "kept", "makes", "made", "leaves", "holds"))
_OWN = frozenset(("its", "their", "his", "her"))
_ITS = 3  # words from "keeps" at which "its code clean" is over at the earliest
_PART = 2  # words between an option and the part of it that is named: "the Y of X", "X's Y"
_SUBJECT = 3  # words behind an option: "with X in mind"


def without_qualities(unit: Unit, words: Sequence[Word], topic: Topic) -> Sequence[Word]:
    """Leave out how good a product is: "Acme, a fast shop built on X, is easy to learn".

    What the product is ("shop") stays, since X serves for that, and so does what it gets from X:
    "it profits from the security of X".
    """
    made = _made_with(words, topic)
    if made is None:
        return _without_parts(words, topic)
    start = words[made].start
    gains = [f.start for f in cues().gains.find(words)]
    out: set[int] = set()
    for found in topic.statement_phrases.find(words):
        if found.meaning.kind != "criterion":
            continue
        gained = any(each < found.start for each in gains)
        told = found.start > start and not gained and _goes_on(unit, words, found.start)
        if told or _is_attribute(found.last, words):
            out.update(word.start for word in words[found.first : found.last])
    return [word for word in words if word.start not in out]


def _without_parts(words: Sequence[Word], topic: Topic) -> Sequence[Word]:
    """Leave out what comes of a part of an option: "Acme keeps its code clean with the Y of X".

    Then the part is what is praised; "with X" praises X for the code.
    """
    options = [f for f in topic.statement_phrases.find(words) if f.meaning.kind == "option"]
    keeps = next((at for at, word in enumerate(words) if word.text in _KEEPS), -1)
    if keeps < 1 or not options or options[0].first < keeps + _ITS:
        return words
    if all(word.text not in _OWN for word in words[keeps + 1 : keeps + 2]):
        return words
    named = [f for f in topic.statement_phrases.find(words) if f.meaning.kind == "criterion"]
    if not any(abs(found.first - options[0].first) <= _PART for found in named):
        return words
    out = {
        word.start
        for found in named
        if keeps < found.first < options[0].first - _PART
        for word in words[found.first : found.last]
    }
    return [word for word in words if word.start not in out]


def _made_with(words: Sequence[Word], topic: Topic) -> int | None:
    """Return where "built on X" stands whose subject is no option, None if it does not."""
    options = [f for f in topic.statement_phrases.find(words) if f.meaning.kind == "option"]
    if not options:
        return None
    first = options[0]
    behind = words[first.last].text if first.last < len(words) else ""
    if behind in ("based", "powered"):
        return first.first
    made = [f for f in cues().made_with.find(words) if 0 <= first.first - f.last <= 1]
    if any(word.text == "mind" for word in words[first.last : first.last + _SUBJECT]):
        return None  # "written with X in mind"
    return made[0].first if made and made[0].first > 0 else None


def _is_attribute(last: int, words: Sequence[Word]) -> bool:
    """True for a word right before a noun, or joined to one that is: "fast and secure shop"."""
    if last >= len(words):
        return False
    behind = words[last]
    if behind.text in ("and", "or"):
        return bool(lexicon().polarity.find(words[last - 1 : last])) and last + 1 < len(words)
    return not behind.is_stop_word and behind.start - words[last - 1].end == 1


def _goes_on(unit: Unit, words: Sequence[Word], place: int) -> bool:
    """True unless what stands at `place` belongs to another clause: ", every shop offers it"."""
    comma = unit.text.rfind(", ", 0, place)
    behind = next((word for word in words if comma >= 0 and word.start > comma), None)
    return behind is None or behind.text in cues().predicates
