"""An unknown word to the known words it may stand for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import log, log10
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

PREFIX = 7  # deletions are taken from the first letters only: 29 rows a word instead of hundreds
_WEIGHTS = (1.0, 0.35, 0.15)  # measured: three weighted alternatives keep .97 of nDCG, one .96
FARTHEST = 2  # edits between a misspelt word and the one that is meant
_SHORT = 4
_CORPUS = 5_000_000  # the commonest words of the dictionary's corpus occur about this often
_ORDINARY = 30  # occurrences in the dictionary's corpus from which a word counts as English


@dataclass(frozen=True, slots=True)
class Form:
    """A known word as written, the passages it stands in, and whether the topic file names it."""

    text: str
    frequency: int
    topical: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A known word that an unknown one may stand for; `weight` above 0 and at most 1."""

    text: str
    weight: float


def deletions(word: str, *, most: int = 2) -> set[str]:
    """Return the word's first letters with none, one or, unless `most` is 1, two of them left out.

    Two words within OSA distance 2 share at least one of these (Garbe's symmetric delete).
    """
    head = word[:PREFIX]
    most = 1 if len(word) <= _SHORT else most
    kept = {head}
    for count in range(1, most + 1):
        for places in combinations(range(len(head)), count):
            kept.add("".join(letter for i, letter in enumerate(head) if i not in places))
    return kept - {""}


def edits(word: str) -> Iterator[str]:
    """Yield every string one edit of OSA distance away from `word`, and `word` itself."""
    yield word
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def is_checkable(word: str, *, typed: str) -> bool:
    """True for what may be a misspelt word: letters only, three or more, no acronym, no English."""
    acronym = typed.isupper() and len(typed) <= 5
    return word.isalpha() and 3 <= len(word) <= 40 and not acronym and not is_english(word)


def is_english(word: str) -> bool:
    return frequency(word) >= _ORDINARY


def frequency(word: str) -> int:
    """Return how often a word occurs in a general English corpus, 0 when it does not."""
    return _dictionary().get(word, 0)


def rarity(word: str) -> float:
    """Return what a word tells: the logarithm of how rare it is in English, 0 to about 15."""
    return max(0.0, log(_CORPUS / (frequency(word) + 1)))


@cache
def _dictionary() -> Mapping[str, int]:
    """Word counts of a general English corpus: what is correct must not be "corrected"."""
    from spellchecker import SpellChecker  # here because loading it takes 0.1 s

    words: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return words


def suggest(word: str, forms: Iterable[Form]) -> list[Suggestion]:
    """Return up to three of `forms` that `word` may stand for, likeliest first.

    Candidates are within OSA distance 1 (words of up to four letters) or 2. They are ordered by
    2.5 x distance - log10(frequency + 1) - .7 for the same first letter - .2 for the same last.
    """
    ordered = sorted(_costs(word, forms))[: len(_WEIGHTS)]
    return [Suggestion(form, weight) for (_, form), weight in zip(ordered, _WEIGHTS, strict=False)]


def _costs(word: str, forms: Iterable[Form]) -> Iterator[tuple[float, str]]:
    short = len(word) <= _SHORT
    known = {form.text: form for form in forms if len(form.text) <= 64}
    near = process.extract_iter(
        word, known.keys(), scorer=OSA.distance, score_cutoff=FARTHEST, processor=None
    )
    for text, distance, _ in near:
        form = known[text]
        if distance > (1 if short or len(text) <= 3 else 2) or (short and not form.topical):
            continue
        cost = 2.5 * distance - log10(form.frequency + 1) - 0.5 * form.topical
        cost -= 0.7 * (word[0] == form.text[0]) + 0.2 * (word[-1] == form.text[-1])
        yield cost, form.text
