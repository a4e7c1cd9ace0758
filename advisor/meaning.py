"""Questions for what something means, and for what an option is built on."""

from collections.abc import Sequence

from advisor.asked_things import besides_options
from advisor.cues import cues
from kb.topic import Topic
from kb.words import Word

_WHICH = ("which", "what")
_DOES = ("does", "do")
_ON = ("on", "upon")
_OPENING = 3  # words among which "what" and "which" ask


def asks_for_a_meaning(words: Sequence[Word]) -> bool:
    """True for "what does X mean here", "what do the letters X stand for"."""
    asks = words[0].text in _WHICH and any(word.text in _DOES for word in words[1:2])
    return asks and cues().has("means_what", words)


def asks_for_the_base(words: Sequence[Word], topic: Topic) -> bool:
    """True for "on which libraries is X built", "what does X stand on", not for "what is on X"."""
    kept = besides_options(words, topic)
    rest = tuple(words[place] for place in kept)
    if kept and words[0].text not in _ON and kept[-1] < len(words) - 1:
        return False  # "what is built on X" ends on its base
    if not any(word.text in _WHICH for word in rest[:_OPENING]) or len(kept) == len(words):
        return False
    parted = rest[0].text in _ON and cues().has("asks_base", rest[-1:])
    return parted or any(last == len(rest) for _, last in cues().find("rests_on", rest))
