"""Corrections: what a maintainer decided, put in the place of what was read and mined."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from kb.model import Claim, Decision, DecisionKind, Passage, Stance
from kb.topic import Topic

MAINTAINER = "maintainer"  # the method of a claim that stands on a maintainer's word

_ABOUT_TEXT = ("keep", "drop")
_ID_BYTES = 5
_Key = tuple[str, tuple[str, ...], str, Stance]


def stretch_id(article: str, quote: str) -> str:
    """Return the id of words of an article, wherever in it they stand."""
    return _hashed(article, quote)


def claim_id(claim: Claim | Decision) -> str:
    """Return the id of a claim; one that says the same in the same words elsewhere shares it."""
    return _hashed(claim.article, "+".join(claim.about), claim.criterion, claim.stance, claim.quote)


def decision_id(decision: Decision) -> str:
    """Return the id of what was decided on: that of a stretch or of a claim."""
    if is_about_text(decision):
        return stretch_id(decision.article, decision.quote)
    return claim_id(decision)


def is_about_text(decision: Decision) -> bool:
    """Tell whether it decides on what is read, and not on a claim."""
    return decision.kind in _ABOUT_TEXT


def decided(before: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions on one article, the latest last, when those of `new` are made too.

    A later one takes the place of an earlier one on the same words or the same claim; one that
    keeps or drops words also takes the place of the opposite one on a part of these words.
    Accepting a claim that was added leaves it added.
    """
    standing = {decision_id(each): each for each in before}
    for decision in new:
        id = decision_id(decision)
        known = standing.get(id)
        if known == decision or (known and (known.kind, decision.kind) == ("add", "accept")):
            continue
        standing.pop(id, None)
        standing = {key: each for key, each in standing.items() if not _undoes(decision, each)}
        standing[id] = decision
    return tuple(standing.values())


def decided_on(claim: Claim | Decision, kind: DecisionKind) -> Decision:
    """Return the decision of one kind on a claim, or on what was decided on already."""
    return Decision(
        article=claim.article,
        kind=kind,
        quote=claim.quote,
        about=claim.about,
        criterion=claim.criterion,
        stance=claim.stance,
        hedged=claim.hedged,
        scope=claim.scope,
        claims=claim.claims if isinstance(claim, Decision) else claim.kind,
        limits=claim.limits,
        value=claim.value,
        unit=claim.unit,
        sense=claim.sense,
    )


def quotes(decisions: Iterable[Decision], kind: str) -> tuple[str, ...]:
    """Return the words of the decisions of one kind."""
    return tuple(each.quote for each in decisions if each.kind == kind)


def corrected(
    mined: Sequence[Claim], decisions: Sequence[Decision], passages: Sequence[Passage]
) -> tuple[Claim, ...]:
    """Return the claims of one article as its maintainer wants them.

    Rejected ones are left out. Accepted ones stay, and added ones are made, as long as their
    words stand in a passage: in the first one, at the first place. An added claim takes the place
    of a mined one that says the same. `passages` are those of the article, in order.

    A decision is on the claim that is made in its very words; if there is none by now, on those
    that say the same in more or fewer words of the same place.
    """
    about_claims = [each for each in decisions if not is_about_text(each)]
    if not about_claims:
        return tuple(mined)
    exact = {_key(claim) for claim in mined}
    named = {_key(each) for each in about_claims}
    others = [claim for claim in mined if _key(claim) not in named]
    texts = {passage.id: passage for passage in passages}
    left_out: set[_Key] = set()
    made = []
    for each in about_claims:
        if each.kind == "accept" and _key(each) in exact:
            continue
        left_out.add(_key(each))
        if _key(each) not in exact:
            left_out |= {_key(c) for c in others if _says_the_same(c, each, texts[c.passage])}
        if each.kind != "reject":
            made.append(_made(each, passages))
    left = (claim for claim in mined if _key(claim) not in left_out)
    return tuple(sorted((*left, *filter(None, made)), key=lambda claim: claim.start))


def fitting(decisions: Iterable[Decision], topic: Topic) -> tuple[Decision, ...]:
    """Return those decisions that name nothing which the topic does not have any more."""
    return tuple(each for each in decisions if _fits(each, topic))


def is_dormant(decision: Decision, topic: Topic, text: str, passages: Iterable[Passage]) -> bool:
    """Tell whether a decision on an article of this text and passages does nothing.

    Its words do not stand there, or its claim is of something that the topic does not have.
    """
    if is_about_text(decision):
        return decision.quote not in text
    stands = any(decision.quote in passage.text for passage in passages)
    return not stands or not _fits(decision, topic)


def _hashed(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=_ID_BYTES).hexdigest()


def _key(claim: Claim | Decision) -> _Key:
    return claim.quote, claim.about, claim.criterion, claim.stance


def _says_the_same(claim: Claim, decision: Decision, passage: Passage) -> bool:
    """Tell whether a claim means what was decided on, and one's words hold the other's."""
    if _key(claim)[1:] != _key(decision)[1:]:
        return False
    if decision.quote in claim.quote:
        return True
    before, after = claim.start - passage.start, claim.end - passage.start
    first = max(0, after - len(decision.quote))
    return decision.quote in passage.text[first : before + len(decision.quote)]


def _undoes(later: Decision, earlier: Decision) -> bool:
    """Tell whether a part of the words of `later` was decided on the other way before."""
    pair = {later.kind, earlier.kind}
    return pair == set(_ABOUT_TEXT) and earlier.quote in later.quote


def _fits(decision: Decision, topic: Topic) -> bool:
    values = {condition.id: dict(condition.values) for condition in topic.conditions}
    return (
        set(decision.about) <= set(topic.option_ids)
        and (not decision.criterion or topic.has_criterion(decision.criterion))
        and all(value in values.get(condition, {}) for condition, value in decision.scope)
    )


def _made(decision: Decision, passages: Sequence[Passage]) -> Claim | None:
    """Return the claim that a decision makes, or None when its words stand in no passage."""
    for passage in passages:
        place = passage.text.find(decision.quote)
        if place >= 0:
            start = passage.start + place
            return _claim(decision, passage, start)
    return None


def _claim(decision: Decision, passage: Passage, start: int) -> Claim:
    return Claim(
        article=decision.article,
        passage=passage.id,
        about=decision.about,
        criterion=decision.criterion,
        stance=decision.stance,
        start=start,
        end=start + len(decision.quote),
        quote=decision.quote,
        method=MAINTAINER,
        kind=decision.claims,
        hedged=decision.hedged,
        scope=decision.scope,
        limits=decision.limits,
        value=decision.value,
        unit=decision.unit,
        sense=decision.sense,
    )
