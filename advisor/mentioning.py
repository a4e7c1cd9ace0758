"""What a question mentions: the topic's phrases, found as people use them in a question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from advisor.cues import cues
from advisor.phrasing import is_a_thing
from kb.phrases import Found
from kb.spelling import is_english
from kb.topic import Mention, Topic
from kb.words import Word, atoms

_WEIGHED = ("criterion", "condition")
_FIELD = ("option", "subject", "filler")
_BETWEEN = 4  # words: "nobody in our whole team knows"
_NEAR_VERB = 3  # words between "build" and the adjective: "build me a"
_COPULAS = ("is", "are", "was", "were", "be", "stays", "remains", "isnt", "arent")
_FIRST = "first"
_SENTENCE_END = re.compile(r"[.!?;:][)\"'”’]*\s|\n")
_UNSKILLED = "no experience"
_WORKING = "develop faster"
_NEAR_DOING = 4  # words between somebody's doing and its speed: "find his way into it faster"


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
    for first, last in _sentences(text, words):
        part = words[first:last] if last - first < len(words) else words
        told = _with_parted(part, topic.phrases.find(part), topic)
        told = _with_working(part, _with_unskilled(part, told, topic), topic)
        found += [_moved(each, first) for each in told]
    masked = {
        place
        for kind in ("figures_of_speech", "sources", "compounds")
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    masked |= _taken_up(words, found)
    found = [each for old in found for each in _said_of(old, words, topic)]
    strange = masked | _in_strange_compounds(text, words)
    # A compound that the topic itself lists is not strange: "Acme-WTF".
    kept = [
        each
        for each in found
        if not _is_masked(each, strange if each.last - each.first == 1 else masked)
    ]
    stated = {(each.first, each.last) for each in topic.statement_phrases.find(words)}
    qualities = {each.first for each in kept if _is_a_quality(each.meaning, topic)}
    things = [each for each in kept if not _is_need(each) or (each.first, each.last) in stated]
    return tuple(
        each
        for each in kept
        if not (_is_an_adjective(each) and each.last in qualities)
        and not _describes_another_thing(each, words, things)
    )


def _sentences(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text` as numbers of words, last exclusive."""
    ends = [
        place
        for place, (before, word) in enumerate(pairwise(words), start=1)
        if word.start - before.end > 1 and _SENTENCE_END.search(text, before.end, word.start)
    ]
    yield from pairwise([0, *ends, len(words)])


def _moved(found: Found[Mention], by: int) -> Found[Mention]:
    return found._replace(first=found.first + by, last=found.last + by)


def _with_unskilled(
    words: Sequence[Word], found: list[Found[Mention]], topic: Topic
) -> list[Found[Mention]]:
    """Add what "nobody in our team knows X" tells, X being of the field: no experience.

    It is what the topic has for those words, if it has something, in the place of what it says of
    the parts: nobody "has experience".
    """
    field = {place for each in found if each.meaning.kind in _FIELD for place in _places(each)}
    spans = [span for span in _nobody_knows(words) if _is_of_field(words, span[1], field)]
    spans = [] if _knows_another(words, spans) else spans
    meant = [each.meaning for each in topic.phrases.find(atoms(_UNSKILLED))] if spans else []
    if not meant:
        return found
    inside = {place for span in spans for place in range(*span)}
    kept = [
        each for each in found if each.meaning.kind not in _WEIGHED or not inside & _places(each)
    ]
    told = [
        Found(meaning, first, last, words[first].start, words[last - 1].end)
        for first, last in spans
        for meaning in meant
        if meaning.kind in _WEIGHED
    ]
    return sorted([*kept, *told], key=lambda each: (each.first, each.last))


def _with_working(
    words: Sequence[Word], found: list[Found[Mention]], topic: Topic
) -> list[Found[Mention]]:
    """Take "where will he find his way faster" for how fast people are, if the topic has that."""
    speeds = [each for each in found if _is_of_somebody(each, words)]
    meant = [each.meaning for each in topic.phrases.find(atoms(_WORKING))] if speeds else []
    meant = [meaning for meaning in meant if meaning.kind == "criterion"]
    if not meant:
        return found
    kept = [each for each in found if each not in speeds]
    told = [each._replace(meaning=meaning) for each in speeds for meaning in meant]
    return sorted([*kept, *dict.fromkeys(told)], key=lambda each: (each.first, each.last))


def _is_of_somebody(found: Found[Mention], words: Sequence[Word]) -> bool:
    """True for one word for speed beside what somebody does: "learn it faster"."""
    if found.meaning.kind != "criterion" or found.last - found.first > 1:
        return False
    if not cues().opens("speeds", words[found.first :]):
        return False
    before = words[max(0, found.first - _NEAR_DOING) : found.first]
    return cues().has("doing", before) or _is_done_so(words[found.last :])


def _is_done_so(behind: Sequence[Word]) -> bool:
    """True for what goes on with somebody's doing: "fast to write", "how fast I get it written"."""
    somebody = behind[1 : _NEAR_DOING + 1] if cues().opens("somebody", behind) else ()
    return cues().opens("to_do", behind) or cues().has("doing", somebody)


def _nobody_knows(words: Sequence[Word]) -> list[tuple[int, int]]:
    known = cues().find("knowing", words)
    spans = []
    for first, last in cues().find("nobody", words):
        ends = [end for start, end in known if 0 <= start - last <= _BETWEEN]
        spans += [(first, ends[0])] if ends else []
    return spans


def _is_of_field(words: Sequence[Word], place: int, field: set[int]) -> bool:
    """True when what follows first is a word of the field, or nothing: not "knows which"."""
    asks = cues().opens("ask_words", words[place:])
    rest = [at for at in range(place, len(words)) if not words[at].is_stop_word]
    return not asks and (not rest or rest[0] in field)


def _knows_another(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> bool:
    """True when somebody does know something: "nobody knows X, everybody knows Y"."""
    inside = {place for span in spans for place in range(*span)}
    return any(first not in inside for first, _ in cues().find("knowing", words))


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


def _subject(before: Sequence[Word]) -> Word | None:
    """Return the noun that "… is" or "… is very" ends a text on says something of, if one does."""
    place = len(before)
    while place and cues().opens("degrees", before[place - 1 : place]):
        place -= 1
    if not place or before[place - 1].text not in _COPULAS:
        return None
    place -= 1
    if place and before[place - 1].text in ("will", "would", "must", "should", "may"):
        place -= 1
    subject = before[place - 1] if place else None
    return None if subject is None or subject.is_stop_word else subject


def _in_strange_compounds(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of words that a hyphen joins to no English word: "scikit-learn"."""
    return {
        place
        for first, (one, other) in enumerate(pairwise(words))
        if text[one.end : other.start] == "-"
        and not (is_english(one.text) and is_english(other.text))
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
    known = any(
        found.last in _places(each) and not (_is_compared(words[found.first]) and _is_need(each))
        for each in every
    )
    stands_in = cues().opens("stand_ins", words[found.last :])
    return not known and not stands_in and not _is_number(following)


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
