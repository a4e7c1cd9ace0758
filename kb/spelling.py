"""An unknown word to the known words it may stand for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.beside import Beside
from kb.deletions import FARTHEST, SHORT

EDIT = 2.5  # what an edit costs, beside the logarithm of how frequent words are
_WEIGHTS = (1.0, 0.35, 0.15)  # measured: three weighted alternatives keep .97 of nDCG, one .96
_CORPUS = 5_000_000  # the commonest words of the dictionary's corpus occur about this often
_COMMON = 5_000  # from which it is looked for among short ones
_LONG = 8  # letters from which every English word is
_ORDINARY = 30  # occurrences in the dictionary's corpus from which a word counts as English


@dataclass(frozen=True, slots=True)
class Form:
    """A known word as written, the passages it stands in, and whether the topic file names it."""

    text: str
    frequency: int
    topical: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A known word that an unknown one may stand for; `weight` above 0 and at most 1.

    The less it costs, the likelier it is (`likely`).
    """

    text: str
    weight: float
    cost: float = 0.0


def english_beside(word: str) -> str:
    """Return the commonest English word within OSA distance 1 of one of six letters and more.

    "" if there is none. Rare ones of fewer than eight letters are left out.
    """
    return max(_english().of(word), key=lambda each: (frequency(each), each), default="")


@cache
def _english() -> Beside:
    words = _dictionary().items()
    return Beside(
        [w for w, n in words if n >= (_ORDINARY if len(w) >= _LONG else _COMMON) and len(w) >= 5]
    )


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

    They are what is `likely`, but for short words topical forms only.
    """
    short = len(word) <= SHORT
    return likely(word, (form for form in forms if form.topical or not short))


def likely(word: str, forms: Iterable[Form], *, farthest: int = FARTHEST) -> list[Suggestion]:
    """Return up to three of `forms` that are near a word, likeliest first.

    Candidates are within OSA distance 1 (words of up to four letters) or `farthest`. They are
    ordered by 2.5 x distance - log10(frequency + 1) - .5 for topical forms - .7 for the same first
    letter - .2 for the same last: what they cost.
    """
    farthest = 1 if len(word) <= SHORT else farthest
    ordered = sorted(_costs(word, forms, farthest))[: len(_WEIGHTS)]
    return [
        Suggestion(form, weight, cost)
        for (cost, form), weight in zip(ordered, _WEIGHTS, strict=False)
    ]


def _costs(word: str, forms: Iterable[Form], farthest: int) -> Iterator[tuple[float, str]]:
    known = {form.text: form for form in forms}
    near = process.extract_iter(
        word, known.keys(), scorer=OSA.distance, score_cutoff=farthest, processor=None
    )
    for text, distance, _ in near:
        form = known[text]
        if distance > 1 and len(text) < SHORT:
            continue
        cost = EDIT * distance - log10(form.frequency + 1) - 0.5 * form.topical
        cost -= 0.7 * (word[0] == form.text[0]) + 0.2 * (word[-1] == form.text[-1])
        yield cost, form.text
