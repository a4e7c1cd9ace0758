"""Support and claims to one of the six verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from advisor.importance import WANTED
from advisor.model import Intent, Need, Verdict
from kb.disagreements import conflicts
from kb.evidence import Evidence, Subject, Voices
from kb.model import Claim
from kb.topic import Topic

CLEAR_MARGIN = 0.12  # of all importance; below it options count as level
# The same where several things are named that do not pull apart: they give more to go by. Of 3,110
# answers to development questions 10 turn right and 1 wrong; for one thing it is the other way.
_SEVERAL_MARGIN = 0.06
_ENOUGH = 0.34  # how far voices have to be apart for an article to see one option ahead
_UNASKED = ("fact", "definition", "howto", "list")


class Weighable(NamedTuple):
    """All of a reading that its verdict follows from; `options` are those to weigh.

    It is looked up by: whatever else a verdict comes to depend on has to be added here.
    """

    options: tuple[str, ...]
    needs: tuple[Need, ...]
    conditions: tuple[tuple[str, str], ...]
    news: tuple[str, ...]
    intent: Intent
    not_covered: bool
    feasible: bool
    indifferent: bool
    weak_end: bool


@dataclass(frozen=True)
class Case:
    """What a verdict is made from; `margin` is the leader's advance.

    `subjects` maps what is weighed to its importance, `ruled` is true when a rule fired.
    """

    reading: Weighable
    topic: Topic
    subjects: dict[Subject, float]
    evidence: Evidence
    heard: Voices
    margin: float
    ruled: bool

    @property
    def options(self) -> tuple[str, ...]:
        return self.reading.options

    @cached_property
    def bearing(self) -> tuple[Claim, ...]:
        """The claims on what is weighed."""
        return self.evidence.bearing(self.subjects)

    @property
    def is_spoken_of(self) -> bool:
        return any(subject in self.evidence.by_subject for subject in self.subjects)

    @property
    def asked(self) -> list[str]:
        """The criteria that were named, not only implied."""
        return [need.criterion for need in self.reading.needs if need.importance >= 1]


def decide(case: Case) -> Verdict:
    """Return the verdict, the most telling reason first."""
    intent = case.reading.intent
    if case.reading.not_covered:
        return "not_covered"
    if intent in _UNASKED:
        return "no_verdict"
    if not any(case.subjects.values()):
        return "depends" if intent not in ("unclear", "compare") else "no_verdict"
    if any(case.topic.criterion(id).combined for id in case.asked):
        return _together(case)
    if intent == "compare" and not case.reading.conditions:
        return "no_verdict"
    if not (case.is_spoken_of or case.ruled):
        return "no_verdict" if case.asked else "depends"
    if case.reading.feasible:
        return "either" if all(_is_possible(option, case) for option in case.options) else "depends"
    return _weighed(case)


def _weighed(case: Case) -> Verdict:
    only = next(iter(case.subjects)) if len(case.subjects) == 1 else None
    if only and case.asked and _scopes_decide(only, case) and not _is_settled(only, case):
        return "depends"
    if case.reading.indifferent and case.asked and (case.margin < CLEAR_MARGIN or _is_level(case)):
        return "either"
    if case.margin >= CLEAR_MARGIN:
        return "lean"
    if not only and case.margin >= _SEVERAL_MARGIN and not _pull_apart(case):
        return "lean"
    if only and len(_winners(only, case)) > 1 and _is_disputed(only, case):
        return "disagree"
    return "either"


def _pull_apart(case: Case) -> bool:
    """True when one option is clearly ahead in one thing that is wanted, and another in another."""
    wanted = [subject for subject, importance in case.subjects.items() if importance >= WANTED]
    return len({_leader(subject, case) for subject in wanted} - {""}) > 1


def _leader(subject: Subject, case: Case) -> str:
    """Return the option that articles on the whole see clearly ahead, "" when they see none."""
    means = sorted(((case.heard.mean(id, subject), id) for id in case.options), reverse=True)
    return means[0][1] if means[0][0] - means[1][0] >= _ENOUGH else ""


def _is_disputed(subject: Subject, case: Case) -> bool:
    """True when statements on a subject cannot all be true: two praises are no dispute."""
    found = conflicts(case.bearing)
    return any(each.subject == subject and each.strength == "hard" for each in found)


def _is_level(case: Case) -> bool:
    """True when some article says that they are alike in what was asked, and most do not differ."""
    even = {claim.criterion for claim in case.bearing if claim.stance == "even"}
    return any(id in even and not _is_settled(id, case) for id in case.asked)


def _is_possible(option: str, case: Case) -> bool:
    """True when some article says that an option can do what was asked."""
    return any(v > 0 for id in case.asked for v in case.heard.of(option, id).values())


def _together(case: Case) -> Verdict:
    """Articles for and against using options together: there is no option to lean to."""
    stances = {claim.stance for claim in case.bearing if claim.criterion in case.asked}
    if not stances:
        return "no_verdict"
    return "disagree" if {"for", "against"} <= stances else "either"


def _scopes_decide(criterion: str, case: Case) -> bool:
    """True when the same article praises different options under different conditions."""
    praised: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for claim in case.bearing:
        if claim.criterion == criterion and claim.stance == "for" and len(claim.about) == 1:
            for id, value in claim.scope:
                praised.setdefault((claim.article, id), set()).add((claim.about[0], value))
    return any(
        len({option for option, _ in each}) > 1 and len({value for _, value in each}) > 1
        for each in praised.values()
    )


def _is_settled(subject: Subject, case: Case) -> bool:
    """True when two articles more put one option ahead than put another one ahead."""
    ahead = Counter(_ahead(subject, article, case) for article in case.heard.articles(subject))
    counts = sorted((ahead[option] for option in case.options), reverse=True)
    return counts[0] - counts[1] >= 2


def _winners(subject: Subject, case: Case) -> set[str]:
    """Return the options that some article sees clearly ahead."""
    return {_ahead(subject, article, case) for article in case.heard.articles(subject)} - {""}


def _ahead(subject: Subject, article: str, case: Case) -> str:
    """Return the option that an article sees clearly ahead, "" when it sees none."""
    voiced: Sequence[tuple[float, str]] = sorted(
        ((case.heard.of(option, subject).get(article, 0.0), option) for option in case.options),
        reverse=True,
    )
    return voiced[0][1] if voiced[0][0] - voiced[1][0] >= _ENOUGH else ""
