"""The kinds of things that are asked for, and whether a sentence names one: a person, a year."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

from advisor.cues import cues
from kb.spelling import is_english
from kb.words import all_words, atoms, normalise

AnswerKind = Literal["", "person", "user", "name", "time", "number", "address"]

_ACRONYM = 5  # letters up to which capitals are an acronym and no name
_NEAR = 4  # words between a name and what its bearer made
_READ = 8192  # sentences of articles of which is remembered what they name
_PERSON = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
_ADDRESS = re.compile(r"https?:|localhost|\d+\.\d+\.\d+|/\w+/")
_NAME = re.compile(r"\b[A-Z][\w.+]*(?:-[A-Z]?\w+)*|\b\w+[-.]\w*[A-Z\d]\w*|\b[a-z]+\d\b")
_BESIDE = 2  # words before what is counted among which its number stands
_BREAK = re.compile(r"[.,;:]")
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_COMPOUND = re.compile(r"\w-?[A-Z]")  # "Acme-Login", where "Login" opens no sentence
_TIME = re.compile(r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|June|July|August"
                   r"|September|October|November|December)\b")  # fmt: skip


def names_kind(kind: AnswerKind, text: str, typed: str) -> bool:
    """True when a text names a thing of a kind that does not stand in what was `typed`."""
    return _KINDS[kind](text, typed)


@lru_cache(maxsize=_READ)
def _names(text: str) -> tuple[str, ...]:
    """Return what is written like a name in a text, normalised."""
    found = []
    text = text.translate(_HYPHENS)
    for match in _NAME.finditer(text):
        parts = [word.text for word in atoms(match.group())]
        before = text[: match.start()].rstrip(" “\"'•-*1234567890")
        opens = not before or before[-1] in ".:?!"
        if opens and all(map(is_english, parts)) and not _COMPOUND.search(match.group()):
            continue
        is_acronym = match.group().isupper() and len(match.group()) <= _ACRONYM
        if parts and not is_acronym:
            found.append(normalise(match.group()))
    return tuple(found)


@lru_cache(maxsize=_READ)
def _makers(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of who made something: "created by First Last", "First Last wrote"."""
    found = []
    for match in _PERSON.finditer(text):
        before = atoms(text[: match.start()])[-_NEAR:]
        behind = atoms(text[match.end() :])[:_NEAR]
        if cues().has("made_by", before) or cues().opens("makes", behind):
            found.append(tuple(word.text for word in atoms(match.group())))
    return tuple(found)


def is_counted(things: frozenset[str], text: str) -> bool:
    """True when a number stands before one of the things, as stems: "2 to 3 weeks"."""
    words = list(all_words(text))
    return any(
        _is_numeric(each.text) and not _BREAK.search(text[each.end : word.start])
        for at, word in enumerate(words)
        if word.stem in things
        for each in words[max(0, at - _BESIDE) : at]
    )


@lru_cache(maxsize=_READ)
def _has_number(text: str) -> bool:
    return any(_is_numeric(word.text) for word in atoms(text))


def _is_numeric(word: str) -> bool:
    return word.isdecimal() or (word in cues().numbers and word != "one")


# Whether a sentence names a thing of a kind that does not stand in the question.
_KINDS: Mapping[AnswerKind, Callable[[str, str], bool]] = {
    "person": lambda text, typed: any(
        not any(part in typed for part in parts) for parts in _makers(text)
    ),
    "name": lambda text, typed: any(name not in typed for name in _names(text)),
    "user": lambda text, _: bool(text),  # whether it tells of one is seen by its words
    "time": lambda text, _: bool(_TIME.search(text)),
    "number": lambda text, _: _has_number(text),
    "address": lambda text, _: bool(_ADDRESS.search(text)),
}
