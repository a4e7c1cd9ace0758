"""Which claims an answer quotes: the plainest ones, each from another article if possible."""

from collections.abc import Container, Iterable, Mapping, Sequence

from kb.evidence import Subject, subjects_of
from kb.model import Claim, Stance

_GOOD_LENGTH = (30, 220)  # characters of a quote that reads well in a sentence


_NOTHING: Mapping[Claim, float] = {}


def best_claims(
    claims: Iterable[Claim],
    subject: Subject,
    option: str,
    stance: Stance,
    *,
    most: int,
    near: Mapping[Claim, float] = _NOTHING,
    told: Container[str] = (),
) -> list[Claim]:
    """Return up to `most` claims on a subject, one an article, plain statements first.

    Of claims that are as plain the nearest to the question (`near`) come first, and those whose
    quotes were told already last; a quote is told again only when nothing else can be told.
    """
    fitting = [
        claim
        for claim in claims
        if claim.about == (option,) and claim.stance == stance and subject in subjects_of(claim)
    ]
    fitting.sort(key=lambda claim: (claim.quote in told, *_order(claim, subject, near)))
    chosen: dict[str, Claim] = {}
    for claim in fitting:
        chosen.setdefault(claim.article, claim)
    ordered = sorted(chosen.values(), key=lambda claim: claim.quote in told)[:most]
    return [claim for claim in ordered if claim.quote not in told] or ordered[:1]


def _order(
    claim: Claim, subject: Subject, near: Mapping[Claim, float]
) -> tuple[bool, float, bool, bool, bool, str, int]:
    shortest, longest = _GOOD_LENGTH
    return (
        claim.kind == "example" or "://" in claim.quote,
        -near.get(claim, 0.0),
        claim.hedged,
        not shortest <= len(claim.quote) <= longest,
        claim.criterion != subject,
        claim.article,
        claim.start,
    )


def articles_on(claims: Sequence[Claim], subject: Subject) -> list[str]:
    """Return the articles that speak of a subject, sorted."""
    return sorted({claim.article for claim in claims if subject in subjects_of(claim)})
