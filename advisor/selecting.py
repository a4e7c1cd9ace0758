"""Which claims an answer quotes: the plainest ones, each from another article if possible."""

from collections.abc import Iterable, Sequence

from kb.evidence import Subject, subjects_of
from kb.model import Claim, Stance

_GOOD_LENGTH = (30, 220)  # characters of a quote that reads well in a sentence


def best_claims(
    claims: Iterable[Claim], subject: Subject, option: str, stance: Stance, *, most: int
) -> list[Claim]:
    """Return up to `most` claims on a subject, one an article, plain statements first."""
    fitting = [
        claim
        for claim in claims
        if claim.about == (option,) and claim.stance == stance and subject in subjects_of(claim)
    ]
    fitting.sort(key=lambda claim: _order(claim, subject))
    chosen: dict[str, Claim] = {}
    for claim in fitting:
        chosen.setdefault(claim.article, claim)
    return list(chosen.values())[:most]


def _order(claim: Claim, subject: Subject) -> tuple[bool, bool, bool, bool, str, int]:
    shortest, longest = _GOOD_LENGTH
    return (
        claim.kind == "example",
        claim.hedged,
        not shortest <= len(claim.quote) <= longest,
        claim.criterion != subject,
        claim.article,
        claim.start,
    )


def articles_on(claims: Sequence[Claim], subject: Subject) -> list[str]:
    """Return the articles that speak of a subject, sorted."""
    return sorted({claim.article for claim in claims if subject in subjects_of(claim)})
