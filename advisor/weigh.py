"""Reading, claims and rules to a verdict; pure, and independent of the order of the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from advisor.deciding import Case, decide
from advisor.model import NearMiss, Reading, Support, Trace, Verdict
from advisor.needs import REQUIRED
from kb.disagreements import Conflict, conflicts
from kb.evidence import Evidence, Subject, Voices, backing, by_subject, in_sense
from kb.model import Claim, ScorePart
from kb.topic import Rule, Topic

_BESIDE = 0.6  # importance of a condition beside a named criterion; 1.0 when it stands alone
_SPARED = 0.5  # what can be done without tells less than what is wanted
_OLD = 0.5  # of what earlier questions named, beside what a follow-up adds
_SILENCE = Voices({}, {})


class Weight(NamedTuple):
    """One thing that is weighed: a criterion or a condition, and its importance.

    A tuple, because every change that might turn the verdict is weighed.
    """

    subject: Subject
    importance: float


@dataclass(frozen=True)
class Weighed:
    """A verdict with what led to it.

    `margin` is the leader's advance as a share of all importance, 0.0 to about 2. `leader` is the
    option ahead even when the verdict is not "lean". `claims` are those that bear on the question.
    """

    verdict: Verdict
    option: str
    leader: str
    margin: float
    weights: tuple[Weight, ...]
    claims: tuple[Claim, ...]
    heard: Voices
    trace: Trace

    @cached_property
    def conflicts(self) -> Sequence[Conflict]:
        return conflicts(self.claims)

    @cached_property
    def by_subject(self) -> Mapping[Subject, Sequence[Claim]]:
        return by_subject(self.claims)


class _Judged(NamedTuple):
    """The verdict of a case, with the options ranked and the rules that fired, by id."""

    case: Case
    weights: tuple[Weight, ...]
    verdict: Verdict
    ranked: Sequence[Support]
    support: tuple[Support, ...]
    shares: Mapping[str, float]


def weigh(
    reading: Reading,
    topic: Topic,
    evidence: Evidence,
    *,
    use_rules: bool = True,
    use_claims: bool = True,
) -> Weighed:
    """Return the verdict for a question that the articles cover.

    support(option) = sum of importance x mean voice over what was asked, plus weight/3 x backing
    of every rule that fires; such a rule replaces the claims it rests on.
    """
    rules = _rules(reading, topic) if use_rules else ()
    heard = evidence.heard if use_claims else _SILENCE
    judged = _judged(reading, topic, evidence, heard, rules)
    case, leader = judged.case, judged.ranked[0].option
    return Weighed(
        verdict=judged.verdict,
        option=leader if judged.verdict == "lean" else "",
        leader=leader if case.margin > 0 else "",
        margin=case.margin,
        weights=judged.weights,
        claims=case.bearing,
        heard=case.heard,
        trace=Trace(
            tuple(sorted(judged.shares)),
            tuple(_near_misses(rules, reading, judged.shares)),
            judged.support,
        ),
    )


def lean(reading: Reading, topic: Topic, evidence: Evidence) -> str:
    """Return the option that `weigh` would lean to, "" when its verdict is another one."""
    judged = _judged(reading, topic, evidence, evidence.heard, _rules(reading, topic))
    return judged.ranked[0].option if judged.verdict == "lean" else ""


def _rules(reading: Reading, topic: Topic) -> tuple[Rule, ...]:
    """Return the rules that are asked: they favour and do not blame."""
    return () if reading.weak_end else topic.rules


def _judged(
    reading: Reading,
    topic: Topic,
    evidence: Evidence,
    heard: Voices,
    rules: Sequence[Rule],
) -> _Judged:
    weights = tuple(_weights(reading))
    asked = _Asked.of(reading)
    fired = [rule for rule in rules if not any(asked.missing(rule))]
    shares = {
        rule.id: share
        for rule in fired
        if (share := backing(rule, evidence.heard, topic.option_ids).share) > 0
    }
    backed = [rule for rule in fired if rule.id in shares]
    options = contenders(reading, topic)
    support = tuple(_support(option, weights, heard, backed, shares) for option in options)
    ranked = sorted(_spoken_of(support, weights, heard), key=lambda each: -each.total)
    scale = sum(abs(weight.importance) for weight in weights) or 1.0
    margin = (ranked[0].total - ranked[1].total) / scale
    subjects = {weight.subject: weight.importance for weight in weights}
    case = Case(reading, topic, options, subjects, evidence, heard, margin, bool(shares))
    return _Judged(case, weights, decide(case), ranked, support, shares)


def _spoken_of(
    support: Sequence[Support], weights: Sequence[Weight], heard: Voices
) -> Sequence[Support]:
    """Leave out options of which no article says anything: silence is no praise.

    Of two options the one that is not blamed is the better one, said or not.
    """
    known = [
        each
        for each in support
        if each.total or any(heard.of(each.option, weight.subject) for weight in weights)
    ]
    return known if len(known) > 1 else support


def contenders(reading: Reading, topic: Topic) -> tuple[str, ...]:
    """Return the options that are weighed: those named, or all when fewer than two were."""
    named = tuple(id for id in topic.option_ids if id in reading.options)
    return named if len(named) > 1 else topic.option_ids


def _weights(reading: Reading) -> Iterator[Weight]:
    """What is built weighs more than how big it is, and hard needs beat soft preferences.

    Beside a required need the others count half, and so does what earlier questions named beside
    what a follow-up adds. When the weak end is asked for, all weighs against.
    """
    sign = -1.0 if reading.weak_end else 1.0
    news = set(reading.news)
    required = any(need.importance >= REQUIRED for need in reading.needs)
    named = any(need.importance >= 1 for need in reading.needs)
    wanted = any(need.importance > 0 for need in reading.needs) and not reading.weak_end
    soft = 0.5 if required else 1.0
    for need in reading.needs:
        scale = 1.0 if need.importance >= REQUIRED else soft
        if need.importance < 0 and wanted:
            scale = _SPARED
        old = _OLD if news and need.criterion not in news else 1.0
        importance = -abs(need.importance) if reading.weak_end else need.importance
        yield Weight(in_sense(need.criterion, need.sense), importance * scale * old)
    for id, value in reading.conditions:
        beside = _BESIDE if named and id not in news else 1.0
        old = _OLD if news and id not in news else 1.0
        yield Weight(f"{id}={value}", sign * beside * old * (soft if named else 1.0))


def _support(
    option: str,
    weights: Sequence[Weight],
    heard: Voices,
    backed: Sequence[Rule],
    shares: Mapping[str, float],
) -> Support:
    """Return what speaks for an option; `shares` is the backing of the rules `backed`, by id."""
    replaced = {subject for rule in backed for subject in rule_subjects(rule)}
    parts = [
        ScorePart(weight.subject, value)
        for weight in weights
        if weight.subject not in replaced
        and (value := weight.importance * heard.mean(option, weight.subject))
    ]
    importance = {weight.subject: weight.importance for weight in weights}
    for rule in sorted(backed, key=lambda rule: rule.id):
        if rule.favours == option:
            carried = [max(importance.get(s, 0.0), 0.0) for s in rule_subjects(rule)]
            value = rule.weight / 3 * shares[rule.id] * max(sum(carried), 1.0)
            parts.append(ScorePart(f"rule {rule.id}", value))
    return Support(option, sum(part.value for part in parts), tuple(parts))


def rule_subjects(rule: Rule) -> list[Subject]:
    """Return what a rule is about: its criteria, then its conditions."""
    return [*rule.criteria, *rule.any, *(f"{id}={value}" for id, value in rule.conditions)]


class _Asked(NamedTuple):
    """What rules look at: the criteria that were named, and the conditions as "id=value"."""

    named: frozenset[str]
    facts: frozenset[str]

    @classmethod
    def of(cls, reading: Reading) -> "_Asked":
        return cls(
            frozenset(need.criterion for need in reading.needs if need.importance >= 1),
            frozenset(f"{id}={value}" for id, value in reading.conditions),
        )

    def missing(self, rule: Rule) -> Iterator[str]:
        """Yield what keeps a rule from firing, nothing when it fires."""
        for id in rule.criteria:
            if id not in self.named:
                yield id
        for id, value in rule.conditions:
            if (fact := f"{id}={value}") not in self.facts:
                yield fact
        for entry in rule.unless:
            if entry in self.named or entry in self.facts:
                yield f"not {entry}"
        if rule.any and self.named.isdisjoint(rule.any):
            yield f"one of {', '.join(rule.any)}"


def _near_misses(
    rules: Sequence[Rule], reading: Reading, shares: Mapping[str, float]
) -> Iterator[NearMiss]:
    """Yield the rules of two or more conditions that lack one, and those no article backs."""
    asked = _Asked.of(reading)
    for rule in sorted(rules, key=lambda rule: rule.id):
        missing = list(asked.missing(rule))
        if not missing and rule.id not in shares:
            yield NearMiss(rule.id, "articles that back it")
        if len(missing) == 1 and len(rule_subjects(rule)) + len(rule.unless) > 1:
            yield NearMiss(rule.id, missing[0])
