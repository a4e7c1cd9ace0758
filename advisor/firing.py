"""Which rules fire for what was asked, and which of them nearly do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.deciding import Weighable
from advisor.model import NearMiss
from kb.evidence import Subject
from kb.topic import Rule


def rule_subjects(rule: Rule) -> list[Subject]:
    """Return what a rule is about: its criteria, then its conditions."""
    return [*rule.criteria, *rule.any, *(f"{id}={value}" for id, value in rule.conditions)]


class Asked(NamedTuple):
    """What rules look at: the criteria that were named, and the conditions as "id=value"."""

    named: frozenset[str]
    facts: frozenset[str]

    @classmethod
    def of(cls, reading: Weighable) -> "Asked":
        return cls(
            frozenset(need.criterion for need in reading.needs if need.importance >= 1),
            frozenset(f"{id}={value}" for id, value in reading.conditions),
        )

    def firing(self, rules: Iterable[Rule]) -> list[Rule]:
        """Return the rules of which nothing is missing; most lack a criterion: seen at once."""
        holds = self.named.issuperset
        return [rule for rule in rules if holds(rule.criteria) and not any(self.missing(rule))]

    def missing(self, rule: Rule) -> Iterator[str]:
        """Yield what keeps a rule from firing, nothing when it fires."""
        for id in rule.criteria:
            if id not in self.named:
                yield id
        for id, value in rule.conditions:
            if (fact := f"{id}={value}") not in self.facts:
                yield fact
        for entry in rule.unless:
            if entry in self.named or entry in self.facts:
                yield f"not {entry}"
        if rule.any and self.named.isdisjoint(rule.any):
            yield f"one of {', '.join(rule.any)}"


def near_misses(
    rules: Sequence[Rule], reading: Weighable, shares: Mapping[str, float]
) -> Iterator[NearMiss]:
    """Yield the rules of two or more conditions that lack one, and those no article backs."""
    asked = Asked.of(reading)
    for rule in sorted(rules, key=lambda rule: rule.id):
        missing = list(asked.missing(rule))
        if not missing and rule.id not in shares:
            yield NearMiss(rule.id, "articles that back it")
        if len(missing) == 1 and len(rule_subjects(rule)) + len(rule.unless) > 1:
            yield NearMiss(rule.id, missing[0])
