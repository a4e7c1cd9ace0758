"""Who is ahead on what: each thing that was named, with the option the articles see ahead on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.deciding import CLEAR_MARGIN
from advisor.firing import rule_subjects
from advisor.importance import IMPLIED
from advisor.model import Reading
from advisor.weigh import Weighed, contenders
from kb.evidence import Subject, in_sense
from kb.topic import Topic


@dataclass(frozen=True, slots=True)
class Lead:
    """Something named, a criterion or a condition, with the option that is ahead on it.

    `option` is "" when none is ahead by a clear margin.
    """

    subject: Subject
    option: str


def leads(reading: Reading, topic: Topic, weighed: Weighed) -> list[Lead]:
    """Return who is ahead on each criterion wanted and each condition, in the order named.

    What one article says counts as in the verdict. Where voices are level, the option that a rule
    favours is ahead on what the rule is about.
    """
    return [Lead(subject, _ahead(subject, reading, topic, weighed)) for subject in named(reading)]


def behind(option: str, reading: Reading, topic: Topic, weighed: Weighed) -> list[Subject]:
    """Return what was named and on which an option is clearly behind another one."""
    found = []
    for subject in named(reading):
        scores = _scores(subject, reading, topic, weighed)
        if max(scores.values()) - scores[option] >= CLEAR_MARGIN:
            found.append(subject)
    return found


def named(reading: Reading) -> Iterator[Subject]:
    """Yield what the asker named: criteria that are wanted, then conditions."""
    for need in reading.needs:
        if need.importance >= 1 or (reading.weak_end and need.importance <= -1):
            yield in_sense(need.criterion, need.sense)
    yield from (f"{id}={value}" for id, value in reading.conditions)


def _ahead(subject: Subject, reading: Reading, topic: Topic, weighed: Weighed) -> str:
    scores = _scores(subject, reading, topic, weighed)
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best - second >= CLEAR_MARGIN:
        return max(scores, key=lambda option: scores[option])
    fired = [rule for rule in topic.rules if rule.id in weighed.trace.fired]
    return next((rule.favours for rule in fired if subject in rule_subjects(rule)), "")


def _scores(subject: Subject, reading: Reading, topic: Topic, weighed: Weighed) -> dict[str, float]:
    return {
        option: _score(option, subject, reading, topic, weighed)
        for option in contenders(reading, topic)
    }


def _score(
    option: str, subject: Subject, reading: Reading, topic: Topic, weighed: Weighed
) -> float:
    """Return the mean voice on a subject; for a condition also on what it makes matter."""
    score = weighed.heard.mean(option, subject)
    if "=" in subject:
        id, value = subject.split("=", 1)
        implied = dict(topic.condition(id).implies).get(value, ())
        wanted = {need.criterion for need in reading.needs if need.importance >= 1}
        score += IMPLIED * sum(
            weighed.heard.mean(option, each) for each in implied if each not in wanted
        )
    return score
