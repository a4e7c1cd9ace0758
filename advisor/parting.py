"""Sentences of which one part speaks of one option and the other part of another."""

from itertools import pairwise

from advisor.cues import cues
from advisor.said import Said
from advisor.sought import Sought
from kb.topic import Topic


def is_told_apart(said: Said, wanted: Sought, topic: Topic) -> bool:
    """True when a name that is asked for stands in another part than the options asked about.

    "Acme uses Y, while X is used by others" tells nothing of Acme and X.
    """
    named = frozenset(stem for each in wanted.asked if each.named for stem in each.stems)
    if not (named and wanted.options):
        return False
    breaks = [first for first, _ in cues().find("contrasts", said.words)]
    parts = [said.words[a:b] for a, b in pairwise([0, *breaks, len(said.words)])]
    for part in parts if breaks else ():
        if named & {word.stem for word in part}:
            about = {m.meaning.id for m in topic.phrases.find(part) if m.meaning.kind == "option"}
            return bool(about) and about.isdisjoint(wanted.options)
    return False
