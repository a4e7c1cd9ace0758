"""A weighed question to guidance: headline, reasons, what is disputed, what would change it."""

from advisor import whatif, wording
from advisor.confidence import confidence
from advisor.explaining import explained, judged
from advisor.following import followed
from advisor.informing import inform
from advisor.model import ConditionAdvice, Guidance
from advisor.reasons import Case, against, borne_out, reasons
from advisor.selecting import best_claims
from advisor.told import Told
from advisor.whether import whether
from kb.evidence import Evidence

_OPEN = ("depends", "either", "disagree")


def guide(case: Case, evidence: Evidence, told: Told, *, earlier: int) -> Guidance:
    """Return the advice; `told` answers a question for a fact, `earlier` counts the questions."""
    reading, weighed, topic = case.reading, case.weighed, case.topic
    if weighed.verdict == "no_verdict":
        return followed(case) or inform(case, evidence, told)
    level, because = confidence(weighed, reading, topic)
    head = wording.headline(reading, topic, weighed)
    if weighed.verdict == "not_covered":
        return Guidance(weighed.verdict, "", head, level, because, trace=weighed.trace)
    leader = weighed.option or weighed.leader or topic.option_ids[0]
    answered = whether(reading, topic, weighed)
    if answered and answered.option != leader:
        pro, con = borne_out(case, answered)
    else:
        pro, con = reasons(case, leader), against(case, leader)
    guidance = Guidance(
        verdict=weighed.verdict,
        option=weighed.option,
        headline=head,
        confidence=level,
        confidence_because=because,
        reasons=tuple(pro),
        against=tuple(con),
        conditions=tuple(_conditions(case, evidence)),
        disagreements=tuple(wording.disagreements(weighed, case.citing)),
        would_change=whatif.flips(reading, topic, evidence, weighed),
        ask_back=whatif.ask_back(reading, topic, evidence, weighed, earlier=earlier),
        trace=weighed.trace,
    )
    if reading.explain:
        return explained(guidance, case, evidence)
    return judged(guidance, case, evidence)


def _conditions(case: Case, evidence: Evidence) -> list[ConditionAdvice]:
    """Return what follows from each condition, where the verdict is open.

    If a criterion was asked for, these are the conditions under which articles speak of it.
    """
    reading, weighed, topic = case.reading, case.weighed, case.topic
    together = any(topic.criterion(need.criterion).combined for need in reading.needs)
    if weighed.verdict not in _OPEN or together:
        return []
    asked = {need.criterion for need in reading.needs if need.importance >= 1}
    scoped = [claim for claim in weighed.claims if claim.criterion in asked and claim.scope]
    found = []
    for change, option in whatif.conditional(reading, topic, evidence):
        id, value = change.given[0]
        claims = scoped if asked else evidence.by_subject.get(f"{id}={value}", ())
        quoted = best_claims(claims, f"{id}={value}", option, "for", most=1)
        if quoted:
            citations = tuple(case.citing.cite(claim) for claim in quoted)
            found.append(ConditionAdvice(change, option, citations))
    return found
