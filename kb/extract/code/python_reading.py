"""Python as articles show it -> its tree: fragments, sessions, old and new syntax are no faults."""

import ast
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator

from kb.extract.code.languages import is_command

_HEADER = re.compile(
    r"\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|with|try|except|finally|match|case)\b.*:"
    r"\s*(?:#.*)?$"
)
_PROMPT = re.compile(r"[ \t]*(?:(?:>>>|\.\.\.)(?: |$)|(?:In \[\d{1,5}\]|[ ]{3,9}\.\.\.): ?)")
_ELISION = re.compile(r"^([ \t]*)(?:\.\.\.|…|\. \. \.|\[\.\.\.\]|<\.\.\.>|<snip>),?$", re.MULTILINE)
_INLINE = (
    (re.compile("…"), "..."),
    (re.compile(r",\s*\.\.\.,?\s*([}\])])"), r"\1"),
    (re.compile(r"([({\[])\s*\.\.\.\s*,"), r"\1"),
    (re.compile(r"\bimport \.\.\."), "import anything"),
    (re.compile(r"(?<=[=(,: ])<[A-Za-z][\w ./-]{0,60}>"), "placeholder"),
)
_OLD = (
    (re.compile(r"(^[ \t]*|: *)print\s+>>\s*[\w.]+,?"), r"\1print "),
    (re.compile(r"(^[ \t]*|: *)print[ \t]+(?![(=.])(\S.*)$"), r"\1print((\2))"),
    (re.compile(r"(^[ \t]*|: *)print[ \t]*(\(.*\)[ \t]*(?:,|%).*)$"), r"\1print((\2))"),
    (re.compile(r"(^[ \t]*)exec[ \t]+(?![(=.])(\S.*)$"), r"\1exec((\2))"),
    (re.compile(r"\bexcept ([^:]+?), ?(\w+)[ \t]*:"), r"except \1 as \2:"),
    (re.compile(r"\braise (\w+), ?(.+)$"), r"raise \1(\2)"),
    (re.compile(r"\b0(\d+)\b"), r"0o\1"),
    (re.compile(r"\b(\d+)L\b"), r"\1"),
    (re.compile(r"\bur(?=[\"'])"), "r"),
    (re.compile(r"<>"), "!="),
)
_NEW = (
    (re.compile(r"^([ \t]*)type (\w+)(?:\[[^\]]*\])? ="), r"\1\2 ="),
    (re.compile(r"\b(def|class) (\w+)\[[^\]()]*\](?=[(:])"), r"\1 \2"),
    (re.compile(r"\b[rR]?[fFtT][rR]?\"(?:[^\"{}\\]|\\.|\{[^{}]*\})*\""), '""'),
    (re.compile(r"\b[rR]?[fFtT][rR]?'(?:[^'{}\\]|\\.|\{[^{}]*\})*'"), "''"),
)


def tree_of(code: str) -> ast.Module | None:
    """Return the tree of Python code that may be a fragment; None when no reading makes sense."""
    for attempt in _attempts(code):
        tree = parsed(attempt)
        if tree is not None:
            return tree
    return None


def parsed(code: str) -> ast.Module | None:
    """Return the tree of `code` as it stands, None when Python refuses it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def fault(code: str) -> str:
    """Return Python's own words for what is wrong with `code`, "" when nothing is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        return error.msg
    except (ValueError, RecursionError, MemoryError):
        pass
    return ""


def is_header(line: str) -> bool:
    """Tell whether an indented block has to follow `line`."""
    return bool(_HEADER.match(line))


def indent_of(line: str) -> int:
    """Return the columns before the first visible character."""
    return len(line) - len(line.lstrip())


def without_prompts(code: str) -> str:
    """Return what was typed into a session, without what it answered."""
    typed = []
    for line in code.splitlines():
        prompt = _PROMPT.match(line)
        if prompt:
            typed.append(line[prompt.end() :])
    return "\n".join(_separated(typed))


def _separated(lines: list[str]) -> Iterator[str]:
    """Yield a session's lines with an empty line where an indented block ends."""
    for above, line in zip(["", *lines], lines, strict=False):
        if above.startswith(" ") and line and not line.startswith(" "):
            yield ""
        yield line


def _attempts(code: str) -> Iterator[str]:
    """Yield readings of `code`, each more lenient than the one before."""
    code = textwrap.dedent(code.expandtabs(4)).strip("\n")
    yield code
    steps: tuple[Callable[[str], str], ...] = (
        _with_surroundings,
        lambda text: _replaced(text, _OLD),
        lambda text: _replaced(text, _NEW),
        _without_elisions,
        _without_commands,
    )
    for step in steps:
        code = step(code)
        yield code
        yield _with_surroundings(code)
    yield _with_function(code)
    for before, after in (("{", "}"), ("called(", ")"), ("[", "]")):
        yield f"{before}\n{code}\n{after}"


def _replaced(code: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    lines = code.split("\n")
    for pattern, replacement in rules:
        lines = [pattern.sub(replacement, line) for line in lines]
    return "\n".join(lines)


def _without_elisions(code: str) -> str:
    code = _ELISION.sub(r"\1# ...", code)
    for pattern, replacement in _INLINE:
        code = pattern.sub(replacement, code)
    return code


def _without_commands(code: str) -> str:
    lines = code.split("\n")
    return "\n".join("" if is_command(line) and not parsed(line) else line for line in lines)


def _with_function(code: str) -> str:
    """Return `code` with a function below its last line, in case that is a decorator."""
    lines = [line for line in code.split("\n") if line.strip()]
    indent = next((indent_of(line) for line in reversed(lines) if line.lstrip()[:1] == "@"), 0)
    return f"{code}\n{' ' * indent}def called(): pass"


def _with_surroundings(code: str) -> str:
    """Return a fragment with the lines that have to stand around it."""
    lines = _with_bodies(code.split("\n"))
    return "\n".join([*_lines_above(lines), *lines])


def _lines_above(lines: list[str]) -> Iterator[str]:
    """Yield what opens the blocks that `lines` begin in the middle of."""
    code = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not code:
        return
    outer: list[int] = []
    for line in code:
        if indent_of(line) < (outer[-1] if outer else indent_of(code[0])):
            outer.append(indent_of(line))
    for indent in reversed(outer):
        yield " " * indent + "if True:"
    first, margin = code[0].lstrip(), " " * indent_of(code[0])
    opener = {"el": "if True:", "ex": "try:", "fi": "try:"}.get(first[:2], "")
    if opener and re.match(r"(?:elif|else|except|finally)\b", first):
        yield from (margin + opener, margin + "    pass")


def _with_bodies(lines: list[str]) -> list[str]:
    """Return `lines` with `pass` below a header whose body is comments, or that is the last."""
    written: list[str] = []
    header, commented = "", False
    for line in [*lines, ""]:
        visible = line.strip()
        if visible.startswith("#"):
            commented = commented or indent_of(line) > indent_of(header)
        elif visible:
            if header and commented and indent_of(line) <= indent_of(header):
                written.append(" " * (indent_of(header) + 1) + "pass")
            header, commented = (line, False) if is_header(line) else ("", False)
        written.append(line)
    last = next((line for line in reversed(lines) if line.strip(" #.")), "")
    ends_open = last.rstrip().endswith(":") and not last.lstrip().startswith("#")
    above = header or (last if ends_open else "")
    return [*written, " " * (indent_of(above) + 1) + "pass"] if above else written
