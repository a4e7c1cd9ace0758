"""Claims to conflicts: opposite stances on one option, or different options for one use."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from kb.claims.examples import names_a_user
from kb.claims.lexicon import negations, signed
from kb.evidence import Subject, in_sense
from kb.model import Claim
from kb.respects import judged, respects
from kb.words import atoms, index_words

_Sides = Mapping[str, list[Claim]]  # "for" and "against" to the claims
_Place = tuple[str, int, int, tuple[str, ...]]  # article, start, end and options of a claim
NO_WHOLES: Mapping[str, str] = {}
_USE = 4  # words of an item that names a use and says no more of it
_NAME = 3  # words up to which a quote without a word for good or bad is a mere name
_ALIKE = 0.66  # share of the words of the shorter quote from which two say the same
_BESIDE = 3  # characters between two parts of one sentence: ", "
_LABEL = 40  # characters before a colon that name what an item is about
_LISTED = ("use", "list", "table")  # what tells by where it stands that it judges
_ELLIPTIC = ("if not", "if so", "otherwise", "or else", "in that case", "then", "else")
_LIMITING = ("only", "solely", "exclusively")  # words that narrow a statement and do not turn it


_MOST_MET = 512


class Conflict(NamedTuple):
    """Two claims that contradict each other; `first` is for, `second` against.

    Or both are for, and for different options: one article lists a use for one option alone,
    another one lists it for the rival. `about` is what `first` is about. "hard": both are flat
    statements of the same scope on the same option; "soft": one is hedged, an example, a mere name
    ("SQLAlchemy"), half a sentence ("if not, take X"), or limited to another scope, one gives a
    figure and the other does not, one speaks of a criterion and the other of the wider one that it
    is part of, or it is about lists of uses. It is soft, too, and not `plain`, when the two judge
    in different respects: "many to choose from" and "some are badly kept" can both be true.
    """

    criterion: str
    about: tuple[str, ...]
    first: Claim
    second: Claim
    plain: bool = True

    @property
    def subject(self) -> Subject:
        """What it is about: its criterion, or the condition that both claims are limited to."""
        if self.criterion:
            return in_sense(self.criterion, self.first.sense)
        return min(_conditions(self.first) & _conditions(self.second), default="")

    @property
    def between(self) -> Literal["articles", "one article"]:
        return "one article" if self.first.article == self.second.article else "articles"

    @property
    def strength(self) -> Literal["hard", "soft"]:
        if self.first.about != self.second.about or self.first.criterion != self.second.criterion:
            return "soft"
        both = (self.first, self.second)
        weak = not self.plain or any(_is_weak(claim) for claim in both)
        counted = (self.first.kind == "figure") != (self.second.kind == "figure")
        return "soft" if weak or counted or self.first.scope != self.second.scope else "hard"


def _is_weak(claim: Claim) -> bool:
    if claim.hedged or claim.kind == "example" or names_only(claim.quote):
        return True
    elliptic = claim.quote.casefold().startswith(_ELLIPTIC)
    return elliptic or names_a_user(claim.quote, claim.about)


@lru_cache(maxsize=4096)  # the same claims are compared for every question
def names_only(quote: str) -> bool:
    """True for a few words that name a thing and judge nothing: "SQLAlchemy", "garden parties"."""
    words = atoms(quote)
    alone = words and len(words) <= _NAME and not any(word.is_stop_word for word in words)
    return bool(alone) and not (signed(words) or negations(words))


@lru_cache(maxsize=4096)
def _says(quote: str) -> tuple[frozenset[str], frozenset[bool], int]:
    """Return the stems of a quote, the signs of what is good and bad in it, and its denials."""
    words = atoms(quote)
    marks = [found for found in signed(words) if words[found.first].text not in _LIMITING]
    stems = frozenset(word.stem for word in index_words(quote))
    return stems, frozenset(found.meaning > 0 for found in marks), len(negations(words))


@lru_cache(maxsize=1024)
def _named(about: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.stem for option in about for word in atoms(option))


def _alike(first: Claim, second: Claim) -> bool:
    """True when two statements on an option say the same in much the same words.

    "Prefer a large pot" and "works with a large pot only" do; what denies or judges the other way
    does not.
    """
    stems, signs, denials = _says(first.quote)
    others, other_signs, other_denials = _says(second.quote)
    named = _named(first.about)
    shared = (stems & others) - named
    shorter = min(len(stems - named), len(others - named))
    if len(shared) < 2 or len(shared) < _ALIKE * shorter or denials != other_denials:
        return False
    return len(signs | other_signs) < 2


def meet(first: Claim, second: Claim) -> bool:
    """True when one statement praises what the other blames, or says it of the whole criterion.

    That does a figure, an item or a cell that names nothing to judge by, and a fault that has its
    own label ("Memory: it needs more care"). What is said of options together is whether they
    combine.
    """
    both = (first, second)
    if len(first.about) > 1 or any(each.kind == "figure" for each in both):
        return True
    if not judged(first).isdisjoint(judged(second)):
        return True
    silent = [not respects(each.quote) for each in both]
    if all(silent):
        return True
    labelled = second.method in _LISTED and ":" in second.quote[:_LABEL]
    listed = [each.method in _LISTED for each in both]
    return labelled or any(a and b for a, b in zip(silent, listed, strict=True))


def _is_granted(first: Claim, second: Claim) -> bool:
    """True for the parts of one sentence: "it can be done, but hardly anybody does"."""
    first, second = sorted((first, second), key=lambda each: each.start)
    beside = first.passage == second.passage and 0 <= second.start - first.end <= _BESIDE
    return beside and not first.quote.rstrip().endswith((".", "!", "?"))


def conflicts(claims: Iterable[Claim], wholes: Mapping[str, str] = NO_WHOLES) -> list[Conflict]:
    """Return the conflicts, one per option, criterion and pair of articles, hard ones first.

    `wholes` maps a criterion to the wider one that it is part of: "quick prototypes" against "its
    first steps are slow" is a soft conflict on the narrower one.
    """
    sides: dict[tuple[Subject, tuple[str, ...]], dict[str, list[Claim]]] = defaultdict(
        lambda: {"for": [], "against": []}
    )
    every = tuple(claims)
    named = {_place(claim) for claim in every if claim.criterion}
    for claim in every:
        for subject in _subjects(claim):
            if claim.stance != "even":
                sides[subject, claim.about][claim.stance].append(claim)
    found = [
        conflict
        for (_, about), both in sorted(sides.items())
        for conflict in _pairs(about, both["for"], both["against"], named)
    ]
    found += _rival_uses(every)
    found += [
        conflict
        for (subject, about), part in sorted(sides.items())
        if (wholes.get(subject, ""), about) in sides
        for conflict in _across(subject, about, part, sides[wholes[subject], about])
    ]
    return sorted(found, key=_order)


def _across(
    criterion: str, about: tuple[str, ...], part: _Sides, whole: _Sides
) -> Iterator[Conflict]:
    """Yield what is said of a criterion against what is said of the wider one it is part of."""
    for pros, cons in ((part["for"], whole["against"]), (whole["for"], part["against"])):
        for conflict in _pairs(about, pros, cons):
            yield conflict._replace(criterion=criterion)


def _place(claim: Claim) -> _Place:
    return claim.article, claim.start, claim.end, claim.about


def _subjects(claim: Claim) -> list[Subject]:
    """Return what a claim can be contradicted on: its criterion, or else each of its conditions."""
    if claim.criterion:
        return [in_sense(claim.criterion, claim.sense)]
    return sorted(_conditions(claim))


def _conditions(claim: Claim) -> set[str]:
    """Return the conditions a claim is limited to, as "id=value"."""
    return {f"{id}={value}" for id, value in claim.scope}


def _rival_uses(claims: Sequence[Claim]) -> Iterator[Conflict]:
    """Yield uses that one article lists for one option only, and another article for a rival."""
    uses: dict[str, dict[str, dict[str, Claim]]] = defaultdict(lambda: defaultdict(dict))
    for claim in claims:
        listed = claim.method in ("use", "table") and len(claim.quote.split()) <= _USE
        if listed and claim.stance == "for" and claim.criterion and len(claim.about) == 1:
            uses[claim.criterion][claim.article].setdefault(claim.about[0], claim)
    for criterion, articles in sorted(uses.items()):
        for first, second in product(sorted(articles), repeat=2):
            if first == second or len(articles[first]) > 1:
                continue
            ((option, claim),) = articles[first].items()
            for rival, other in sorted(articles[second].items()):
                if rival != option:
                    yield Conflict(criterion, (option,), claim, other)


def _pairs(
    about: tuple[str, ...],
    pros: Sequence[Claim],
    cons: Sequence[Claim],
    named: Container[_Place] = (),
) -> Sequence[Conflict]:
    """Return the conflict of each two articles; the same claims meet in question after question."""
    beside = tuple(_place(claim) in named for claim in (*pros, *cons) if not claim.criterion)
    key = (about, *map(id, pros), *map(id, cons), len(pros), beside)
    kept = _MET.get(key)
    if kept is None:
        if len(_MET) >= _MOST_MET:
            _MET.clear()
        # The claims are kept as well: while they are, nothing else has their ids.
        kept = _MET[key] = (pros, cons, tuple(_met(about, pros, cons, named)))
    return kept[2]


def _met(
    about: tuple[str, ...],
    pros: Sequence[Claim],
    cons: Sequence[Claim],
    named: Container[_Place],
) -> Iterator[Conflict]:
    best: dict[tuple[str, str], Conflict] = {}
    for first, second in product(pros, cons):
        if first.start == second.start and first.article == second.article:
            continue
        if _is_granted(first, second) or _alike(first, second):
            continue
        # Overall praise beside a criterion in the same words is praise on that one.
        plain = first.criterion or not (_place(first) in named or _place(second) in named)
        conflict = Conflict(
            first.criterion, about, first, second, bool(plain) and meet(first, second)
        )
        key = (first.article, second.article)
        if key not in best or _order(conflict) < _order(best[key]):
            best[key] = conflict
    yield from best.values()


_MET: dict[tuple[object, ...], tuple[Sequence[Claim], Sequence[Claim], tuple[Conflict, ...]]] = {}


def _order(conflict: Conflict) -> tuple[bool, bool, int, str, int, str, int]:
    first, second = conflict.first, conflict.second
    length = len(first.quote) + len(second.quote)
    soft, inside = conflict.strength == "soft", conflict.between == "one article"
    return soft, inside, length, first.article, first.start, second.article, second.start
