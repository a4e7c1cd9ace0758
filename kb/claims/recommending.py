"""Sentences that choose or give up an option: "we went with X", "avoid Y", "from X to Y"."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.claims.cues import cues
from kb.claims.lexicon import negations
from kb.claims.units import Unit
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

_APART = 2  # words between the verb and the option: "go with plain old X"
_MOVES = frozenset(("move", "moved", "moving", "switch", "switched", "switching", "migrate"))
_MOVES |= {"migrated", "migrating", "migration", "port", "ported", "went", "change", "changed"}


class Choice(NamedTuple):
    """What a clause chooses, and what it gives up for it; either may be ""."""

    taken: str = ""
    left: str = ""


def choice(clause: Unit, topic: Topic) -> Choice:
    """Return what a clause chooses or gives up; a negation before the verb turns it round."""
    options = [f for f in topic.statement_phrases.find(clause.words) if f.meaning.kind == "option"]
    if not options or any(word.text == "whether" for word in clause.words):
        return Choice()
    if clause.words[0].text == "had" or any(
        _are_alternatives(clause.words, a, b) for a, b in pairwise(options)
    ):
        return Choice()
    moved = _moved(clause.words, options)
    if moved:
        return moved
    last = options[-1]
    ends = len(options) == 1 and len(clause.words) - last.last <= _APART
    if ends and last.first and clause.words[last.first - 1].text == "not":
        return Choice("", last.meaning.id)  # "for big sites better not X"
    taken = _object(clause.words, cues().choosing.find(clause.words), options)
    if not taken:
        taken = _object(clause.words, _resolved(clause.words), options)
    left = _object(clause.words, cues().leaving.find(clause.words), options)
    return (
        Choice(left, taken)
        if _is_refused(clause.words, taken, left, options)
        else Choice(taken, left)
    )


def _are_alternatives(words: Sequence[Word], first: Found[Mention], second: Found[Mention]) -> bool:
    """True for "choosing X or Y depends"."""
    between = [word.text for word in words[first.last : second.first]]
    return first.meaning != second.meaning and between in (["or"], ["vs"], ["versus"])


def _moved(words: Sequence[Word], options: Sequence[Found[Mention]]) -> Choice | None:
    """ "We moved from X to Y"."""
    for first, second in zip(options, options[1:], strict=False):
        start = words[first.first - 1].text if first.first else ""
        between = [word.text for word in words[first.last : second.first]]
        verbs = {word.text for word in words[: first.first]}
        if start == "from" and between == ["to"] and verbs & _MOVES:
            return Choice(second.meaning.id, first.meaning.id)
    return None


def _object(
    words: Sequence[Word], verbs: Sequence[Found[str]], options: Sequence[Found[Mention]]
) -> str:
    """Return the option that stands right behind one of the verbs."""
    for verb in verbs:
        for option in options:
            between = words[verb.last : option.first]
            if 0 <= option.first - verb.last <= _APART and all(w.text != "from" for w in between):
                return option.meaning.id
    return ""


def _resolved(words: Sequence[Word]) -> list[Found[str]]:
    """Return the places of "use" where it is an order or a resolve, not a report of others."""
    return [
        found
        for found in cues().using.find(words)
        if found.first == 0 or words[found.first - 1].text in cues().resolving
    ]


def _is_refused(
    words: Sequence[Word], taken: str, left: str, options: Sequence[Found[Mention]]
) -> bool:
    named = taken or left
    place = next((f.first for f in options if f.meaning.id == named), 0)
    before = words[max(0, place - 5) : place]
    denials = [n for n in negations(before) if not before[n.first].text.startswith("avoid")]
    return bool(named) and len(denials) % 2 == 1
