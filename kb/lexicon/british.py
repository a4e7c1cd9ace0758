"""British spellings as American ones, so that "customise" and "customize" are one word."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_BEGINNING = re.compile(r"(?:un|dis|over|mis|re|im|in|self|non)+")
_ISE = re.compile(r"([a-z]+[bcdfghj-np-tvxyz])is(e[drs]?|ers|ing|ations?|able|ational|ingly)")
_YSE = re.compile(r"(ana|para|cata|hydro|electro|breatha)lys(e[dr]?|ers|ing)")
_OUR = re.compile(
    r"((?:dis|mis|re|un)?(?:arb|arm|behavi|clam|col|discol|demean|endeav|fav|flav|harb|hon|hum|lab|neighb"
    r"|od|parl|ranc|rum|sav|savi|splend|tum|val|vap|vig))our"
    r"(s|ed|ing|ings|ite|ites|able|ably|al|ally|ful|fully|less|er|ers|hood|hoods|ly|y|ist|ists|ism)?"
)
_RE = re.compile(
    r"((?:epi)?cent|(?:kilo|centi|milli|nano)?met|(?:milli)?lit|theat|fib|calib|somb|spect|lust)re(s|d)?"
)
_DOUBLED = re.compile(
    r"((?:re|un|mis)?(?:cance|channe|counse|dia|drive|ename|equa|fue|funne|grave|initia"
    r"|jewe|labe|leve|libe|marsha|marve|mode|pane|parce|peda|penci|quarre|reve|riva|shove|shrive|signa"
    r"|snorke|spira|symbo|tota|trave|tunne|unrave|wease))ll(ed|ing|ings|er|ers|ors?|ation)"
)
_LOGUE = re.compile(r"(ana|cata|dia)logue(s|d)?")
_ENDINGS = ((_YSE, "lyz"), (_OUR, "or"), (_RE, "er"), (_DOUBLED, "l"), (_LOGUE, "log"))
_SHORT = ("er", "log")  # what has lost its e: "centred", "catalogued"
_SHORTEST = 4  # letters


def _lists() -> tuple[Mapping[str, str], frozenset[str]]:
    """Return words by themselves, and what is before the -ise that is never written with a z."""
    with Path(__file__).with_name("british.toml").open("rb") as file:
        lists = tomllib.load(file)
    return lists["words"], frozenset(lists["always_s"].split())


_WORDS, _ALWAYS_S = _lists()  # at once: whoever reads words later may read no files any more


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """Return a normalised word in its American spelling, and any other one as it is.

    By the endings of English, not by a dictionary: what is no word at all is changed as well. The
    pairs are those of the usual style guides: -ise, -yse, -our, -re, -lled, -logue.
    """
    if len(word) < _SHORTEST or not word.isascii():
        return word
    if plain := _WORDS.get(word):
        return plain
    if found := _ISE.fullmatch(word):
        known = {found[1], _BEGINNING.sub("", found[1], count=1)}
        return word if known & _ALWAYS_S else f"{found[1]}iz{found[2]}"
    for pattern, ending in _ENDINGS:
        if found := pattern.fullmatch(word):
            behind = found[2] or ""
            return f"{found[1]}{ending}{'ed' if behind == 'd' and ending in _SHORT else behind}"
    return word
