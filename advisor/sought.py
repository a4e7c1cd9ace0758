"""What a sentence has to hold to answer a question for a fact: words, options, a kind of thing."""

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from advisor.analysed import question_atoms
from advisor.answer_kinds import AnswerKind, names_kind
from advisor.cues import cues
from advisor.model import Reading
from advisor.needs import WANTED
from kb.lexicon.english import synonyms
from kb.model import Alternative, Query, QueryWord
from kb.phrases import Phrases
from kb.spelling import frequency, rarity
from kb.topic import Topic
from kb.words import Word, atoms, normalise

_PARTICULAR = ("person", "time", "address")  # what only a sentence tells that names one
_MADE = "created"  # what a person did whose name is asked for
_RARE = 100  # occurrences in English below which a word is a name
_LIKE = 0.8  # a word of like meaning counts this much of the word itself
_ON_IT = 0.55  # other words for the same criterion, which may speak of another part of it
_PART = 0.5  # and some words of several, or words of a criterion in another sense
_CRITERION = 8.0  # what a criterion tells, however common its words are
_STRANGE = 12.0  # what a word tells at most that English does not know
_CARRIED = 4.0  # what a criterion of an earlier question tells
_FILLER = 0.3  # a word without a subject of its own tells this much of what it would tell
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?!\s|$)[^.!?\n]*)*[.!?\n]*\s*")


class Asked(NamedTuple):
    """One thing that is asked about: the question's own `stems`, and `like` ones.

    `criterion` is the criterion whose words it is, or that it is `hinted` at by, "" for none.
    `weight` is what it tells, above 0. What is `named` has to be there: a name, or a word that
    English does not know. `large` is how a name is written.
    """

    stems: frozenset[str]
    like: frozenset[str]
    criterion: str
    weight: float
    hinted: bool = False
    named: bool = False
    large: bool = False

    def share(self, held: frozenset[str], criteria: frozenset[str]) -> float:
        """Return how far the `held` stems and `criteria` are what is asked, from 0 to 1."""
        whole = self.stems <= held
        if self.criterion and not self.hinted:
            if self.criterion not in criteria:
                return _PART if whole and self.stems else 0.0
            close = not self.stems or bool(held & (self.stems | self.like))
            return 1.0 if whole else _LIKE if close else _ON_IT
        if whole:
            return 1.0
        if held & self.like or (self.hinted and self.criterion in criteria):
            return _LIKE
        return _PART if held & self.stems else 0.0


class Sought(NamedTuple):
    """What a sentence has to hold to answer a question.

    `options` are the ids of those it has to be about. `defined` asks for a definition, of the
    option itself when `subject` is set: it then has to be called one of these ("framework").
    `term` is what is to be defined, or to be had in a question for `yes_or_no`, as typed, if
    nothing else is asked; `letters` asks what an
    acronym stands for. `how` asks how a thing is done.
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

    @property
    def terms(self) -> frozenset[str]:
        """The stems of what is to be defined: what is asked about, or else the options."""
        return frozenset(stem for e in self.asked for stem in e.stems) or frozenset(self.options)

    def coverage(self, held: frozenset[str], criteria: frozenset[str]) -> float:
        """Return the share of what is asked that a sentence holds, by what each word tells."""
        if not self.asked:
            return 1.0 if self.kind == "user" or self.subject else 0.0
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
            choices += [Alternative(stem, _LIKE) for stem in sorted(each.like - each.stems)]
            if choices:
                words.append(QueryWord(" ".join(sorted(each.stems)), tuple(choices), each.weight))
        return Query(topic, tuple(words))

    def has_kind(self, text: str) -> bool:
        """True when a sentence names something of the kind that is asked for."""
        return not self.kind or names_kind(self.kind, text, self.typed)


def sought(reading: Reading, topic: Topic, earlier: str = "") -> Sought:
    """Return what a sentence has to hold: what the question names, and whom it is about.

    A question that names nothing but an option asks what the `earlier` one asked.
    """
    whole = reading.standalone.removesuffix(f" ({', '.join(reading.carried_over)})")
    text = _asking(whole)
    things = tuple(_asked(text, topic)) or tuple(_asked(whole, topic))
    leans = cues().opens("follow", question_atoms(whole)) and reading.intent != "definition"
    if (
        leans
        and not things
        and not _kind(question_atoms(whole), whole)
        and reading.options
        and earlier
    ):
        text = _asking(earlier)
        things = tuple(_asked(text, topic))
    words = question_atoms(text)
    kind = _kind(words, text)
    if not (things or kind):
        things = tuple(_asked(text, topic, plain=True))
    defined = reading.intent == "definition"
    polar = cues().opens("yes_or_no", words) and len(reading.options) == 1
    itself = defined and _is_of_an_option(words, topic)
    made = [_thing(atoms(_MADE), "")] if kind == "person" else []
    return Sought(
        asked=() if itself else (*things, *made, *_carried(reading, words, topic)),
        options=reading.options,
        kind=kind,
        defined=defined,
        typed=_typed(text, topic) if kind else "",
        how=reading.intent == "howto" or cues().asks("howto", words, text),
        many=cues().has("asks_many", words),
        subject=topic.subject_phrases if itself else None,
        term=_term(things, text, words) if polar or (defined and not reading.options) else "",
        yes_or_no=polar,
        letters=defined and cues().has("spells_out", words),
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


def _asked(text: str, topic: Topic, *, plain: bool = False) -> Iterator[Asked]:
    """Yield the things that `text` asks about: criteria, idioms, and the other content words.

    Words of the field that say nothing ("project") are asked about only in `plain` questions.
    """
    words = question_atoms(text)
    counted = cues().has("asks_number", words)
    form: set[int] = set()
    for meant, first, last in cues().idioms_in(words):
        form |= set(range(first, last))
        yield _thing(atoms(meant), "")
    form |= {
        place
        for kind in ("polite", "interjections", "sources", "all_options", "answer_kinds")
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    stated = {(f.first, f.last) for f in topic.statement_phrases.find(words)}
    for found in topic.phrases.find(words):
        places = set(range(found.first, found.last)) - form
        if found.meaning.kind in (("option",) if plain else ("option", "subject", "filler")):
            form |= places
        if found.meaning.kind == "criterion" and places:
            form |= places
            own = [words[p] for p in sorted(places) if not words[p].is_stop_word]
            if (found.first, found.last) in stated and own:
                yield _thing(own, found.meaning.id)
            else:
                hints = (_hint(word, found.meaning.id, counted=counted) for word in own)
                yield from (_name(e, word, text) for e, word in zip(hints, own, strict=True))
    for place, word in enumerate(words):
        if place not in form and not word.is_stop_word and len(word.text) > 1:
            yield _name(_thing([word], ""), word, text)


def _name(thing: Asked, word: Word, text: str) -> Asked:
    """Mark a name: written large within a sentence, or unknown to English."""
    before = text[: word.start].rstrip()
    large = text[word.start].isupper() and bool(before) and before[-1] not in ".?!:"
    return thing._replace(named=large or frequency(word.text) < _RARE, large=large)


def _carried(reading: Reading, words: Sequence[Word], topic: Topic) -> Iterator[Asked]:
    """Yield the criteria that earlier questions named: "who uses it for that?"."""
    own = {found.meaning.id for found in topic.phrases.find(words)}
    if reading.carried_over:
        for need in reading.needs:
            if need.criterion not in own and need.importance >= WANTED:
                yield Asked(frozenset(), frozenset(), need.criterion, _CARRIED)


def _thing(words: Sequence[Word], criterion: str) -> Asked:
    like = {s for word in words for s in _like(word.text)}
    if criterion:
        weight = _CRITERION
    else:
        told = (rarity(w.text) * (_FILLER if cues().is_filler(w) else 1.0) for w in words)
        weight = min(max(told), _STRANGE)
    return Asked(frozenset(word.stem for word in words), frozenset(like), criterion, weight)


def _hint(word: Word, criterion: str, *, counted: bool) -> Asked:
    """Return what a word that only hints at a criterion asks about: itself, or else that.

    Where something is counted, only itself: how much memory it needs is not how fast it is.
    """
    if counted:
        return _thing([word], "")
    return _thing([word], "")._replace(criterion=criterion, hinted=True)


@lru_cache(maxsize=1024)
def _like(text: str) -> frozenset[str]:
    """Return the stems of words of like meaning."""
    others = (word for other in synonyms().get(text, ()) for word in atoms(other))
    return frozenset(word.stem for word in others if not word.is_stop_word)


def _kind(words: Sequence[Word], text: str) -> AnswerKind:
    for kind in ("time", "person", "address", "user", "number", "name"):
        if cues().asks(f"asks_{kind}", words, text):
            return kind
    return ""
