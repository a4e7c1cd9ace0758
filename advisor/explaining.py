""" "Why?", "why not X?" and "is X good?": told from the words that a verdict rests on."""

from collections.abc import Sequence
from dataclasses import replace

from advisor.informing import told_most
from advisor.model import Guidance, Reason
from advisor.phrasing import listed, subject_label
from advisor.reasons import Case, quoting, stated
from kb.evidence import Evidence, Subject
from kb.model import Stance
from kb.topic import Topic

_MOST = 5
_MOST_FOR = 3


def explained(guidance: Guidance, case: Case, evidence: Evidence) -> Guidance:
    """Return the guidance with a headline that leads with its reasons.

    For "why not X?" that is what speaks against X and for the one ahead of it; what speaks for X
    comes behind, and so it is after "is X good?". An option that is ahead is not doubted: its
    reasons are told.
    """
    asked = case.reading.options if len(case.reading.options) == 1 else ()
    doubted = [id for id in case.reading.doubted or asked if id != guidance.option]
    if doubted:
        return _doubted(guidance, doubted[0], case, evidence)
    told = [reason for reason in guidance.reasons if reason.favours == guidance.option]
    if not guidance.option or not told:
        return guidance
    label = case.topic.option(guidance.option).label
    return replace(guidance, headline=f"{label}, and this is why. {_first(told, case)}")


def judged(guidance: Guidance, case: Case, evidence: Evidence) -> Guidance:
    """Return what is most said for and against one option, if only that was asked: "is X good?"."""
    reading, topic = case.reading, case.topic
    if guidance.verdict != "depends" or case.weighed.weights or len(reading.options) != 1:
        return guidance
    (option,) = reading.options
    praised = told_most(option, "for", evidence)[:_MOST_FOR]
    blamed = [s for s in told_most(option, "against", evidence) if s not in praised][:_MOST_FOR]
    if not (praised and blamed):
        return guidance
    whole = replace(case, weighed=case.weighed.over(evidence))
    label = topic.option(option).label
    return replace(
        guidance,
        headline=f"It depends on what for: the articles praise {label} most for "
        f"{_labels(praised, topic)}, and fault it most on {_labels(blamed, topic)}.",
        reasons=tuple(r for s in praised for r in stated(s, option, "for", whole, most=1)),
        against=tuple(r for s in blamed for r in stated(s, option, "against", whole, most=1)),
    )


def _labels(subjects: Sequence[Subject], topic: Topic) -> str:
    return listed([subject_label(subject, topic) for subject in subjects])


def _doubted(guidance: Guidance, option: str, case: Case, evidence: Evidence) -> Guidance:
    """Return what speaks against an option; if nothing was named, all that articles say of it."""
    subjects = [each.subject for each in case.weighed.weights if each.importance > 0]
    weighed = case.weighed if subjects else case.weighed.over(evidence)
    fresh = replace(case, weighed=weighed, told=set(), minded=set())

    def said(about: str, stance: Stance) -> list[Reason]:
        on = subjects or told_most(about, stance, evidence)[:_MOST]
        return [reason for each in on for reason in stated(each, about, stance, fresh, most=1)]

    rules = [reason for reason in guidance.reasons if reason.rule]
    ahead = said(guidance.option, "for") if guidance.option else []
    told = [*said(option, "against"), *rules, *ahead][:_MOST]
    if not told:
        return guidance
    label = case.topic.option(option).label
    lead = f"Not {label}, and this is why."
    if not guidance.option:
        lead = f"Nothing is settled, but this speaks against {label}."
    return replace(
        guidance,
        headline=f"{lead} {_first(told, case)}",
        reasons=tuple(told),
        against=tuple(said(option, "for")[:_MOST_FOR]),
    )


def _first(reasons: Sequence[Reason], case: Case) -> str:
    """Return the first reason in one sentence: a rule's own, or one quote with its source."""
    first = reasons[0]
    if first.rule or not first.citations:
        return first.text
    what = first.text.split(":", 1)[0]
    return f"{what}: {quoting(first.citations[:1], case)}."
