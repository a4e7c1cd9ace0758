"""Labels: what the topic calls its options, criteria and conditions, for people to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.topic import Topic


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by id; an id the topic does not know any more stands for itself."""

    options: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def option(self, id: str | None) -> str:
        """Return an option's label, words for several of them ("ID+ID"), "" for none."""
        ids = (id or "").split("+")
        if len(ids) > 1 and set(ids) == set(self.options):
            return "both" if len(ids) == 2 else "all of them"
        return " and ".join(self.options.get(each, each) for each in ids)

    def criterion(self, id: str | None) -> str:
        return self.criteria.get(id or "", id or "")

    def condition(self, id: str) -> str:
        return self.conditions.get(id, id)

    def value(self, condition: str, value: str) -> str:
        return self.values.get((condition, value), value)

    def subject(self, name: str) -> str:
        """Return what a part of a score is about: a criterion, "condition=value" or else itself."""
        condition, equals, value = name.partition("=")
        if equals:
            return f"{self.condition(condition)}: {self.value(condition, value)}"
        return self.criterion(name) or "overall"


def labels_of(topic: Topic) -> Labels:
    """Return the labels of one topic."""
    return Labels(
        options={option.id: option.label for option in topic.options},
        criteria={criterion.id: criterion.label for criterion in topic.criteria},
        conditions={condition.id: condition.label for condition in topic.conditions},
        values={
            (condition.id, value): condition.value_label(value)
            for condition in topic.conditions
            for value, _ in condition.values
        },
    )
