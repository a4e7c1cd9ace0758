"""Reads from a question for a fact what a sentence has to hold to answer it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.analysed import question_atoms
from advisor.answer_kinds import AnswerKind
from advisor.asked_things import (
    Asked,
    besides_options,
    carried,
    plain_thing,
    things_asked,
)
from advisor.cues import cues
from advisor.intents import asks_who_uses
from advisor.meaning import asks_for_a_meaning, asks_for_the_base
from advisor.model import Reading
from advisor.possessing import Possession, asks_to_have, compound_with, head_of_having, without_aim
from advisor.sought import Sought
from kb.claims.lexicon import lexicon
from kb.topic import Topic
from kb.words import Word, atoms, normalise

_PARTICULAR = ("person", "time", "address")  # what only a sentence tells that names one
# What names a thing of these kinds answers, however something is done.
_TOLD_BY_ITSELF = ("person", "time", "number", "address")
_NO_HOWTO = ("fact", "follow", "compare", "describe")  # "how" within these asks for no way
_WHICH = ("which", "what")
_WITHIN: tuple[AnswerKind, ...] = ("user", "name")  # kinds in whose words an option may stand
_DOES = ("does", "do", "is", "are")
_MADE = "created"  # what a person did whose name is asked for
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?!\s|$)[^.!?\n]*)*[.!?\n]*\s*")


class _Question(NamedTuple):
    """A question for a fact: what it asks for, in its own words or those of the one before it."""

    text: str
    words: Sequence[Word]
    kind: AnswerKind
    things: tuple[Asked, ...]
    defined: bool
    rests: bool
    had: Possession


def sought(reading: Reading, topic: Topic, earlier: str = "") -> Sought:
    """Return what a sentence has to hold: what the question names, and whom it is about.

    A question that names nothing but an option asks what the `earlier` one asked.
    """
    text, words, kind, things, defined, rests, had = _question(reading, topic, earlier)
    polar = cues().opens("yes_or_no", words) and len(reading.options) == 1
    how = kind not in _TOLD_BY_ITSELF and (
        reading.intent == "howto" or cues().asks("howto", words, text, but=_NO_HOWTO)
    )
    itself = defined and _is_of_an_option(words, topic)
    by_whom = kind == "person" and not cues().has("asks_head", words)
    made = [plain_thing(atoms(_MADE), "")] if by_whom else []
    return Sought(
        asked=() if itself or rests else (*things, *made, *carried(reading, words, topic)),
        options=reading.options,
        kind="name" if rests else kind,
        rests=rests,
        defined=defined,
        typed=_typed(text, topic) if kind or how or rests else "",
        how=how,
        many=_asks_many(words),
        subject=topic.subject_phrases if itself else None,
        term=_term(things, text, words) if polar or (defined and not reading.options) else "",
        yes_or_no=polar,
        letters=defined and cues().has("spells_out", words),
        acts=how and _acts(words, topic),
        purpose=defined and cues().has("asks_purpose", words),
        had=had if things else "",
        added=had == "has" and _names_an_addition(words),
        compound=frozenset(compound_with(words, topic)) if had else frozenset(),
        uses=asks_who_uses(text, words, topic.phrases.find(words))
        or _asks_what_is_made(words, topic),
        counted=frozenset(_counted(words)) if kind == "number" else frozenset(),
    )


def _question(reading: Reading, topic: Topic, earlier: str) -> _Question:
    whole = reading.standalone.removesuffix(f" ({', '.join(reading.carried_over)})")
    text = _asking(whole)
    words = question_atoms(text)
    kind = _kind(words, text, topic)
    rests = asks_for_the_base(words, topic) and len(reading.options) == 1
    defined = reading.intent == "definition" or asks_for_a_meaning(words)
    defined = defined and kind not in _TOLD_BY_ITSELF and not rests
    plain = not (kind or defined or asks_who_uses(text, words, topic.phrases.find(words)))
    had: Possession = asks_to_have(words, topic.phrases.find(words)) if plain else ""
    text = without_aim(text, topic) if had else text
    form: Sequence[str] = _form_of_having() if had else _form(kind, defined)
    had = had if len(reading.options) == 1 else ""
    things = tuple(things_asked(text, topic, form)) or tuple(things_asked(whole, topic, form))
    things += tuple(_head(words, things, form, topic)) if had == "has" else ()
    leans = cues().opens("follow", question_atoms(whole)) and not defined
    if leans and reading.options and earlier and not (things or kind):
        text = _asking(earlier)
        kind = _kind(question_atoms(text), text, topic)
        form = _form(kind, defined)
        things = tuple(things_asked(text, topic, form))
    words = question_atoms(text)
    if not (things or kind):
        things = tuple(things_asked(text, topic, form, plain=True))
    return _Question(text, words, kind, things, defined, rests, had)


def _names_an_addition(words: Sequence[Word]) -> bool:
    """True for "has X extensions for Y", not for "or must I add one"."""
    return bool(lexicon().indirect.find(words)) and not cues().has("asks_to_add", words)


def _asks_many(words: Sequence[Word]) -> bool:
    """True for "which extensions", not for "which extension"."""
    return any(
        words[found.last - 1].text.endswith("s") or not found.meaning.endswith("s")
        for found in cues().phrases["asks_many"].find(words)
    )


def _counted(words: Sequence[Word]) -> Iterator[str]:
    """Yield the stem of what is counted: "how many weeks"."""
    for _, last in cues().find("how_many", words):
        yield from (word.stem for word in words[last : last + 1] if not word.is_stop_word)


def _acts(words: Sequence[Word], topic: Topic) -> bool:
    """True for "how does X do it": told by what X does, not by what a reader has to type."""
    named = {found.first for found in topic.phrases.find(words) if found.meaning.kind == "option"}
    return any(
        word.text == "how" and words[place + 1].text in _DOES and place + 2 in named
        for place, word in enumerate(words[:-2])
    )


def _asks_what_is_made(words: Sequence[Word], topic: Topic) -> bool:
    """True for "which shop is built with X"."""
    named = {found.first for found in topic.phrases.find(words) if found.meaning.kind == "option"}
    ends = (last for _, last in cues().find("made_in", words))
    return words[0].text in _WHICH and any(last in named for last in ends)


def _term(things: Sequence[Asked], text: str, words: Sequence[Word]) -> str:
    """Return the words, as typed, of the only thing that is asked about, "" if there are more."""
    things = [each for each in things if each.named or each.criterion] or things
    stems = things[0].stems if len(things) == 1 else frozenset()
    own = [word for word in words if word.stem in stems]
    return text[own[0].start : own[-1].end] if own else ""


def _typed(text: str, topic: Topic) -> str:
    """Return a text, normalised, with words that everybody in the field uses."""
    options = [word.text for word in topic.option_atoms]
    common = [word for word in topic.filler if " " not in word]
    return normalise(" ".join([text, *options, *common]))


def _asking(text: str) -> str:
    """Return the part of a text that asks: "Does X speak Y? Our boss wants to know", its start.

    What somebody tells of himself behind a comma is left out as well.
    """
    sentences = _SENTENCE.findall(text)
    asked = [each for each in sentences if each.rstrip().endswith("?")] or sentences
    parts = [part for each in asked for part in each.split(",")]
    kept = [part for part in parts if not cues().opens("tells_of_himself", atoms(part))]
    return ",".join(kept or parts).strip()


def kind_asked(reading: Reading) -> tuple[str, ...]:
    """Return the words, as typed, by which a person, time or address is asked for."""
    words = question_atoms(reading.question)
    kind = _kind(words, reading.question)
    spans = cues().find(f"asks_{kind}", words) if kind in _PARTICULAR else []
    return tuple(reading.question[words[a].start : words[b - 1].end] for a, b in spans[:1])


def _is_of_an_option(words: Sequence[Word], topic: Topic) -> bool:
    """True for "what is X", whatever follows."""
    named = {found.first for found in topic.phrases.find(words) if found.meaning.kind == "option"}
    return any(
        last in named or (cues().opens("determiners", words[last:]) and last + 1 in named)
        for _, last in cues().find("define", words)
    )


def _form(kind: AnswerKind, defined: bool) -> Sequence[str]:
    """Return the kinds of cues that say how a thing is asked for, not what."""
    kinds = ["polite", "interjections", "sources", "all_options", "answer_kinds"]
    kinds += ["meanings"] if defined else []
    return [*kinds, f"told_of_{kind}"] if kind in ("address", "user") else kinds


def _head(
    words: Sequence[Word], things: Sequence[Asked], form: Sequence[str], topic: Topic
) -> Iterator[Asked]:
    """Yield the very thing that is to be had, where its word says nothing elsewhere: "company"."""
    head = head_of_having(words, topic.phrases.find(words))
    asked = frozenset(stem for each in things for stem in each.stems)
    if head and head[0].stem not in asked and not any(cues().has(kind, head) for kind in form):
        yield plain_thing(head, "")._replace(like=frozenset())


def _form_of_having() -> Sequence[str]:
    """Return the kinds of cues that say how a thing to have is asked for.

    "Company" and "list" ask for a kind of answer elsewhere; here they are what is asked for.
    """
    return [
        "polite",
        "interjections",
        "sources",
        "all_options",
        "form_of_having",
        "made_in",
        "complies",
    ]


def _kind(words: Sequence[Word], text: str, topic: Topic | None = None) -> AnswerKind:
    """Return the kind of thing that is asked for; between its words an option of `topic` may be."""
    kinds: tuple[AnswerKind, ...] = ("time", "person", "address", "user", "number", "name")
    for kind in kinds:
        if cues().asks(f"asks_{kind}", words, text):
            return kind
    if topic is None:
        return ""
    kept = besides_options(words, topic)
    asks = (place for place, word in enumerate(words[:-1]) if word.text in _WHICH)
    if any(place + 1 not in kept for place in asks):  # "which X extension"
        rest = tuple(words[place] for place in kept)
        return next((k for k in _WITHIN if cues().has_longer(f"asks_{k}", rest)), "")
    return ""
