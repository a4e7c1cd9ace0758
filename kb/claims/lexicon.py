"""How English praises, blames, hedges and contrasts: polarity.toml, loaded once."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.phrases import Found, Phrases
from kb.words import Word

_FILE = Path(__file__).parent.parent / "lexicon" / "polarity.toml"
_PLAIN = (
    "hedges", "contrasts", "indirect", "examples", "comparisons", "both", "comparatives",
    "availability",
)  # fmt: skip
_REACH = 3  # a negation turns round what follows within this many words
_FAR_REACH = 10  # "does not bring an ORM or an admin out of the box"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`polarity` weighs -2 to 2, `headings` -1 or 1; `marks` are
    table cells that say yes (1) or no (-1); the other lists only mark places."""

    polarity: Phrases[float]
    headings: Phrases[int]
    mild_headings: Phrases[str]
    use_headings: Phrases[str]
    negations: Phrases[bool]
    availability: Phrases[str]
    hedges: Phrases[str]
    contrasts: Phrases[str]
    indirect: Phrases[str]
    examples: Phrases[str]
    comparisons: Phrases[str]
    both: Phrases[str]
    comparatives: Phrases[str]
    marks: dict[str, int]

    @property
    def of_sentences(self) -> tuple[Phrases[Any], ...]:
        """The lists that are looked for in every sentence."""
        plain: list[Phrases[str]] = [getattr(self, name) for name in _PLAIN]
        return (self.polarity, self.negations, *plain)


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
        negations=Phrases(
            [(p, True) for p in lists["negations"]] + [(p, False) for p in lists["emphatic"]]
        ),
        **{name: Phrases((phrase, phrase) for phrase in lists[name]) for name in _PLAIN},
    )


def negations(words: Sequence[Word]) -> list[Found[bool]]:
    """Return what denies in `words`: "not", but not the one of "not only"."""
    return [found for found in lexicon().negations.find(words) if found.meaning]


def signed(words: Sequence[Word]) -> list[Found[float]]:
    """Return what is good and bad in `words`, in order; a negation shortly before turns it.

    What tells of being there at all ("out of the box") is turned by one further away, too.
    """
    marked = lexicon().polarity.find(words)
    denials = [found.last for found in negations(words)] if marked else []
    turned: list[Found[float]] = []
    denied: Found[float] | None = None  # the one right before, if it was turned
    for found in marked:
        alternative = denied is not None and _is_or(words[denied.last : found.first])
        if alternative or _is_denied(found, denials, words):
            denied, found = found, found._replace(meaning=-found.meaning)
        else:
            denied = None
        turned.append(found)
    return turned


def _is_or(between: Sequence[Word]) -> bool:
    """True between the two of "not fast or secure"."""
    return len(between) <= _REACH and any(word.text in ("or", "nor") for word in between)


def _is_denied(mark: Found[float], denials: Sequence[int], words: Sequence[Word]) -> bool:
    if not denials:
        return False
    if lexicon().availability.begins(words[mark.first : mark.last]):
        turns = lexicon().contrasts.find(words[: mark.first])
        earliest = max([mark.first - _FAR_REACH, *(turn.last for turn in turns)])
    else:
        earliest = mark.first - _REACH + 1
    return sum(earliest <= last <= mark.first for last in denials) % 2 == 1


def polarity(words: Sequence[Word]) -> float:
    """Return the sum of what is good and bad in `words`."""
    return sum(found.meaning for found in signed(words))
