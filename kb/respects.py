"""In what respect a statement judges, and how: ease, speed, safety, whether a thing is there."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kb.claims.lexicon import negations
from kb.model import Claim
from kb.phrases import Phrases
from kb.words import atoms

_FILE = Path(__file__).parent / "lexicon" / "respects.toml"
_REACH = 3  # words behind a negation that it turns round
_OF_A_USE = frozenset(("there", "whole"))  # what is good for a use has what it takes
_COMPARED = "comparison"  # the method of what is said of the one that comes off worse


class Respect(NamedTuple):
    """A respect, as an id of respects.toml, and whether it is judged well."""

    id: str
    good: bool


@cache
def _phrases() -> Phrases[Respect]:
    with _FILE.open("rb") as file:
        lists: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return Phrases(
        (phrase, Respect(id, sign == "good"))
        for id, signs in lists.items()
        for sign, phrases in signs.items()
        for phrase in phrases
    )


@lru_cache(maxsize=4096)  # the same claims are compared for every question
def respects(quote: str) -> frozenset[Respect]:
    """Return the respects in which `quote` judges, none for a mere name.

    "easy to learn, but not cheap" praises the ease and blames the cost.
    """
    words = atoms(quote)
    found = _phrases().find(words)
    denials = [denial.last for denial in negations(words)] if found else []
    return frozenset(
        each.meaning._replace(good=not each.meaning.good)
        if sum(0 <= each.first - last < _REACH for last in denials) % 2
        else each.meaning
        for each in found
    )


def judged(claim: Claim) -> frozenset[str]:
    """Return the respects in which a claim says what its stance is; those it grants are left out.

    "X is easier than Y" says of Y that it is less easy. A use that is listed for an option says
    that it has what that takes.
    """
    wanted = (claim.stance == "for") != (claim.stance == "against" and claim.method == _COMPARED)
    told = frozenset(each.id for each in respects(claim.quote) if each.good == wanted)
    return told | _OF_A_USE if claim.method == "use" else told
