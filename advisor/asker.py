"""What a question says of those who ask, and not of what they want: "we are a bank and …"."""

from collections.abc import Sequence

from advisor.cues import cues
from advisor.sentences import clause_start
from kb.phrases import Found
from kb.topic import Mention
from kb.words import Word, is_parted

_FAR = 8  # words of what somebody is
_FEW = 4  # words before "here"
_SUBJECT = 7  # words: "the print shop around the corner wants a"


def of_the_asker(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of what somebody is, up to what he wants: "I am a guard and want …"."""
    places: set[int] = set()
    for _, last in cues().find("i_am", words):
        for place in range(last, min(last + _FAR, len(words))):
            if (place > last and is_parted(words, place)) or cues().opens(
                "then_wants", words[place:]
            ):
                break
            places.add(place)
    for first, _ in cues().find("is_here", words):
        begin = clause_start(text, words, first)
        places |= set(range(begin, first)) if first - begin <= _FEW else set()
    return places


def wanting(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of who wants a thing: "a print shop" of "a print shop wants a page"."""
    places: set[int] = set()
    for first, _ in cues().find("wants_a", words):
        begin = clause_start(text, words, first)
        named = first - begin <= _SUBJECT and not cues().opens("somebody", words[begin:])
        places |= set(range(begin, first)) if named else set()
    return places


def qualifies_somebody(found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for a mention right before a word for people: "security guard", "test laboratory"."""
    if found.last == len(words) or not cues().has("people", words):
        return False
    behind = words[found.last : found.last + 2]
    return not is_parted(words, found.last) and cues().opens("people", behind)
