"""Guidance in sentences: the headline, and what the articles disagree on."""

from collections.abc import Collection, Sequence

from advisor.citing import Citing
from advisor.deciding import CLEAR_MARGIN
from advisor.model import Disagreement, Reading, Side
from advisor.weigh import Weighed, contenders
from kb.disagreements import Conflict, conflicts
from kb.evidence import Subject
from kb.model import Claim
from kb.topic import Topic

_MOST_DISAGREEMENTS = 3


def headline(reading: Reading, topic: Topic, weighed: Weighed) -> str:
    """Return the verdict as one sentence."""
    subject = _subject_phrase(reading, topic)
    everyone = _listed([topic.option(id).label for id in contenders(reading, topic)])
    if weighed.verdict == "not_covered":
        missing = _listed(_quoted(reading.not_covered))
        return f"The articles do not cover {missing}. They compare {everyone}."
    if weighed.verdict == "no_verdict":
        return "This asks for information rather than a choice: here is what the articles say."
    if weighed.verdict == "depends":
        return f"It depends: {everyone} each have their place{subject}."
    if weighed.verdict == "disagree":
        return f"The articles disagree{subject}."
    if weighed.verdict == "either":
        ahead = _ahead(topic, weighed)
        if len(ahead) > 1:
            nobody = "Neither" if len(contenders(reading, topic)) == 2 else "None"
            split = [f"{topic.option(id).label} on {_listed(on)}" for id, on in ahead.items()]
            return f"{nobody} is ahead on the whole: {', '.join(split)}."
        return f"Either will do: the articles see {everyone} about level{subject}."
    return _lean(reading, topic, weighed, subject)


def _lean(reading: Reading, topic: Topic, weighed: Weighed, subject: str) -> str:
    winner = topic.option(weighed.option).label
    if reading.weak_end:
        return f"{winner}: the articles see it behind{_weak_phrase(reading, topic)}."
    if len(reading.options) != 1:
        rivals = {id: on for id, on in _ahead(topic, weighed).items() if id != weighed.option}
        but = [f"{topic.option(id).label} is ahead on {_listed(on)}" for id, on in rivals.items()]
        though = f", though {_listed(but)}" if but else ""
        lost = {label for on in rivals.values() for label in on}
        won = _subject_phrase(reading, topic, without=lost)
        return f"{winner}: the articles lean towards it{won}{though}."
    asked = topic.option(reading.options[0]).label
    if weighed.option == reading.options[0]:
        return f"{asked} is a good fit{subject}, going by the articles."
    return f"Rather {winner} than {asked}: the articles lean towards {winner}{subject}."


def _ahead(topic: Topic, weighed: Weighed) -> dict[str, list[str]]:
    """Return the labels of what was asked by the option that is clearly ahead on it."""
    support = weighed.trace.support
    values = {each.option: {part.name: part.value for part in each.parts} for each in support}
    ahead: dict[str, list[str]] = {}
    for weight in weighed.weights:
        ranked = sorted(
            (found.get(weight.subject, 0.0), option) for option, found in values.items()
        )
        lead = ranked[-1][0] - ranked[-2][0]
        if weight.importance >= 1 and lead >= CLEAR_MARGIN * weight.importance:
            ahead.setdefault(ranked[-1][1], []).append(subject_label(weight.subject, topic))
    return ahead


def subject_label(subject: Subject, topic: Topic) -> str:
    """Return the words for a criterion in one of its senses, or for "condition=value"."""
    if "=" in subject:
        id, value = subject.split("=", 1)
        return topic.condition(id).value_label(value)
    criterion, _, sense = subject.partition("/")
    label = topic.criterion(criterion).label
    return f"{label} by {sense}" if sense else label


def _subject_phrase(reading: Reading, topic: Topic, *, without: Collection[str] = ()) -> str:
    """Return " on security, given a small team", or "" when nothing was named.

    Labels `without` are left out.
    """
    labels = [
        topic.criterion(need.criterion).label for need in reading.needs if need.importance >= 1
    ]
    needs = [label for label in labels if label not in without]
    values = [topic.condition(id).value_label(value) for id, value in reading.conditions]
    facts = [label for label in values if label not in without]
    spared = [
        topic.criterion(need.criterion).label for need in reading.needs if need.importance < 0
    ]
    if not needs and not facts and spared:
        return f" when you can do without {_listed(spared)}"
    phrase = f" on {_listed(needs)}" if needs else ""
    return phrase + (
        f", given {_listed(facts)}"
        if needs and facts
        else f" for {_listed(facts)}"
        if facts
        else ""
    )


def _weak_phrase(reading: Reading, topic: Topic) -> str:
    return f" on {_listed([topic.criterion(need.criterion).label for need in reading.needs])}"


def _quoted(words: Sequence[str]) -> list[str]:
    return [f'"{word}"' for word in words[:4]]


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def disagreements(weighed: Weighed, citing: Citing) -> list[Disagreement]:
    """Return the conflicts that bear on the question, both sides quoted."""
    asked = {weight.subject for weight in weighed.weights if weight.importance >= 1}
    found = [conflict for conflict in conflicts(weighed.claims) if conflict.subject in asked]
    distinct: dict[tuple[str, tuple[str, ...]], Conflict] = {}
    for conflict in found:
        distinct.setdefault((conflict.subject, conflict.about), conflict)
    return [
        Disagreement(
            conflict.criterion,
            conflict.between,
            conflict.strength,
            (_side(conflict.first, citing), _side(conflict.second, citing)),
        )
        for conflict in list(distinct.values())[:_MOST_DISAGREEMENTS]
    ]


def _side(claim: Claim, citing: Citing) -> Side:
    return Side("+".join(claim.about), claim.stance, claim.quote, citing.cite(claim))
