"""Passages to claims: what an article says of an option, for or against, and in which words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.claims.comparing import Comparison, compare
from kb.claims.context import Context, Mentions, context, mentions
from kb.claims.lexicon import lexicon, polarity
from kb.claims.tables import row_claims
from kb.claims.units import Unit, clauses, units
from kb.model import Claim, Passage, Stance
from kb.phrases import Found
from kb.spelling import is_english
from kb.topic import Topic
from kb.words import Word

_ENUMERATION = 3  # criteria from which what follows a label is a list of them
_LONGEST = 400  # a longer unit is no statement but damaged text


_ASIDE = re.compile(r"\([^()]{0,200}\)")


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a unit is about: one option, or several alike; `other` is what it is compared with."""

    options: tuple[str, ...]
    other: str = ""


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
    subject = around.option
    lead = 0.0  # what the line before a list says of its items, when they say nothing themselves
    for unit in units(passage):
        if unit.end - unit.start > _LONGEST:
            continue
        if unit.kind == "item" and around.polarity and around.option:
            yield from _item_claims(passage, unit, around, topic)
            continue
        for clause in clauses(unit, _option_places(unit, topic)):
            named = mentions(_without_asides(clause, topic), topic)
            found = _subject(clause, named, subject, topic)
            if len(found.options) == 1:
                subject = found.options[0]
            if unit.kind == "lead":
                lead = max(0.0, polarity(clause.words))
                continue
            weight = _weight(clause, named, around, topic, lead if unit.kind == "item" else 0.0)
            if unit.kind == "sentence" and passage.kind == "list":
                lead = max(0.0, polarity(clause.words))
            better = _compared(clause, topic)
            if better:
                found, weight = _Subject((better.better,), better.worse), 1.0
            yield from _claims(passage, clause, named, found, around, topic, weight, "sentence")
            yield from _implied_rival(passage, unit, clause, named, found, around, topic, weight)


def _compared(clause: Unit, topic: Topic) -> Comparison | None:
    """Return which of two options a clause calls the better one."""
    things = [
        Found(found.meaning.id, found.first, found.last, found.start, found.end)
        for found in topic.statement_phrases.find(clause.words)
        if found.meaning.kind == "option"
    ]
    return compare(clause.text, clause.words, things)


def _option_places(unit: Unit, topic: Topic) -> list[int]:
    return [
        found.first
        for found in topic.statement_phrases.find(unit.words)
        if found.meaning.kind == "option"
    ]


def _weight(clause: Unit, named: Mentions, around: Context, topic: Topic, lead: float) -> float:
    """Return how good a clause is; one that only tells of a use or an item is mildly good."""
    weight = polarity(_without_conditions(clause, topic))
    if weight:
        return weight
    if named.criteria or around.criteria:
        if lexicon().examples.find(clause.words):
            return 0.5
        if lead:
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


def _implied_rival(
    passage: Passage,
    unit: Unit,
    clause: Unit,
    named: Mentions,
    found: _Subject,
    around: Context,
    topic: Topic,
    weight: float,
) -> Iterator[Claim]:
    """ "X's community is larger, but Y's …": a comparative without "than" speaks of both."""
    if len(found.options) != 1 or found.other or not lexicon().comparatives.find(clause.words):
        return
    others = [id for id in mentions(unit.words, topic).options if id != found.options[0]]
    if len(others) != 1:
        return
    for claim in _claims(passage, clause, named, found, around, topic, weight, "comparison"):
        if claim.stance != "even" and len(claim.about) == 1:
            stance: Stance = "against" if claim.stance == "for" else "for"
            yield replace(claim, about=(others[0],), stance=stance, hedged=True)


def _item_claims(passage: Passage, unit: Unit, around: Context, topic: Topic) -> Iterator[Claim]:
    """An item under "Pros", "Cons", "When to choose X": the heading gives option and stance."""
    named = mentions(unit.words, topic)
    subject = _Subject(named.options if len(named.options) == 1 else (around.option,))
    if subject.options != (around.option,) and not lexicon().comparisons.find(unit.words):
        subject = _Subject((around.option,))
    elif subject.options != (around.option,):
        subject = _Subject((around.option,), subject.options[0])
    weight = float(around.polarity)
    if around.mild and polarity(unit.words) < 0:
        weight = -1.0
    yield from _claims(passage, unit, named, subject, around, topic, weight, "list")


def _claims(
    passage: Passage,
    unit: Unit,
    named: Mentions,
    subject: _Subject,
    around: Context,
    topic: Topic,
    weight: float,
    method: str,
) -> Iterator[Claim]:
    criteria = _criteria(unit, named, around, topic)
    conditions = named.conditions or (around.conditions if not named.criteria else ())
    combined = [id for id in criteria if topic.criterion(id).combined]
    if combined and not _is_about_all(passage, unit, named, combined):
        return
    if combined:
        criteria, subject = tuple(combined), _Subject(topic.option_ids)
    alike = len(subject.options) > 1 and not combined
    if alike and not lexicon().both.find(unit.words):
        return
    says = criteria or conditions or method == "list" or (alike and weight)
    if not subject.options or not says or not (weight or alike):
        return
    claim = Claim(
        article=passage.article,
        passage=passage.id,
        about=subject.options,
        criterion="",
        stance="even" if alike else _stance(weight),
        start=unit.start,
        end=unit.end,
        quote=passage.text[unit.start - passage.start : unit.end - passage.start],
        method=method,
        kind="example" if _is_example(unit, topic) else "stance",
        hedged=_is_hedged(unit, around),
        scope=conditions,
    )
    groups = [(option,) for option in subject.options] if alike else [subject.options]
    overall = ("",) if named.conditions and method == "sentence" and not alike else ()
    for criterion in (*criteria, *overall) or ("",):
        for about in groups:
            yield replace(claim, criterion=criterion, about=about)
        if subject.other:
            yield replace(
                claim,
                criterion=criterion,
                about=(subject.other,),
                stance=_stance(-weight),
                method="comparison",
            )


def _is_about_all(passage: Passage, unit: Unit, named: Mentions, combined: Sequence[str]) -> bool:
    """True when a unit really speaks of the options together, not only stands below them.

    It names that, or several options, or answers the question whether they can be combined.
    """
    says = bool(set(named.criteria) & set(combined)) or len(named.options) > 1
    return says or passage.kind == "answer" or unit.kind == "item"


def _criteria(unit: Unit, named: Mentions, around: Context, topic: Topic) -> tuple[str, ...]:
    """Return what a unit is about: its label, or what it names, or else what its section is.

    What follows a label explains it ("Heavier: …"), unless it is an enumeration.
    """
    if around.criteria and set(named.criteria) & set(around.criteria) and not around.polarity:
        return around.criteria
    label = _label_criteria(unit, topic)
    if label and (around.polarity < 0 or len(named.criteria) < _ENUMERATION):
        return label
    return named.criteria or around.criteria


def _label_criteria(unit: Unit, topic: Topic) -> tuple[str, ...]:
    """Return what the label of an item names: "Learning curve: many schools begin with it"."""
    label, colon, _ = unit.text.partition(":")
    if not colon or unit.kind != "item" or len(label) > 40:
        return ()
    return mentions([word for word in unit.words if word.end <= len(label)], topic).criteria


def _subject(clause: Unit, named: Mentions, running: str, topic: Topic) -> _Subject:
    """Return whom a clause is about: whom it names, or, when it names none, the running subject.

    After "than" or "compared to" comes the one that is compared with.
    """
    others = _compared_with(clause, topic)
    options = tuple(option for option in named.options if option != others)
    if options:
        return _Subject(options, others)
    if any(word.text == "both" for word in clause.words[:4]):
        return _Subject(topic.option_ids, others)
    return _Subject((running,) if running and running != others else (), others)


def _compared_with(clause: Unit, topic: Topic) -> str:
    for found in lexicon().comparisons.find(clause.words):
        after = mentions(clause.words[found.last : found.last + 4], topic).options
        if after:
            return after[0]
    return ""


def _is_example(unit: Unit, topic: Topic) -> bool:
    """ "Netflix uses X": a name that is no option stands before a word of using."""
    uses = lexicon().examples.find(unit.words)
    if not uses:
        return False
    options = {
        place
        for found in topic.statement_phrases.find(unit.words)
        for place in range(found.first, found.last)
    }
    before = range(uses[-1].first)
    return any(place not in options and _is_name(unit, place) for place in before)


def _without_asides(unit: Unit, topic: Topic) -> Sequence[Word]:
    """Leave out what an example tells of its company: "Acme (a shop) uses X"."""
    if "(" not in unit.text or not _is_example(unit, topic):
        return unit.words
    spans = [match.span() for match in _ASIDE.finditer(unit.text)]
    return [w for w in unit.words if not any(a < w.start < b for a, b in spans)]


def _is_name(unit: Unit, place: int) -> bool:
    word = unit.words[place]
    written = unit.text[word.start : word.end]
    if not written[:1].isupper() or word.is_stop_word:
        return False
    return place > 0 or not is_english(word.text)


def _is_hedged(unit: Unit, around: Context) -> bool:
    words = unit.words
    return around.indirect or bool(lexicon().hedges.find(words) or lexicon().indirect.find(words))


def _stance(weight: float) -> Stance:
    return "for" if weight > 0 else "against"
