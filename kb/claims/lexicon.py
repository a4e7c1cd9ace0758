"""How English praises, blames, hedges and contrasts: polarity.toml, loaded once."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kb.phrases import Found, Phrases
from kb.words import Word, atoms

_FILE = Path(__file__).parent.parent / "lexicon" / "polarity.toml"
_PLAIN = ("hedges", "contrasts", "indirect", "examples", "comparisons", "both", "comparatives")
_REACH = 3  # a negation turns round what follows within this many words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`polarity` weighs -2 to 2, `headings` -1 or 1; `marks` are
    table cells that say yes (1) or no (-1); the other lists only mark places."""

    polarity: Phrases[float]
    headings: Phrases[int]
    mild_headings: Phrases[str]
    use_headings: Phrases[str]
    negations: frozenset[str]
    hedges: Phrases[str]
    contrasts: Phrases[str]
    indirect: Phrases[str]
    examples: Phrases[str]
    comparisons: Phrases[str]
    both: Phrases[str]
    comparatives: Phrases[str]
    marks: dict[str, int]


@cache
def lexicon() -> Lexicon:
    with _FILE.open("rb") as file:
        lists: dict[str, Any] = tomllib.load(file)
    weights = {
        "neutral": 0.0,
        "very_good": 2.0,
        "very_bad": -2.0,
        "good": 1.0,
        "bad": -1.0,
    }
    # The first weight a phrase gets is its own: strong lists come first.
    seen: dict[str, float] = {}
    for name, weight in weights.items():
        for phrase in lists[name]:
            seen.setdefault(phrase, weight)
    heads = lists["headings"]
    return Lexicon(
        polarity=Phrases(seen.items()),
        headings=Phrases([(p, 1) for p in heads["good"]] + [(p, -1) for p in heads["bad"]]),
        mild_headings=Phrases((p, p) for p in heads["mild"]),
        use_headings=Phrases((p, p) for p in heads["uses"]),
        marks={m: 1 for m in heads["yes"]} | {m: -1 for m in heads["no"]},
        negations=frozenset(word.text for p in lists["negations"] for word in atoms(p)[:1]),
        **{name: Phrases((phrase, phrase) for phrase in lists[name]) for name in _PLAIN},
    )


def signed(words: Sequence[Word]) -> list[Found[float]]:
    """Return what is good and bad in `words`, in order; a negation shortly before turns it."""
    marked = []
    for found in lexicon().polarity.find(words):
        before = words[max(0, found.first - _REACH) : found.first]
        if sum(word.text in lexicon().negations for word in before) % 2:
            found = replace(found, meaning=-found.meaning)
        marked.append(found)
    return marked


def polarity(words: Sequence[Word]) -> float:
    """Return the sum of what is good and bad in `words`."""
    return sum(found.meaning for found in signed(words))
