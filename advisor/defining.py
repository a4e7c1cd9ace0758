"""Whether a sentence says what a term means, or only uses it."""

import re
from collections.abc import Sequence

from advisor.answer_kinds import names_kind
from advisor.cues import cues
from advisor.said import Said
from kb.topic import Topic
from kb.words import Word

_OPENING = 6  # words within which a definition says what it defines, and comes to its verb
_SUBJECT = 4  # words within which the subject of a sentence stands
_DIRECTLY = 8  # words behind a term within which it is explained
_IS = ("is", "are")
_MEANS = ("means", "mean", "stands", "stand", "called")
_CLASSED, _EXPLAINED, _SPELT_OUT, _SUBJECT_OF = 1.0, 0.7, 0.6, 0.2
_CLASS_BEHIND = re.compile(r"[\"”’]?(?:, | \()(?:an?|the|one of|which is|which are) ")
_CLASS_BEFORE = re.compile(r"\b[Tt]he (?:[a-z][\w-]* ){0,3}(?:[a-z][\w-]+|[A-Z]{2,5}) [\"“]?$")
_PART = re.compile(r"[^\W\d_][\w']*")


def defines(said: Said, terms: frozenset[str], *, letters: bool = False) -> float:
    """Return how far a sentence says what `terms` (stems) mean, from 0 to about 2.

    0 when it only uses them, 1 and more for "X is a …". With `letters`, what an acronym stands for
    is asked.
    """
    if said.is_whole:
        return _CLASSED * spells_by_items(said, terms)
    classed = _CLASSED * _is_classed(said, terms)
    words = said.every
    places = [place for place, word in enumerate(words) if word.stem in terms]
    if not places:
        return classed
    spelt = any(_is_spelt_out(said.text[words[p].start : words[p].end], said.text) for p in places)
    told = classed + (_CLASSED if letters else _SPELT_OUT) * spelt
    # "X and Y. This makes it …" is said of another.
    elsewhere = words[places[-1]].start < said.points_back and places[0] >= _SUBJECT
    explained = _is_apposed(said, words, places) or (
        not elsewhere and _is_explained(said, words, places)
    )
    if explained and not classed:
        told += _EXPLAINED
    end = said.words[:_SUBJECT][-1].end
    return told or _SUBJECT_OF * any(
        words[p].start < end and "(" not in said.text[: words[p].start] for p in places
    )


def _is_apposed(said: Said, words: Sequence[Word], places: list[int]) -> bool:
    """True for "Acme, a big shop, …", "Acme (a shop)" and "the shop Acme": what a name is."""
    first, last = words[places[0]], words[places[-1]]
    if not said.text[first.start].isupper():
        return False
    return bool(_CLASS_BEHIND.match(said.text[last.end :])) or bool(
        _CLASS_BEFORE.search(said.text[: first.start])
        and not said.text[first.start : last.end].isupper()
    )


def _is_classed(said: Said, terms: frozenset[str]) -> bool:
    """True for "X is a …", "X means …", X being asked for."""
    words = said.words
    for place, word in enumerate(words[:_OPENING]):
        behind = words[place + 1 : place + 2]
        if word.text in _MEANS or (word.text in _IS and cues().opens("determiners", behind)):
            return bool(terms & {each.stem for each in words[:place]})
    return False


def _is_explained(said: Said, words: Sequence[Word], places: list[int]) -> bool:
    """True for "X lets you …", "X – …" and "because of X you never …"."""
    first, last = words[places[0]], words[places[-1]]
    behind = tuple(each for each in said.words if each.start >= last.end)
    before = tuple(each for each in said.words if each.end <= first.start)
    if cues().has("explaining", behind[:_DIRECTLY]):
        return True
    if re.match(r"[\"”’]? [-–—] ", said.text[last.end :]):
        return True
    return len(behind) > _SUBJECT and cues().has("comes_of", before)


def _is_spelt_out(acronym: str, text: str) -> bool:
    """True when some words of a text begin with the letters of an acronym in it: "M… T… V…"."""
    if not (acronym.isupper() and len(acronym) > 1):
        return False
    initials = "".join(word[0] for word in _PART.findall(text.replace(acronym, "")))
    return acronym.lower() in initials.lower()


def spells_by_items(said: Said, terms: frozenset[str]) -> bool:
    """True for a list whose items begin with the letters of a term above it: "Model: …"."""
    lines = [line.strip(" •*–-") for line in said.text.split("\n") if line.strip()]
    initials = "".join(line[0] for line in lines[bool(said.lead) :]).casefold()
    return len(initials) > 1 and initials in terms and initials in said.above


def rests_on(said: Said, typed: str, topic: Topic) -> bool:
    """True for "X is built on Y", X being an option: not for "Acme is built on X".

    Y is a name that does not stand in what was `typed`: nobody asks for "common ground".
    """
    found = cues().find("rests_on", said.words)
    if said.is_whole or not found:
        return False
    first, last = found[0]
    named = [f.first for f in topic.phrases.find(said.words) if f.meaning.kind == "option"]
    behind = said.words[last : last + _DIRECTLY]
    text = said.text[behind[0].start : behind[-1].end] if behind else ""
    return (not named or named[0] < first) and names_kind("name", f"on {text}", typed)
