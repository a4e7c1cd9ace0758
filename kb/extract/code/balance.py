"""Balance: whether brackets and quotes are paired, in whatever language the code is."""

import re
from collections.abc import Iterator

_CLOSERS = {")": "(", "]": "[", "}": "{"}
_STRING = {  # a string that is not closed ends with its line, so that every text is read once
    '"': r'"(?:[^"\\\n]|\\.|\\(?=\n|\Z))*"?',
    "'": r"'(?:[^'\\\n]|\\.|\\(?=\n|\Z))*'?",
    "`": r"`[^`]*`?",
}
_BEFORE_PATTERN = r"(?:(?<=[(,=:!&|?;\[])|(?<=[(,=:!&|?;\[] ))"
_PATTERN = _BEFORE_PATTERN + r"/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
_LINE_COMMENT = {"//": r"//[^\n]*", "#": r"(?<![^\s])#[^\n]*", "--": r"--[^\n]*"}
_BLOCK_COMMENT = r"/\*(?:[^*]|\*(?!/))*(?:\*/)?"
_TAG_TEXT = re.compile(r">[^<>{}\n]*</")
_ELISION = re.compile(r"\W*(?:\.\.\.|…|etc\.?)\W*$")
_DOUBTFUL = re.compile(
    r"\w'\w|[<&]'\w|'(?:static|[a-z_])\b(?!')|#|\\\\|`"
)  # apostrophes, lifetimes, comments, escapes
_PATTERNS = re.compile(r"/|--")


def is_unbalanced(code: str, comments: tuple[str, ...] = ()) -> bool:
    """Tell whether the brackets of `code` do not match, however its quotes are read.

    `comments` are the marks that start one, of "//", "#" and "--". What begins in the middle,
    ends with an elision, or is the first line of something alone, counts as whole.
    """
    lines = [line for line in code.splitlines() if line.strip()]
    if not lines or _ELISION.match(lines[-1]) or _ELISION.match(lines[0]):
        return False
    if len(lines) == 1 and lines[0].rstrip().endswith(("{", "(", "[", ":")):
        return False
    readings = [_reading(quotes, comments) for quotes in ("\"'`", '"`', '"', "")]
    readings += [_reading("", ()), _reading("\"'`", comments, patterns=True)]
    without_tags = _TAG_TEXT.sub("></", code)
    texts = [code] if without_tags == code else [code, without_tags]
    return all(not _matches(_brackets(each, text)) for text in texts for each in readings)


def is_quote_missing(code: str, *, patterns: bool = True) -> bool:
    """Tell whether one quote has no partner, in a line where it can be nothing else.

    With `patterns` a slash may start one, or a comment.
    """
    for quote in ('"', "'"):
        other = "'" if quote == '"' else '"'
        if code.count(quote) % 2 == 0:
            continue
        odd = [line for line in code.splitlines() if line.count(quote) % 2]
        if len(odd) != 1 or other in odd[0] or _DOUBTFUL.search(odd[0]):
            continue
        if not (patterns and _PATTERNS.search(odd[0])):
            return True
    return False


def blanked(code: str) -> str:
    """Return Python-like `code` without what stands in strings and comments."""
    strings = r"(\"\"\"|''')(?:[^\\]|\\.)*?(?:\1|\Z)"
    pattern = f"{strings}|{_STRING[chr(34)]}|{_STRING[chr(39)]}|{_LINE_COMMENT['#']}"
    return re.sub(pattern, '""', code, flags=re.DOTALL)


def _reading(quotes: str, comments: tuple[str, ...], *, patterns: bool = False) -> re.Pattern[str]:
    parts = [_STRING[quote] for quote in quotes] + [_LINE_COMMENT[mark] for mark in comments]
    parts += [_BLOCK_COMMENT] * bool(comments) + [_PATTERN] * patterns
    return re.compile("|".join([*parts, r"([()\[\]{}])"]))


def _brackets(reading: re.Pattern[str], code: str) -> Iterator[str]:
    return (match[1] for match in reading.finditer(code) if match[1])


def _matches(brackets: Iterator[str]) -> bool:
    """Tell whether brackets match; closing ones before the first opening one are let pass."""
    open_: list[str] = []
    begun = False
    for bracket in brackets:
        if bracket not in _CLOSERS:
            open_.append(bracket)
            begun = True
        elif open_ and open_[-1] == _CLOSERS[bracket]:
            open_.pop()
        elif open_ or begun:
            return False
    return not open_
