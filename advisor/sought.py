"""What a sentence has to hold to answer a question for a fact: words, options, a kind of thing."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from advisor.analysed import question_atoms
from advisor.answer_kinds import AnswerKind, is_counted, names_kind
from advisor.asked_things import (
    CRITERION,
    LIKE,
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
from advisor.possessing import Possession, asks_to_have, compound_with, without_aim
from kb.claims.lexicon import lexicon
from kb.model import Alternative, Query, QueryWord
from kb.phrases import Phrases
from kb.topic import Topic
from kb.words import Word, atoms, normalise

_PARTICULAR = ("person", "time", "address")  # what only a sentence tells that names one
# What names a thing of these kinds answers, however something is done.
_TOLD_BY_ITSELF = ("person", "time", "number", "address")
_NO_HOWTO = ("fact", "follow", "compare", "describe")  # "how" within these asks for no way
_ADDRESSES = ("http", "https", "localhost", "127")
_WHICH = ("which", "what")
_WITHIN: tuple[AnswerKind, ...] = ("user", "name")  # kinds in whose words an option may stand
_BASES = ("built", "based", "stands", "rests", "founded", "consists", "made", "composed")
_DOES = ("does", "do", "is", "are")
_MADE = "created"  # what a person did whose name is asked for
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?!\s|$)[^.!?\n]*)*[.!?\n]*\s*")


class Sought(NamedTuple):
    """What a sentence has to hold to answer a question.

    `options` are the ids of those it has to be about. `defined` asks for a definition, of the
    option itself when `subject` is set: it then has to be called one of these ("framework").
    `term` is what is to be defined, or to be had in a question for `yes_or_no`, as typed, if
    nothing else is asked; `letters` asks what an
    acronym stands for. `how` asks how a thing is done, with `acts` how an option does it by
    itself; `purpose` asks what a thing is good for. `counted` are stems of what is counted.
    `uses` asks whether, or which of them, somebody uses; `rests` what the option is built on;
    `had` whether the one option has what is asked, or needs something for it, and `added` whether
    what adds it is asked for ("an extension for Y"); `compound` are stems that stand right behind
    it ("test client").
    `kind` asks for a thing of that kind, for `many` of them in a list, that does not stand in
    `typed`, the question normalised with words that everybody in the field uses.
    """

    asked: tuple[Asked, ...]
    options: tuple[str, ...]
    kind: AnswerKind
    defined: bool
    typed: str
    how: bool = False
    many: bool = False
    subject: Phrases[str] | None = None
    term: str = ""
    letters: bool = False
    yes_or_no: bool = False
    acts: bool = False
    purpose: bool = False
    counted: frozenset[str] = frozenset()
    uses: bool = False
    rests: bool = False
    had: Possession = ""
    added: bool = False
    compound: frozenset[str] = frozenset()

    @property
    def terms(self) -> frozenset[str]:
        """The stems of what is to be defined: what is asked about, or else the options."""
        return frozenset(stem for e in self.asked for stem in e.stems) or frozenset(self.options)

    @property
    def tells_by_itself(self) -> bool:
        """True when a thing of the kind asked for answers whatever else is not named."""
        return self.kind in ("user", "address") or self.rests

    def coverage(self, held: frozenset[str], criteria: frozenset[str]) -> float:
        """Return the share of what is asked that a sentence holds, by what each word tells."""
        if not self.asked:
            return 1.0 if self.tells_by_itself or self.subject else 0.0
        for each in self.asked:
            if each.named and not each.stems <= held:
                return 0.0
        total = sum([each.weight for each in self.asked])
        told = sum([each.weight * each.share(held, criteria) for each in self.asked])
        return told / total if total else 0.0

    def most(self, held: frozenset[str]) -> float:
        """Return the most that a text may cover which holds these stems, whatever it names."""
        return self.coverage(held, frozenset([each.criterion for each in self.asked]))

    @property
    def stems(self) -> set[str]:
        """All stems by which a text can hold what is asked."""
        return {stem for each in self.asked for stem in (*each.stems, *each.like)}

    def known(self, held: Container[str]) -> "Sought":
        """Return the same without the demand for words that stand nowhere, but for large ones."""
        asked = tuple(
            e._replace(named=e.named and (e.large or all(stem in held for stem in e.stems)))
            for e in self.asked
        )
        return self._replace(asked=asked)

    def query(self, topic: str) -> Query:
        """Return a query for what is asked, whatever option it is about."""
        words = []
        for each in self.asked:
            choices = [Alternative(stem, 1.0) for stem in sorted(each.stems)]
            choices += [Alternative(stem, LIKE) for stem in sorted(each.like - each.stems)]
            if choices:
                words.append(QueryWord(" ".join(sorted(each.stems)), tuple(choices), each.weight))
        if self.kind == "address":
            places = tuple(Alternative(word, 1.0) for word in _ADDRESSES)
            words.append(QueryWord(self.kind, places, CRITERION))
        if self.rests:
            stems = {each.stem for cue in _BASES for each in atoms(cue)}
            bases = tuple(Alternative(stem, 1.0) for stem in sorted(stems))
            words.append(QueryWord("rests", bases, CRITERION))
        return Query(topic, tuple(words))

    def is_about(self, options: frozenset[str]) -> bool:
        """True for options of which one was asked about, or when none was, or none is named."""
        return not self.options or not options or bool(options.intersection(self.options))

    def has_kind(self, text: str) -> bool:
        """True when a sentence names something of the kind that is asked for."""
        if self.counted and not is_counted(self.counted, text):
            return False
        return not self.kind or names_kind(self.kind, text, self.typed)

    def names_all(self, held: frozenset[str], criteria: frozenset[str]) -> bool:
        """True when a sentence is on what is asked for, and on one thing of those it is asked for.

        "Which extension for forms" asks for an extension, and what it is for stands behind "for".
        """
        stated = [each for each in self.asked if each.criterion and not each.hinted]
        aims = [each for each in self.asked if each.criterion and each.aim] or stated[1:]
        first = all(each.share(held, criteria) > 0 for each in stated[:1])
        return first and (not aims or any(each.share(held, criteria) > 0 for each in aims))


class Covering(dict[frozenset[str], float]):
    """The most that a text may cover of what is `wanted`, by the stems of that which it holds.

    Thousands of sentences hold the same few of them.
    """

    def __init__(self, wanted: Sought) -> None:
        self._wanted = wanted
        self.stems = frozenset(wanted.stems)

    def __missing__(self, held: frozenset[str]) -> float:
        most = self[held] = self._wanted.most(held)
        return most


def sought(reading: Reading, topic: Topic, earlier: str = "") -> Sought:
    """Return what a sentence has to hold: what the question names, and whom it is about.

    A question that names nothing but an option asks what the `earlier` one asked.
    """
    whole = reading.standalone.removesuffix(f" ({', '.join(reading.carried_over)})")
    text = _asking(whole)
    words = question_atoms(text)
    kind = _kind(words, text, topic)
    rests = asks_for_the_base(words, topic) and len(reading.options) == 1
    defined = reading.intent == "definition" or asks_for_a_meaning(words)
    defined = defined and kind not in _TOLD_BY_ITSELF and not rests
    who = asks_who_uses(text, words, topic.phrases.find(words))
    plain = not (kind or defined or who)
    had: Possession = asks_to_have(words, topic.phrases.find(words)) if plain else ""
    text = without_aim(text, topic) if had else text
    form: Sequence[str] = [*_form(kind, defined), *(["form_of_having"] if had else [])]
    had = had if len(reading.options) == 1 else ""
    things = tuple(things_asked(text, topic, form)) or tuple(things_asked(whole, topic, form))
    leans = cues().opens("follow", question_atoms(whole)) and not defined
    if leans and reading.options and earlier and not (things or kind):
        text = _asking(earlier)
        kind = _kind(question_atoms(text), text, topic)
        form = _form(kind, defined)
        things = tuple(things_asked(text, topic, form))
    words = question_atoms(text)
    if not (things or kind):
        things = tuple(things_asked(text, topic, form, plain=True))
    polar = cues().opens("yes_or_no", words) and len(reading.options) == 1
    how = kind not in _TOLD_BY_ITSELF and (
        reading.intent == "howto" or cues().asks("howto", words, text, but=_NO_HOWTO)
    )
    itself = defined and _is_of_an_option(words, topic)
    made = (
        [plain_thing(atoms(_MADE), "")]
        if kind == "person" and not cues().has("asks_head", words)
        else []
    )
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
        uses=asks_who_uses(text, words, topic.phrases.find(words)),
        counted=frozenset(_counted(words)) if kind == "number" else frozenset(),
    )


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
    return any(last in named for _, last in cues().find("define", words))


def _form(kind: AnswerKind, defined: bool) -> Sequence[str]:
    """Return the kinds of cues that say how a thing is asked for, not what."""
    kinds = ["polite", "interjections", "sources", "all_options", "answer_kinds"]
    kinds += ["meanings"] if defined else []
    return [*kinds, f"told_of_{kind}"] if kind in ("address", "user") else kinds


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
