"""Sentences to claims: what each part says of whom, given what was spoken of before it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.claims.answers import Asked, asked, labelled, names_winner, verdicts
from kb.claims.binding import Praise, praises
from kb.claims.context import Context, Mentions, mentions
from kb.claims.cues import cues
from kb.claims.examples import is_example, without_asides
from kb.claims.figures import measured
from kb.claims.inviting import without_meeting_places
from kb.claims.lexicon import lexicon, negations, polarity
from kb.claims.products import without_qualities
from kb.claims.recommending import Choice, choice
from kb.claims.speakers import is_of_the_speaker
from kb.claims.stating import Statement, answered, claims_of, label_criteria
from kb.claims.subjects import Subject, compared, option_places, subject_of
from kb.claims.units import Unit, clauses, echo
from kb.model import Claim, Passage, Stance
from kb.topic import Topic
from kb.words import atoms

_LABEL = 40  # characters before a colon that may name what the line is about
_REPORTED = 6  # first words among which somebody else's opinion is announced
_SAME = frozenset(("it", "this", "that", "them", "one", "so", "these", "yourself"))
_SAME_WITHIN = 5  # last words of a clause among which such a word points back to a criterion
_SERVED = 0.5  # how good an option is for what a product made with it is
_FIRST = 2  # words among which the subject of a clause begins


@dataclass(slots=True)
class Flow:
    """What a passage spoke of last: an option, two of them in order, a question, a lead-in."""

    option: str
    label: str = ""  # the option that the line is labelled with: "X: …"
    pair: tuple[str, ...] = ()
    question: Asked | None = None
    lead: float = 0.0
    said: Statement | None = None
    asked: tuple[str, ...] = ()  # what the question right before a sentence is about


def ask(flow: Flow, unit: Unit, topic: Topic) -> None:
    """A question states nothing; the next sentence may answer it."""
    flow.question = asked(unit.text, topic)
    if len(flow.question.options) == 1:
        flow.option = flow.question.options[0]


def answers(
    passage: Passage, unit: Unit, around: Context, flow: Flow, topic: Topic
) -> Iterator[Claim]:
    """Yield what a unit says as the answer to the question before it, or to its own label."""
    question, flow.question = flow.question, None
    flow.asked = question.criteria if question and question.text.endswith("?") else ()
    parted = labelled(unit, topic)
    if parted:
        case, answer = parted
        if names_winner(case.text) and around.criteria and not case.criteria:
            case = replace(case, criteria=around.criteria)
        yield from answered(passage, unit, verdicts(answer, case, topic, label=True))
    elif question is not None:
        yield from answered(passage, unit, verdicts(unit, question, topic))


def sentence_claims(
    passage: Passage, unit: Unit, around: Context, flow: Flow, topic: Topic
) -> Iterator[Claim]:
    """Yield what a sentence, item or lead-in claims; `flow` is told what it spoke of."""
    figures = list(measured(passage, unit, around, topic))
    if figures:
        yield from figures
        return
    if cues().reported.begins(unit.words, _REPORTED) or unit.text.startswith("To "):
        return
    said: Statement | None = None
    earlier, flow.said = flow.said, None
    parts = tuple(clauses(unit, option_places(unit, topic)))
    for before, clause, behind in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        whole = without_asides(clause, topic)
        words = without_qualities(clause, whole, topic)
        served = _SERVED * (len(words) < len(whole))  # of a product is told what it is
        words = without_meeting_places(clause, words, topic)
        named = mentions(words, topic)
        if behind is not None and clause is parts[0] and _waits(clause, named):
            flow.option = next(iter(_options(behind, topic)), flow.option)
        if before is not None and clause.words[:1] and clause.words[0].text == "which":
            flow.option = (_options(before, topic) or (flow.option,))[-1]
        subject = _subject(clause, named, around, flow, topic, goes_on=before is not None)
        if unit.kind == "lead" or (unit.kind == "sentence" and passage.kind == "list"):
            flow.lead = max(0.0, polarity(clause.words))
            flow.label = flow.option
        if unit.kind == "lead":
            continue
        taken = choice(clause, topic)
        echoed = _echoed(clause, named, said or earlier, topic) or _replied(clause, named, flow)
        if not (echoed or taken != Choice() or _may_state(clause, named, around)):
            continue
        if taken == Choice() and is_of_the_speaker(clause, topic):
            continue
        better = compared(clause, topic)
        asked_for = flow.asked if taken != Choice() and not named.criteria else ()
        if asked_for and not echoed:
            echoed = Praise(asked_for, 0.0)
        for praise in [echoed] if echoed else praises(clause, words, topic):
            weight = _judged(clause, praise.weight or served, around, flow, topic)
            whom = subject
            method = "sentence"
            if taken != Choice():
                whom, weight = _chosen(taken, whom, weight)
                method = "choice"
            if better:
                whom, weight = Subject((better.better,), (better.worse,)), 1.0
            criteria = around.criteria if praise.needed and around.near else praise.criteria
            about = named if criteria == named.criteria else named._replace(criteria=criteria)
            said = flow.said = Statement(passage, clause, about, whom, around, weight, method)
            if _is_out_of_place(said):
                continue
            yield from claims_of(said, topic)
            yield from _implied_rival(said, unit, topic)


def _may_state(clause: Unit, named: Mentions, around: Context) -> bool:
    """Tell whether there is anything that a clause can be about: most sentences have nothing."""
    below = around.criteria or around.conditions
    return bool(named.criteria or named.conditions or below or cues().wholes.find(clause.words))


def _replied(clause: Unit, named: Mentions, flow: Flow) -> Praise | None:
    """Return what the first sentence behind "What about speed?" says of it."""
    criteria = flow.asked
    if not criteria or named.criteria:
        return None
    if not (named.options or any(word.text in _SAME for word in clause.words)):
        return None
    weight = polarity(clause.words)
    return Praise(criteria, weight) if weight else None


def _is_out_of_place(said: Statement) -> bool:
    """True for praise of an option under its faults, or blame under its merits.

    That grants something, or speaks of another thing.
    """
    around = said.around
    opposed = around.polarity * said.weight < 0 and not around.mild and not around.uses
    return opposed and said.subject.options == (around.option,)


def _waits(clause: Unit, named: Mentions) -> bool:
    """Tell whether a first part speaks of what is named behind it: "Despite being small, X"."""
    return not named.options and cues().concessions.begins(clause.words)


def _options(clause: Unit, topic: Topic) -> tuple[str, ...]:
    return mentions(clause.words, topic).options


def _echoed(clause: Unit, named: Mentions, said: Statement | None, topic: Topic) -> Praise | None:
    """Return what a clause says of what the one before it was about: "…, in X you must do it"."""
    if said is None or named.criteria or not said.named.criteria or len(named.options) != 1:
        return None
    again = echo(clause.words, option_places(clause, topic)[-1])
    if again:
        return Praise(said.named.criteria, float(again * _plain_sign(said, clause)))
    weight = polarity(clause.words)
    if weight and any(word.text in _SAME for word in clause.words[-_SAME_WITHIN:]):
        return Praise(said.named.criteria, weight)
    return None


def _plain_sign(said: Statement, again: Unit) -> int:
    """Return how good what was said is when it is not denied: "X is not slow. Y is."

    With "too" what comes again is the statement as it was.
    """
    sign = 1 if said.weight >= 0 else -1
    too = any(word.text in ("too", "well", "either", "neither") for word in again.words)
    return -sign if negations(said.unit.words) and not too else sign


def _subject(
    clause: Unit,
    named: Mentions,
    around: Context,
    flow: Flow,
    topic: Topic,
    *,
    goes_on: bool,
) -> Subject:
    """Return whom a clause is about, and remember it for the next one.

    One that `goes_on` after another of its sentence with a verb is about the same.
    """
    flow.label = _label(clause, topic) or flow.label
    if not named.options and _is_of_another(clause, topic):
        flow.option = flow.label = ""
    given = flow.option != "" and flow.option in (around.option, flow.label)
    given = given or (
        flow.option != "" and (_waits(clause, named) or goes_on and _is_verbal(clause))
    )
    if clause.kind == "item" and flow.label and _is_by_another(clause, named, flow.label, topic):
        return Subject((flow.label,))
    subject = subject_of(clause, named, flow.option, topic, pair=flow.pair, given=given)
    if len(subject.options) == 1:
        flow.option = subject.options[0]
    if len(named.options) == 2:
        flow.pair = named.options
    return subject


def _is_of_another(clause: Unit, topic: Topic) -> bool:
    """Tell whether a clause begins with a product that is none of the options."""
    found = topic.statement_phrases.find(clause.words)
    return any(f.meaning.kind == "outside" and f.first < _FIRST for f in found)


def _is_by_another(clause: Unit, named: Mentions, led: str, topic: Topic) -> bool:
    """True for an item "whatever is supported by Y" below "X is compatible with:"."""
    others = [at for at in option_places(clause, topic) if at]
    by = [at for at in others if clause.words[at - 1].text == "by"]
    return bool(by) and len(by) == len(others) == len(named.options) and led not in named.options


def _is_verbal(clause: Unit) -> bool:
    """Tell whether a clause begins with a verb: "but has …"."""
    words = clause.words
    opener = next((f.last for f in lexicon().contrasts.find(words[:4]) if f.first == 0), 0)
    return opener < len(words) and words[opener].text in cues().predicates


def _label(clause: Unit, topic: Topic) -> str:
    """Return the option in front of a colon that a line or clause starts with."""
    label, colon, _ = clause.text.partition(":")
    named = mentions(atoms(label), topic).options if colon and len(label) <= _LABEL else ()
    return named[0] if len(named) == 1 else ""


def _judged(clause: Unit, weight: float, around: Context, flow: Flow, topic: Topic) -> float:
    """Return how good a clause is; one that only tells of a use is mildly good."""
    if weight:
        return weight
    if is_example(clause, topic):
        return 0.5
    if around.polarity:
        return 0.5 * around.polarity
    if around.option and label_criteria(clause, topic):
        # "Routing: by decorators" tells under an option's heading of something that it has.
        return -0.5 if negations(clause.words) else 0.5
    return 0.5 if clause.kind == "item" and flow.lead else 0.0


def _chosen(taken: Choice, subject: Subject, weight: float) -> tuple[Subject, float]:
    if taken.taken:
        left = (taken.left,) if taken.left else ()
        return Subject((taken.taken,), left), max(1.0, weight)
    return Subject((taken.left,)), min(-1.0, weight)


def _implied_rival(said: Statement, sentence: Unit, topic: Topic) -> Iterator[Claim]:
    """ "X's community is larger, but Y's …": a comparative without "than" speaks of both."""
    subject = said.subject
    if len(subject.options) != 1 or subject.others:
        return
    if not lexicon().comparatives.find(said.unit.words):
        return
    others = [id for id in mentions(sentence.words, topic).options if id != subject.options[0]]
    if len(others) != 1:
        return
    for claim in claims_of(said._replace(method="comparison"), topic):
        if claim.stance != "even" and len(claim.about) == 1:
            stance: Stance = "against" if claim.stance == "for" else "for"
            yield replace(claim, about=(others[0],), stance=stance, hedged=True)
