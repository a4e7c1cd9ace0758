"""What somebody can do: "nobody here knows X", "who finds his way faster", as plain phrases."""

from collections.abc import Sequence

from advisor.cues import cues
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, atoms

_WEIGHED = ("criterion", "condition")
_FIELD = ("option", "subject", "filler")
_BETWEEN = 4  # words: "nobody in our whole team knows"
_UNSKILLED = "no experience"
_WORKING = "develop faster"
_NEAR_DOING = 4  # words between somebody's doing and its speed: "find his way into it faster"


def with_unskilled(
    words: Sequence[Word], found: list[Found[Mention]], topic: Topic
) -> list[Found[Mention]]:
    """Add what "nobody in our team knows X" tells, X being of the field: no experience.

    It is what the topic has for those words, if it has something, in the place of what it says of
    the parts: nobody "has experience".
    """
    field = {place for each in found if each.meaning.kind in _FIELD for place in _places(each)}
    spans = [span for span in _nobody_knows(words) if _is_of_field(words, span[1], field)]
    spans = [] if _knows_another(words, spans) else spans
    meant = [each.meaning for each in topic.phrases.find(atoms(_UNSKILLED))] if spans else []
    if not meant:
        return found
    inside = {place for span in spans for place in range(*span)}
    kept = [
        each for each in found if each.meaning.kind not in _WEIGHED or not inside & _places(each)
    ]
    told = [
        Found(meaning, first, last, words[first].start, words[last - 1].end)
        for first, last in spans
        for meaning in meant
        if meaning.kind in _WEIGHED
    ]
    return sorted([*kept, *told], key=lambda each: (each.first, each.last))


def with_working(
    words: Sequence[Word], found: list[Found[Mention]], topic: Topic
) -> list[Found[Mention]]:
    """Take "where will he find his way faster" for how fast people are, if the topic has that."""
    speeds = [each for each in found if _is_of_somebody(each, words)]
    meant = [each.meaning for each in topic.phrases.find(atoms(_WORKING))] if speeds else []
    meant = [meaning for meaning in meant if meaning.kind == "criterion"]
    if not meant:
        return found
    kept = [each for each in found if each not in speeds]
    told = [each._replace(meaning=meaning) for each in speeds for meaning in meant]
    return sorted([*kept, *dict.fromkeys(told)], key=lambda each: (each.first, each.last))


def _is_of_somebody(found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for one word for speed beside what somebody does: "learn it faster"."""
    if found.meaning.kind != "criterion" or found.last - found.first > 1:
        return False
    if not cues().opens("speeds", words[found.first :]):
        return False
    before = words[max(0, found.first - _NEAR_DOING) : found.first]
    return cues().has("doing", before) or _is_done_so(words[found.last :])


def _is_done_so(behind: Sequence[Word]) -> bool:
    """True for what goes on with somebody's doing: "fast to write", "how fast I get it written"."""
    somebody = behind[1 : _NEAR_DOING + 1] if cues().opens("somebody", behind) else ()
    return cues().opens("to_do", behind) or cues().has("doing", somebody)


def _nobody_knows(words: Sequence[Word]) -> list[tuple[int, int]]:
    known = cues().find("knowing", words)
    spans = []
    for first, last in cues().find("nobody", words):
        ends = [end for start, end in known if 0 <= start - last <= _BETWEEN]
        spans += [(first, ends[0])] if ends else []
    return spans


def _is_of_field(words: Sequence[Word], place: int, field: set[int]) -> bool:
    """True when what follows first is a word of the field, or nothing: not "knows which"."""
    asks = cues().opens("ask_words", words[place:])
    rest = [at for at in range(place, len(words)) if not words[at].is_stop_word]
    return not asks and (not rest or rest[0] in field)


def _knows_another(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> bool:
    """True when somebody does know something: "nobody knows X, everybody knows Y"."""
    inside = {place for span in spans for place in range(*span)}
    return any(first not in inside for first, _ in cues().find("knowing", words))


def _places(found: Found[Mention]) -> set[int]:
    return set(range(found.first, found.last))
