"""Labels: what the topic calls its options, criteria and conditions, for people to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.topic import Topic
from web.catalogues import ENGLISH, Catalogue


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by id, joined with words of `texts`; an id that is no more stands for itself."""

    options: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    texts: Catalogue = ENGLISH

    def option(self, id: str | None) -> str:
        """Return an option's label, words for several of them ("ID+ID"), "" for none."""
        ids = (id or "").split("+")
        if len(ids) > 1 and set(ids) == set(self.options):
            return self.texts.plain("answer.both" if len(ids) == 2 else "answer.every")
        return self.texts.plain("site.and").join(self.options.get(each, each) for each in ids)

    def criterion(self, id: str | None) -> str:
        return self.criteria.get(id or "", id or "")

    def part(self, name: str) -> str:
        """Return what an entry of `without` is about ("criterion:ID")."""
        kind, _, id = name.partition(":")
        labels = {"option": self.options, "criterion": self.criteria, "condition": self.conditions}
        return labels[kind].get(id, id)

    def condition(self, id: str) -> str:
        return self.conditions.get(id, id)

    def value(self, condition: str, value: str) -> str:
        return self.values.get((condition, value), value)

    def subject(self, name: str) -> str:
        """Return what a part of a score is about: a criterion, "condition=value" or else itself."""
        condition, equals, value = name.partition("=")
        if equals:
            return f"{self.condition(condition)}: {self.value(condition, value)}"
        return self.criterion(name) or self.texts.plain("answer.overall")


def labels_of(topic: Topic, texts: Catalogue) -> Labels:
    """Return the labels of one topic, for a page with these texts."""
    return Labels(
        texts=texts,
        options={option.id: option.label for option in topic.options},
        criteria={criterion.id: criterion.label for criterion in topic.criteria},
        conditions={condition.id: condition.label for condition in topic.conditions},
        values={
            (condition.id, value): condition.value_label(value)
            for condition in topic.conditions
            for value, _ in condition.values
        },
    )
