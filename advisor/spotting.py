"""One question, on its own: what it mentions and what kind of answer is wanted."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.circumstances import circumstances
from advisor.cues import cues
from advisor.ends import weak_end
from advisor.intents import intent
from advisor.mentioning import mentioned
from advisor.model import Intent, Need
from advisor.needs import needs_of
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

# Cues that say how something is asked, not what about.
_FORM = (
    "figures_of_speech", "sources", "good_sides", "bad_sides", "bad_end", "weak_end", "describe",
    "choose", "indifferent", "feasible", "attitudes", "type_it", "required", "unwanted", "denied",
    "dislikes", "wished", "knowing",
)  # fmt: skip


class Spotted(NamedTuple):
    """What one question says by itself; `text` is the question after corrections.

    `dropped` are conditions that no longer hold ("forget the deadline"), `focus` the content
    words that are neither a mention nor filler. `weak_end` is true when the one is asked for that
    has less of what is good.
    """

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Found[Mention], ...]
    options: tuple[str, ...]
    needs: tuple[Need, ...]
    conditions: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    outside: tuple[Found[Mention], ...]
    focus: tuple[Word, ...]
    intent: Intent
    weak_end: bool

    def says(self, cue: str) -> bool:
        """True when the question holds a cue of a kind."""
        return cues().has(cue, self.words)


def spot(text: str, topic: Topic, words: tuple[Word, ...]) -> Spotted:
    """Return what `text` mentions of `topic`; `words` are its atoms.

    They are looked through some fifty times, and phrases know a whole text and its parts again.
    """
    mentions = mentioned(text, words, topic)
    options = _ids(mentions, "option")
    weak = weak_end(text, words, topic) if len(options) != 1 else range(0)
    needs = needs_of(text, words, mentions, topic, weak)
    true = circumstances(text, words, mentions, topic)
    focus = _focus(words, mentions)
    return Spotted(
        text=text,
        words=words,
        mentions=mentions,
        options=options,
        needs=needs,
        conditions=true.values,
        dropped=true.no_longer,
        outside=tuple(found for found in mentions if found.meaning.kind == "outside"),
        focus=focus,
        intent=intent(text, words, mentions, len(needs) + len(true.values)),
        weak_end=bool(weak),
    )


def _ids(mentions: Sequence[Found[Mention]], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.meaning.id for m in mentions if m.meaning.kind == kind))


def _focus(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> tuple[Word, ...]:
    taken = {place for found in mentions for place in range(found.first, found.last)}
    taken |= {
        place
        for kind in _FORM
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    return tuple(
        word
        for place, word in enumerate(words)
        if place not in taken
        and not word.is_stop_word
        and not cues().is_filler(word)
        and word.text not in cues().numbers
        and not word.text.isdecimal()
        and len(word.text) > 2
    )
