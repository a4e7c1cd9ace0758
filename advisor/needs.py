"""The criteria a question names or hints at, and how much each of them matters to the asker."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from advisor.cues import cues
from advisor.model import Need
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

REQUIRED, WANTED, WISHED, IMPLIED, UNWANTED = 3.0, 1.0, 0.5, 0.25, -1.0
_BREAK = re.compile(r"[.!?;:\n]")
_FAR = 8  # "tired of making a hundred small decisions"
_REACH = 4  # "we don't really need an" still belongs to what follows


class _Told(NamedTuple):
    """One mention of a criterion; `stated` is false for what only hints at it.

    A `setting` hints at it only as long as nothing else is named.
    """

    found: Found[Mention]
    stated: bool
    importance: float
    setting: bool = False

    @property
    def criterion(self) -> str:
        return self.found.meaning.id


def needs_of(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], topic: Topic
) -> tuple[Need, ...]:
    """Return the criteria in order; the strongest importance of several mentions counts.

    What is only hinted at ("easier" at learning) steps back when another criterion is named, unless
    it is hinted at in several ways.
    """
    told = _told(text, words, mentions, topic)
    several = _hinted_at_in_several_ways(text, told)
    named = {each.found.first for each in told if each.stated and each.importance > 0}
    hints = [each.found for each in told if not each.stated]
    verbs = {h.first for h in hints if cues().closes("before_verbs", words[: h.first])}
    describing = {h.first for h in hints if h.first not in verbs and _describes(h, hints)}
    needs: dict[str, float] = {}
    for each in told:
        if each.setting and each.importance > 0 and _something_else(each, told):
            continue
        importance = each.importance if each.stated else _hinted(each, named, describing)
        if 0 < importance < WANTED <= each.importance and each.criterion in several:
            importance = WANTED
        known = needs.get(each.criterion)
        outweighs = known is None or _strength(importance) >= _strength(known)
        if known is None or (outweighs and (each.stated or importance > 0)):
            needs[each.criterion] = importance
    return tuple(
        Need(criterion, importance, topic.sense_of(criterion, words))
        for criterion, importance in needs.items()
    )


def _something_else(setting: _Told, told: Sequence[_Told]) -> bool:
    """True when another criterion is named or hinted at by more than a setting."""
    return any(
        not each.setting and each.importance > 0 and each.criterion != setting.criterion
        for each in told
    )


def _hinted_at_in_several_ways(text: str, told: Sequence[_Told]) -> set[str]:
    """Return the criteria that two different phrases hint at."""
    ways = {
        (each.criterion, text[each.found.start : each.found.end].casefold())
        for each in told
        if not (each.stated or each.setting) and each.importance > 0
    }
    counts = Counter(criterion for criterion, _ in ways)
    return {criterion for criterion, count in counts.items() if count > 1}


def _told(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], topic: Topic
) -> list[_Told]:
    stated = {
        (found.first, found.meaning.id)
        for found in topic.statement_phrases.find(words)
        if found.meaning.kind == "criterion"
    }
    options = {
        word.start
        for found in mentions
        if found.meaning.kind == "option"
        for word in words[found.first : found.last]
    }
    spared = {(f.first, f.last, f.meaning) for f in topic.fault_phrases.find(words)}
    settings = {(f.first, f.last, f.meaning) for f in topic.setting_phrases.find(words)}
    asker = _of_the_asker(text, words)
    told: list[_Told] = []
    for found in mentions:
        if found.meaning.kind == "criterion" and found.first in asker:
            told.append(_Told(found, False, IMPLIED, setting=True))
        elif found.meaning.kind == "criterion":
            if (found.first, found.last, found.meaning.id) in spared:
                told.append(_Told(found, True, _of_a_fault(text, words, found)))
                continue
            importance = _importance(text, words, found, options)
            if told and told[-1].importance < 0 and _goes_on(told[-1].found, found, words):
                importance = min(importance, UNWANTED)
            place = (found.first, found.last, found.meaning.id)
            is_stated = (found.first, found.meaning.id) in stated
            told.append(_Told(found, is_stated, importance, place in settings))
    return told


def _of_the_asker(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of what somebody is, up to what he wants: "I am a guard and want …"."""
    places: set[int] = set()
    for _, last in cues().find("i_am", words):
        for place in range(last, min(last + _FAR, len(words))):
            mark = place > last and words[place].start - words[place - 1].end > 1
            if mark or cues().opens("then_wants", words[place:]):
                break
            places.add(place)
    for first, _ in cues().find("is_here", words):
        begin = _clause_start(text, words, first)
        places |= set(range(begin, first)) if first - begin <= _REACH else set()
    return places


def _of_a_fault(text: str, words: Sequence[Word], found: Found[Mention]) -> float:
    """Return what a fault says of its criterion: wanted, but for "which of them dictates …?"."""
    before = words[_clause_start(text, words, found.first) : found.first]
    spans = cues().find("asks_for_one", before)
    asked = any(first == 0 and len(before) - last < 2 for first, last in spans)
    return UNWANTED if asked else WANTED


def _goes_on(before: Found[Mention], found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for what goes on with a denial: "no admin or login", "nobody logs in to an admin"."""
    between = [word.text for word in words[before.last : found.first]]
    goes_on = between[:1] in (["or"], ["nor"], ["to"], ["into"])
    return before.last <= found.first and goes_on and len(between) <= 2


def _hinted(told: _Told, named: set[int], describing: set[int]) -> float:
    """Return what a hint counts beside the criteria `named`; both sets hold places.

    A word that is named for one criterion and hints at another one says little of the other, and
    neither does one that only describes the next hint: "heavy queries" are about queries.
    """
    place = told.found.first
    if told.importance < 0 or not (named or place in describing):
        return told.importance
    beside = told.importance > WANTED and place not in named
    return WANTED if beside and place not in describing else IMPLIED


def _describes(found: Found[Mention], hints: Sequence[Found[Mention]]) -> bool:
    """True for one word right before the next hint: "heavy" in "heavy queries"."""
    follows = (each for each in hints if each.first == found.last == found.first + 1)
    return any(other.meaning.id != found.meaning.id for other in follows)


def _strength(importance: float) -> float:
    """What is ruled out later is ruled out, however much somebody wanted it before."""
    return REQUIRED if importance < 0 else importance


def _importance(
    text: str, words: Sequence[Word], found: Found[Mention], options: set[int]
) -> float:
    """Return what one mention counts; `options` are where the words for options start."""
    begin = _clause_start(text, words, found.first)
    before = words[begin : found.first]
    if _asks_for_the_weak_end(before, words[found.first : found.last]):
        return UNWANTED
    near = _behind_comma(text, before, found.start)
    if _is_spared_the_work(near):
        return WANTED
    works_with = cues().has("integrates", before)
    denied = _is_denied(words[found.last :]) and not works_with
    if _is_unwanted(near[-_REACH:], options) or denied:
        return UNWANTED
    if cues().has("dislikes", near[-_FAR:]):
        return UNWANTED
    if cues().has("partitive", before):
        return WISHED
    if cues().has("required", before[-_FAR:]):
        return REQUIRED
    return WISHED if _is_wished(near, words[found.last :]) else WANTED


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
    """ "Ideally with an admin", "an admin would be nice"."""
    return any(first <= 1 for first, _ in cues().find("wished", after[:_REACH])) or cues().has(
        "wished", near[-_REACH:]
    )


def _is_unwanted(near: Sequence[Word], options: set[int]) -> bool:
    """True for "we don't need", not for "X has no": that says something of an option."""
    return any(
        not first or near[first - 1].start not in options
        for first, _ in cues().find("unwanted", near)
    )


def _asks_for_the_weak_end(before: Sequence[Word], own: Sequence[Word]) -> bool:
    """True for "which one is heavier": the one that has less of what is good is asked for."""
    asks = cues().find("asks_which", before)
    if not any(first == 0 for first, _ in asks):
        return False
    last = max(last for _, last in asks)
    return cues().has("weak_end", [*before[last:], *own][: _REACH + len(own)])


def _behind_comma(text: str, before: Sequence[Word], start: int) -> Sequence[Word]:
    """Return the words behind the last comma, unless an "or", "nor" or "and" goes on with a list.

    "without code, an editor" does not rule out the editor; "no admin, no login or forms" does.
    """
    for place in range(len(before), 0, -1):
        end = before[place].start if place < len(before) else start
        if "," in text[before[place - 1].end : end]:
            if place < len(before) and before[place].text in ("or", "nor", "and"):
                continue
            return before[place:]
    return before


def _is_denied(after: Sequence[Word]) -> bool:
    """ "an admin is not needed", "login doesn't matter"."""
    skipped = 1 if after and after[0].is_stop_word else 0
    return any(first <= skipped for first, _ in cues().find("denied", after[:5]))


def _clause_start(text: str, words: Sequence[Word], place: int) -> int:
    """Return the first word of the sentence that word `place` stands in."""
    for at in range(place, 0, -1):
        if _BREAK.search(text[words[at - 1].end : words[at].start]):
            return at
    return 0
