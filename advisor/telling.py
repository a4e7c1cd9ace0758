"""The sentences of articles that answer a question for a fact, if some do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from advisor.cues import cues
from advisor.said import Said, sentences
from advisor.sought import Sought
from kb.model import Passage, Span
from kb.topic import Topic
from kb.words import atoms

_ANSWERS = 0.6  # share of what is asked that a sentence holds at least
_NEAR = 0.25  # share of what is asked by which a sentence may fall behind the best one
_SHOWN_BY_CODE = 0.7  # the same of code, with its headings
_SHOWS_HOW = 0.8  # the same for how a thing is done, which code tells better
_OF_AN_ADDRESS = 0.0  # the same when an address is asked for: there are few
_OF_A_KIND = 0.5  # the same when it names a thing of the kind that is asked for
_BELOW = 0.6  # what stands in the headings counts this much of what stands in the sentence
_NAMES = 0.1  # what it gains that names an option itself: it is understood by itself
_LISTS = 0.25  # what a whole list gains when several things are asked for, and loses when not
_UNSURE = 0.2  # what it costs that the headings name several options and the sentence none
_RANK = 0.01  # what each place in the ranking costs
_DEFINES = 0.5  # what a sentence gains that defines what is asked for
_OPENING = 6  # words within which a definition says what it defines, and comes to its verb
_SUBJECT = 4  # words within which the subject of a sentence stands
_IS = ("is", "are")
_MEANS = ("means", "mean", "stands", "stand", "called")


class Answering(NamedTuple):
    """A sentence that answers, as a span of its passage counted from the passage's start.

    `score` is the share of what is asked that it holds, with what speaks for it otherwise.
    """

    passage: Passage
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Told:
    """What passages tell of what is asked: sentences, best first, and the code that shows it."""

    sentences: tuple[Answering, ...] = ()
    shown: tuple[Passage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sentences or self.shown)

    def best(self, most: int) -> list[Answering]:
        """Return the best sentences, one of each passage, that are about as good as the first."""
        first: dict[str, Answering] = {}
        for each in self.sentences:
            first.setdefault(each.passage.id, each)
        near = (e for e in first.values() if e.score > self.sentences[0].score - _NEAR)
        return list(near)[:most]


NOTHING_TOLD = Told()


def told_by(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> Told:
    """Return what `passages`, best first, tell of what is `wanted`.

    Of a name that is told of the rival only, that is shown; and where nothing is defined, what is
    said.
    """
    if any(each.named and not each.large for each in wanted.asked):
        every = (said.stems for passage in passages for said in sentences(passage, topic))
        wanted = wanted.known(frozenset().union(*every))
    shown = tuple(_showing(passages, wanted, topic)) if wanted.how else ()
    if shown:
        return Told((), shown)
    found = _answering(passages, wanted, topic)
    if not found and wanted.defined and wanted.asked:
        found = _answering(passages, wanted._replace(defined=False), topic)
    if not found and any(each.named for each in wanted.asked):
        found = _answering(passages, wanted._replace(options=()), topic)
    return Told(tuple(found))


def _answering(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> list[Answering]:
    """Return the sentences that answer what is `wanted`, best first; `passages` are ranked.

    Of tables they are cells. Code has no sentences; questions and what ends on a colon answer
    nothing.
    """
    found = [
        Answering(passage, span, score - _RANK * place)
        for place, passage in enumerate(passages)
        if passage.kind != "code"
        for span, score in _scored(passage, wanted, topic)
    ]
    return sorted(found, key=lambda each: -each.score)


def _scored(passage: Passage, wanted: Sought, topic: Topic) -> Iterator[tuple[Span, float]]:
    if not wanted.asked and wanted.kind != "user" and wanted.subject is None:
        return
    least = _least(wanted)
    for said in sentences(passage, topic):
        if said.is_whole and not (wanted.many or said.holds_short_items):
            continue
        if not _is_about(said.options, wanted) or not wanted.has_kind(said.text):
            continue
        score = _coverage(said, wanted)
        if score < least:
            continue
        if wanted.kind == "user" and not said.is_example:
            continue
        defines = _is_definition(said, wanted) if wanted.defined else 0
        if wanted.defined and not defines:
            continue
        if wanted.subject is not None and (defines != 2 or not wanted.subject.find(said.words)):
            continue
        unsure = bool(wanted.options) and len(said.options) != 1 and not said.names_option
        score += _DEFINES * (defines == 2) + _NAMES * said.names_option - _UNSURE * unsure
        score += (_LISTS if wanted.many else -_LISTS) * said.is_whole
        yield said.span, score


def _least(wanted: Sought) -> float:
    """Return the share of what is asked that a sentence has to hold."""
    if wanted.kind == "address":
        return _OF_AN_ADDRESS
    return _SHOWS_HOW if wanted.how else _OF_A_KIND if wanted.kind else _ANSWERS


def _coverage(said: Said, wanted: Sought) -> float:
    """Return the share of what is asked that a sentence holds; its headings help it."""
    own = wanted.coverage(said.stems, said.criteria)
    if own == 1.0:
        return own
    with_headings = wanted.coverage(said.stems | said.above, said.criteria | said.criteria_above)
    return own + _BELOW * (with_headings - own)


def _is_about(options: frozenset[str], wanted: Sought) -> bool:
    """True when a sentence speaks of an option that was asked for, or of any if none was."""
    return not wanted.options or not options or bool(options.intersection(wanted.options))


def _is_definition(said: Said, wanted: Sought) -> int:
    """Return 2 when a sentence says what the asked thing is, 1 when it is its subject, 0 else."""
    text, words = said.text, said.words
    terms = {term for each in wanted.asked for term in each.stems} or set(wanted.options)
    for place, word in enumerate(words[:_OPENING]):
        behind = words[place + 1 : place + 2]
        classed = word.text in _IS and cues().opens("determiners", behind)
        if classed or word.text in _MEANS:
            return 2 if terms & {each.stem for each in words[:place]} else 0
    for word in words:
        if word.stem in terms and _is_spelt_out(text[word.start : word.end], text):
            return 2
    return int(bool(terms & {word.stem for word in words[:_SUBJECT]}))


def _is_spelt_out(acronym: str, text: str) -> bool:
    """True when some words of a text begin with the letters of an acronym in it: "M… T… V…"."""
    if not (acronym.isupper() and len(acronym) > 1):
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_][\w']*", text.replace(acronym, "")))
    return acronym.lower() in initials.lower()


def _showing(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> Iterator[Passage]:
    """Yield the code that, with its headings, is about all that is wanted."""
    for passage in passages:
        if passage.kind != "code":
            continue
        words = atoms("\n".join((*passage.headings, passage.text)))
        named = topic.statement_phrases.find(words)
        about = frozenset(m.meaning.id for m in named if m.meaning.kind == "option")
        criteria = frozenset(m.meaning.id for m in named if m.meaning.kind == "criterion")
        told = wanted.coverage(frozenset(word.stem for word in words), criteria)
        if _is_about(about, wanted) and told >= _SHOWN_BY_CODE:
            yield passage
