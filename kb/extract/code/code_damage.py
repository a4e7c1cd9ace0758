"""Code damage: what code in any language has lost, as far as its signs and pairs tell."""

import re

from kb.extract.code.balance import blanked, is_quote_missing, is_unbalanced
from kb.extract.code.languages import Language, is_command
from kb.extract.code.python_damage import (
    BRACKETS,
    ENTITIES,
    INDENTATION,
    QUOTE,
    QUOTES,
    python_damage,
)
from kb.extract.code.python_reading import parsed

_MISSING = "a name is missing after {}"
_TYPOGRAPHIC = re.compile(r"[=(\[{,:][ \t]*[“”„‘’]|[”’]:[ \t]")
_TYPOGRAPHIC_IN_TEXT = re.compile(r"[=(\[][ \t]*[“„‘]|=[ \t]*[”’]")
_TYPOGRAPHIC_WORD = re.compile(r"[ =][“„‘][^“”„‘’\n]*[”’]")
_TEXT = re.compile(r"//[^\n]*|/\*(?:[^*]|\*(?!/))*|--[^\n]*|`[^`]*`?|>[^<>{}]*<")
_ENTITY = re.compile(r"[\w)\]] &(?:lt|gt);=? |=&gt;|&amp;&amp;")
_DASHED = re.compile(r"(?<=\s)[–—][a-zA-Z]")
_INTERPRETER = re.compile(r"^[ \t]*(?:[$#%] )?(python3?|node|ruby|php|bash|sh) {2,}\w", re.M)
_GLUED_COMMAND = re.compile(
    r"(?<=[a-z\d])(?<!\bp)(?<!-m)(?:pip3? install |npm (?:install|run) |sudo )"
)
_SQL_NAME = re.compile(
    r"\b(FROM|JOIN|INTO)\s+(?:(?:WHERE|SET|ON|GROUP|ORDER|LIMIT)\b|;)|\b(INTO)\s+VALUES\b"
    r"|\b(SELECT)\s+FROM\b|\b(INTO)\s*\(|\bCREATE +(TABLE)\s*\(|\b(WHERE)\s*(?:[=<>;]|\Z)"
    r"|\A\s*(UPDATE)\s+SET\b",
    re.IGNORECASE,
)
_EMPTY_TAG = re.compile(
    r"\{%-?\s*(?:extends|block|include|if|elif|url|load|for|from|import)\s*-?%\}"
    r"|\{%-?\s*for\s+in\b"
)
_EMPTY_VALUE = re.compile(r"(?<!=)\{\{\s*\}\}|\{%\s*%\}")
_HALF_TAG = re.compile(r"\{%(?:(?!%\}|\{%).)*+(?!%\})|\{\{[^{}\n]*\}(?!\})", re.DOTALL)
_ONLY_COMMENT = re.compile(r"\s*<!--[^>\n]*-->\s*\Z")
_EMPTY_KEYS = re.compile(r"^[\w-]+:\n[\w-]+:\n?", re.M)
_COMMENTS: dict[Language, tuple[str, ...]] = {"sql": ("--",), "json": ("//",), "script": ("//",)}


def code_damage(code: str, language: Language) -> str:
    """Return what is wrong with `code` of a known language, "" when nothing is known to be."""
    if language == "session" and parsed(code) is None:
        return python_damage(code, session=True)
    if language in ("python", "session"):
        return python_damage(code)
    if language == "tree":
        return ""
    if language == "markup":
        return _markup_damage(code)
    if language == "shell":
        return _shell_damage(code)
    if language == "settings":
        return _settings_damage(code)
    bare = _TEXT.sub(" ", blanked(code))
    if (_TYPOGRAPHIC if language else _TYPOGRAPHIC_IN_TEXT).search(bare):
        return QUOTES
    if _ENTITY.search(bare):
        return ENTITIES
    if language == "sql" and (found := _SQL_NAME.search(bare)):
        word = next(group for group in found.groups() if group)
        return _MISSING.format(word.upper())
    return _pairing_damage(code, language)


def _pairing_damage(code: str, language: Language) -> str:
    if parsed(code) is not None:
        return python_damage(code)
    if not language and not re.search(r"\w\(|\w ?= ?\S", code):
        return ""
    if language and is_quote_missing(code):
        return QUOTE
    return BRACKETS if is_unbalanced(code, _COMMENTS.get(language, ("#", "//"))) else ""


def _shell_damage(code: str) -> str:
    if any(line.startswith("$ ") for line in code.splitlines()):  # the rest was printed
        code = "\n".join(line for line in code.splitlines() if line.startswith("$ "))
    bare = blanked(code)
    if found := _INTERPRETER.search(code):
        return _MISSING.format(found[1])
    if any(is_command(line) and _TYPOGRAPHIC_WORD.search(line) for line in bare.splitlines()):
        return QUOTES
    if _DASHED.search(bare):
        return "hyphens were turned into dashes"
    if _GLUED_COMMAND.search(code):
        return "several lines were glued into one"
    return QUOTE if "<<" not in code and is_quote_missing(code, patterns=False) else ""


def _settings_damage(code: str) -> str:
    if re.search(r"=[ \t]*[“”]", blanked(code)):  # behind a colon text may have any quotes
        return QUOTES
    lines = [line for line in code.splitlines() if line.strip()]
    flat = not any(line[0] in " \t" for line in lines)
    return INDENTATION if flat and len(lines) > 3 and _EMPTY_KEYS.search(code) else ""


def _markup_damage(code: str) -> str:
    if _ONLY_COMMENT.match(code):
        return "the tags were lost"
    named = re.search(r"<\w|\{% *\w", code)  # else it only shows what marks a tag
    if _EMPTY_TAG.search(code) or (named and _EMPTY_VALUE.search(code)):
        return "a name is missing in a template tag"
    if _HALF_TAG.search(code):
        return BRACKETS
    return QUOTES if re.search(r"<[^<>\n]*=[“”‘’]", code) else ""
