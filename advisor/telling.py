"""The sentences of articles that answer a question for a fact, if some do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from advisor.cues import cues
from advisor.defining import defines
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
_CLASSES = 1.0  # how far a sentence says what an option is that calls it one of its kind


class Answering(NamedTuple):
    """A sentence that answers, as a span of its passage counted from the passage's start.

    `score` is the share of what is asked that it holds, with what speaks for it otherwise.
    """

    passage: Passage
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Told:
    """What passages tell of what is asked: sentences, best first, and the code that shows it.

    `near` is code on the same criterion as a how-to that no code shows: no answer. `undefined` is
    the term that they use and do not explain, `left_out` what a closed list that is told does not
    hold.
    """

    sentences: tuple[Answering, ...] = ()
    shown: tuple[Passage, ...] = ()
    near: tuple[Passage, ...] = ()
    undefined: str = ""
    left_out: str = ""

    def __bool__(self) -> bool:
        return bool(self.sentences or self.shown)

    def best(self, most: int) -> list[Answering]:
        """Return the best sentences, one of each passage, that are about as good as the first."""
        first: dict[str, Answering] = {}
        for each in self.sentences:
            first.setdefault(each.passage.id, each)
        near = (e for e in first.values() if e.score > self.sentences[0].score - _NEAR)
        return list(near)[:most]


Held = Mapping[str, frozenset[str]]
NOTHING_KNOWN: Held = {}
NOTHING_TOLD = Told()


def told_by(
    passages: Sequence[Passage], wanted: Sought, topic: Topic, held: Held = NOTHING_KNOWN
) -> Told:
    """Return what `passages`, best first, tell of what is `wanted`.

    `held` are the stems of what is wanted that they may hold, by id, as far as that is known: of
    those that hold too little the sentences are not read. Of a name that is told of the rival only,
    that is shown; and where nothing is defined, what is said.
    """
    names = {stem for e in wanted.asked if e.named and not e.large for stem in e.stems}
    if names:
        wanted = wanted.known(_said_of(names, passages, topic, held))
    shown = tuple(_showing(passages, wanted, topic)) if wanted.how else ()
    if shown:
        return Told((), shown)
    found = _answering(passages, wanted, topic, held)
    if not found and wanted.yes_or_no and (closed := _closed_lists(passages, wanted, topic)):
        return Told(tuple(closed), left_out=wanted.term)
    undefined = ""
    if not found and wanted.defined and wanted.asked:
        found = _answering(passages, wanted._replace(defined=False), topic, held)
        undefined = wanted.term
    if not found and any(each.named for each in wanted.asked):
        found = _answering(passages, wanted._replace(options=()), topic, held)
    if not found and wanted.how:
        return Told(near=tuple(_near_code(passages, wanted, topic)))
    return Told(tuple(found), undefined=undefined if found else "")


def _said_of(
    stems: set[str], passages: Sequence[Passage], topic: Topic, held: Held
) -> frozenset[str]:
    """Return those of `stems` that some sentence of the passages holds."""
    missing = set(stems)
    for passage in passages:
        if not missing.isdisjoint(held.get(passage.id, missing)):
            for said in sentences(passage, topic):
                missing -= said.stems
    return frozenset(stems - missing)


def _answering(
    passages: Sequence[Passage], wanted: Sought, topic: Topic, held: Held
) -> list[Answering]:
    """Return the sentences that answer what is `wanted`, best first; `passages` are ranked.

    Of tables they are cells. Code has no sentences; questions and what ends on a colon answer
    nothing.
    """
    least = _least(wanted)
    found = [
        Answering(passage, span, score - _RANK * place)
        for place, passage in enumerate(passages)
        if passage.kind != "code"
        and (passage.id not in held or wanted.most(held[passage.id]) >= least)
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
        # What is quickly told comes first: most sentences hold too little of what is asked.
        if not wanted.has_kind(said.text) or wanted.most(said.stems | said.above) < least:
            continue
        if wanted.options and not _is_about(said.options, wanted):
            continue
        score = _coverage(said, wanted)
        if score < least:
            continue
        if wanted.kind == "user" and not said.is_example:
            continue
        told = defines(said, wanted.terms, letters=wanted.letters) if wanted.defined else 0.0
        if wanted.defined and not told:
            continue
        classed = told >= _CLASSES
        if wanted.subject is not None and not (classed and wanted.subject.find(said.words)):
            continue
        unsure = bool(wanted.options) and len(said.options) != 1 and not said.names_option
        score += _DEFINES * told + _NAMES * said.names_option - _UNSURE * unsure
        score += (_LISTS if wanted.many else -_LISTS) * said.is_whole
        yield said.span, score


def _least(wanted: Sought) -> float:
    """Return the share of what is asked that a sentence has to hold."""
    if wanted.kind == "address":
        return _OF_AN_ADDRESS
    return _SHOWS_HOW if wanted.how else _OF_A_KIND if wanted.kind else _ANSWERS


def _coverage(said: Said, wanted: Sought) -> float:
    """Return the share of what is asked that a sentence holds; its headings help it."""
    named = any(each.criterion for each in wanted.asked)  # else the criteria need not be known
    criteria = said.criteria if named else frozenset()
    own = wanted.coverage(said.stems, criteria)
    if own == 1.0:
        return own
    above = said.criteria_above if named else frozenset()
    with_headings = wanted.coverage(said.stems | said.above, criteria | above)
    return own + _BELOW * (with_headings - own)


def _is_about(options: frozenset[str], wanted: Sought) -> bool:
    """True when a sentence speaks of an option that was asked for, or of any if none was."""
    return not wanted.options or not options or bool(options.intersection(wanted.options))


def _closed_lists(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> list[Answering]:
    """Return the lists of "X works only with" in which what is asked of X does not stand.

    That they are about such things is told by another passage of their section, which names it.
    """
    stems = wanted.terms
    criteria = {each.criterion for each in wanted.asked if each.criterion}
    lists = [
        (passage, said)
        for passage in passages
        for said in sentences(passage, topic)
        if said.is_whole
        and cues().has("closed_lists", tuple(atoms(said.text.partition("\n")[0])))
        and said.options == frozenset(wanted.options)
        and not (stems <= said.stems or criteria & said.criteria)
    ]
    named = {(passage.article, passage.headings) for passage, _ in lists}
    sections = {
        (passage.article, passage.headings)
        for passage in passages
        if (passage.article, passage.headings) in named
        for said in sentences(passage, topic)
        if stems <= said.stems or criteria & said.criteria
    }
    return [
        Answering(passage, said.span, 1.0)
        for passage, said in lists
        if (passage.article, passage.headings) in sections
    ]


def _showing(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> Iterator[Passage]:
    """Yield the code that, with its headings, is about all that is wanted."""
    for passage, stems, criteria in _code(passages, wanted, topic):
        if wanted.coverage(stems, criteria) >= _SHOWN_BY_CODE:
            yield passage


def _near_code(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> Iterator[Passage]:
    """Yield the code on a criterion that is named in what is wanted, of the option asked about."""
    named = {each.criterion for each in wanted.asked if each.criterion and not each.hinted}
    for passage, _, criteria in _code(passages, wanted, topic):
        if wanted.options and criteria & named:
            yield passage


def _code(
    passages: Sequence[Passage], wanted: Sought, topic: Topic
) -> Iterator[tuple[Passage, frozenset[str], frozenset[str]]]:
    """Yield code of the options asked about, with the stems and criteria that it names."""
    for passage in passages:
        if passage.kind != "code":
            continue
        words = atoms("\n".join((*passage.headings, passage.text)))
        named = topic.statement_phrases.find(words)
        about = frozenset(m.meaning.id for m in named if m.meaning.kind == "option")
        criteria = frozenset(m.meaning.id for m in named if m.meaning.kind == "criterion")
        if _is_about(about, wanted):
            yield passage, frozenset(word.stem for word in words), criteria
