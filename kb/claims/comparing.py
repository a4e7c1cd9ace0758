"""A sentence on two things to which of them it calls the better one."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.phrases import Found
from kb.words import Word

_FILE = Path(__file__).parent.parent / "lexicon" / "comparing.toml"
_QUALITY = re.compile(r".{3,}(?:ful|ive|able|ible|ent|ant|ous|ic|al|ed|ing)")
_FAR = 9  # words between "than" and what is compared with
_NEAR = 5  # words between a thing and what praises it


@dataclass(frozen=True, slots=True)
class Comparison:
    """`better` and `worse` are what the phrases compared stand for."""

    better: str
    worse: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's words and the things it names, in order."""

    text: str
    words: tuple[str, ...]
    places: tuple[Word, ...]
    things: tuple[Found[str], ...]

    def between(self, first: Found[str], second: Found[str]) -> str:
        first, second = sorted((first, second), key=lambda thing: thing.first)
        return self.text[first.end : second.start]


@cache
def _lists() -> dict[str, frozenset[str]]:
    with _FILE.open("rb") as file:
        return {name: frozenset(words) for name, words in tomllib.load(file).items()}


def compare(text: str, words: Sequence[Word], things: Sequence[Found[str]]) -> Comparison | None:
    """Return which of the things that `text` names it calls better, None when it does not say.

    `words` are the atoms of `text`, `things` where the compared things stand among them; two of
    them at least have to differ. Word order decides: whoever stands before a comparative is
    compared with whoever stands behind its "than"; "not" turns it round.
    """
    named = {thing.meaning for thing in things}
    if len(named) != 2 or any(phrase in text.lower() for phrase in _lists()["open"]):
        return None
    sentence = _Sentence(text, tuple(word.text for word in words), tuple(words), tuple(things))
    for place in range(len(words)):
        found = _at(sentence, place)
        if found:
            return found
    return _not_as_good(sentence) or next(_praised(sentence), None)


def _at(sentence: _Sentence, place: int) -> Comparison | None:
    word = sentence.words[place]
    behind = [thing for thing in sentence.things if thing.first > place]
    before = [thing for thing in sentence.things if thing.first < place]
    turned = _is_turned(sentence.words[max(0, place - 3) : place])
    if (
        word in _lists()["prefers"]
        and before
        and _lists()["being"] & set(sentence.words[max(0, place - 3) : place])
    ):
        return _ordered(sentence, before[-1], turned=turned)  # "X is preferred over Y"
    if word in _lists()["prefers"] and behind:
        return _ordered(sentence, behind[0], turned=turned)
    if word in _lists()["beats"] and before and behind:
        if before[-1].meaning != behind[0].meaning:
            return _ordered(sentence, before[-1], turned=turned)
        return None
    sign = _sign(sentence.words, place)
    if not sign:
        return None
    than = _opener(sentence.words, place)
    if than is None:
        return None
    compared = [t for t in sentence.things if than < t.first <= than + _FAR]
    if not compared:
        return None
    rivals = [t for t in sentence.things if t.first < than and t.meaning != compared[0].meaning]
    return _ordered(sentence, rivals[-1], turned=turned != (sign < 0)) if rivals else None


def _sign(words: Sequence[str], place: int) -> int:
    """Return 1 for a comparative that praises, -1 for one that blames, 0 for any other word."""
    word = words[place]
    amount = _amount(words, place)
    if amount:
        return amount
    if word in _lists()["worse"]:
        return -1
    if word in _lists()["better"]:
        return 1
    if word in ("more", "less", "fewer") and place and words[place - 1] in _lists()["demands"]:
        return -1 if word == "more" else 1
    if word in ("more", "less") and place + 1 < len(words):
        fault = bool(_lists()["faults"] & set(words[place + 1 : place + 3]))
        return -1 if fault == (word == "more") else 1
    is_comparative = (
        word.endswith("er") and len(word) > 4 and word not in _lists()["no_comparisons"]
    )
    return 1 if is_comparative and "than" in words[place + 1 : place + 6] else 0


def _amount(words: Sequence[str], place: int) -> int:
    """Return the sign of "a smaller community", "less overhead", 0 for what is no amount."""
    sign = (words[place] in _lists()["larger"]) - (words[place] in _lists()["smaller"])
    if not sign:
        return 0
    behind = set(words[place + 1 : place + 4]) - {"than"}
    if behind & _lists()["faults"]:
        return -sign
    near = behind | (
        set(words[max(0, place - 4) : place])
        if words[place + 1 : place + 2] == ("than",)
        else set()
    )
    return sign if near & _lists()["wanted"] else 0


def _opener(words: Sequence[str], place: int) -> int | None:
    """Return where "than" or its like stands behind a comparative."""
    for at in range(place + 1, min(len(words), place + 14)):
        if words[at] in _lists()["openers"]:
            return at
        if words[at] == "to" and words[place] in ("superior", "inferior"):
            return at
    return None


def _is_turned(before: Sequence[str]) -> bool:
    return sum(word in _lists()["negations"] for word in before) % 2 == 1


def _ordered(sentence: _Sentence, praised: Found[str], *, turned: bool) -> Comparison:
    other = next(t.meaning for t in sentence.things if t.meaning != praised.meaning)
    if turned:
        return Comparison(other, praised.meaning)
    return Comparison(praised.meaning, other)


def _not_as_good(sentence: _Sentence) -> Comparison | None:
    """ "X is not as good as Y", "not nearly as good as"."""
    words = sentence.words
    for place, word in enumerate(words[:-2]):
        if word not in _lists()["negations"] or "as" not in words[place + 1 : place + 3]:
            continue
        second = next(
            (p for p in range(place + 3, min(len(words), place + 8)) if words[p] == "as"), None
        )
        if second is None:
            continue
        before = [t for t in sentence.things if t.first < place]
        behind = [t for t in sentence.things if second < t.first <= second + 6]
        if before and behind and before[-1].meaning != behind[0].meaning:
            return _ordered(sentence, before[-1], turned=True)
    return None


def _praised(sentence: _Sentence) -> Iterator[Comparison]:
    """Yield what is called better without "than": "I tried X, but Y is much better"."""
    for place in range(len(sentence.words)):
        sign = _plain_sign(sentence.words, place)
        near = [t for t in sentence.things if 0 <= place - t.last <= _NEAR]
        near = [t for t in near if not _is_measure(sentence, t)]
        if not sign or not near or "than" in sentence.words[place + 1 : place + 10]:
            continue
        thing = near[-1]
        gap = sentence.words[thing.last : place]
        written = sentence.text[thing.end : sentence.places[place].start]
        if not _lists()["copulas"] & set(gap) or "," in written or _is_joined(sentence, thing):
            continue
        yield _ordered(sentence, thing, turned=_is_turned(gap) != (sign < 0))


def _is_measure(sentence: _Sentence, thing: Found[str]) -> bool:
    """True for Y in "X compared to Y is better"."""
    before = sentence.words[max(0, thing.first - 2) : thing.first]
    return "compared" in before or before[-1:] in (("than",), ("unlike",))


def _plain_sign(words: Sequence[str], place: int) -> int:
    word = words[place]
    if word in ("more", "less"):
        follows = words[place + 1] if place + 1 < len(words) else ""
        if not (_QUALITY.fullmatch(follows) or follows in _lists()["faults"]):
            return 0
        return -1 if (follows in _lists()["faults"]) == (word == "more") else 1
    return -1 if word in _lists()["worse"] else 1 if word in _lists()["better"] else 0


def _is_joined(sentence: _Sentence, thing: Found[str]) -> bool:
    """True for "X and Y are better", "X, Z or Y": both are praised, and neither above the other."""
    for other in sentence.things:
        if other.meaning == thing.meaning:
            continue
        first, second = sorted((thing, other), key=lambda each: each.first)
        gap = sentence.words[first.last : second.first]
        joins = {"and", "or", "nor", "vs", "versus"}
        if len(gap) <= 1 and set(gap) <= joins:
            return True
        if len(gap) <= 4 and joins & set(gap) and "," in sentence.between(first, second):
            return True
    return False
