"""Sentences that tell of a company or product using an option."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.spelling import frequency
from kb.topic import Topic
from kb.words import Word, atoms

_POWERS = frozenset(("powers", "powered", "drives", "runs"))  # whom an option serves comes behind
_RARE = 300  # occurrences in English below which the first word of a sentence may be a name
_LABELLED = re.compile(r"(?:[A-Za-z-]+ ){0,2}examples?:\s+(?=[A-Z])", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]{0,200}\)|, (?:an?|the|one of) [^,()]{1,80},")


def is_example(unit: Unit, topic: Topic) -> bool:
    """ "Netflix uses X", "X powers Netflix": a name that is no option beside a word of using.

    Or "Real-life example: Netflix, …".
    """
    if _LABELLED.match(unit.text):
        return True
    uses = lexicon().examples.find(unit.words)
    powers = [at for at, word in enumerate(unit.words) if at and word.text in _POWERS]
    if not uses and not powers:
        return False
    options = {
        place
        for found in topic.statement_phrases.find(unit.words)
        for place in range(found.first, found.last)
    }
    names = range(uses[-1].first) if uses else range(0)
    if powers and powers[0] - 1 in options:
        names = range(powers[0] + 1, len(unit.words))
    return any(place not in options and _is_name(unit, place) for place in names)


def without_asides(unit: Unit, topic: Topic) -> Sequence[Word]:
    """Leave out what an example tells of its company: "Acme (a shop) uses X", "Acme, a shop, …"."""
    if not _ASIDE.search(unit.text) or not is_example(unit, topic):
        return unit.words
    spans = [match.span() for match in _ASIDE.finditer(unit.text)]
    return [w for w in unit.words if not any(a < w.start < b for a, b in spans)]


@lru_cache(maxsize=4096)  # the same claims are compared for every question
def names_a_user(quote: str, options: tuple[str, ...]) -> bool:
    """True when `quote` tells by a rare name in title case who uses one of `options`, given by id.

    "The shop software Acmely is built on X": whatever else the name stands for in the topic.
    """
    words = atoms(quote)
    uses = lexicon().examples.find(words)
    known = {word.stem for option in options for word in atoms(option)}
    return any(
        quote[word.start : word.end].istitle()
        and word.stem not in known
        and frequency(word.text) < _RARE
        for word in words[: uses[-1].first if uses else 0]
    )


def _is_name(unit: Unit, place: int) -> bool:
    word = unit.words[place]
    written = unit.text[word.start : word.end]
    if not written[:1].isupper() or word.is_stop_word:
        return False
    return place > 0 or (frequency(word.text) < _RARE and not word.text.endswith("s"))
