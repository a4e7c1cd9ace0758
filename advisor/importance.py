"""How much a criterion matters to the asker, as a number, from the words around it."""

from collections.abc import Sequence

from advisor.cues import cues
from advisor.provided import is_missing
from advisor.sentences import behind_comma, clause_start
from kb.phrases import Found
from kb.topic import Mention
from kb.words import Word, is_parted

REQUIRED = 3.0  # "must have an admin"
WANTED = 1.0  # "with an admin"
WISHED = 0.5  # "an admin would be nice"
IMPLIED = 0.25  # it follows from something else, or is only hinted at
UNWANTED = -1.0  # "no admin"
FAR = 8  # words that a dislike reaches: "tired of making a hundred small decisions"
REACH = 4  # "we don't really need an" still belongs to what follows
_NEEDS = ("need", "needs", "needed")  # "it only has to be fast" is all that counts
_RELATIVE = 4  # words within which "a framework that" begins behind "don't want"


def importance_of(
    text: str, words: Sequence[Word], found: Found[Mention], options: set[int]
) -> float:
    """Return what one mention counts; `options` are where the words for options start.

    What the whole text does not hold is not looked for in its parts.
    """
    begin = clause_start(text, words, found.first)
    before = words[begin : found.first]
    near = behind_comma(text, words, begin, found.first)
    if is_spared_the_work(near):
        return WANTED
    works_with = cues().has("integrates", before)
    if works_with and cues().closes("there_already", before):
        return IMPLIED
    denied = _is_denied(words[found.last :]) and not works_with
    denied = denied or _is_left_to_us(before, words[found.last :])
    unwanted = cues().has("unwanted", words)
    if unwanted and is_missing(near[-REACH:], words[found.last : found.last + REACH]):
        return WANTED
    if denied or (unwanted and _is_unwanted(near, options)):
        return UNWANTED
    if cues().has("dislikes", near[-FAR:]):
        return UNWANTED
    if cues().has("partitive", before):
        return WISHED
    if _is_required(before[-FAR:]) or (
        cues().has("is_required", words) and _is_called_required(words, found.last)
    ):
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
        first <= REACH and not any(is_parted(words, place + at) for at in range(last))
        for first, last in cues().find("is_required", words[place : place + 2 * REACH])
    )


def _is_another_clause(words: Sequence[Word], place: int) -> bool:
    """True where ", and" begins something else: "the last thing we need, and logins come …"."""
    begins = place < len(words) and words[place].text in ("and", "but", "so", "while")
    return begins and is_parted(words, place)


def is_spared_the_work(near: Sequence[Word]) -> bool:
    """True for "I don't want to write an admin", "… to learn it": the asker is spared the work."""
    close = near[-FAR:]
    return any(
        close[last : last + 1]
        and close[last].text == "to"
        and (last + 1 == len(close) or cues().opens("efforts", close[last + 1 :]))
        for _, last in cues().find("unwanted", close)
    )


def _is_wished(near: Sequence[Word], after: Sequence[Word]) -> bool:
    """ "Ideally with an admin", "an admin would be nice", but not "would be essential"."""
    if cues().has("wished", near[-REACH:]):
        return True
    if any(first <= 1 for first, _ in cues().find("wished", after[:REACH])):
        return True
    return any(
        first <= 1 and not cues().has("required", after[last : last + REACH])
        for first, last in cues().find("conditional", after[:REACH])
    )


def _is_unwanted(near: Sequence[Word], options: set[int]) -> bool:
    """True for "we don't need", not for "X has no": that says something of an option."""
    close = near[-REACH:]
    return _is_of_something_unwanted(near) or any(
        not first or close[first - 1].start not in options
        for first, _ in cues().find("unwanted", close)
    )


def _is_of_something_unwanted(near: Sequence[Word]) -> bool:
    """True for "I don't want a framework that tells me", of which what follows is said."""
    close = near[-FAR:]
    return any(
        any(word.text in ("that", "which", "who") for word in close[last + 1 : last + _RELATIVE])
        for _, last in cues().find("unwanted", close)
    )


def _is_denied(after: Sequence[Word]) -> bool:
    """ "an admin is not needed", "login doesn't matter"."""
    skipped = 1 if after and after[0].is_stop_word else 0
    return any(first <= skipped for first, _ in cues().find("denied", after[:5]))


def _is_left_to_us(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """True for "leaves the login to me"."""
    close = before[:-1] if before and before[-1].is_stop_word else before
    return cues().closes("leaves", close) and cues().opens("to_us", after)
