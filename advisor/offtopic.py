"""Questions of another field, which have no more of this one than a word that hints at a need."""

from collections.abc import Sequence

from advisor.cues import cues
from advisor.followups import Standing
from advisor.slots import places
from advisor.spotting import Spotted
from kb.claims.context import mentions
from kb.spelling import rarity
from kb.topic import Topic
from kb.words import Word

_FEW = 5  # words that may be about anything
_BRIEF = 8  # words of a question that is about nothing but what it names
_HINT = 0.75  # what is only hinted at tells this much of what it would tell if named
_OUTWEIGHED = 0.6


def is_on_topic(spotted: Spotted) -> bool:
    """True when the question speaks of the choice or its field: "which framework", "a website"."""
    kinds = {found.meaning.kind for found in spotted.mentions}
    return bool(kinds & {"option", "subject", "filler"}) or spotted.says("all_options")


def tells(spotted: Spotted) -> bool:
    """True for a text that describes what is wanted and asks for nothing else.

    A handful of words without one of the field describes nothing: "soup without salt, recipe".
    """
    if len(spotted.words) <= _FEW and not is_on_topic(spotted):
        return False
    kinds = ("ask_words", "selects", "howto", "define")
    asks = any(cues().asks(kind, spotted.words, spotted.text) for kind in kinds)
    return not (asks or "?" in spotted.text or spotted.says("addressed"))


def lone_hint(standing: Standing, topic: Topic) -> Sequence[Word]:
    """Return what a brief question of another field is about, if all it has is one hint at a need.

    "Can you recommend a good recipe?" wants no website; who describes what is to be made does.
    """
    spotted = standing.spotted
    if standing.texts or len(spotted.words) > _BRIEF or is_on_topic(spotted):
        return ()
    several = any(mark in spotted.text.rstrip(".!?") for mark in ".!?:")
    if several or spotted.conditions or tells(spotted) or spotted.says("to_build"):
        return ()
    hints = [found for found in spotted.mentions if found.meaning.kind == "criterion"]
    if len({(found.first, found.last) for found in hints}) != 1:
        return ()
    if mentions(spotted.words, topic).criteria:
        return ()
    return spotted.words[hints[0].first : hints[0].last]


def overweight(spotted: Spotted, topic: Topic, known: set[str]) -> Sequence[Word]:
    """Return the unknown focus words of a question on nothing of the field, if they outweigh.

    "The cheapest train to Paris" has a criterion and is about trains.
    """
    stated = places(topic.statement_phrases.find(spotted.words))
    hinted = places(spotted.mentions) - stated
    words = spotted.words
    named = [words[p] for p in sorted(stated) if not words[p].is_stop_word]
    hints = [words[p] for p in sorted(hinted) if not words[p].is_stop_word]
    unknown = [word for word in spotted.focus if word.stem not in known]
    told = _told([*named, *spotted.focus])
    told += _HINT * _told(hints)
    return unknown if _told(unknown) > _OUTWEIGHED * told else ()


def _told(words: Sequence[Word]) -> float:
    """Return what words tell together."""
    return sum(rarity(word.text) for word in words)
