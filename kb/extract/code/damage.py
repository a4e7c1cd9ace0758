"""Damage: what a piece of code lost before it was stored, so that nobody takes it for working."""

import re
from collections.abc import Mapping

from kb.extract.code.balance import is_unbalanced
from kb.extract.code.code_damage import code_damage
from kb.extract.code.languages import Language, language_of
from kb.extract.code.python_damage import BRACKETS, QUOTE, UNDERSCORES
from kb.extract.code.python_reading import parsed
from kb.model import Block, Document

LONGEST = 20_000  # characters; of longer code nothing is said
DEEPEST = 60  # brackets in brackets; Python's own parser stops at 200
ABOVE, BELOW = 3, 9  # blocks that a reader may have cut off from a piece of code
WIDEST = 4_000  # characters of such a piece
MOST_CUT = 100  # pieces in a document that are looked at so; each may take 30 ms

_RUNS = re.compile(r"(?<=[ \t]{99})[ \t]+|(?<=\n\n)\n+")
_LABEL = re.compile(
    r"^[ \t]*(?:\w{0,12} ?Copy code(?! )|(?:Copy to clipboard|Copied!?)[ \t]*$)", re.MULTILINE
)
_LAST_LABEL = re.compile(r"\A\s*Copy[ \t]*\n\s*\S|\S\n\s*Copy\s*\Z")
_NUMBERED = re.compile(r"[ \t]*(\d{1,4})(?![\d.,)|:%/-])[ \t]*(.*)")
_READS_AS_CODE = re.compile(
    r"\s*(?:(?:from|import|def|class|return|if|for|const|let|var|function|public|select)\b"
    r"|[\w.]+ ?=|[\w.]+\(|[@#<}])|.*[;{}]$",
    re.IGNORECASE,
)


def damage(code: str) -> str:
    """Return a short sentence on what is wrong with `code`, "" when nothing is known to be.

    Without capital and full stop: "the indentation was lost". Only what no correct fragment
    shows counts; the language is told from the code. Nothing is said of code above LONGEST
    characters or nested deeper than DEEPEST.
    """
    if len(code) > LONGEST or _depth(code) > DEEPEST or not code.strip():
        return ""
    code = _RUNS.sub("", code)
    language = language_of(code)
    return _page_leftovers(code, language) or code_damage(code, language)


def damage_in_prose(text: str) -> str:
    """Return the same for running text, where only code that can be nothing else is judged."""
    if re.search(r"\bfrom {1,3}import [A-Z]\w", text):
        return "a name is missing after from"
    if re.search(r"\bif name ?== ?[\"'“‘]main[\"'”’]", text):
        return UNDERSCORES
    return ""


def damages(document: Document) -> Mapping[int, str]:
    """Return what is wrong with the blocks of code of `document`, by where they start.

    Each is judged whole. What only a reader cut, at a line that looks like prose, is no damage:
    it is let pass when it is complete together with the blocks around it.
    """
    found: dict[int, str] = {}
    looked_at = 0
    for place, block in enumerate(document.blocks):
        wrong = damage(_lines_of(document.text, block, block)) if block.kind == "code" else ""
        if wrong in (BRACKETS, QUOTE) and looked_at < MOST_CUT:
            looked_at += 1
            wrong = "" if _is_cut(document, place, wrong) else wrong
        if wrong:
            found[block.start] = wrong
    return found


def _is_cut(document: Document, place: int, wrong: str) -> bool:
    """Tell whether the text around a block of code completes it."""
    blocks = document.blocks
    for first in range(place, max(-1, place - ABOVE - 1), -1):
        for last in range(place, min(len(blocks), place + BELOW + 1)):
            whole = _lines_of(document.text, blocks[first], blocks[last])
            if len(whole) > WIDEST:
                break
            balanced = wrong == BRACKETS and not is_unbalanced(whole, ("//", "#"))
            if (first, last) != (place, place) and (balanced or parsed(whole)):
                return True
    return False


def _lines_of(text: str, first: Block, last: Block) -> str:
    """Return the text of the blocks with the indentation of its first line."""
    line = text.rfind("\n", 0, first.start) + 1
    start = first.start if text[line : first.start].strip() else line
    return text[start : last.end]


def _depth(code: str) -> int:
    """Return how deep the brackets of `code` may be nested, at most."""
    depth = deepest = 0
    for bracket in re.findall(r"[()\[\]{}]", code):
        depth = depth + 1 if bracket in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _page_leftovers(code: str, language: Language) -> str:
    """Return what of the page around it was copied together with the code."""
    if _LABEL.search(code) or (language != "tree" and _LAST_LABEL.search(code)):
        return "the label of a button stands in it"
    return "line numbers stand in it" if _has_line_numbers(code) else ""


def _has_line_numbers(code: str) -> bool:
    lines = [line for line in code.splitlines() if line.strip()]
    found = [match for match in map(_NUMBERED.match, lines) if match]
    numbers = [int(match[1]) for match in found]
    if len(found) < 3 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return False
    rests = [match[2] for match in found if match[2].strip()]
    if not rests:  # a column of numbers above the code, or below
        above = [match.string for match in found] == lines[: len(found)]
        return above and any(map(_READS_AS_CODE.match, lines[len(found) :]))
    readable = sum(bool(_READS_AS_CODE.match(rest)) for rest in rests)
    return len(found) == len(lines) and readable * 2 >= len(rests)
