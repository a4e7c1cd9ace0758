"""Reading, claims and rules to a verdict; pure, and independent of the order of the rules."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.model import NearMiss, Reading, Support, Trace, Verdict
from advisor.spotting import REQUIRED
from kb.evidence import Evidence, Subject, Voices, backing
from kb.model import Claim, ScorePart
from kb.topic import Rule, Topic

CLEAR_MARGIN = 0.12  # of all importance; below it options count as level
_CONDITION = 1.0  # importance of a condition that was named
_ENOUGH = 0.34  # how far voices of two articles have to be apart to count as opposite winners
_SILENCE = Voices({}, {})
_UNASKED = ("fact", "definition", "howto", "list")


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
    fired = [rule for rule in topic.rules if not _missing(rule, reading)] if use_rules else []
    shares = {
        rule: share
        for rule in fired
        if (share := backing(rule, evidence.heard, topic.option_ids).share) > 0
    }
    support = tuple(_support(option, weights, heard, shares) for option in topic.option_ids)
    ranked = sorted(support, key=lambda each: -each.total)
    scale = sum(abs(weight.importance) for weight in weights) or 1.0
    margin = (ranked[0].total - ranked[1].total) / scale
    verdict = _verdict(reading, topic, weights, bearing, heard, margin, bool(shares))
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
            tuple(_near_misses(topic, reading)) if use_rules else (),
            support,
        ),
    )


def _weights(reading: Reading) -> Iterator[Weight]:
    """Hard needs beat soft preferences: beside a required need the others count half."""
    required = any(need.importance >= REQUIRED for need in reading.needs)
    soft = 0.5 if required else 1.0
    for need in reading.needs:
        scale = 1.0 if need.importance >= REQUIRED else soft
        yield Weight(need.criterion, need.importance * scale)
    yield from (Weight(f"{id}={value}", _CONDITION * soft) for id, value in reading.conditions)


def _support(
    option: str, weights: Sequence[Weight], heard: Voices, shares: Mapping[Rule, float]
) -> Support:
    """Return what speaks for an option; `shares` are the rules that fired with their backing."""
    replaced = {subject for rule in shares for subject in _rule_subjects(rule)}
    parts = [
        ScorePart(weight.subject, weight.importance * heard.mean(option, weight.subject))
        for weight in weights
        if weight.subject not in replaced
    ]
    importance = {weight.subject: weight.importance for weight in weights}
    for rule in sorted(shares, key=lambda rule: rule.id):
        if rule.favours == option:
            carried = [max(importance.get(s, 0.0), 0.0) for s in _rule_subjects(rule)]
            value = rule.weight / 3 * shares[rule] * max(sum(carried), 1.0)
            parts.append(ScorePart(f"rule {rule.id}", value))
    parts = [part for part in parts if part.value]
    return Support(option, sum(part.value for part in parts), tuple(parts))


def _rule_subjects(rule: Rule) -> list[Subject]:
    return [*rule.criteria, *rule.any, *(f"{id}={value}" for id, value in rule.conditions)]


def _missing(rule: Rule, reading: Reading) -> tuple[str, ...]:
    """Return what keeps a rule from firing; empty when it fires."""
    wanted = {need.criterion for need in reading.needs if need.importance > 0}
    named = {need.criterion for need in reading.needs if need.importance >= 1}
    facts = {f"{id}={value}" for id, value in reading.conditions}
    missing = [id for id in rule.criteria if id not in named]
    missing += [f"{id}={value}" for id, value in rule.conditions if f"{id}={value}" not in facts]
    missing += [f"not {entry}" for entry in rule.unless if entry in wanted | facts]
    if rule.any and not named & set(rule.any):
        missing.append(f"one of {', '.join(rule.any)}")
    return tuple(missing)


def _near_misses(topic: Topic, reading: Reading) -> Iterator[NearMiss]:
    """Yield the rules of two or more conditions that would fire but for one."""
    for rule in sorted(topic.rules, key=lambda rule: rule.id):
        missing = _missing(rule, reading)
        if len(missing) == 1 and len(_rule_subjects(rule)) + len(rule.unless) > 1:
            yield NearMiss(rule.id, missing[0])


def _verdict(
    reading: Reading,
    topic: Topic,
    weights: Sequence[Weight],
    bearing: Sequence[Claim],
    heard: Voices,
    margin: float,
    has_rules: bool,
) -> Verdict:
    if reading.not_covered:
        return "not_covered"
    if reading.intent in _UNASKED:
        return "no_verdict"
    if not any(weight.importance for weight in weights):
        return "depends" if reading.intent != "unclear" else "no_verdict"
    asked = [need.criterion for need in reading.needs if need.importance >= 1]
    combined = [id for id in asked if topic.criterion(id).combined]
    if combined:
        return _together(combined, bearing)
    if not bearing and not has_rules:
        return "no_verdict"
    if reading.intent == "compare" and not reading.conditions:
        return "no_verdict"
    if reading.feasible:
        return (
            "either" if all(_is_possible(o, asked, heard) for o in topic.option_ids) else "depends"
        )
    if (
        len(weights) == 1
        and asked
        and _scopes_decide(asked[0], bearing)
        and not _is_settled(asked[0], heard, topic)
    ):
        return "depends"
    if margin >= CLEAR_MARGIN:
        return "lean"
    if len(weights) == 1 and len(_winners(weights[0].subject, heard, topic)) > 1:
        return "disagree"
    return "either"


def _is_possible(option: str, criteria: Sequence[str], heard: Voices) -> bool:
    """True when some article says that an option can do what was asked."""
    return any(value > 0 for id in criteria for value in heard.of(option, id).values())


def _is_settled(subject: Subject, heard: Voices, topic: Topic) -> bool:
    """True when two articles more put one option ahead than put another one ahead."""
    ahead = Counter(_ahead(subject, article, heard, topic) for article in heard.articles(subject))
    counts = sorted((ahead[option] for option in topic.option_ids), reverse=True)
    return counts[0] - counts[1] >= 2


def _ahead(subject: Subject, article: str, heard: Voices, topic: Topic) -> str:
    """Return the option that an article sees clearly ahead, "" when it sees none."""
    voiced = sorted(
        ((heard.of(option, subject).get(article, 0.0), option) for option in topic.option_ids),
        reverse=True,
    )
    return voiced[0][1] if voiced[0][0] - voiced[1][0] >= _ENOUGH else ""


def _together(criteria: Sequence[str], bearing: Sequence[Claim]) -> Verdict:
    """Articles for and against using options together: there is no option to lean to."""
    stances = {claim.stance for claim in bearing if claim.criterion in criteria}
    return "disagree" if {"for", "against"} <= stances else "either"


def _scopes_decide(criterion: str, bearing: Sequence[Claim]) -> bool:
    """True when the same article praises different options under different conditions."""
    praised: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for claim in bearing:
        if claim.criterion == criterion and claim.stance == "for" and len(claim.about) == 1:
            for scope in claim.scope:
                praised.setdefault((claim.article, scope[0]), set()).add((claim.about[0], scope[1]))
    return any(
        len({option for option, _ in each}) > 1 and len({value for _, value in each}) > 1
        for each in praised.values()
    )


def _winners(subject: Subject, heard: Voices, topic: Topic) -> set[str]:
    """Return the options that some article sees clearly ahead."""
    ahead = {_ahead(subject, a, heard, topic) for a in heard.articles(subject)}
    return ahead - {""}
