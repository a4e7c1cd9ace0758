"""Questions behind a verdict: who says otherwise, and which figures there are."""

from advisor.confidence import confidence
from advisor.cues import cues
from advisor.leads import named
from advisor.model import Guidance, Reason
from advisor.phrasing import phrase
from advisor.reasons import Case, against, quoting
from kb.model import Claim
from kb.words import atoms

_SHORT = 9  # words up to which a question asks no more than that
_MOST = 4
_FIGURES = "These are the articles' own figures; nothing was weighed."


def followed(case: Case) -> Guidance | None:
    """Return the other side, or the figures, of what was asked before; None if nobody asks."""
    reading, words = case.reading, atoms(case.reading.question)
    if not reading.carried_over or not list(named(reading)) or len(words) > _SHORT:
        return None
    if cues().has("asks_opposed", words):
        return _opposed(case)
    return _counted(case) if cues().has("asks_figures", words) else None


def _opposed(case: Case) -> Guidance | None:
    """Return what speaks against the option that is ahead."""
    leader, on = case.weighed.leader, phrase(list(named(case.reading)), case.topic)
    if not leader:
        return None
    label, told = case.topic.option(leader).label, against(case, leader)
    _, because = confidence(case.weighed, case.reading, case.topic)
    if not told:
        head = f"No article says otherwise: none speaks against {label}{on}."
        return _guidance(case, head, [], because)
    head = f"The articles lean towards {label}{on}; this is what they say otherwise."
    return _guidance(case, head, told, because)


def _counted(case: Case) -> Guidance | None:
    """Return the figures on what was asked, each with its option."""
    asked = set(named(case.reading))
    figures = [c for s in asked for c in case.weighed.by_subject.get(s, ()) if c.kind == "figure"]
    distinct: dict[tuple[str, int], Claim] = {(c.passage, c.start): c for c in figures}
    told = [_figure(claim, case) for _, claim in sorted(distinct.items())][:_MOST]
    on = phrase(list(named(case.reading)), case.topic)
    head = (
        f"These are the figures that the articles give{on}."
        if told
        else f"No article gives figures{on}."
    )
    return _guidance(case, head, told, _FIGURES if told else "No figure was found.")


def _figure(claim: Claim, case: Case) -> Reason:
    label = " and ".join(case.topic.option(id).label for id in claim.about)
    text = f"{label}: {quoting([claim], case)}."
    return Reason(text, "", claim.criterion, "", (case.citing.cite(claim),))


def _guidance(case: Case, head: str, told: list[Reason], because: str) -> Guidance:
    return Guidance(
        verdict="no_verdict",
        option="",
        headline=head,
        confidence="medium",
        confidence_because=because,
        reasons=tuple(told),
        trace=case.weighed.trace,
    )
