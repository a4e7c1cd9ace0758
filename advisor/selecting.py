"""Which claims an answer quotes: the plainest ones, each from another article if possible."""

from collections.abc import Container, Iterable, Mapping

from kb.evidence import Subject, subjects_of
from kb.model import Claim, Stance

_GOOD_LENGTH = (30, 220)  # characters of a quote that reads well in a sentence
_ITEMS = ("list", "use", "table")  # methods that find what may be written small
_JOINING = (" and", " or", " but")  # what a quote ends on that was cut off

_NOTHING: Mapping[str, float] = {}


def plain(claim: Claim) -> bool:
    """True for a quote that reads well by itself: whole, and not the lead of code or of a list.

    A sentence that begins within another one ("though: …", "while …") does not.
    """
    text = claim.quote.strip()
    within = text[:1].islower() and claim.method not in _ITEMS
    return not (within or text.endswith((":", "…", ",", "(", *_JOINING)))


def best_claims(
    claims: Iterable[Claim],
    subject: Subject,
    option: str,
    stance: Stance,
    *,
    most: int,
    near: Mapping[str, float] = _NOTHING,
    told: Container[str] = (),
) -> list[Claim]:
    """Return up to `most` claims on a subject, one an article, plain statements first.

    What does not read well by itself comes behind the others.
    Of claims that are as plain those come first whose quotes are nearest to the question (`near`),
    and those last whose quotes were told already; a quote is told again only when nothing else
    can be told.
    """
    about = (option,)
    fitting = [
        claim
        for claim in claims
        if claim.stance == stance and claim.about == about and subject in subjects_of(claim)
    ]
    if len(fitting) > 1:
        fitting.sort(key=lambda claim: (claim.quote in told, *_order(claim, subject, near)))
    chosen: dict[str, Claim] = {}
    for claim in fitting:
        chosen.setdefault(claim.article, claim)
    ordered = sorted(chosen.values(), key=lambda claim: claim.quote in told)[:most]
    return [claim for claim in ordered if claim.quote not in told] or ordered[:1]


def _order(
    claim: Claim, subject: Subject, near: Mapping[str, float]
) -> tuple[bool, bool, float, bool, bool, bool, str, int]:
    shortest, longest = _GOOD_LENGTH
    return (
        claim.kind == "example" or "://" in claim.quote,
        not plain(claim),
        -near.get(claim.quote, 0.0),
        claim.hedged,
        not shortest <= len(claim.quote) <= longest,
        claim.criterion != subject,
        claim.article,
        claim.start,
    )
