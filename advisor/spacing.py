"""Words that were written together or apart, as the articles do not: "restapi", "micro service"."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log10

from kb.model import Alternative
from kb.spelling import EDIT
from kb.store import Snapshot
from kb.words import Word, stem

_SHORTEST = 3  # letters of a part
_TRUST = 0.8  # of a word that two were written for, beside these two


def parts_of(word: str, topic: str, snapshot: Snapshot) -> tuple[float, tuple[str, ...]]:
    """Return the two words of the articles that one was written for, after what they cost.

    A space is one edit, and two words are as likely as both are; () when there are none.
    """
    places = range(_SHORTEST, len(word) - _SHORTEST + 1)
    pairs = [(word[:place], word[place:]) for place in places]
    known = dict(snapshot.known_forms(topic, {head for head, _ in pairs}))
    known |= snapshot.known_forms(topic, {tail for head, tail in pairs if head in known})
    passages = snapshot.state().passages
    found = [
        (EDIT - _together(known[head], known[tail], passages), (head, tail))
        for head, tail in pairs
        if head in known and tail in known
    ]
    return min(found, default=(0.0, ()))


def written_apart(
    text: str, words: Sequence[Word], topic: str, snapshot: Snapshot
) -> Iterator[tuple[Word, Word, tuple[Alternative, ...]]]:
    """Yield two words that are one in the articles, with the stems that the first stands for.

    One that is rarer than the two are together by chance is a slip of an article's author.
    """
    pairs = {one.text + other.text: (one, other) for one, other in _pairs(text, words)}
    # Whoever corrects them asks for the words next: of these and the pairs is read at once.
    known = snapshot.known_forms(topic, {*pairs, *(word.text for word in words)})
    wholes = {whole: frequency for whole, frequency in known.items() if whole in pairs}
    passages = snapshot.state().passages if wholes else 0
    for whole, frequency in wholes.items():
        one, other = pairs[whole]
        by_chance = _together(known.get(one.text, 0), known.get(other.text, 0), passages)
        if log10(frequency + 1) >= by_chance:
            yield one, other, (Alternative(one.stem, 1.0), Alternative(stem(whole), _TRUST))


def _together(one: int, other: int, passages: int) -> float:
    """Return the logarithm of how many passages hold two words by chance."""
    return log10(one + 1) + log10(other + 1) - log10(passages + 1)


def _pairs(text: str, words: Iterable[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield the words that stand side by side with a space between, stop words left out."""
    for one, other in pairwise(words):
        if text[one.end : other.start] == " " and not (one.is_stop_word or other.is_stop_word):
            yield one, other
