"""Words for what is weighed: labels, lists of them, and "on security" or "for a shop"."""

from collections.abc import Sequence
from functools import lru_cache

from kb.evidence import Subject
from kb.topic import Topic
from kb.words import atoms

_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def subject_label(subject: Subject, topic: Topic) -> str:
    """Return the words for a criterion in one of its senses, or for "condition=value"."""
    if "=" in subject:
        id, value = subject.split("=", 1)
        return topic.condition(id).value_label(value)
    criterion, _, sense = subject.partition("/")
    label = topic.criterion(criterion).label
    return f"{label} by {sense}" if sense else label


def phrase(subjects: Sequence[Subject], topic: Topic) -> str:
    """Return " for a shop and on security, given a small team", or "" when there are none."""
    criteria = [subject_label(each, topic) for each in subjects if "=" not in each]
    facts = listed([subject_label(each, topic) for each in subjects if "=" in each])
    uses = [label for label in criteria if is_a_thing(label)]
    others = [label for label in criteria if label not in uses]
    parts = [f"for {listed(uses)}"] if uses else []
    parts += [f"on {listed(others)}"] if others else []
    told = f" {' and '.join(parts)}" if parts else ""
    if facts:
        told += f", given {facts}" if parts else f" for {facts}"
    return told


@lru_cache(maxsize=1024)
def is_a_thing(label: str) -> bool:
    """True for things, "a shop" or "internal tools": something is good for these, not on them."""
    words = [word.text for word in atoms(label)]
    plural = words[-1].endswith("s") and not words[-1].endswith(("ss", "us", "is"))
    return words[0] in ("a", "an") or (plural and words[0] != "the")


def labels_of(options: Sequence[str], topic: Topic) -> str:
    """Return the options' labels as a list: "Tea and Coffee"."""
    return listed([topic.option(id).label for id in options])


def about(options: Sequence[str], topic: Topic) -> str:
    """Return what a statement on an option, or on several used together, is about."""
    if len(options) == 1:
        return topic.option(options[0]).label
    return "using both" if len(options) == 2 else f"using {labels_of(options, topic)}"


def listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def in_words(number: int) -> str:
    """Return a number as a word as far as eight; "none" for 0."""
    return _WORDS.get(number, str(number)) if number else "none"


def article_count(number: int) -> str:
    return f"{in_words(number)} article{'s' if number != 1 else ''}"
