"""Whether a question asks if an option has a thing: "does X come with Y?", "is there Y in X?"."""

from collections.abc import Iterator, Sequence
from typing import Literal

from advisor.analysed import question_atoms
from advisor.cues import cues
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

Possession = Literal["", "has", "needs", "rests", "complies"]

_AIM = "for"
_HAS = ("has", "have", "hasnt", "havent", "had")
_IS = ("is", "are", "isnt", "arent", "was", "were")
_WITHIN = ("in", "into", "for", "with", "of", "by", "to", "on", "inside", "within", "behind")
_ITSELF = ("it", "they")
_SUBJECT = 3  # first words of a question among which its subject stands
_BESIDE = 2  # words between a preposition and the option it belongs to: "into the X"
_OWN = ("own", "any", "some")
_BEHIND = ("behind", "around", "against", "between", "besides", "beside", "attached")
_VERB = 3  # words behind the subject among which the verb begins: "X by default come with"


def asks_to_have(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> Possession:
    """Return "has" when a yes or no is asked on whether an option has a thing, "" when not.

    "needs" asks the reverse: whether something has to be added ("do I need an extension for Y?"),
    "rests" whether the option is made with it ("is X written in Y?"), "complies" whether it keeps
    to it.
    How good the thing is, how much an option can bear, and what somebody else does with it, is
    another question.
    """
    cue = cues()
    if not (cue.opens("yes_or_no", words) or (words and words[0].text in _HAS)):
        return ""
    if any(cue.has(kind, words) for kind in ("compare", "qualities", "indifferent", "amounts")):
        return ""
    made = cue.has("made_in", words) and not cue.has("built_in", words)
    options = [found for found in mentions if found.meaning.kind == "option"]
    pronoun = not options and any(word.text in _ITSELF for word in words[1:2])
    if len({found.meaning.id for found in options}) > 1 or not (options or pronoun):
        return ""
    subjects = [found.last for found in options if found.first < _SUBJECT]
    subjects += [2] if pronoun else []
    if made and not _is_made(words, subjects):
        return ""
    if made and words[0].text in _IS:
        return "rests"
    if subjects and cue.has("complies", words[min(subjects) :]):
        return "complies"
    there = any(word.text == "there" for word in words[1:_SUBJECT])
    adds = cue.has("asks_to_add", words)
    if subjects and not there and (_has(words, min(subjects)) or not adds):
        lacks = cue.opens("asks_to_add", words[min(subjects) :])
        return "needs" if lacks else "has" if _has(words, min(subjects)) else ""
    if adds:
        return "needs"
    inside = words[0].text in _IS and any(_is_within(words, found) for found in options)
    return "has" if inside and cue.has("asks_to_have", words) else ""


def _has(words: Sequence[Word], subject: int) -> bool:
    """True when what is asked of a subject that ends before place `subject` is what it has."""
    if words[0].text in (*_HAS, *_IS):
        return words[0].text in _HAS or cues().has("asks_to_have", words)
    places = [first for first, _ in cues().find("asks_to_have", words)]
    return any(subject <= first < subject + _VERB for first in places)


def _is_made(words: Sequence[Word], subjects: Sequence[int]) -> bool:
    """True for "is X written in Y", not for "is Y written in X"."""
    return any(first in subjects for first, _ in cues().find("made_in", words))


def _is_within(words: Sequence[Word], option: Found[Mention]) -> bool:
    before = words[max(0, option.first - _BESIDE) : option.first]
    return any(word.text in _WITHIN for word in before)


def without_aim(text: str, topic: Topic) -> str:
    """Return a text up to what a thing is wanted for: "an admin area", without "for my editors"."""
    words = question_atoms(text)
    named = [f.last for f in topic.phrases.find(words) if f.meaning.kind == "criterion"]
    ends = (word for word in words[min(named) :] if word.text == _AIM) if named else iter(())
    end = next(ends, None)
    return text[: end.start].rstrip() if end else text


def head_of_having(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> Sequence[Word]:
    """Return the noun for the thing that is asked for: "company" of "have its own company behind".

    It is empty when no noun stands right behind the verb and its articles.
    """
    options = [found.last for found in mentions if found.meaning.kind == "option"]
    place = min(options, default=2)
    place = min(
        (last for a, last in cues().find("asks_to_have", words) if a >= place), default=place
    )
    while place < len(words) and (
        cues().opens("determiners", words[place:]) or words[place].text in _OWN
    ):
        place += 1
    head: Sequence[Word] = ()
    for at in range(place, len(words)):
        if words[at].is_stop_word or words[at].text in _BEHIND:
            break
        head = words[at : at + 1]
    return head


def compound_with(words: Sequence[Word], topic: Topic) -> Iterator[str]:
    """Yield the stems of content words right behind a criterion: "test client"."""
    form = {p for first, last in cues().find("form_of_having", words) for p in range(first, last)}
    mentions = topic.phrases.find(words)
    named = [found for found in mentions if found.meaning.kind != "filler"]
    taken = {place for found in named for place in range(found.first, found.last)}
    for found in mentions:
        behind = words[found.last : found.last + 1]
        free = not form & {found.first, found.last} and found.last not in taken
        if found.meaning.kind == "criterion" and free:
            yield from (word.stem for word in behind if not word.is_stop_word)
