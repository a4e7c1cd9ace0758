"""Statements that contradict a sentence that answers: a fact is not told by one side alone."""

from advisor.model import Citation
from advisor.reasons import Case
from advisor.selecting import plain
from kb.disagreements import meet, names_only
from kb.model import Claim
from kb.words import index_words

_SAME = 0.5  # share of the shorter of two spans from which they tell the same


def contradicting(citation: Citation, case: Case) -> list[Claim]:
    """Return what contradicts a quoted sentence on an option and a criterion that were asked for.

    Such are the statements of the other stance where a conflict is known, those of other articles
    and the plainest first; against a "no" also those that see the options alike. They share a
    word with the question and judge in the same respect: what is said of another part of a
    criterion contradicts nothing, and what the same article limits ("with a database you need a
    tool for it") does not contradict it.
    """
    asked = {weight.subject for weight in case.weighed.weights if weight.importance >= 1}
    for conflict in case.weighed.conflicts:
        for claim in (conflict.first, conflict.second):
            if (
                conflict.subject in asked
                and conflict.first.about == conflict.second.about
                and set(case.reading.options) == set(claim.about)
                and claim.kind != "figure"
                and _is_told(claim, citation)
            ):
                return _others(claim, conflict.subject, case)
    return []


def _is_told(claim: Claim, citation: Citation) -> bool:
    shared = min(claim.end, citation.end) - max(claim.start, citation.start)
    shorter = min(claim.end - claim.start, citation.end - citation.start)
    return claim.article == citation.article and shared >= _SAME * shorter


def _others(told: Claim, subject: str, case: Case) -> list[Claim]:
    stances = {"against"} if told.stance == "for" else {"for", "even"}
    others = [
        claim
        for claim in case.weighed.by_subject.get(subject, ())
        if claim.about == told.about
        and claim.stance in stances
        and claim.kind != "figure"
        and not case.asked.isdisjoint(word.stem for word in index_words(claim.quote))
        and (claim.stance == "even" or meet(told, claim))
        and not (claim.hedged and claim.article == told.article)
    ]
    return sorted(
        others,
        key=lambda each: (
            names_only(each.quote),
            each.article == told.article,
            each.hedged or not plain(each),
            each.article,
            each.start,
        ),
    )
