"""What is named along with the options and stands in no article: a third one, a regulation."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.cues import cues
from advisor.followups import FACTUAL, Standing
from advisor.importance import WANTED
from advisor.slots import (
    cue_places,
    in_option_place,
    is_acronym,
    is_heard,
    places,
    same_sentence,
    strangers,
)
from advisor.spotting import Spotted
from kb.claims.context import mentions
from kb.claims.lexicon import polarity
from kb.spelling import frequency
from kb.topic import Topic
from kb.words import Word

_DENIED = 1  # words between "not" and what is ruled out: "not with X"
_MEASURES = ("than", "compared", "unlike", "like", "as")  # behind these stands what one is held to


class Along(NamedTuple):
    """Words of a question that stand in no article, in order.

    `third` are in one list with two options or more, `noted` are names beside needs that are named
    otherwise, `alone` names without any. `settled` are the starts of what decides nothing.
    """

    third: Sequence[Word]
    noted: Sequence[Word]
    alone: Sequence[Word]
    settled: set[int]


def along(standing: Standing, known: set[str], topic: Topic) -> Along:
    """Return what is named along with the options; `known` are the stems that articles hold.

    What is ruled out ("not X") decides nothing and is not told of.
    """
    spotted = standing.spotted
    rivals = _rivals(spotted, known)
    out = {spotted.words[place].start for place in _ruled_out(spotted, rivals)}
    third = _third(spotted, [word for word in rivals if word.start not in out])
    names = _hinted_names(spotted, known, topic)
    otherwise = bool(names) and _is_named_otherwise(standing, names, topic)
    noted, alone = (names, []) if otherwise else ([], names)
    return Along(third, noted, alone, out | {word.start for word in [*third, *noted]})


def names_of(words: Sequence[Word], spotted: Spotted) -> tuple[str, ...]:
    """Return words as typed and in order, those of one outside name together."""
    spans = {(word.start, word.end) for word in words}
    for found in spotted.outside:
        own = spotted.words[found.first : found.last]
        if any((word.start, word.end) in spans for word in own):
            spans -= {(word.start, word.end) for word in own}
            spans.add((found.start, found.end))
    return tuple(dict.fromkeys(spotted.text[start:end] for start, end in sorted(spans)))


def _rivals(spotted: Spotted, known: set[str]) -> list[Word]:
    """Return the strange words in an option's place, each with the rest of its name."""
    found = [*in_option_place(spotted), *strangers(spotted, known)]
    if len(spotted.options) > 1:
        unheard = [w for w in spotted.focus if w.stem not in known and not is_heard(w)]
        found += [spotted.words[place] for place in _listed_beside(spotted, unheard)]
    starts = _whole_names({word.start for word in found}, spotted)
    return [word for word in spotted.words if word.start in starts]


def _whole_names(starts: set[int], spotted: Spotted) -> set[int]:
    """Return the starts of words together with those of the outside names they are part of."""
    whole = set(starts)
    for mention in spotted.outside:
        name = {word.start for word in spotted.words[mention.first : mention.last]}
        whole |= name if name & starts else set()
    return whole


def _third(spotted: Spotted, rivals: Sequence[Word]) -> list[Word]:
    """Return those in one list with two options or more, which are weighed without them.

    Not when something is measured by it ("than X"), or a fact is asked for.
    """
    measured = any(word.text in _MEASURES for word in spotted.words)
    if not rivals or len(spotted.options) < 2 or measured or spotted.intent in FACTUAL:
        return []
    listed = {spotted.words[place].start for place in _listed_beside(spotted, rivals)}
    listed = _whole_names(listed, spotted)
    return [word for word in rivals if word.start in listed]


def _ruled_out(spotted: Spotted, words: Sequence[Word]) -> set[int]:
    """Return the places of those of `words` that are not wanted: "not X", "no X", "without X"."""
    denials = [last for _, last in cues().find("ruled_out", spotted.words)] if words else []
    starts = {word.start for word in words}
    return {
        place
        for place, word in enumerate(spotted.words)
        if word.start in starts
        for last in denials
        if 0 <= place - last <= _DENIED and same_sentence(last - 1, place, spotted)
    }


def _listed_beside(spotted: Spotted, strange: Sequence[Word]) -> set[int]:
    """Return the places of those of `strange` that stand in one list with an option: "X, Y or Z".

    What options are for or with does not: "X or Y for Z".
    """
    words = spotted.words
    starts = {word.start for word in strange}
    places_of = {place for place, word in enumerate(words) if word.start in starts}
    others = places(found for found in spotted.mentions if found.meaning.kind == "option")
    joins = cue_places(spotted, "between_parts") | cue_places(spotted, "between_and")
    listed: set[int] = set()
    for _ in places_of:  # each may be joined to one that is in the list by now
        for place in places_of - listed:
            listed |= {
                place
                for step in (-1, 1)
                if _next_in_list(place, step, joins, spotted) in others | listed
            }
    return listed


def _next_in_list(place: int, step: int, joins: set[int], spotted: Spotted) -> int:
    """Return the place that only joining words, a comma or nothing part from `place`."""
    other = place + step
    while other in joins:
        other += step
    if not 0 <= other < len(spotted.words) or not same_sentence(place, other, spotted):
        return -1
    first, last = sorted((place, other))
    gap = spotted.text[spotted.words[first].end : spotted.words[last].start]
    return other if last - first > 1 or "," in gap or "/" in gap else -1


def _hinted_names(spotted: Spotted, known: set[str], topic: Topic) -> list[Word]:
    """Return the names of other things that only hint at a need: a regulation, a technology.

    They stand in no article, and the topic lists them as outside, or they are acronyms that
    English does not know.
    """
    stated = topic.statement_phrases.find(spotted.words)
    named = places(found for found in stated if found.meaning.kind == "criterion")
    outside = places(found for found in stated if found.meaning.kind == "outside")
    hints = places(found for found in spotted.mentions if found.meaning.kind == "criterion") - named
    return [
        spotted.words[place]
        for place in sorted(hints)
        if spotted.words[place].stem not in known
        and (place in outside or _is_strange_acronym(spotted.words[place], spotted))
    ]


def _is_strange_acronym(word: Word, spotted: Spotted) -> bool:
    return is_acronym(word, spotted) and not frequency(word.text)


def _is_named_otherwise(standing: Standing, names: Sequence[Word], topic: Topic) -> bool:
    """True when a need or condition is named by more than `names` that hint at one."""
    spotted = standing.spotted
    starts = {word.start for word in names}
    wanted = {need.criterion for need in standing.needs if need.importance >= WANTED}
    by_name: set[str] = set()
    others: set[str] = set()
    for found in spotted.mentions:
        if found.meaning.kind == "criterion":
            own = spotted.words[found.first : found.last]
            if any(word.start in starts for word in own):
                by_name.add(found.meaning.id)
            elif len(own) > 1 or not polarity(own):  # "easier" at it is no need by itself
                others.add(found.meaning.id)
    stated = set(mentions(spotted.words, topic).criteria)
    return bool(spotted.conditions or (others - by_name) & wanted or stated & wanted)
