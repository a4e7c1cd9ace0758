"""Reading, claims and rules to a verdict; pure, and independent of the order of the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from advisor.deciding import Case, Weighable, decide
from advisor.firing import Asked, near_misses, rule_subjects
from advisor.importance import REQUIRED
from advisor.model import Reading, Support, Trace, Verdict
from advisor.remembered import Remembered
from kb.disagreements import Conflict, conflicts
from kb.evidence import Evidence, Subject, Voices, backing, by_subject, in_sense
from kb.model import Claim, ScorePart
from kb.topic import Rule, Topic

_BESIDE = 0.6  # importance of a condition beside a named criterion; 1.0 when it stands alone
_SPARED = 0.25  # what can be done without tells less than what is wanted
_OLD = 0.5  # of what earlier questions named, beside what a follow-up adds
_SILENCE = Voices({}, {})
_SHORT = 2048  # claims up to which a verdict is kept with them


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

    def over(self, evidence: Evidence) -> "Weighed":
        """Return the same verdict with all claims, whatever they bear on."""
        whole = replace(self, claims=evidence.claims)
        whole.__dict__["by_subject"] = evidence.by_subject  # known already
        return whole


# Many questions name the same things, and what would turn their verdicts is the same as well. A
# verdict takes 20 kB or so, at most 50.
_VERDICTS: Remembered[tuple[Weighable, bool, bool], Weighed] = Remembered(512)
_LEANS: Remembered[Weighable, str] = Remembered(4096)


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
    weighable = weighable_of(reading, topic)
    key = (weighable, use_rules, use_claims)
    weighed = _VERDICTS.get(topic, evidence, key)
    if weighed is None:
        weighed = _weighed(weighable, topic, evidence, use_rules=use_rules, use_claims=use_claims)
        if len(weighed.claims) <= _SHORT:
            _VERDICTS.keep(topic, evidence, key, weighed)
    return weighed


def _weighed(
    reading: Weighable, topic: Topic, evidence: Evidence, *, use_rules: bool, use_claims: bool
) -> Weighed:
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
            tuple(near_misses(rules, reading, judged.shares)),
            judged.support,
        ),
    )


def lean(asked: Weighable, topic: Topic, evidence: Evidence) -> str:
    """Return the option that `weigh` would lean to, "" when its verdict is another one."""
    option = _LEANS.get(topic, evidence, asked)
    if option is None:
        judged = _judged(asked, topic, evidence, evidence.heard, _rules(asked, topic))
        option = judged.ranked[0].option if judged.verdict == "lean" else ""
        _LEANS.keep(topic, evidence, asked, option)
    return option


def weighable_of(reading: Reading, topic: Topic) -> Weighable:
    """Return what of a question a verdict, and what would turn it, follows from."""
    return Weighable(
        contenders(reading, topic),
        reading.needs,
        reading.conditions,
        reading.news,
        reading.intent,
        bool(reading.not_covered),
        reading.feasible,
        reading.indifferent,
        reading.weak_end,
    )


def _rules(reading: Weighable, topic: Topic) -> tuple[Rule, ...]:
    """Return the rules that are asked: they favour and do not blame."""
    return () if reading.weak_end else topic.rules


def _judged(
    reading: Weighable,
    topic: Topic,
    evidence: Evidence,
    heard: Voices,
    rules: Sequence[Rule],
) -> _Judged:
    weights = tuple(_weights(reading))
    asked = Asked.of(reading)
    fired = asked.firing(rules)
    shares = {
        rule.id: share
        for rule in fired
        if (share := backing(rule, evidence.heard, topic.option_ids).share) > 0
    }
    backed = [rule for rule in fired if rule.id in shares]
    options = reading.options
    replaced = {subject for rule in backed for subject in rule_subjects(rule)}
    left = [each for each in weights if each.subject not in replaced] if replaced else weights
    support = tuple(
        _support(option, left, heard, _backing(option, weights, backed, shares))
        for option in options
    )
    ranked = sorted(_spoken_of(support, weights, heard), key=lambda each: -each.total)
    scale = sum(abs(weight.importance) for weight in weights) or 1.0
    margin = (ranked[0].total - ranked[1].total) / scale
    subjects = {weight.subject: weight.importance for weight in weights}
    case = Case(reading, topic, subjects, evidence, heard, margin, bool(shares))
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


def _weights(reading: Weighable) -> Iterator[Weight]:
    """What is built weighs more than how big it is, and hard needs beat soft preferences.

    Beside a required need the others count half, and so does what earlier questions named beside
    what a follow-up adds. When the weak end is asked for, all weighs against.
    """
    sign = -1.0 if reading.weak_end else 1.0
    news = reading.news
    most = max([need.importance for need in reading.needs], default=0.0)
    named = most >= 1
    wanted = most > 0 and not reading.weak_end
    soft = 0.5 if most >= REQUIRED else 1.0
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
    option: str, weights: Sequence[Weight], heard: Voices, ruled: Sequence[ScorePart]
) -> Support:
    """Return what speaks for an option: voices on what no rule replaces, and what is `ruled`."""
    means = heard.means
    parts = [
        ScorePart(subject, value)
        for subject, importance in weights
        if (value := importance * means.get((option, subject), 0.0))
    ]
    parts += ruled
    return Support(option, sum([part.value for part in parts]), tuple(parts))


def _backing(
    option: str, weights: Sequence[Weight], backed: Sequence[Rule], shares: Mapping[str, float]
) -> list[ScorePart]:
    """Return what rules add to an option; `shares` is the backing of the rules `backed`, by id."""
    if not backed:
        return []
    parts = []
    importance = {weight.subject: weight.importance for weight in weights}
    for rule in sorted(backed, key=lambda rule: rule.id):
        if rule.favours == option:
            carried = [max(importance.get(s, 0.0), 0.0) for s in rule_subjects(rule)]
            value = rule.weight / 3 * shares[rule.id] * max(sum(carried), 1.0)
            parts.append(ScorePart(f"rule {rule.id}", value))
    return parts
