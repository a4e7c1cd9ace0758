"""What would change the verdict, what follows under which condition, what to ask back."""

from collections.abc import Iterator

from advisor.deciding import Weighable
from advisor.importance import IMPLIED, REQUIRED
from advisor.model import AskBack, Change, Flip, Need, Reading
from advisor.remembered import Remembered
from advisor.weigh import Weighed, lean, weighable_of
from kb.evidence import Evidence
from kb.topic import Topic

_MOST_FLIPS = 3
# By what was weighed and the option that is ahead; a few hundred bytes each.
_FLIPS: Remembered[tuple[Weighable, str], tuple[Flip, ...]] = Remembered(1024)


def with_condition(asked: Weighable, topic: Topic, id: str, value: str) -> Weighable:
    """Return what was asked as if the condition had been named."""
    conditions = {**dict(asked.conditions), id: value}
    needs = {need.criterion: need for need in asked.needs}
    for criterion in dict(topic.condition(id).implies).get(value, ()):
        needs.setdefault(criterion, Need(criterion, IMPLIED))
    return asked._replace(conditions=tuple(conditions.items()), needs=tuple(needs.values()))


def condition_change(topic: Topic, id: str, value: str) -> Change:
    return Change(topic.condition(id).value_label(value), given=((id, value),))


def conditional(reading: Reading, topic: Topic, evidence: Evidence) -> list[tuple[Change, str]]:
    """Return the option that each condition alone leads to, for those that lead to one."""
    bare = weighable_of(reading, topic)
    bare = bare._replace(needs=(), conditions=(), not_covered=False, intent="choose")
    found = []
    for id, value in _values(topic):
        if option := lean(with_condition(bare, topic, id, value), topic, evidence):
            found.append((condition_change(topic, id, value), option))
    return found


def flips(reading: Reading, topic: Topic, evidence: Evidence, weighed: Weighed) -> tuple[Flip, ...]:
    """Return the smallest changes that lead to another option; each was weighed.

    Conditions that were not named come first, then criteria that would have to be required.
    What was said is not doubted: neither a condition that was named, nor what goes with it. There
    are none when the weak end was asked for: nobody is advised there.
    """
    if not weighed.weights or reading.weak_end:
        return ()  # nothing to turn: the conditions say what follows from what
    ahead = weighed.option or weighed.leader
    asked = weighable_of(reading, topic)
    key = asked, ahead
    known = _FLIPS.get(topic, evidence, key)
    if known is None:
        known = tuple(_turned(asked, topic, evidence, ahead))
        _FLIPS.keep(topic, evidence, key, known)
    return known


def _turned(asked: Weighable, topic: Topic, evidence: Evidence, ahead: str) -> list[Flip]:
    found: list[Flip] = []
    for change, changed in _changes(asked, topic):
        option = lean(changed, topic, evidence)
        if option and option != ahead:
            found.append(Flip(change, "lean", option))
        if len(found) == _MOST_FLIPS:
            break
    return found


def _changes(asked: Weighable, topic: Topic) -> Iterator[tuple[Change, Weighable]]:
    set_now = dict(asked.conditions)
    for id, value in _values(topic):
        if id not in set_now and not _is_denied(id, value, asked, topic):
            yield condition_change(topic, id, value), with_condition(asked, topic, id, value)
    for need in asked.needs:
        if need.importance == REQUIRED and len(asked.needs) > 1:
            rest = tuple(other for other in asked.needs if other != need)
            label = topic.criterion(need.criterion).label
            change = Change(f"without {label}", without=(f"criterion:{need.criterion}",))
            yield change, asked._replace(needs=rest)


def _is_denied(id: str, value: str, asked: Weighable, topic: Topic) -> bool:
    """True when another condition has a value that this one has as well, beside the one asked for.

    Who speaks of a large team has no small project in mind.
    """
    others = {other for other, _ in topic.condition(id).values} - {value}
    return any(said in others for _, said in asked.conditions)


def _values(topic: Topic) -> Iterator[tuple[str, str]]:
    for condition in topic.conditions:
        yield from ((condition.id, value) for value, _ in condition.values)


def ask_back(
    reading: Reading, topic: Topic, evidence: Evidence, weighed: Weighed, *, earlier: int
) -> AskBack | None:
    """Return a question whose answers lead to different options, or None.

    Asked only while the verdict is open, and not in a conversation of more than two questions.
    """
    if weighed.verdict not in ("depends", "either", "disagree") or earlier >= 2:
        return None
    asked = weighable_of(reading, topic)
    known = dict(reading.conditions)
    for condition in topic.conditions:
        if condition.id in known:
            continue
        choices = [value for value, _ in condition.values]
        outcomes = {
            value: lean(with_condition(asked, topic, condition.id, value), topic, evidence)
            for value in choices
        }
        if len(set(filter(None, outcomes.values()))) > 1:
            return AskBack(
                f"What is the {condition.label}?",
                tuple(condition_change(topic, condition.id, value) for value in choices),
            )
    return None
