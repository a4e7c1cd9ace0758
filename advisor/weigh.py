"""Reading, claims and rules to a verdict; pure, and independent of the order of the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.deciding import Case, decide
from advisor.model import NearMiss, Reading, Support, Trace, Verdict
from advisor.needs import REQUIRED
from kb.evidence import Evidence, Subject, Voices, backing, in_sense
from kb.model import Claim, ScorePart
from kb.topic import Rule, Topic

_BESIDE = 0.6  # importance of a condition beside a named criterion; 1.0 when it stands alone
_SPARED = 0.5  # what can be done without tells less than what is wanted
_OLD = 0.5  # of what earlier questions named, beside what a follow-up adds
_SILENCE = Voices({}, {})


@dataclass(frozen=True, slots=True)
class Weight:
    """One thing that is weighed: a criterion or a condition, and its importance."""

    subject: Subject
    importance: float


@dataclass(frozen=True, slots=True)
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
    weights = tuple(_weights(reading))
    heard = evidence.heard if use_claims else _SILENCE
    bearing = evidence.bearing(weight.subject for weight in weights)
    use_rules = use_rules and not reading.weak_end  # rules favour, they do not blame
    fired = [rule for rule in topic.rules if not _missing(rule, reading)] if use_rules else []
    shares = {
        rule: share
        for rule in fired
        if (share := backing(rule, evidence.heard, topic.option_ids).share) > 0
    }
    options = contenders(reading, topic)
    support = tuple(_support(option, weights, heard, shares) for option in options)
    ranked = sorted(_spoken_of(support, weights, heard), key=lambda each: -each.total)
    scale = sum(abs(weight.importance) for weight in weights) or 1.0
    margin = (ranked[0].total - ranked[1].total) / scale
    subjects = {weight.subject: weight.importance for weight in weights}
    verdict = decide(Case(reading, topic, options, subjects, bearing, heard, margin, bool(shares)))
    return Weighed(
        verdict=verdict,
        option=ranked[0].option if verdict == "lean" else "",
        leader=ranked[0].option if margin > 0 else "",
        margin=margin,
        weights=weights,
        claims=bearing,
        heard=heard,
        trace=Trace(
            tuple(sorted(rule.id for rule in shares)),
            tuple(_near_misses(topic, reading, shares)) if use_rules else (),
            support,
        ),
    )


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
    option: str, weights: Sequence[Weight], heard: Voices, shares: Mapping[Rule, float]
) -> Support:
    """Return what speaks for an option; `shares` are the rules that fired with their backing."""
    replaced = {subject for rule in shares for subject in rule_subjects(rule)}
    parts = [
        ScorePart(weight.subject, weight.importance * heard.mean(option, weight.subject))
        for weight in weights
        if weight.subject not in replaced
    ]
    importance = {weight.subject: weight.importance for weight in weights}
    for rule in sorted(shares, key=lambda rule: rule.id):
        if rule.favours == option:
            carried = [max(importance.get(s, 0.0), 0.0) for s in rule_subjects(rule)]
            value = rule.weight / 3 * shares[rule] * max(sum(carried), 1.0)
            parts.append(ScorePart(f"rule {rule.id}", value))
    parts = [part for part in parts if part.value]
    return Support(option, sum(part.value for part in parts), tuple(parts))


def rule_subjects(rule: Rule) -> list[Subject]:
    """Return what a rule is about: its criteria, then its conditions."""
    return [*rule.criteria, *rule.any, *(f"{id}={value}" for id, value in rule.conditions)]


def _missing(rule: Rule, reading: Reading) -> tuple[str, ...]:
    """Return what keeps a rule from firing; empty when it fires."""
    named = {need.criterion for need in reading.needs if need.importance >= 1}
    facts = {f"{id}={value}" for id, value in reading.conditions}
    missing = [id for id in rule.criteria if id not in named]
    missing += [f"{id}={value}" for id, value in rule.conditions if f"{id}={value}" not in facts]
    missing += [f"not {entry}" for entry in rule.unless if entry in named | facts]
    if rule.any and not named & set(rule.any):
        missing.append(f"one of {', '.join(rule.any)}")
    return tuple(missing)


def _near_misses(
    topic: Topic, reading: Reading, backed: Mapping[Rule, float]
) -> Iterator[NearMiss]:
    """Yield the rules of two or more conditions that lack one, and those no article backs."""
    for rule in sorted(topic.rules, key=lambda rule: rule.id):
        missing = _missing(rule, reading)
        if not missing and rule not in backed:
            yield NearMiss(rule.id, "articles that back it")
        if len(missing) == 1 and len(rule_subjects(rule)) + len(rule.unless) > 1:
            yield NearMiss(rule.id, missing[0])
