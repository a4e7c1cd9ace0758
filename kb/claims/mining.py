"""Passages to claims: what an article says of an option, for or against, and in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.claims.context import Context, Mentions, context, mentions
from kb.claims.examples import without_asides
from kb.claims.lexicon import lexicon, polarity
from kb.claims.stating import Statement, claims_of
from kb.claims.subjects import Subject, compared, option_places, subject_of
from kb.claims.tables import row_claims
from kb.claims.units import Unit, clauses, units
from kb.model import Claim, Passage, Stance
from kb.topic import Topic
from kb.words import Word

_LONGEST = 400  # a longer unit is no statement but damaged text


def mine(passages: Sequence[Passage], topic: Topic) -> tuple[Claim, ...]:
    """Return the claims of one article's passages, in the order of its text, without repeats.

    Code makes no claims, what leads it in does. Passages must be those of one article, in order.
    """
    claims: list[Claim] = []
    lists_under: dict[tuple[str, ...], int] = {}
    for passage in passages:
        if passage.kind == "table":
            claims += row_claims(passage, topic)
            continue
        around = context(passage.headings, topic)
        if around.both and passage.kind == "list":
            order = lists_under[passage.headings] = lists_under.get(passage.headings, 0) + 1
            around = replace(around, polarity=1 if order == 1 else -1)
        claims += _passage_claims(passage, around, topic)
    return tuple(dict.fromkeys(claims))


def _passage_claims(passage: Passage, around: Context, topic: Topic) -> Iterator[Claim]:
    running = around.option
    lead = 0.0  # what the line before a list says of its items, when they say nothing themselves
    for unit in units(passage):
        if unit.end - unit.start > _LONGEST:
            continue
        if unit.kind == "item" and around.polarity and around.option:
            yield from claims_of(_listed(passage, unit, around, topic), topic)
            continue
        for clause in clauses(unit, option_places(unit, topic)):
            named = mentions(without_asides(clause, topic), topic)
            subject = subject_of(clause, named, running, topic)
            if len(subject.options) == 1:
                running = subject.options[0]
            if unit.kind == "lead" or (unit.kind == "sentence" and passage.kind == "list"):
                lead = max(0.0, polarity(clause.words))
            if unit.kind == "lead":
                continue
            weight = _weight(clause, named, around, topic)
            if not weight and unit.kind == "item" and lead and (named.criteria or around.criteria):
                weight = 0.5
            better = compared(clause, topic)
            if better:
                subject, weight = Subject((better.better,), better.worse), 1.0
            said = Statement(passage, clause, named, subject, around, weight, "sentence")
            yield from claims_of(said, topic)
            yield from _implied_rival(said, unit, topic)


def _weight(clause: Unit, named: Mentions, around: Context, topic: Topic) -> float:
    """Return how good a clause is; one that only tells of a use is mildly good."""
    weight = polarity(_without_conditions(clause, topic))
    if weight:
        return weight
    if (named.criteria or around.criteria) and lexicon().examples.find(clause.words):
        return 0.5
    return 0.5 * around.polarity


def _without_conditions(clause: Unit, topic: Topic) -> list[Word]:
    """Return the words that can praise: a "simple application" is small, not good."""
    taken = {
        place
        for found in topic.statement_phrases.find(clause.words)
        if found.meaning.kind == "condition"
        for place in range(found.first, found.last)
    }
    return [word for place, word in enumerate(clause.words) if place not in taken]


def _implied_rival(said: Statement, sentence: Unit, topic: Topic) -> Iterator[Claim]:
    """ "X's community is larger, but Y's …": a comparative without "than" speaks of both."""
    subject = said.subject
    if len(subject.options) != 1 or subject.other:
        return
    if not lexicon().comparatives.find(said.unit.words):
        return
    others = [id for id in mentions(sentence.words, topic).options if id != subject.options[0]]
    if len(others) != 1:
        return
    for claim in claims_of(replace(said, method="comparison"), topic):
        if claim.stance != "even" and len(claim.about) == 1:
            stance: Stance = "against" if claim.stance == "for" else "for"
            yield replace(claim, about=(others[0],), stance=stance, hedged=True)


def _listed(passage: Passage, unit: Unit, around: Context, topic: Topic) -> Statement:
    """An item under "Pros", "Cons", "When to choose X": the heading gives option and stance."""
    named = mentions(unit.words, topic)
    subject = Subject((around.option,))
    others = [id for id in named.options if id != around.option]
    if len(named.options) == 1 and others and lexicon().comparisons.find(unit.words):
        subject = Subject((around.option,), others[0])
    weight = float(around.polarity)
    if around.mild and polarity(unit.words) < 0:
        weight = -1.0
    return Statement(passage, unit, named, subject, around, weight, "list")
