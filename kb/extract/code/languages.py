"""Languages: what a piece of code is written in, as far as its own lines tell."""

import re
from functools import cache
from typing import Literal

from kb.extract.cues import cues

Language = Literal[
    "python", "shell", "sql", "json", "markup", "script", "settings", "tree", "session", ""
]

_PROMPT = re.compile(r"^[ \t]*(?:>>> ?|In \[\d{1,5}\]:)", re.MULTILINE)
_TREE = re.compile(r"[│├└]")
_MARGIN = re.compile(r"^[ \t]*\d*[ \t]+\|", re.MULTILINE)  # of a compiler's messages
_SQL = re.compile(
    r"^[ \t]*(?:SELECT\s|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|WITH\s+\w+\s+AS\s*\("
    r"|(?:CREATE|ALTER|DROP)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|TYPE|VIEW|DATABASE)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_MARKUP = re.compile(r"^[ \t]*(?:<[a-zA-Z!/][^\n]*|\{[%{#][^\n]*)$", re.MULTILINE)
_MORE_COMMANDS = ("cat", "cp", "echo", "mv", "rm", "touch", "gunicorn", "uvicorn")
_STRONG = re.compile(
    r"^[ \t]*(?:from[ \t]+(?:[\w.]+[ \t]+)?import\b"
    r"|(?:async )?def [\w*]+ ?\([^{\n]*$"
    r"|class \w+ ?(?:\([^{\n]*\) ?)?:"
    r"|@\w[\w.]*\([^{;\n]*\)?$"
    r"|import [a-z_][\w.]*(?: as \w+)?(?:, ?[a-z_][\w.]*)*$"
    r"|if \W{0,3}(?:__)?name(?:__)?\W{0,3} == )|\bself\.\w|^\w+ = \w+\(__name__\)",
    re.MULTILINE,
)
_WEAK = re.compile(
    r"^[ \t]*(?:(?:if|elif|while|with|except|for)\b[^{;\n]*\S:[ \t]*(?:#.*)?$"
    r"|(?:else|try|finally):[ \t]*$|print ?\(|return\b[^;{\n]*$|@\()",
    re.MULTILINE,
)
_FOREIGN = re.compile(
    r"^[ \t]*(?:(?:export|const|let|var|function|public|private|protected|package|func|fun|fn"
    r"|using|namespace|local|val|use|module|impl|struct|enum|interface|extends)\b|#include|end$"
    r"|\}[ \t]*(?:else|catch|$)|<\?|</?\w+[^=\n]*>$|def [\w.?!]+(?:\([^)]*\))?[ \t]*(?:do)?$)"
    r"|;[ \t]*$|\)[ \t]*\{[ \t]*$|=> ?[\w{(]|<- |\bthen$",
    re.MULTILINE,
)
_SCRIPT = re.compile(
    r"^[ \t]*(?:(?:export|const|let|var|function|public|private|protected|class|func|fn|impl|struct"
    r"|interface|import|using|namespace|package)\b[^\n]*(?:[{;(]|[\"'])[ \t]*(?://.*)?$"
    r"|#include|\}[\s;)]*$)|;[ \t]*(?://.*)?$|=> ?[{(\w]",
    re.MULTILINE,
)
_SETTING = re.compile(
    r"^[ \t]*(?:- )?[\w.\"-]+ ?(?::(?= |$)|=)[^\n]*$|^[ \t]*(?:[#;].*|- .*|\[[\w.\" -]+\])$",
    re.MULTILINE,
)
_STATEMENT = re.compile(r"^[ \t]*(?:from|import|def|class|if|for|return|print)\b", re.MULTILINE)


def language_of(code: str) -> Language:
    """Return the language of `code`, "session" for Python with prompts; "" when it is not plain.

    "script" is any language with braces, "tree" whatever is drawn rather than written. To be
    taken for Python, code has to hold lines that are nothing else.
    """
    if _PROMPT.search(code):
        return "session"
    if _TREE.search(code) or len(_MARGIN.findall(code)) * 2 >= _lines(code):
        return "tree"
    if code.lstrip().startswith("$ "):
        return "shell"
    if _is_json(code):
        return "json"
    if _is_python(code):
        return "python"
    if len(_MARKUP.findall(code)) * 2 >= _lines(code) or code.lstrip().startswith(("<!", "<?")):
        return "markup"
    if _SQL.match(code) or (_SQL.search(code) and not _FOREIGN.search(code.replace(";", ""))):
        return "sql"
    if len(_commands().findall(code)) * 2 >= _lines(code) and not _STATEMENT.search(code):
        return "shell"
    if len(_SETTING.findall(code)) >= 0.9 * _lines(code):
        return "settings"
    return "script" if _SCRIPT.search(code) else ""


def is_command(line: str) -> bool:
    """Tell whether a line is one for a shell."""
    return bool(_commands().match(line)) or line.lstrip().startswith(("$ ", "% ", "!"))


@cache
def _commands() -> re.Pattern[str]:
    names = "|".join(map(re.escape, (*cues().commands, *_MORE_COMMANDS)))
    return re.compile(
        rf"^[ \t]*(?:[$%#] +)?(?:sudo +)?(?:{names})(?=[ \n]|\Z)(?! *[=(.:])", re.MULTILINE
    )


def _is_python(code: str) -> bool:
    strong, weak = len(_STRONG.findall(code)), len(_WEAK.findall(code))
    foreign = len(_FOREIGN.findall(code))
    return (strong > 0 or weak > 1) and foreign * 4 <= strong + weak


def _is_json(code: str) -> bool:
    text = code.strip()
    starts = text.startswith(("{", "[")) and text[1:].lstrip()[:1] in ('"', "{", "[", "}", "/", "“")
    return starts and not re.search(r"^[ \t]*[\w.]+ ?[=(]|\{[%{]", text, re.MULTILINE)


def _lines(code: str) -> int:
    return max(1, sum(bool(line.strip()) for line in code.splitlines()))
