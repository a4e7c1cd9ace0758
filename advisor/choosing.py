"""Which options and criteria are to be compared: named by id, label or any word of the topic."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from advisor.errors import ComparisonError
from kb.phrases import Phrases
from kb.topic import Criterion, Option, Topic
from kb.words import atoms

_LONGEST = 80  # characters of a name; no word of a topic is longer
_LABELLED = 12  # a longer list is told without labels


def chosen_options(topic: Topic, names: Iterable[str]) -> tuple[Option, ...]:
    """Return the options that are named, in that order and each once; all without names.

    Raises:
        ComparisonError: a name stands for no option, or for several.
    """
    return tuple(topic.option(id) for id in _chosen("option", names, topic.options))


def chosen_criteria(topic: Topic, names: Iterable[str]) -> tuple[Criterion, ...]:
    """Return the criteria that are named, in that order and each once; all without names.

    Raises:
        ComparisonError: a name stands for no criterion, or for several.
    """
    return tuple(topic.criterion(id) for id in _chosen("criterion", names, topic.criteria))


def separated(entries: Iterable[str]) -> list[str]:
    """Return the names in entries, each of which may hold several behind commas."""
    parts = (part.strip() for entry in entries for part in entry.split(","))
    return [part for part in parts if part]


def _chosen(kind: str, names: Iterable[str], known: Sequence[Option | Criterion]) -> list[str]:
    listed = list(names)
    if not listed:
        return [each.id for each in known]
    words = Phrases((word, each.id) for each in known for word in (each.label, *each.words))
    return list(dict.fromkeys(_meant(kind, name, known, words) for name in listed))


def _meant(kind: str, name: str, known: Sequence[Option | Criterion], words: Phrases[str]) -> str:
    """Return the id a name stands for; an id or a label comes before other words."""
    folded = name.casefold()
    for each in known:
        if folded == each.id.casefold():
            return each.id
    labelled = [each.id for each in known if folded == each.label.casefold()]
    meant = labelled or _by_words(name, words)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise ComparisonError(
            f"A word stands for more than one {kind}.",
            remedy=f"Write the id of the one that is meant: {', '.join(meant)}.",
        )
    raise ComparisonError(_unknown(kind, name, known), remedy=_remedy(kind, known))


def _by_words(name: str, words: Phrases[str]) -> list[str]:
    """Return the ids that a name stands for as a whole."""
    if len(name) > _LONGEST:
        return []
    spoken = atoms(name)
    found = words.find(spoken)
    return [each.meaning for each in found if (each.first, each.last) == (0, len(spoken))]


def _unknown(kind: str, name: str, known: Sequence[Option | Criterion]) -> str:
    spoken = {word.casefold(): each.id for each in known for word in (each.label, *each.words)}
    ids = {each.id: each.id for each in known}
    names = {**spoken, **ids}
    near = get_close_matches(name[:_LONGEST].casefold(), names, n=1)
    guess = f" Did you mean {names[near[0]]}?" if near else ""
    return f"There is no such {kind} in this topic.{guess}"


def _remedy(kind: str, known: Sequence[Option | Criterion]) -> str:
    labelled = len(known) <= _LABELLED
    listed = ", ".join(f"{each.id} ({each.label})" if labelled else each.id for each in known)
    plural = {"option": "options", "criterion": "criteria"}[kind]
    return f"Name {plural} by id, label or a word of the topic: {listed}."
