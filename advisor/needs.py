"""The criteria a question names or hints at, and how much each of them matters to the asker."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.asker import of_the_asker, qualifies_somebody, wanting
from advisor.cues import cues
from advisor.hints import Hints, Told
from advisor.importance import IMPLIED, REQUIRED, UNWANTED, WANTED, WISHED
from advisor.model import Need
from advisor.provided import done_elsewhere, there_already
from advisor.sentences import behind_comma, clause_start
from kb.phrases import Found, Phrases
from kb.topic import Mention, Topic
from kb.words import Word, is_parted

_NEEDS = ("need", "needs", "needed")  # "it only has to be fast" is all that counts
_FAR = 8  # "tired of making a hundred small decisions"
_BRIEF = 8  # words of a question that leaves open what it is about
_REACH = 4  # "we don't really need an" still belongs to what follows


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
        return Told(found, True, WANTED)
    importance = _importance(text, words, found, around.options)
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


def _of_the_opposite(
    text: str, words: Sequence[Word], found: Found[Mention], importance: float
) -> float:
    """Return what the words for doing without a criterion say of it; these are `importance`.

    It is 0 for what there is already: "our old monolith" tells no wish.
    """
    begin = clause_start(text, words, found.first)
    before = words[begin : found.first]
    if cues().has("existing", before[-_REACH:]):
        return 0.0
    if _is_taken_apart(words, found):
        return WANTED
    if cues().has("taking_apart", before[-_FAR:]) and words[found.last : found.last + 1]:
        behind = words[found.last : found.last + 2]
        if any(word.text in ("into", "apart", "up", "to") for word in behind):
            return WANTED
    spared = cues().has("savers", before) or cues().opens("yes_or_no", before)
    spared = spared or any(cues().has(kind, before[-_FAR:]) for kind in ("unable", "nobody"))
    spared = spared or _is_spared_the_work(behind_comma(text, words, begin, found.first))
    return WANTED if importance < 0 or spared else UNWANTED


def _is_taken_apart(words: Sequence[Word], found: Found[Mention]) -> bool:
    """True for "the block is to be cut up", "… shall be split"."""
    behind = words[found.last : found.last + _REACH + 1]
    passive = any(word.text in ("be", "being", "been", "gets") for word in behind[:_REACH])
    return passive and cues().has("taking_apart", behind)


def _goes_on(before: Found[Mention], found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for what goes on with a denial: "no admin or login", "nobody logs in to an admin"."""
    between = [word.text for word in words[before.last : found.first]]
    goes_on = between[:1] in (["or"], ["nor"], ["to"], ["into"])
    return before.last <= found.first and goes_on and len(between) <= 2


def _strength(importance: float) -> float:
    """What is ruled out later is ruled out, however much somebody wanted it before."""
    return REQUIRED if importance < 0 else importance


def _importance(
    text: str, words: Sequence[Word], found: Found[Mention], options: set[int]
) -> float:
    """Return what one mention counts; `options` are where the words for options start."""
    begin = clause_start(text, words, found.first)
    before = words[begin : found.first]
    near = behind_comma(text, words, begin, found.first)
    if _is_spared_the_work(near):
        return WANTED
    works_with = cues().has("integrates", before)
    if works_with and cues().closes("there_already", before):
        return IMPLIED
    denied = _is_denied(words[found.last :]) and not works_with
    denied = denied or _is_left_to_us(before, words[found.last :])
    if _is_unwanted(near[-_REACH:], options) or denied:
        return UNWANTED
    if cues().has("dislikes", near[-_FAR:]):
        return UNWANTED
    if cues().has("partitive", before):
        return WISHED
    if _is_required(before[-_FAR:]) or _is_called_required(words, found.last):
        return REQUIRED
    return WISHED if _is_wished(near, words[found.last :]) else WANTED


def _is_required(near: Sequence[Word]) -> bool:
    """True for "must have", not for the "need" of "don't need" and "only need"."""
    denied = {place for _, last in cues().find("unwanted", near) for place in (last - 1, last)}
    return any(
        first not in denied
        and not (near[first].text in _NEEDS and cues().closes("modest", near[:first]))
        and not _is_another_clause(near, last)
        for first, last in cues().find("required", near)
    )


def _is_called_required(words: Sequence[Word], place: int) -> bool:
    """True for "an admin is compulsory", "translations into six languages are a must"."""
    return any(
        first <= _REACH and not any(is_parted(words, place + at) for at in range(last))
        for first, last in cues().find("is_required", words[place : place + 2 * _REACH])
    )


def _is_another_clause(words: Sequence[Word], place: int) -> bool:
    """True where ", and" begins something else: "the last thing we need, and logins come …"."""
    begins = place < len(words) and words[place].text in ("and", "but", "so", "while")
    return begins and is_parted(words, place)


def _is_spared_the_work(near: Sequence[Word]) -> bool:
    """True for "I don't want to write an admin", "… to learn it": the asker is spared the work."""
    close = near[-_FAR:]
    return any(
        close[last : last + 1]
        and close[last].text == "to"
        and (last + 1 == len(close) or cues().opens("efforts", close[last + 1 :]))
        for _, last in cues().find("unwanted", close)
    )


def _is_wished(near: Sequence[Word], after: Sequence[Word]) -> bool:
    """ "Ideally with an admin", "an admin would be nice", but not "would be essential"."""
    if cues().has("wished", near[-_REACH:]):
        return True
    if any(first <= 1 for first, _ in cues().find("wished", after[:_REACH])):
        return True
    return any(
        first <= 1 and not cues().has("required", after[last : last + _REACH])
        for first, last in cues().find("conditional", after[:_REACH])
    )


def _is_unwanted(near: Sequence[Word], options: set[int]) -> bool:
    """True for "we don't need", not for "X has no": that says something of an option."""
    return any(
        not first or near[first - 1].start not in options
        for first, _ in cues().find("unwanted", near)
    )


def _is_denied(after: Sequence[Word]) -> bool:
    """ "an admin is not needed", "login doesn't matter"."""
    skipped = 1 if after and after[0].is_stop_word else 0
    return any(first <= skipped for first, _ in cues().find("denied", after[:5]))


def _is_left_to_us(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """True for "leaves the login to me"."""
    close = before[:-1] if before and before[-1].is_stop_word else before
    return cues().closes("leaves", close) and cues().opens("to_us", after)
