"""The criteria a question names or hints at, and how much each of them matters to the asker."""

from collections.abc import Sequence

from advisor.cues import cues
from advisor.hints import Hints, Told
from advisor.importance import IMPLIED, REQUIRED, UNWANTED, WANTED, WISHED
from advisor.model import Need
from advisor.sentences import behind_comma, clause_start
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, is_parted

_NEEDS = ("need", "needs", "needed")  # "it only has to be fast" is all that counts
_FAR = 8  # "tired of making a hundred small decisions"
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


def _told(
    text: str,
    words: Sequence[Word],
    mentions: Sequence[Found[Mention]],
    topic: Topic,
    weak: range,
) -> list[Told]:
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
    opposites = {(f.first, f.last, f.meaning) for f in topic.opposite_phrases.find(words)}
    settings = {(f.first, f.last, f.meaning) for f in topic.setting_phrases.find(words)}
    asker = _of_the_asker(text, words)
    told: list[Told] = []
    for found in mentions:
        if found.meaning.kind == "criterion" and found.first in asker:
            told.append(Told(found, False, IMPLIED, setting=True))
        elif found.meaning.kind == "criterion":
            if (found.first, found.last, found.meaning.id) in spared:
                told.append(Told(found, True, WANTED))
                continue
            importance = _importance(text, words, found, options)
            if found.first in weak:
                importance = WANTED
            if (found.first, found.last, found.meaning.id) in opposites:
                importance = _of_the_opposite(text, words, found, importance)
                if importance:
                    told.append(Told(found, True, importance))
                continue
            if told and told[-1].importance < 0 and _goes_on(told[-1].found, found, words):
                importance = min(importance, UNWANTED)
            place = (found.first, found.last, found.meaning.id)
            is_stated = (found.first, found.meaning.id) in stated
            told.append(Told(found, is_stated, importance, place in settings))
    return told


def _of_the_asker(text: str, words: Sequence[Word]) -> set[int]:
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
        places |= set(range(begin, first)) if first - begin <= _REACH else set()
    return places


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
    if cues().has("taking_apart", before[-_FAR:]) and words[found.last : found.last + 1]:
        behind = words[found.last : found.last + 2]
        if any(word.text in ("into", "apart", "up", "to") for word in behind):
            return WANTED
    spared = cues().has("savers", before) or cues().opens("yes_or_no", before)
    spared = spared or any(cues().has(kind, before[-_FAR:]) for kind in ("unable", "nobody"))
    spared = spared or _is_spared_the_work(behind_comma(text, words, begin, found.first))
    return WANTED if importance < 0 or spared else UNWANTED


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
    if _is_required(before[-_FAR:]):
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


def _is_denied(after: Sequence[Word]) -> bool:
    """ "an admin is not needed", "login doesn't matter"."""
    skipped = 1 if after and after[0].is_stop_word else 0
    return any(first <= skipped for first, _ in cues().find("denied", after[:5]))


def _is_left_to_us(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """True for "leaves the login to me"."""
    close = before[:-1] if before and before[-1].is_stop_word else before
    return cues().closes("leaves", close) and cues().opens("to_us", after)
