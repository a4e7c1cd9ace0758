"""Claims counted: the voice of each article, and the backing of a rule."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kb.model import Claim
from kb.repeats import NO_REPEATS, Repeats
from kb.topic import Rule

Subject = str  # a criterion id, "criterion/sense", or "condition=value"
_SIGN = {"for": 1.0, "against": -1.0, "even": 0.0}
_HALF = 0.5
_ONE_SIDED = 0.9  # of the voice of an article that compares


@dataclass(frozen=True)
class Voices:
    """What each article says, from -1 (against) to 1 (for), by (option, subject) and article."""

    table: Mapping[tuple[str, Subject], Mapping[str, float]]
    speakers: Mapping[Subject, frozenset[str]]

    def of(self, option: str, subject: Subject) -> Mapping[str, float]:
        return self.table.get((option, subject), {})

    def articles(self, subject: Subject) -> frozenset[str]:
        """Return the articles that speak of a subject, of whatever option."""
        return self.speakers.get(subject, frozenset())

    def mean(self, option: str, subject: Subject) -> float:
        """Return the mean voice on an option over the articles that speak of the subject.

        An article that speaks of the subject and not of this option counts 0: one lone article
        does not outweigh three. One that speaks of this option alone does not compare, and counts
        a little less. 0.0 when no article speaks of it.
        """
        return self.means.get((option, subject), 0.0)

    @cached_property
    def means(self) -> Mapping[tuple[str, Subject], float]:
        """The mean voices by (option, subject), of those that any article speaks of."""
        spoken_of = Counter(
            (article, subject) for (_, subject), heard in self.table.items() for article in heard
        )
        return {
            (option, subject): sum(
                voice * (_ONE_SIDED if spoken_of[article, subject] == 1 else 1.0)
                for article, voice in heard.items()
            )
            / len(self.speakers[subject])
            for (option, subject), heard in self.table.items()
        }


def in_sense(criterion: str, sense: str) -> Subject:
    """Return a criterion in one of its senses; "" is the usual one."""
    return f"{criterion}/{sense}" if sense else criterion


def subjects_of(claim: Claim) -> tuple[Subject, ...]:
    """Return what a claim is evidence on: its criterion and the conditions it is limited to."""
    return _subjects(claim.criterion, claim.sense, claim.scope)


@lru_cache(maxsize=4096)  # thousands of claims share a few hundred criteria and scopes
def _subjects(
    criterion: str, sense: str, scope: tuple[tuple[str, str], ...]
) -> tuple[Subject, ...]:
    conditions = tuple(f"{id}={value}" for id, value in scope)
    return (in_sense(criterion, sense), *conditions) if criterion else conditions


def by_subject(claims: Iterable[Claim]) -> Mapping[Subject, tuple[Claim, ...]]:
    """Return the claims on each subject, in the order given."""
    found: dict[Subject, list[Claim]] = defaultdict(list)
    for claim in claims:
        for subject in subjects_of(claim):
            found[subject].append(claim)
    return {subject: tuple(each) for subject, each in found.items()}


def voices(claims: Iterable[Claim]) -> Voices:
    """Return every article's voice; claims about a combination of options have none.

    One article is one voice however often it repeats itself: its strongest statement, or, when it
    says both, the share by which one outweighs the other, so that a lone aside does not silence
    ten statements. Hedged statements and examples count half. Re-posted articles share one voice:
    claims that repeat an earlier article are not to be among these.
    """
    said: dict[tuple[str, Subject], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if len(claim.about) != 1:
            continue
        weight = _HALF if claim.hedged or claim.kind == "example" else 1.0
        for subject in subjects_of(claim):
            said[claim.about[0], subject][claim.article].append(_SIGN[claim.stance] * weight)
    speakers: dict[Subject, set[str]] = defaultdict(set)
    for (_, subject), articles in said.items():
        speakers[subject] |= articles.keys()
    return Voices(
        {
            key: {article: _balance(weights) for article, weights in sorted(articles.items())}
            for key, articles in said.items()
        },
        {subject: frozenset(articles) for subject, articles in speakers.items()},
    )


def _balance(weights: Iterable[float]) -> float:
    listed = list(weights)
    good = sum(weight for weight in listed if weight > 0)
    bad = -sum(weight for weight in listed if weight < 0)
    if good and bad:
        return (good - bad) / (good + bad)
    return max(listed, key=abs)


@dataclass(frozen=True)
class Evidence:
    """The claims of a topic, counted once: `heard` are their voices.

    Words that were taken over from an earlier article are an echo and no evidence: their claims
    are left out.
    """

    claims: tuple[Claim, ...]
    heard: Voices
    by_subject: Mapping[Subject, tuple[Claim, ...]]

    @cached_property
    def by_passage(self) -> Mapping[str, Sequence[Claim]]:
        """The claims that each passage makes, by its id."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.passage].append(claim)
        return found

    @cached_property
    def spoken(self) -> Mapping[str, int]:
        """How many claims there are on each criterion."""
        return Counter(claim.criterion for claim in self.claims)

    @cached_property
    def criteria_about(self) -> Mapping[str, Sequence[str]]:
        """The criteria that articles speak of an option on, by the option, in their order."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for claim in self.claims:
            if claim.criterion and len(claim.about) == 1:
                found[claim.about[0]][claim.criterion] = None
        return {option: tuple(criteria) for option, criteria in found.items()}

    def bearing(self, subjects: Iterable[Subject]) -> tuple[Claim, ...]:
        """Return the claims on any of `subjects`, by article and place, each once."""
        found = {id(c): c for subject in subjects for c in self.by_subject.get(subject, ())}
        return tuple(found[each] for each in sorted(found, key=self._places.__getitem__))

    @cached_property
    def _places(self) -> Mapping[int, tuple[str, int]]:
        return {id(claim): (claim.article, claim.start) for claim in self.claims}

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that are spoken of, those of most articles first."""
        articles: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            articles[claim.criterion].add(claim.article)
        spoken = (criterion for criterion in articles if criterion)
        return tuple(sorted(spoken, key=lambda each: (-len(articles[each]), each)))


def collect(claims: Iterable[Claim], repeats: Repeats = NO_REPEATS) -> Evidence:
    """Return the claims that are not echoed, with their voices."""
    every = tuple(claim for claim in claims if not repeats.echoed(claim))
    return Evidence(every, voices(every), by_subject(every))


@dataclass(frozen=True, slots=True)
class Backing:
    """How many articles speak for what a rule favours, and how many against it."""

    supporting: int
    opposing: int

    @property
    def share(self) -> float:
        """(for - against) / both, from 0 to 1; 0 when nobody speaks of it."""
        both = self.supporting + self.opposing
        return max(0.0, (self.supporting - self.opposing) / both) if both else 0.0


def backing(rule: Rule, heard: Voices, options: Iterable[str]) -> Backing:
    """Return which articles favour the rule's option over the others on what the rule is about.

    That is its criteria; its conditions only when it names no criterion.
    """
    subjects = [*rule.criteria, *rule.any] or [f"{id}={value}" for id, value in rule.conditions]
    balance: dict[str, float] = defaultdict(float)
    for subject in subjects:
        for option in options:
            sign = 1.0 if option == rule.favours else -1.0
            for article, voice in heard.of(option, subject).items():
                balance[article] += sign * voice
    return Backing(
        sum(value > 0 for value in balance.values()),
        sum(value < 0 for value in balance.values()),
    )
