"""What is true of the asker: conditions told in words, or by a number and its unit."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.cues import cues
from advisor.provided import done_elsewhere
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, atoms, is_parted

_REACH = 6  # words behind "sign off" or "meeting" within which a time is the time of that
_FAR = 8  # words: "it would be nice if we had only a small"
_THOUSAND = "k"  # "60k lines"
_THOUSANDS = re.compile(r"[0-9]{3}")
_SEPARATORS = (",", ".", "'", "’", " ", "\N{NO-BREAK SPACE}")  # of "200,000"
_COMING = ("will", "shall", "must", "should", "going", "wants", "want", "plan")
_HOW = "how"  # "how many people" asks for a number and tells none
_LONGER = 1_000  # times: "ten years" are long however long, "six weeks" are not
_US = "of us"  # the unit under which a condition counts those who ask


class Circumstances(NamedTuple):
    """What is true of the asker: `values` by condition, and ids of what is true `no_longer`."""

    values: tuple[tuple[str, str], ...]
    no_longer: tuple[str, ...]


def circumstances(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], topic: Topic
) -> Circumstances:
    """Return what is true of the asker, and is no longer: "forget the two weeks".

    What would only be nice ("it would be nice if it were small") is not true. A number with its
    unit outweighs words; "big ones and small ones" says nothing. What is asked ("how many people")
    is not told, and the time of a meeting is none of the project.
    """
    said: dict[str, set[str]] = {}
    no_longer: list[str] = []
    elsewhere = _elsewhere(words) | done_elsewhere(text, words)
    for found in mentions:
        if found.meaning.kind != "condition":
            continue
        if _is_negated(words, found.first):
            no_longer.append(found.meaning.id)
        elif not (
            found.first in elsewhere or _is_asked(words, found.first) or _is_wished(words, found)
        ):
            said.setdefault(found.meaning.id, set()).add(found.meaning.value)
    values = {id: min(each) for id, each in said.items() if len(each) == 1}
    for place, id, value in _numeric(text, words, topic):
        if _is_dropped(words, place):
            no_longer.append(id)
        else:
            values[id] = value
    return Circumstances(tuple(values.items()), tuple(dict.fromkeys(no_longer)))


def _is_dropped(words: Sequence[Word], place: int) -> bool:
    """True for the number of "forget the two weeks"."""
    return cues().has("dropped", words[_sentence_start(words, place, max(0, place - 3)) : place])


def _is_wished(words: Sequence[Word], found: Found[Mention]) -> bool:
    """True for "it would be nice if it were small", "small would be nice"."""
    begin = _sentence_start(words, found.first, max(0, found.first - _FAR))
    behind = words[found.last : found.last + 2]
    return cues().has("wished", words[begin : found.first]) or cues().opens("conditional", behind)


def _is_asked(words: Sequence[Word], place: int) -> bool:
    return place > 0 and words[place - 1].text == _HOW


def _elsewhere(words: Sequence[Word]) -> set[int]:
    """Return the places behind an appointment, up to the next mark."""
    places: set[int] = set()
    for _, last in cues().find("appointments", words):
        for place in range(last, min(last + _REACH, len(words))):
            if is_parted(words, place):
                break
            places.add(place)
    return places


def _is_negated(words: Sequence[Word], place: int) -> bool:
    before = words[_sentence_start(words, place, max(0, place - 3)) : place]
    if cues().has("dropped", before) or cues().closes("perhaps", before):
        return True
    if len(before) == 3 and not all(word.is_stop_word for word in before[1:]):
        before = before[1:]
    return cues().has("negations", before)


def _sentence_start(words: Sequence[Word], place: int, first: int) -> int:
    """Return where the words before `place` begin, at `first` or behind the last mark."""
    for at in range(place, first, -1):
        if is_parted(words, at):
            return at
    return first


def _numeric(text: str, words: Sequence[Word], topic: Topic) -> Iterator[tuple[int, str, str]]:
    """Yield the place of numbers with a unit, and the condition: "12 people", "six weeks".

    "We are seven" counts those who ask, whatever noun follows. What lasts so long ("online for six
    weeks") is no time that there is, and what somebody has done so long is none at all.
    """
    figures = _elsewhere(words) | {
        place
        for first, last in cues().find("figures_of_speech", words)
        for place in range(first, last)
    }
    for place, size, number in _numbers(text, words):
        if place in figures or cues().closes("past", words[:place]):
            continue
        after = words[place + size : place + size + 3]
        if cues().has("appointments", after[1:2]):
            continue  # "a ten-day course"
        of_us = cues().closes("counts_us", words[:place]) and not (
            cues().closes("counts_things", words[:place]) and _is_a_thing(after)
        )
        for condition in topic.conditions:
            units = dict(condition.units)
            factor = units.get(_US) if of_us and not _is_a_unit(after, topic) else None
            factor = _factor(after, units) if factor is None else factor
            named = _names(words[max(0, place - 2) : place], condition.label)
            if factor is None and named and not _is_a_unit(after, topic):
                factor = 1.0
            value = condition.value_of(number * factor) if factor is not None else None
            if value and factor and _lasts(words, place):
                longer = condition.value_of(_LONGER * number * factor)
                value = value if value == longer and not _is_done(words, place) else None
            if value:
                yield place, condition.id, value


def _lasts(words: Sequence[Word], place: int) -> bool:
    """True for the number of "it will be online for six weeks"."""
    before = words[_sentence_start(words, place, max(0, place - _REACH)) : place]
    return cues().closes("so_long", before) and cues().has("lasting", before)


def _is_done(words: Sequence[Word], place: int) -> bool:
    """True for the number of "he has coded for ten years", not of "will work for ten years"."""
    before = words[max(0, place - _REACH) : place]
    coming = any(word.text in _COMING for word in words[max(0, place - _FAR) : place])
    return cues().has("done_so_long", before) and not coming


def _is_a_thing(after: Sequence[Word]) -> bool:
    """True when a noun follows a number right away: "it will be 200 screens"."""
    return bool(after) and not after[0].is_stop_word and after[0].text not in cues().numbers


def _is_a_unit(after: Sequence[Word], topic: Topic) -> bool:
    """True when a unit of some condition follows: "we are six weeks late"."""
    return any(_factor(after, dict(condition.units)) is not None for condition in topic.conditions)


def _numbers(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, float]]:
    """Yield the place of each number, how many words it takes (two for "1,200"), and its value."""
    last = 0
    for place, word in enumerate(words):
        number = _number(word) if place >= last else None
        if number is None:
            continue
        last = place + 1
        while word.text.isdecimal() and _goes_on(text, words, last):
            number = 1_000 * number + int(words[last].text)
            last += 1
        yield place, last - place, number


def _goes_on(text: str, words: Sequence[Word], place: int) -> bool:
    """True for the last three digits of "200,000"."""
    if place >= len(words) or not _THOUSANDS.fullmatch(words[place].text):
        return False
    before = words[place - 1]
    between = text[before.end : words[place].start]
    return between in _SEPARATORS and len(before.text) <= 3


def _number(word: Word) -> float | None:
    if word.text.isdecimal() and len(word.text) < 7:
        return float(word.text)
    if word.text[-1] == _THOUSAND and word.text[:-1].isdecimal() and len(word.text) < 6:
        return 1000.0 * float(word.text[:-1])
    return cues().numbers.get(word.text)


def _factor(after: Sequence[Word], units: dict[str, float]) -> float | None:
    """Return the factor of the unit that follows, at most one word ("6 short weeks") between."""
    texts = [word.text for word in after]
    for size in (2, 1):
        for skip in range(0, 2):
            unit = " ".join(texts[skip : skip + size])
            if unit in units:
                return units[unit]
    return None


def _names(before: Sequence[Word], label: str) -> bool:
    """ "team of 12": the word that the condition's label ends on, then "of"."""
    if len(before) != 2 or before[1].text != "of":
        return False
    return before[0].stem == atoms(label)[-1].stem
