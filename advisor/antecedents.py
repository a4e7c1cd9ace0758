"""Words that are quoted together with the sentence before them, which they point back to."""

import re
from functools import lru_cache

from advisor.cues import cues
from kb.extract.sentences import sentence_ends
from kb.model import Span
from kb.words import atoms, stem

LONGEST = 320  # characters that can be quoted
_OPENING = 24  # characters in which a sentence points back, if it does
_BULLET = re.compile(r"\s*[•*–-]\s*")
_LED_IN = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,3}, (?=[a-z])")  # "In addition, it …"
_NAMED_BEFORE = re.compile(
    r"\b(?:[Tt]hese|[Tt]hose) (?!who\b|that\b|which\b|of\b|with\b|days\b)(\w+)"
)
# What begins within a sentence, and has its subject before it.
_DEPENDS = re.compile(
    r"(?:and|or|nor|but also|which|who|whose|where|that|has|have|is|are|was|were|does|do|not"
    r"|it|its|they|their|this|these)\b"
)


def with_antecedent(text: str, span: Span) -> Span:
    """Return what is quoted with the sentences before it that it points back to, on its line.

    What begins within a sentence and has no subject begins where the sentence does. The rest of a
    line that would be too long together is left as it is.
    """
    quoted = text[span.start : span.end]
    within = bool(_DEPENDS.match(quoted))
    if not (within or points_back(quoted)):
        return span
    starts = _starts(text, span.start)
    begin = span.start
    while starts and (points_back(text[begin : span.end]) or (within and starts[-1] != begin)):
        within = False
        if span.end - starts[-1] > LONGEST:
            break
        begin = starts.pop()
    return Span(begin, span.end)


def points_back(quoted: str) -> bool:
    """True for "It is …", "In addition, it has …" and "X has to write these parts itself"."""
    led_in = _LED_IN.match(quoted)
    for start in (0, led_in.end()) if led_in else (0,):
        begins = quoted[start : start + _OPENING]
        words = begins.split(None, 1)
        may = bool(words) and _may_point_back(words[0])
        if may and cues().opens("points_back", tuple(atoms(begins))):
            return True
    if "hese " not in quoted and "hose " not in quoted:  # sooner seen than by the pattern
        return False
    named = _NAMED_BEFORE.search(quoted)
    if named is None:
        return False
    return stem(named[1].lower()) not in {word.stem for word in atoms(quoted[: named.start()])}


@lru_cache(maxsize=2048)  # sentences begin with few different words
def _may_point_back(stretch: str) -> bool:
    """False when no sentence points back that begins with these letters up to a space."""
    words = atoms(stretch)
    return not words or cues().phrases["points_back"].may_begin(words[0])


def _starts(text: str, place: int) -> list[int]:
    """Return where sentences begin that stand before `place` on its line, or hold it."""
    line = text.rfind("\n", 0, place) + 1
    bullet = _BULLET.match(text, line, place)
    first = bullet.end() if bullet else line
    return [start for start in (first, *sentence_ends(text, first, place)) if start < place]
