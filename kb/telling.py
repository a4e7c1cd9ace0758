"""How much a word tells of what a text is about: the less often it stands in texts, the more."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import expm1, log, log1p

from kb.index import Part


def idf(held: int, passages: int) -> float:
    """Return the inverse document frequency of a word that stands in `held` of `passages`.

    In its always positive form, ln(1 + (N - df + .5) / (df + .5)).
    """
    return log1p((passages - held + 0.5) / (held + 0.5))


def telling(held: int, occurrences: int, passages: int) -> float:
    """Return how much a word tells of what a text is about; `occurrences` are those in all texts.

    Its idf, and as much as it is rarer than a word of so many occurrences that are strewn at
    random, ln(N / df) + ln(1 - e^(-cf / N)) if that is above 0: residual idf, after Church and
    Gale, "Inverse document frequency: a measure of deviations from Poisson" (1995). A text that is
    about a word repeats it, while "describe" stands in many texts once. Measured on seven
    collections of judged questions: nDCG@10 +.004 on the mean, +.009 on the best.
    """
    residual = log(passages / held) + log(-expm1(-occurrences / passages)) if occurrences else 0.0
    return idf(held, passages) + max(0.0, residual)


def weights_of(parts: Sequence[Part], passages: int) -> Mapping[str, float]:
    """Return what each word tells that any part of an index of so many passages holds."""
    occurrences: Counter[str] = Counter()
    for part in parts:
        for word, postings in part.postings.items():
            occurrences[word] += part.memo.occurrences(word, postings)
    held = frequencies(parts)
    return {word: telling(count, occurrences[word], passages) for word, count in held.items()}


def frequencies(parts: Sequence[Part]) -> Mapping[str, int]:
    """Return how many passages hold each word that any holds."""
    found: Counter[str] = Counter()
    for part in parts:
        for word, postings in part.postings.items():
            found[word] += len(postings.numbers)
    return found
