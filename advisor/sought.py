"""What a sentence has to hold to answer a question for a fact: words, options, a kind of thing."""

from collections.abc import Container
from typing import NamedTuple

from advisor.answer_kinds import AnswerKind, is_counted, names_kind
from advisor.asked_things import (
    CRITERION,
    LIKE,
    Asked,
)
from advisor.possessing import Possession
from kb.model import Alternative, Query, QueryWord
from kb.phrases import Phrases
from kb.words import atoms

_ADDRESSES = ("http", "https", "localhost", "127")
_BASES = ("built", "based", "stands", "rests", "founded", "consists", "made", "composed")


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

        What "which" asks for has to be there: a default engine is no answer to "which store is
        the default".

        "Which extension for forms" asks for an extension, and what it is for stands behind "for".
        """
        stated = [each for each in self.asked if each.criterion and not each.hinted]
        aims = [each for each in self.asked if each.criterion and each.aim] or stated[1:]
        heads = [each for each in self.asked if each.head]
        first = all(each.share(held, criteria) > 0 for each in [*stated[:1], *heads])
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
