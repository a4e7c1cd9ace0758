"""Passages to claims: what an article says of an option, for or against, and in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.claims.answers import Asked, asked, labelled, names_winner, verdicts
from kb.claims.binding import praises
from kb.claims.context import Context, Mentions, context, mentions
from kb.claims.cues import cues
from kb.claims.examples import is_example, without_asides
from kb.claims.figures import measured
from kb.claims.lexicon import lexicon, polarity
from kb.claims.recommending import Choice, choice
from kb.claims.stating import Statement, answered, claims_of, label_criteria
from kb.claims.subjects import Subject, compared, option_places, subject_of
from kb.claims.tables import row_claims
from kb.claims.units import Unit, clauses, units
from kb.model import Claim, Passage, Stance
from kb.topic import Topic
from kb.words import atoms

_LABEL = 40  # characters before a colon that may name what the line is about
_REPORTED = 6  # first words among which somebody else's opinion is announced
_LONGEST = 400  # a longer unit is no statement but damaged text


@dataclass(slots=True)
class _Flow:
    """What a passage spoke of last: an option, two of them in order, a question, a lead-in."""

    option: str
    label: str = ""  # the option that the line is labelled with: "X: …"
    pair: tuple[str, ...] = ()
    question: Asked | None = None
    lead: float = 0.0


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
    return _once(claims)


def _once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Leave out what the same stretch says twice: as an answer and as a sentence."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        kept.setdefault(
            (claim.about, claim.criterion, claim.stance, claim.passage, claim.start), claim
        )
    return tuple(kept.values())


def _passage_claims(passage: Passage, around: Context, topic: Topic) -> Iterator[Claim]:
    flow = _Flow(around.option)
    if passage.headings:
        flow.question = asked(passage.headings[-1], topic)
    for unit in units(passage):
        if unit.end - unit.start > _LONGEST:
            continue
        if unit.kind == "item" and around.polarity and around.option:
            yield from claims_of(_listed(passage, unit, around, topic), topic)
        elif unit.text.startswith(">"):
            continue  # somebody else's words
        elif unit.text.endswith("?"):
            _ask(flow, unit, topic)
        else:
            yield from _answers(passage, unit, around, flow, topic)
            yield from _sentence(passage, unit, around, flow, topic)


def _ask(flow: _Flow, unit: Unit, topic: Topic) -> None:
    """A question states nothing; the next sentence may answer it."""
    flow.question = asked(unit.text, topic)
    if len(flow.question.options) == 1:
        flow.option = flow.question.options[0]


def _answers(
    passage: Passage, unit: Unit, around: Context, flow: _Flow, topic: Topic
) -> Iterator[Claim]:
    """Yield what a unit says as the answer to the question before it, or to its own label."""
    question, flow.question = flow.question, None
    parted = labelled(unit, topic)
    if parted:
        case, answer = parted
        if names_winner(case.text) and around.criteria and not case.criteria:
            case = replace(case, criteria=around.criteria)
        yield from answered(passage, unit, verdicts(answer, case, topic, label=True))
    elif question is not None:
        yield from answered(passage, unit, verdicts(unit, question, topic))


def _sentence(
    passage: Passage, unit: Unit, around: Context, flow: _Flow, topic: Topic
) -> Iterator[Claim]:
    figures = list(measured(passage, unit, around, topic))
    if figures:
        yield from figures
        return
    if cues().reported.begins(unit.words, _REPORTED):
        return
    for clause in clauses(unit, option_places(unit, topic)):
        words = without_asides(clause, topic)
        named = mentions(words, topic)
        subject = _subject(clause, named, around, flow, topic)
        if unit.kind == "lead" or (unit.kind == "sentence" and passage.kind == "list"):
            flow.lead = max(0.0, polarity(clause.words))
            flow.label = flow.option
        if unit.kind == "lead":
            continue
        better = compared(clause, topic)
        taken = choice(clause, topic)
        for praise in praises(clause, words, topic):
            weight, whom = _judged(clause, praise.weight, around, flow, topic), subject
            method = "sentence"
            if taken != Choice():
                whom, weight = _chosen(taken, whom, weight)
                method = "choice"
            if better:
                whom, weight = Subject((better.better,), better.worse), 1.0
            criteria = around.criteria if praise.needed and around.near else praise.criteria
            about = replace(named, criteria=criteria)
            said = Statement(passage, clause, about, whom, around, weight, method)
            yield from claims_of(said, topic)
            yield from _implied_rival(said, unit, topic)


def _subject(clause: Unit, named: Mentions, around: Context, flow: _Flow, topic: Topic) -> Subject:
    """Return whom a clause is about, and remember it for the next one."""
    flow.label = _label(clause, topic) or flow.label
    given = flow.option != "" and flow.option in (around.option, flow.label)
    subject = subject_of(clause, named, flow.option, topic, pair=flow.pair, given=given)
    if len(subject.options) == 1:
        flow.option = subject.options[0]
    if len(named.options) == 2:
        flow.pair = named.options
    return subject


def _label(clause: Unit, topic: Topic) -> str:
    """Return the option in front of a colon that a line or clause starts with."""
    label, colon, _ = clause.text.partition(":")
    named = mentions(atoms(label), topic).options if colon and len(label) <= _LABEL else ()
    return named[0] if len(named) == 1 else ""


def _judged(clause: Unit, weight: float, around: Context, flow: _Flow, topic: Topic) -> float:
    """Return how good a clause is; one that only tells of a use is mildly good."""
    if weight:
        return weight
    if is_example(clause, topic):
        return 0.5
    if around.polarity:
        return 0.5 * around.polarity
    if around.option and label_criteria(clause, topic):
        # "Routing: by decorators" tells under an option's heading of something that it has.
        return -0.5 if any(word.text in lexicon().negations for word in clause.words) else 0.5
    return 0.5 if clause.kind == "item" and flow.lead else 0.0


def _chosen(taken: Choice, subject: Subject, weight: float) -> tuple[Subject, float]:
    if taken.taken:
        return Subject((taken.taken,), taken.left), max(1.0, weight)
    return Subject((taken.left,)), min(-1.0, weight)


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
    method = "use" if around.uses else "list"
    return Statement(passage, unit, named, subject, around, weight, method)
