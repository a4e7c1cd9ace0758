"""Front matter: the YAML head of a Markdown article -> metadata, strictly."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

import yaml
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from kb.errors import UnreadableInputError
from kb.model import Interest, Metadata

MOST = 16 * 1024  # characters
DEEPEST = 8  # open brackets or indentations; ours needs 2
LONGEST = 2_000  # characters of one value

_KEYS = ("title", "publisher", "author", "published", "url", "interest")
_LIQUID = re.compile(r"\{%-?[ \t]*(\w{1,30})([^%\n]{0,200})%\}")
_VALUE = re.compile(r"\{\{[^{}\n]{0,200}\}\}")
_OTHERS = ("titles", "subtitle", "authors", "publish", "publishdate", "urls")  # of generators
_SHORT = 5  # letters of a key up to which one wrong letter makes it a slip, else two
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_LOOKS_LIKE_ONE = re.compile(r"\s*(?:#.*\n\s*)?[\"']?\w[\w -]{0,40}[\"']?\s*:(?:\s|$)")
_EXAMPLE = 'Write, for example, title: "Tea or coffee" between the two lines of dashes.'
_OPENS = (
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
)
_CLOSES = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken, yaml.BlockEndToken)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value with the line of the file its key stands on."""

    value: Any
    line: int


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Return the metadata at the head of `text` and the Markdown below it.

    Text without front matter is returned whole with empty metadata. Keys that site generators
    write ("layout", "tags") are left alone; "date" is the date of publishing. The generator's tags
    below front matter, which no reader of the page sees, are left out.

    Raises:
        UnreadableInputError: front matter that is no YAML, has a misspelt key or a wrong value.
    """
    head, body = _split(text)
    if not head or not _LOOKS_LIKE_ONE.match(head):
        return Metadata(), text
    return _metadata(_entries(head)), _LIQUID.sub(_shown, _VALUE.sub("", body))


def _shown(tag: re.Match[str]) -> str:
    """Return what a page shows of a tag of its site generator: code as code, else nothing."""
    name, rest = tag[1], tag[2].strip()
    if name == "highlight":
        return f"```{rest.split()[0] if rest else ''}\n"
    return "\n```" if name == "endhighlight" else ""


def _split(text: str) -> tuple[str, str]:
    """Return what stands between a first line of dashes and the next one, and the rest."""
    if not text.startswith("---\n"):
        return "", text
    end = re.compile(r"^(?:---|\.\.\.)$", re.MULTILINE).search(text, 4)
    if end is None:
        return "", text
    return text[4 : end.start()], text[end.end() :]


def _entries(head: str) -> dict[str, _Entry]:
    if len(head) > MOST:
        raise _wrong(f"The front matter has more than {MOST:,} characters", 2, "Shorten it.")
    try:
        _check_tokens(head)
        node = yaml.compose(head, Loader=yaml.SafeLoader)
        values = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + 2
        raise _wrong("The front matter is not valid YAML", line) from error
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise _wrong("The front matter has no keys", 2)
    entries: dict[str, _Entry] = {}
    for key, value in zip(node.value, values.values(), strict=False):
        name, line = str(key[0].value), key[0].start_mark.line + 2
        if name in entries:
            raise _wrong(f'The front matter names "{name[:40]}" twice', line, "Leave one of them.")
        meant = _misspelt(name)
        if meant:
            message = f'The front matter has a key "{name[:40]}" that looks like "{meant}"'
            raise _wrong(message, line, f'Write "{meant}", or leave the key out.')
        entries[name] = _Entry(value, line)
    if len(node.value) != len(values):
        raise _wrong("The front matter names a key twice", 2, "Leave one of them.")
    return entries


def _misspelt(name: str) -> str:
    """Return the key of ours that `name` is a slip of, or ""."""
    if name in (*_KEYS, *_OTHERS):
        return ""
    near = extractOne(name.lower(), _KEYS, scorer=DamerauLevenshtein.distance)
    return near[0] if near[1] <= (1 if len(near[0]) <= _SHORT else 2) else ""


def _check_tokens(head: str) -> None:
    """Refuse anchors, aliases and deep nesting before anything is built from them."""
    depth = 0
    for token in yaml.scan(head, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
            line = token.start_mark.line + 2
            raise _wrong("The front matter uses an anchor, alias or tag", line, "Write it out.")
        depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
        if depth > DEEPEST:
            raise _wrong("The front matter is nested too deeply", token.start_mark.line + 2)


def _metadata(entries: dict[str, _Entry]) -> Metadata:
    return Metadata(
        title=_text(entries, "title"),
        publisher=_text(entries, "publisher"),
        author=_text(entries, "author"),
        published=_published(entries),
        url=_url(entries),
        interest=_interest(entries),
    )


def _text(entries: dict[str, _Entry], key: str) -> str:
    entry = entries.get(key)
    if entry is None or entry.value is None:
        return ""
    if not isinstance(entry.value, str):
        raise _wrong(f'"{key}" must be text', entry.line, f'Put it in quotes: {key}: "…".')
    if len(entry.value) > LONGEST:
        raise _wrong(f'"{key}" has more than {LONGEST:,} characters', entry.line, "Shorten it.")
    return " ".join(entry.value.split())


def _published(entries: dict[str, _Entry]) -> str:
    entry = entries.get("published")
    if entry is None or entry.value is None:
        return _dated(entries)
    value = entry.value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str | int) and not isinstance(value, bool) and _DATE.match(str(value)):
        return str(value)
    remedy = "Write it as 2024, 2024-03 or 2024-03-26."
    raise _wrong('"published" must be a date', entry.line, remedy)


def _dated(entries: dict[str, _Entry]) -> str:
    """Return the "date" that a site generator wrote, as year, month and day, or ""."""
    value = entries["date"].value if "date" in entries else None
    found = _DAY.match(str(value)) if value is not None else None
    return found.group() if found else ""


def _url(entries: dict[str, _Entry]) -> str:
    url = _text(entries, "url")
    if url and not url.startswith(("http://", "https://")):
        line = entries["url"].line
        raise _wrong('"url" must be a web address', line, "Start it with https://.")
    return url


def _interest(entries: dict[str, _Entry]) -> Interest | None:
    entry = entries.get("interest")
    if entry is None or entry.value is None:
        return None
    value, remedy = entry.value, 'Write interest: {options: [tea], text: "Sells tea."}.'
    if not isinstance(value, dict) or set(value) - {"options", "text"}:
        raise _wrong('"interest" must have "options" and "text"', entry.line, remedy)
    options, text = value.get("options") or [], value.get("text") or ""
    listed = isinstance(options, list) and all(isinstance(option, str) for option in options)
    if not listed or not isinstance(text, str):
        raise _wrong('"interest" must list options and say in a sentence why', entry.line, remedy)
    return Interest(tuple(options), " ".join(text.split()))


def _wrong(message: str, line: int, remedy: str = _EXAMPLE) -> UnreadableInputError:
    return UnreadableInputError(f"{message} (line {line}).", remedy=remedy)
