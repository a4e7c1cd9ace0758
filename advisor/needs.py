"""The criteria a question names or hints at, and how much each of them matters to the asker."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.asker import of_the_asker, qualifies_somebody, wanting
from advisor.cues import cues
from advisor.hints import Hints, Told
from advisor.importance import (
    FAR,
    IMPLIED,
    REACH,
    REQUIRED,
    UNWANTED,
    WANTED,
    importance_of,
    is_spared_the_work,
)
from advisor.model import Need
from advisor.provided import done_elsewhere, there_already
from advisor.sentences import behind_comma, clause_start
from kb.phrases import Found, Phrases
from kb.topic import Mention, Topic
from kb.words import Word

_BRIEF = 8  # words of a question that leaves open what it is about


def needs_of(
    text: str,
    words: Sequence[Word],
    mentions: Sequence[Found[Mention]],
    topic: Topic,
    weak: range,
) -> tuple[Need, ...]:
    """Return the criteria in order; the strongest importance of several mentions counts.

    `weak` are the places of which less is asked for.

    What is only hinted at ("easier" at learning) steps back when another criterion is named, unless
    it is hinted at in several ways.
    """
    told = _told(text, words, mentions, topic, weak)
    hints = Hints(text, words, told)
    needs: dict[str, float] = {}
    for each in told:
        importance = hints.counts(each)
        if not importance:
            continue
        if each.found.first in weak:
            importance = -abs(importance)
        known = needs.get(each.criterion)
        outweighs = known is None or _strength(importance) >= _strength(known)
        if known is None or (outweighs and (each.stated or importance > 0)):
            needs[each.criterion] = importance
    return tuple(
        Need(criterion, importance, topic.sense_of(criterion, words))
        for criterion, importance in needs.items()
    )


class _Around(NamedTuple):
    """What a question says that mentions are read by; sets hold places of its words.

    `stated` are the first place and the id of what is named and not only hinted at, `faults`,
    `opposites` and `settings` first and last place with the id.
    """

    text: str
    words: Sequence[Word]
    weak: range
    options: set[int]
    stated: set[tuple[int, str]]
    faults: set[tuple[int, int, str]]
    opposites: set[tuple[int, int, str]]
    settings: set[tuple[int, int, str]]
    asker: set[int]
    wanting: set[int]
    there: set[int]
    elsewhere: set[int]

    @classmethod
    def of(
        cls,
        text: str,
        words: Sequence[Word],
        mentions: Sequence[Found[Mention]],
        topic: Topic,
        weak: range,
    ) -> "_Around":
        statements = topic.statement_phrases.find(words)
        options = [found for found in mentions if found.meaning.kind == "option"]
        return cls(
            text,
            words,
            weak,
            {word.start for found in options for word in words[found.first : found.last]},
            {(f.first, f.meaning.id) for f in statements if f.meaning.kind == "criterion"},
            _spans(topic.fault_phrases, words),
            _spans(topic.opposite_phrases, words),
            _spans(topic.setting_phrases, words),
            of_the_asker(text, words),
            wanting(text, words),
            there_already(text, words),
            done_elsewhere(text, words),
        )


def _told(
    text: str,
    words: Sequence[Word],
    mentions: Sequence[Found[Mention]],
    topic: Topic,
    weak: range,
) -> list[Told]:
    around = _Around.of(text, words, mentions, topic, weak)
    told: list[Told] = []
    for found in mentions:
        if found.meaning.kind == "criterion" and not _is_of_people(found, around, topic):
            each = _one(found, around, told[-1] if told else None)
            told += [each] if each.importance else []
    return told


def _is_of_people(found: Found[Mention], around: _Around, topic: Topic) -> bool:
    """True for a hint at using options together where none is meant: "our teams work together"."""
    words = around.words
    return (
        topic.criterion(found.meaning.id).combined
        and (found.first, found.meaning.id) not in around.stated
        and not (around.options or len(words) <= _BRIEF or cues().has("all_options", words))
    )


def _spans(phrases: Phrases[str], words: Sequence[Word]) -> set[tuple[int, int, str]]:
    return {(found.first, found.last, found.meaning) for found in phrases.find(words)}


def _one(found: Found[Mention], around: _Around, before: Told | None) -> Told:
    """Return what one mention of a criterion tells; its importance is 0 for nothing.

    `before` is the mention before it.
    """
    text, words = around.text, around.words
    span = (found.first, found.last, found.meaning.id)
    if found.first in around.asker:
        return Told(found, False, IMPLIED, setting=True)
    if span in around.faults:
        return Told(found, True, UNWANTED if _is_wanted(text, words, found) else WANTED)
    importance = importance_of(text, words, found, around.options)
    if found.first in around.weak:
        importance = WANTED
    if span in around.opposites:
        return Told(found, True, _of_the_opposite(text, words, found, importance))
    if _is_taken_apart(words, found):
        return Told(found, True, 0.0)
    if before and before.importance < 0 and _goes_on(before.found, found, words):
        importance = min(importance, UNWANTED)
    is_stated = (found.first, found.meaning.id) in around.stated
    if found.first in around.elsewhere:
        return Told(found, is_stated, min(importance, UNWANTED))
    if found.first in around.there or qualifies_somebody(found, words):
        return Told(found, False, importance, setting=True)
    setting = span in around.settings or (found.first in around.wanting and not is_stated)
    return Told(found, is_stated, importance, setting)


def _is_wanted(text: str, words: Sequence[Word], fault: Found[Mention]) -> bool:
    """True for "I want something that decides for me": who wants a fault sees none in it."""
    before = words[clause_start(text, words, fault.first) : fault.first]
    refused = any(cues().has(kind, before) for kind in ("unwanted", "dislikes", "negations"))
    return cues().has("to_have", before) and not refused


def _of_the_opposite(
    text: str, words: Sequence[Word], found: Found[Mention], importance: float
) -> float:
    """Return what the words for doing without a criterion say of it; these are `importance`.

    It is 0 for what there is already: "our old monolith" tells no wish.
    """
    begin = clause_start(text, words, found.first)
    before = words[begin : found.first]
    if cues().has("existing", before[-REACH:]):
        return 0.0
    if _is_taken_apart(words, found):
        return WANTED
    if cues().has("taking_apart", before[-FAR:]) and words[found.last : found.last + 1]:
        behind = words[found.last : found.last + 2]
        if any(word.text in ("into", "apart", "up", "to") for word in behind):
            return WANTED
    spared = cues().has("savers", before) or cues().opens("yes_or_no", before)
    spared = spared or any(cues().has(kind, before[-FAR:]) for kind in ("unable", "nobody"))
    spared = spared or is_spared_the_work(behind_comma(text, words, begin, found.first))
    return WANTED if importance < 0 or spared else UNWANTED


def _is_taken_apart(words: Sequence[Word], found: Found[Mention]) -> bool:
    """True for "the block is to be cut up", "… shall be split"."""
    if not cues().has("taking_apart", words):
        return False
    behind = words[found.last : found.last + REACH + 1]
    passive = any(word.text in ("be", "being", "been", "gets") for word in behind[:REACH])
    return passive and cues().has("taking_apart", behind)


def _goes_on(before: Found[Mention], found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for what goes on with a denial: "no admin or login", "nobody logs in to an admin"."""
    between = [word.text for word in words[before.last : found.first]]
    goes_on = between[:1] in (["or"], ["nor"], ["to"], ["into"])
    return before.last <= found.first and goes_on and len(between) <= 2


def _strength(importance: float) -> float:
    """What is ruled out later is ruled out, however much somebody wanted it before."""
    return REQUIRED if importance < 0 else importance
