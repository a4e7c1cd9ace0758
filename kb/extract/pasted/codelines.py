"""Code lines: which lines of pasted text are program code, a command or a file tree."""

import re
from collections.abc import Iterator, Sequence

from kb.extract.cues import cues
from kb.extract.pasted.lines import Line, is_prose

INDENT = 4  # columns; bullets of pasted text stand at 2 to 8, but have a marker
_LONGEST = 400  # characters; a longer line is looked at in its beginning only

_STATEMENT = re.compile(
    r"from\b[\w .]{0,80}\bimport\b"
    r"|import [\w.*{][\w., {}*]{0,80}(?: from .{1,60})?;?$"
    r"|(?:async )?def \w*\("
    r"|class \w+\b[^.]{0,80}[:{]$"
    r"|(?:(?:el)?if|for|while|with|except|switch)\b.{1,120}[:{]$|(?:else|try) ?[:{]$"
    r"|(?:return|yield|raise|throw|await)\b.{0,120}[\w)\]}'\";]$"
    r"|(?:export )?(?:default )?(?:const|let|var|function|async function)\b.{0,80}[=({;]"
    r"|(?:public|private|protected|static|package|namespace|using|func|fn)\b.{0,80}[{;)]$"
    r"|(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|(?:CREATE|ALTER|DROP) (?:TABLE|INDEX|TYPE))\b"
    r"(?=.{0,200}(?:\b(?:FROM|SET|VALUES|ADD|IF|ON)\b|[(;*]))"
    r"|@[\w(][\w.]*(?:\(|$)"
    r"|<[/!?]?[a-zA-Z][^<>]{0,120}>"
    r"|(?:\$|>>>|\.\.\.|%|C:\\>) \S"
    r"|//|/\*|\*/|#!|<!--"
)
_ASSIGNMENT = re.compile(r"[\w.\[\]'\"]+(?:, ?[\w.]+)? ?(?:: ?\w+)? ?[-+*/|%&]?= ?(?![=>])\S")
_CALL = re.compile(r"[\w.]*\(.*\)[;,:]*$")
_REMARK = re.compile(r"\([A-Z][a-z]+(?:[ :,]+[\w'’.-]{1,40}){1,12}\)$")  # a caption, not a call
_CLOSERS = re.compile(r"[\]})]+[;,)]*$")
_KEY = re.compile(r"[\"'][\w-]+[\"'] ?: ?\S")
_TREE = re.compile(r"[│├└]|[\w.-]+/$")
_COMMENT = re.compile(r"#(?:$| )|-- ")
_FILE = re.compile(r"[\w.-]+\.[a-z]{1,5}$")


def code_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the runs of code as (first, last) line indexes, both included, in order.

    Blank lines inside a block of code do not end it.
    """
    runs: list[tuple[int, int]] = []
    for first, last in _groups(lines):
        for run in _in_group(lines, first, last):
            if runs and runs[-1][1] + 1 == run[0] and lines[run[0]].gap <= 2:
                runs[-1] = (runs[-1][0], run[1])
            else:
                runs.append(run)
    return runs


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the lines that stand together without a blank line."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap:
            yield first, index - 1
            first = index


def _in_group(lines: Sequence[Line], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of code and compatible lines that hold at least one line of code."""
    start, sure = -1, False
    for index in range(first, last + 2):
        line = lines[index] if index <= last else None
        is_code = line is not None and _is_code(line, lines, index)
        if line is not None and (is_code or _is_compatible(line)):
            start = index if start < 0 else start
            sure = sure or is_code
            continue
        if sure:
            yield start, index - 1
        start, sure = -1, False


def _is_code(line: Line, lines: Sequence[Line], index: int) -> bool:
    if line.bullet:
        return False
    text = line.text[:_LONGEST]
    if line.numbers or (is_prose(line) and not text.endswith((";", ","))):
        return False
    if _STATEMENT.match(text) or _CLOSERS.match(text) or _KEY.match(text) or _TREE.match(text):
        return True
    if text.endswith(("{", ";", "({", "=>")) and not is_prose(line):
        return True
    if _CALL.match(text) and not _REMARK.match(text):
        return not text.split("(")[0].endswith(" ") and " " not in text.split("(")[0]
    return bool(_ASSIGNMENT.match(text)) or _is_command(line, lines, index)


def _is_command(line: Line, lines: Sequence[Line], index: int) -> bool:
    """Tell a command line from a sentence that starts with the same word."""
    tokens = line.text.split()
    if tokens[0] not in cues().commands or line.text.endswith((".", ":", ",")):
        return False
    led_in = index > 0 and lines[index - 1].text.endswith(":")
    return len(tokens) <= 4 or led_in or any(set(token) & set("-=/.") for token in tokens[1:])


def _is_compatible(line: Line) -> bool:
    """Tell whether `line` may stand between lines of code."""
    if line.bullet or line.numbers:
        return False
    if line.indent >= INDENT or _COMMENT.match(line.text) or _FILE.match(line.text):
        return True
    first = line.text[0]
    plain = not line.text.endswith((".", ":", "?", "!")) and len(line.text.split()) <= 6
    return plain and not first.isupper() and first.isascii()
