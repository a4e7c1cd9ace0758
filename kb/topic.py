"""What a topic file says: options, criteria, conditions, outside words, rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

from kb.denials import denials, is_bad
from kb.phrases import Phrases
from kb.together import Whole, together
from kb.words import Word, atoms

MentionKind = Literal[
    "option", "criterion", "condition", "outside", "uncovered", "subject", "filler"
]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things people choose between."""

    id: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something options are compared on.

    `senses` are other meanings of its words, each with what tells it beside them ("scalability"
    as choice of extensions): statements in different senses never contradict each other, and a
    question that names none asks for the usual one. `better` tells which end of a
    figure is good ("lower" for weeks, "higher"), "" when the criterion has no figures. `hints`
    are words that suggest the criterion in a question but are no evidence in an article ("bank"
    for security). `combined` marks the criterion that asks whether options work together.
    `part_of` is a wider criterion that statements on this one bear on (prototyping: development
    speed), "" for none. `faults` are words in a question for what one is spared where it is good
    ("mess" for structure): who names them, wished for or not, wants the criterion. `settings` are
    whom or what a question is about, which suggests the criterion as long as nothing else does
    ("baker" for a portfolio). `opposites` are words in a question for doing without it: who wants
    "raw SQL" wants no ORM, and who does not want it wants one.
    """

    id: str
    label: str
    words: tuple[str, ...]
    senses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    better: str = ""
    hints: tuple[str, ...] = ()
    combined: bool = False
    part_of: str = ""
    faults: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    opposites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that stand for a value: `low` to `high`, both inclusive."""

    value: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is true of the asker.

    `values` maps a value to the words for it, the first one being its label. `units` maps the
    words that follow a number to the factor that turns it into the unit of `ranges`.
    `implies` maps a value to the criteria it makes matter.
    """

    id: str
    label: str
    values: tuple[tuple[str, tuple[str, ...]], ...]
    units: tuple[tuple[str, float], ...] = ()
    ranges: tuple[Range, ...] = ()
    implies: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def value_label(self, value: str) -> str:
        return dict(self.values)[value][0]

    def value_of(self, number: float) -> str | None:
        """Return the value that `number`, in the unit of the ranges, stands for."""
        for band in self.ranges:
            if band.low <= number <= band.high:
                return band.value
        return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A piece of reasoning that no single claim says.

    It fires when every one of `criteria` and `conditions`, at least one of `any` (criteria) if
    there are some, and none of `unless` (criterion ids, or "condition=value") is understood.
    `weight` is 1, 2 or 3.
    """

    id: str
    favours: str
    weight: int
    because: str
    criteria: tuple[str, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    unless: tuple[str, ...] = ()
    any: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """What a phrase of the topic stands for; `value` is set for conditions only."""

    kind: MentionKind
    id: str
    value: str = ""


@dataclass(frozen=True, eq=False)
class Topic:
    """A topic file, checked.

    `text` is the file verbatim, `examples` are starter questions. `outside` are known things that
    no article covers but that may stand in a question beside the point (other products); a
    question with an `uncovered` word is about that (licences, errors). `subject` words name what
    the choice is about ("framework"), `filler` words belong to the field and say nothing.
    """

    id: str
    name: str
    text: str
    options: tuple[Option, ...]
    criteria: tuple[Criterion, ...]
    conditions: tuple[Condition, ...]
    outside: tuple[str, ...]
    uncovered: tuple[str, ...]
    subject: tuple[str, ...]
    filler: tuple[str, ...]
    rules: tuple[Rule, ...]
    examples: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every word for an option, as reading and chunking need them."""
        return tuple(word for option in self.options for word in option.words)

    @property
    def wholes(self) -> dict[str, str]:
        """The criteria that are part of a wider one, with that one."""
        return {criterion.id: criterion.part_of for criterion in self.criteria if criterion.part_of}

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every phrase of the file that a question may hold, but the filler; with repeats."""
        units = (word for condition in self.conditions for word, _ in condition.units)
        hints = (
            word for c in self.criteria for word in (*c.hints, *c.faults, *c.settings, *c.opposites)
        )
        senses = (word for c in self.criteria for _, words in c.senses for word in words)
        pairs = ((word, mention.kind) for word, mention in self._pairs())
        return (*(word for word, kind in pairs if kind != "filler"), *hints, *senses, *units)

    def option(self, id: str) -> Option:
        return self._options[id]

    def criterion(self, id: str) -> Criterion:
        return self._criteria[id]

    def condition(self, id: str) -> Condition:
        return self._conditions[id]

    def has_criterion(self, id: str) -> bool:
        return id in self._criteria

    @cached_property
    def _options(self) -> Mapping[str, Option]:
        return {option.id: option for option in self.options}

    @cached_property
    def _criteria(self) -> Mapping[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def _conditions(self) -> Mapping[str, Condition]:
        return {condition.id: condition for condition in self.conditions}

    @cached_property
    def phrases(self) -> Phrases[Mention]:
        """Every word of the topic with what it stands for, as questions are read.

        Who asks for "the lightest" asks in what is lighter.
        """
        hints = (
            _all_for(
                Mention("criterion", c.id),
                (
                    *c.hints,
                    *_faults(c),
                    *c.settings,
                    *c.opposites,
                    *_denied(c, bad=True),
                    *_superlatives((*c.words, *c.hints)),
                ),
            )
            for c in self.criteria
        )
        whole = self.statement_phrases.extended(chain.from_iterable(hints))
        # All of these are looked for in every question, whole and sentence by sentence.
        sets = (self.statement_phrases, self.fault_phrases, self.opposite_phrases)
        together([whole, *sets, self.setting_phrases], of=Whole)
        return whole

    @cached_property
    def fault_phrases(self) -> Phrases[str]:
        """The words for what one wants to be spared, each with its criterion."""
        return Phrases((word, c.id) for c in self.criteria for word in _faults(c))

    @cached_property
    def opposite_phrases(self) -> Phrases[str]:
        """The words for doing without a criterion, each with that one."""
        return Phrases((word, c.id) for c in self.criteria for word in c.opposites)

    @cached_property
    def setting_phrases(self) -> Phrases[str]:
        """The words for whom or what a question is about, each with its criterion."""
        return Phrases((word, c.id) for c in self.criteria for word in c.settings)

    @cached_property
    def statement_phrases(self) -> Phrases[Mention]:
        """Every word of the topic but the hints, as articles are read."""
        return Phrases(self._pairs())

    @cached_property
    def subject_phrases(self) -> Phrases[str]:
        """The words for what the choice is about."""
        return Phrases((word, "") for word in self.subject)

    @cached_property
    def option_atoms(self) -> tuple[Word, ...]:
        """The atoms of all words for options."""
        return tuple(part for option in self.options for w in option.words for part in atoms(w))

    @cached_property
    def criterion_stems(self) -> Mapping[str, tuple[str, ...]]:
        """The stems of the single words for each criterion, by its id."""
        single = {
            each.id: [words[0] for words in map(atoms, each.words) if len(words) == 1]
            for each in self.criteria
        }
        return {
            id: tuple(dict.fromkeys(word.stem for word in words if not word.is_stop_word))
            for id, words in single.items()
        }

    @cached_property
    def sense_phrases(self) -> Phrases[tuple[str, str]]:
        """The words that tell another sense, each with (criterion, sense)."""
        return Phrases(
            (word, (criterion.id, sense))
            for criterion in self.criteria
            for sense, words in criterion.senses
            for word in words
        )

    def sense_of(self, criterion: str, *texts: Sequence[Word]) -> str:
        """Return the sense in which the first of `texts` that tells one speaks, or ""."""
        for words in texts if self.criterion(criterion).senses else ():
            for found in self.sense_phrases.find(words):
                if found.meaning[0] == criterion:
                    return found.meaning[1]
        return ""

    def _pairs(self) -> Iterator[tuple[str, Mention]]:
        for option in self.options:
            yield from _all_for(Mention("option", option.id), option.words)
        for criterion in self.criteria:
            yield from _all_for(Mention("criterion", criterion.id), criterion.words)
        for condition in self.conditions:
            for value, words in condition.values:
                yield from _all_for(Mention("condition", condition.id, value), words)
        yield from ((word, Mention("outside", word)) for word in self.outside)
        yield from ((word, Mention("uncovered", word)) for word in self.uncovered)
        yield from ((word, Mention("subject", word)) for word in self.subject)
        yield from ((word, Mention("filler", word)) for word in self.filler)


def _all_for(mention: Mention, words: Sequence[str]) -> Iterator[tuple[str, Mention]]:
    return ((word, mention) for word in words)


def _faults(criterion: Criterion) -> tuple[str, ...]:
    """Return the words for what one is spared: listed ones, and "unsafe" where "safe" is listed."""
    return (*criterion.faults, *_denied(criterion, bad=False))


def _denied(criterion: Criterion, *, bad: bool) -> Iterator[str]:
    """Yield what denies the words for a criterion that mean something bad, or the others."""
    listed = {*criterion.words, *criterion.hints}
    for word in sorted(listed):
        if is_bad(word) == bad:
            yield from (denial for denial in denials(word) if denial not in listed)


def _superlatives(words: Sequence[str]) -> Iterator[str]:
    """Yield "lightest" for "lighter"."""
    for word in words:
        if word.isalpha() and word.endswith("er"):
            yield word[:-2] + "est"
