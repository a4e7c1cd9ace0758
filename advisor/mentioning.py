"""What a question mentions: the topic's phrases, found as people use them in a question."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from advisor.corrections import is_written_as_a_name
from advisor.cues import cues
from advisor.phrasing import is_a_thing
from advisor.sentences import sentences
from advisor.skills import with_unskilled, with_working
from kb.phrases import Found
from kb.spelling import is_english
from kb.topic import Mention, Topic
from kb.words import Word, atoms, is_parted

_WEIGHED = ("criterion", "condition")
_FIELD = ("option", "subject", "filler")
_NEAR_VERB = 3  # words between "build" and the adjective: "build me a"
_FIRST = "first"


def mentioned(text: str, words: Sequence[Word], topic: Topic) -> tuple[Found[Mention], ...]:
    """Return what `words`, the atoms of `text`, mention of the topic, in order.

    No phrase goes on in the next sentence: "… with parts inside. X or Y?" is not "inside X".
    A phrase is also found with an option's name between its words ("find Acme developers"), and in
    other words. Figures of speech ("the safer bet") mention nothing, nor do talk of the articles
    themselves, the last word of another thing's name ("machine learning"), and taking an option up
    ("should I learn X"). One adjective ("small") says nothing of the project when it stands before
    something that the topic has no word for ("a small town").
    """
    found: list[Found[Mention]] = []
    for first, last in sentences(text, words):
        part = words[first:last] if last - first < len(words) else words
        told = _with_parted(part, topic.phrases.find(part), topic)
        told = with_working(part, with_unskilled(part, told, topic), topic)
        found += [_moved(each, first) for each in told]
    masked = {
        place
        for kind in ("figures_of_speech", "sources", "compounds")
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    masked |= _taken_up(words, found) | _names(text, words)
    found = [
        each
        for old in found
        if not _compares_options(old, words)
        for each in _said_of(old, words, topic)
    ]
    masked |= _in_strange_compounds(text, words, found)
    kept = [each for each in found if not _is_masked(each, masked)]
    stated = {(each.first, each.last) for each in topic.statement_phrases.find(words)}
    qualities = {each.first for each in kept if _is_a_quality(each.meaning, topic)}
    things = [each for each in kept if not _is_need(each) or (each.first, each.last) in stated]
    return tuple(
        each
        for each in kept
        if not (_is_an_adjective(each) and each.last in qualities)
        and not _is_of_a_name(each, text, words)
        and not _describes_another_thing(each, words, things)
    )


def _moved(found: Found[Mention], by: int) -> Found[Mention]:
    return found._replace(first=found.first + by, last=found.last + by)


def _names(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of a name behind "called": "a firm called Blue Station"."""
    places: set[int] = set()
    for _, last in cues().find("called", words):
        for place in range(last, len(words)):
            if not text[words[place].start].isupper() or (place > last and is_parted(words, place)):
                break
            places.add(place)
    return places


def _taken_up(words: Sequence[Word], found: Sequence[Found[Mention]]) -> set[int]:
    """Return the places of a verb between "should I" and an option: "should I learn X".

    What is learned first is another matter: that is how easy it is.
    """
    options = {each.first for each in found if each.meaning.kind == "option"}
    if any(word.text == _FIRST for word in words):
        return set()
    return {last for _, last in cues().find("taking_up", words) if last + 1 in options}


def _said_of(
    found: Found[Mention], words: Sequence[Word], topic: Topic
) -> Iterator[Found[Mention]]:
    """Yield an adjective as what it says of its subject: "the team is small" is about the team.

    Of a subject that is neither a condition's nor the thing that is built it says nothing here.
    """
    mention, place = found.meaning, found.first
    subject = _subject(words[:place]) if mention.kind == "condition" else None
    if subject is None or found.last - found.first > 1:
        yield found
        return
    for condition in topic.conditions:
        if subject.stem == atoms(condition.label)[-1].stem:
            if mention.value in dict(condition.values):
                yield found._replace(meaning=replace(mention, id=condition.id))
            return
    about = topic.phrases.find([subject])
    if any(_is_a_quality(each.meaning, topic) for each in about):
        return  # "the community is large"
    of_it = about or cues().opens("stand_ins", [subject])
    if of_it and not cues().opens("parts", [subject]):
        yield found


def _compares_options(found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for "where is it smaller?": not "if it gets larger, which …", "a larger shop"."""
    place = found.first
    if not (_is_an_adjective(found) and _is_compared(words[place])):
        return False
    behind, before = words[found.last : found.last + 1], words[:place]
    describes = bool(behind) and not (
        behind[0].is_stop_word or cues().is_filler(behind[0]) or is_parted(words, found.last)
    )
    return not describes and cues().has("ask_words", before) and not cues().has("becoming", before)


def _is_of_a_name(found: Found[Mention], text: str, words: Sequence[Word]) -> bool:
    """True for "would Acme alone do": one word right behind a name is said of that."""
    place = found.first
    if not _is_an_adjective(found) or not place or is_parted(words, place):
        return False
    if found.last < len(words) and not words[found.last].is_stop_word:
        return False  # "at Acme small teams work"
    name = words[place - 1]
    return not name.is_stop_word and is_written_as_a_name(text, name.start, name.end)


def _subject(before: Sequence[Word]) -> Word | None:
    """Return the noun that "… is" or "… is very" ends a text on says something of, if one does."""
    place = len(before)
    while place and cues().opens("degrees", before[place - 1 : place]):
        place -= 1
    if not place or not cues().opens("copulas", before[place - 1 : place]):
        return None
    place -= 1
    while place and cues().opens("in_time", before[place - 1 : place]):
        place -= 1
    if place and before[place - 1].text in ("will", "would", "must", "should", "may"):
        place -= 1
    subject = before[place - 1] if place else None
    return None if subject is None or subject.is_stop_word else subject


def _in_strange_compounds(
    text: str, words: Sequence[Word], found: Sequence[Found[Mention]]
) -> set[int]:
    """Return the places of words that a hyphen joins to a strange one: "scikit-learn".

    A word of the topic ("REST-API") is as little strange as an English one.
    """
    joined = [
        first
        for first, (one, other) in enumerate(pairwise(words))
        if text[one.end : other.start] == "-"
    ]
    field = (each for each in found if each.meaning.kind in (*_WEIGHED, *_FIELD))
    known = {place for each in field for place in _places(each)} if joined else set()
    return {
        place
        for first in joined
        if not all(at in known or is_english(words[at].text) for at in (first, first + 1))
        for place in (first, first + 1)
    }


def _is_masked(found: Found[Mention], masked: set[int]) -> bool:
    """True when a criterion or condition stands wholly in words that mean something else."""
    return found.meaning.kind in _WEIGHED and set(range(found.first, found.last)) <= masked


def _with_parted(
    words: Sequence[Word], found: list[Found[Mention]], topic: Topic
) -> list[Found[Mention]]:
    """Add the phrases that an option's name parts, in the place of what stands inside them."""
    named = {p for each in found if each.meaning.kind == "option" for p in _places(each)}
    if not named:
        return found
    parted = list(_parted(words, named, topic))
    inside = {p for each in parted for p in range(each.first, each.last)} - named
    kept = [each for each in found if not inside & _places(each)]
    return sorted([*kept, *parted], key=lambda each: (each.first, each.last))


def _parted(words: Sequence[Word], named: set[int], topic: Topic) -> Iterator[Found[Mention]]:
    """Yield the criteria and conditions whose phrases hold one option between their words."""
    kept = [place for place in range(len(words)) if place not in named]
    for each in topic.phrases.find([words[place] for place in kept]):
        first, last = kept[each.first], kept[each.last - 1] + 1
        if each.meaning.kind in _WEIGHED and last - first == each.last - each.first + 1:
            yield Found(each.meaning, first, last, words[first].start, words[last - 1].end)


def _describes_another_thing(
    found: Found[Mention], words: Sequence[Word], every: Sequence[Found[Mention]]
) -> bool:
    """True for one word for a condition right before a noun that is none of the `every` things.

    What only hints at a need is no thing that is built: "a small bakery".
    """
    if not _is_an_adjective(found):
        return False
    if found.last >= len(words) or words[found.last].is_stop_word:
        return False
    following = words[found.last]
    if cues().opens("parts", words[found.last :]):
        return True
    if not _is_compared(words[found.first]) and _is_what_is_built(words[: found.first]):
        return False
    if cues().has("to_build", words[found.last + 1 : found.last + 4]):
        return False
    if not _is_compared(words[found.first]) and _is_of_a_thing_built(words, found.last):
        return False
    known = any(
        found.last in _places(each) and not (_is_compared(words[found.first]) and _is_need(each))
        for each in every
    )
    stands_in = cues().opens("stand_ins", words[found.last :])
    return not known and not stands_in and not _is_number(following)


def _is_of_a_thing_built(words: Sequence[Word], place: int) -> bool:
    """True for what is built at a place, or behind one word: "portal", "status page"."""
    if cues().opens("things_built", words[place : place + 2]):
        return True
    behind = words[place + 1 : place + 3]
    return bool(behind) and not is_parted(words, place + 1) and cues().opens("things_built", behind)


def _is_what_is_built(before: Sequence[Word]) -> bool:
    """True for "tiny status screen", "we want to build a tiny …": of that alone it can be said."""
    near = [word for word in before[-_NEAR_VERB:] if not word.is_stop_word]
    return cues().closes("building", near) or all(word.text in ("a", "an") for word in before)


def _is_compared(word: Word) -> bool:
    """True for "smaller": of a thing that is compared, and so not of the project."""
    return word.text.endswith("er")


def _is_need(found: Found[Mention]) -> bool:
    return found.meaning.kind == "criterion"


def _is_an_adjective(found: Found[Mention]) -> bool:
    """True for one word for a condition: "large"."""
    return found.meaning.kind == "condition" and found.last - found.first == 1


def _is_a_quality(mention: Mention, topic: Topic) -> bool:
    """True for a criterion that is nothing to build: "security", not "an online shop"."""
    return mention.kind == "criterion" and not is_a_thing(topic.criterion(mention.id).label)


def _is_number(word: Word) -> bool:
    return word.text.isdecimal() or word.text in cues().numbers


def _places(found: Found[Mention]) -> set[int]:
    return set(range(found.first, found.last))
