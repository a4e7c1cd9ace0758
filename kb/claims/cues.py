"""How English asks, answers, chooses and points back: answering.toml, loaded once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kb.claims.lexicon import lexicon
from kb.phrases import Phrases
from kb.together import together

Opening = Literal["yes", "no", "draw"]

_FILE = Path(__file__).parent.parent / "lexicon" / "answering.toml"


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of answering.toml, where each is explained: single words as sets, else phrases."""

    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    resolving: frozenset[str]
    pronouns: frozenset[str]
    predicates: frozenset[str]
    orders: frozenset[str]
    speeds: frozenset[str]
    running: frozenset[str]
    merits: frozenset[str]
    faults: frozenset[str]
    large: frozenset[str]
    small: frozenset[str]
    details: frozenset[str]
    no_likeness: frozenset[str]
    more: frozenset[str]
    fewer: frozenset[str]
    burdens: frozenset[str]
    demands: frozenset[str]
    speakers: frozenset[str]
    competences: frozenset[str]
    experiences: frozenset[str]
    duties: Phrases[str]
    choices: Phrases[str]
    others: Phrases[str]
    winners: Phrases[str]
    choosing: Phrases[str]
    using: Phrases[str]
    leaving: Phrases[str]
    everyone: Phrases[str]
    former: Phrases[str]
    latter: Phrases[str]
    other: Phrases[str]
    echoes: Phrases[str]
    concessions: Phrases[str]
    wholes: Phrases[str]
    manners: Phrases[str]
    aside: Phrases[str]
    partings: Phrases[str]
    reported: Phrases[str]
    invites: Phrases[str]
    announces: Phrases[str]
    readers_ask: Phrases[str]
    meeting_places: Phrases[str]
    made_with: Phrases[str]
    gains: Phrases[str]
    conditional: Phrases[str]
    openings: Phrases[Opening]


_SETS = (
    "auxiliaries", "adverbs", "resolving", "pronouns", "predicates", "orders", "details",
    "no_likeness", "more", "fewer", "burdens", "demands",
    "speeds", "running", "merits", "faults", "large", "small",
    "speakers", "competences", "experiences",
)  # fmt: skip


@cache
def cues() -> Cues:
    """Return the lists; from now on they and those of the lexicon are looked for in one pass."""
    with _FILE.open("rb") as file:
        lists: dict[str, Any] = tomllib.load(file)
    openings: dict[Opening, list[str]] = lists.pop("openings")
    fields: dict[str, Any] = {name: frozenset(lists.pop(name)) for name in _SETS}
    fields |= {name: Phrases((p, p) for p in listed) for name, listed in lists.items()}
    phrases = [value for value in fields.values() if isinstance(value, Phrases)]
    together([*lexicon().of_sentences, *phrases])
    answers = Phrases((p, way) for way, listed in openings.items() for p in listed)
    return Cues(**fields, openings=answers)
