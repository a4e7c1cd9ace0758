"""One statement to claims: on which criteria, for or against whom, hedged or limited."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from kb.claims.answers import Verdict
from kb.claims.context import Context, Mentions, mentions, words_of
from kb.claims.cues import cues
from kb.claims.examples import is_example
from kb.claims.lexicon import lexicon
from kb.claims.subjects import Subject
from kb.claims.units import Unit
from kb.model import Claim, Passage, Stance
from kb.topic import Topic

_SUBJECT = 3  # first words of a sentence among which a word for its subject stands
_ENUMERATION = 3  # criteria from which what follows a label is a list of them


class Statement(NamedTuple):
    """A unit of a passage, whom it is about, and how good (above 0) or bad it calls that.

    `named` is what it mentions, `around` what its headings say, `method` how it was read.
    """

    passage: Passage
    unit: Unit
    named: Mentions
    subject: Subject
    around: Context
    weight: float
    method: str


def claims_of(statement: Statement, topic: Topic) -> Iterator[Claim]:
    """Yield a claim for each criterion and option; none when nothing is stated on anything."""
    criteria = _criteria(statement, topic)
    combined = tuple(id for id in criteria if topic.criterion(id).combined)
    if combined:
        if _is_about_all(statement, combined):
            together = statement._replace(subject=Subject(topic.option_ids))
            yield from _spread(together, combined, topic, alike=False)
        return
    alike = len(statement.subject.options) > 1
    words = statement.unit.words
    if not alike or lexicon().both.find(words) or cues().everyone.begins(words, 3):
        yield from _spread(statement, criteria, topic, alike=alike)


def answered(passage: Passage, unit: Unit, verdicts: Iterable[Verdict]) -> Iterator[Claim]:
    """Yield the claims that `unit` makes as the answer to a question."""
    quote = passage.text[unit.start - passage.start : unit.end - passage.start]
    hedged = bool(lexicon().hedges.find(unit.words))
    for verdict in verdicts:
        for criterion in verdict.criteria:
            yield Claim(
                article=passage.article,
                passage=passage.id,
                about=verdict.about,
                criterion=criterion,
                stance=verdict.stance,
                start=unit.start,
                end=unit.end,
                quote=quote,
                method="answer",
                hedged=hedged,
                scope=verdict.conditions,
            )


def _spread(
    statement: Statement, criteria: Sequence[str], topic: Topic, *, alike: bool
) -> Iterator[Claim]:
    """Yield the claims on `criteria`, or one overall; of options that are `alike` one each."""
    named, subject, weight = statement.named, statement.subject, statement.weight
    scope = _scope(statement)
    judges = statement.method == "choice" or bool(cues().wholes.find(statement.unit.words))
    says = criteria or (not alike and (scope or judges))
    if not subject.options or not says or not (weight or alike):
        return
    claim = _claim(statement, _together(statement) if alike else stance_of(weight), scope, topic)
    groups = [(option,) for option in subject.options] if alike else [subject.options]
    overall = ("",) if named.conditions and statement.method == "sentence" and not alike else ()
    for criterion in (*criteria, *overall) or ("",):
        sense = _sense(statement, criterion, topic)
        for about in groups:
            yield claim(criterion=criterion, sense=sense, about=about)
        for other in subject.others:
            yield claim(
                criterion=criterion,
                sense=sense,
                about=(other,),
                stance=stance_of(-weight),
                method="comparison",
            )


def _together(statement: Statement) -> Stance:
    """Return what is said of several options: that they are level, or "neither is fast"."""
    words = statement.unit.words
    denied = any(word.text == "neither" for word in words[:_SUBJECT])
    judged = sum(found.meaning for found in lexicon().polarity.find(words)) if denied else 0.0
    return stance_of(-judged) if judged else "even"


def _sense(statement: Statement, criterion: str, topic: Topic) -> str:
    """Return in which sense a unit, or else its section, speaks of a criterion."""
    if not criterion or not topic.criterion(criterion).senses:
        return ""
    headings = [words_of(heading) for heading in reversed(statement.passage.headings)]
    return topic.sense_of(criterion, statement.unit.words, *headings)


def _claim(
    statement: Statement, stance: Stance, scope: tuple[tuple[str, str], ...], topic: Topic
) -> partial[Claim]:
    """Return what all claims of a statement have in common; whom and what each is about is open."""
    passage, unit = statement.passage, statement.unit
    return partial(
        Claim,
        article=passage.article,
        passage=passage.id,
        stance=stance,
        start=unit.start,
        end=unit.end,
        quote=passage.text[unit.start - passage.start : unit.end - passage.start],
        method=statement.method,
        kind="example" if is_example(unit, topic) else "stance",
        hedged=_is_hedged(statement, topic),
        scope=scope,
    )


def _scope(statement: Statement) -> tuple[tuple[str, str], ...]:
    """A statement's own conditions, or those of its section if it names nothing else."""
    named = statement.named
    return named.conditions or (statement.around.conditions if not named.criteria else ())


def _is_about_all(statement: Statement, combined: Sequence[str]) -> bool:
    """True when a unit really speaks of the options together, not only stands below them.

    It names that, or several options, or answers the question whether they can be combined.
    """
    named = statement.named
    says = bool(set(named.criteria) & set(combined)) or len(named.options) > 1
    return says or statement.passage.kind == "answer" or statement.unit.kind == "item"


def _criteria(statement: Statement, topic: Topic) -> tuple[str, ...]:
    """Return what a unit is about: its label, or what it names, or else what its section is.

    What follows a label explains it ("Heavier: …"), unless it is an enumeration.
    """
    named, around = statement.named, statement.around
    label = label_criteria(statement.unit, topic)
    if label and (around.polarity < 0 or len(named.criteria) < _ENUMERATION):
        return label
    if named.criteria and around.near and _points_to_heading(statement.unit):
        return tuple(dict.fromkeys((*named.criteria, *around.criteria)))
    return named.criteria or (around.criteria if _inherits(statement) else ())


def _points_to_heading(unit: Unit) -> bool:
    """True for a unit that ends on "… for these safeguards": what its section is about."""
    return unit.kind == "sentence" and any(w.text in ("these", "those") for w in unit.words[-3:])


def _inherits(statement: Statement) -> bool:
    """Tell whether a unit that names no criterion speaks of the one its section is about.

    A sentence does when its first words are its subject, an option or a word such as "it", and
    the nearest heading names the criterion; an item does wherever the criterion stands.
    """
    unit, passage = statement.unit, statement.passage
    if unit.kind != "sentence" or passage.kind == "list":
        return True
    first = [word.text for word in unit.words[:_SUBJECT]]
    named = bool(statement.named.options)
    return statement.around.near and (named or bool(cues().pronouns & set(first)))


def label_criteria(unit: Unit, topic: Topic) -> tuple[str, ...]:
    """Return what the label of a unit names: "Learning curve: many schools begin with it"."""
    label, colon, _ = unit.text.partition(":")
    if not colon or len(label) > 40 or (unit.kind != "item" and len(label.split()) > 4):
        return ()
    return mentions([word for word in unit.words if word.end <= len(label)], topic).criteria


def _is_hedged(statement: Statement, topic: Topic) -> bool:
    words = statement.unit.words
    return (
        statement.around.indirect
        or bool(lexicon().hedges.find(words))
        or _is_indirect(statement, topic)
    )


def _is_indirect(statement: Statement, topic: Topic) -> bool:
    """Tell whether extensions are named that something is done by, and that are not its subject."""
    words = statement.unit.words
    own = [
        range(found.first, found.last)
        for found in topic.statement_phrases.find(words)
        if found.meaning.kind == "criterion"
    ]
    named = lexicon().indirect.find(words)
    return any(all(found.first not in span for span in own) for found in named)


def stance_of(weight: float) -> Stance:
    return "for" if weight > 0 else "against"
