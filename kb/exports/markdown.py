"""An article as a Markdown file with front matter, and back, so that the same comes of it."""

import datetime
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any

import yaml

from kb.errors import RecordError
from kb.extract.raw import printable
from kb.given import FIELDS
from kb.record_shapes import record_document, record_of
from kb.records import ArticleRecord

KEPT_ENDING = re.compile(r"\.[a-z0-9]{1,8}")  # of the file that holds a source

_MOST = 5_000_000  # bytes of front matter
_DEEPEST = 20  # lists and mappings in one another; ours needs 5
_FENCE = b"---\n"
_PAGES = (".html", ".htm", ".xhtml")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """What an article is written as: `kept` are the bytes of a source that is not the body.

    These stand in a file of their own, called by the article's id and `ending`.
    """

    content: bytes
    kept: bytes | None = None
    ending: str = ""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as such."""


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text_node)


def markdown_of(record: ArticleRecord, text: str) -> MarkdownFile:
    """Return an article as a file; `text` is what was read of it, for a source of another kind.

    A source that is Markdown or plain text is the body, so that it can be edited there; its own
    front matter, if any, goes into ours. Of others the body is only to be read.
    """
    document = {k: v for k, v in record_document(record).items() if k not in ("metadata", "made")}
    head = {"id": document.pop("id"), "topic": document.pop("topic")}
    head |= record_document(record).get("metadata", {})
    source = record.source
    if source is None:
        raise RecordError(
            f"Article {record.id} was stored without its source, which a folder has to hold.",
            remedy="Export as JSON Lines, or add the article again with `kb add`.",
        )
    if _is_body(source.name, source.media_type, source.encoding, source.data):
        own, body = _parted(source.data)
        front = {"front_matter": own} if own is not None else {}
        document["source"] = {**document["source"], **front}
        return MarkdownFile(_file({**head, **document}, body))
    suffix = PurePath(source.name).suffix.lower()
    ending = suffix if KEPT_ENDING.fullmatch(suffix) else ".bin"
    body = text.encode()
    kept = {"kept_in": f"sources/{record.id}{ending}", "body": _digest(body)}
    document["source"] = {**document["source"], **kept}
    return MarkdownFile(_file({**head, **document}, body), source.data, ending)


def kept_name(content: bytes) -> str:
    """Return the name of the file that holds the source of an article, "" if its own body does.

    Raises:
        RecordError: the front matter is not what it has to be.
    """
    head, _ = _split(content)
    source = head.get("source")
    return str(source.get("kept_in", "")) if isinstance(source, dict) else ""


def record_in(content: bytes, stem: str, kept: bytes | None = None) -> ArticleRecord:
    """Return the record that a file called `stem` holds; `kept` are the bytes of its source.

    Raises:
        RecordError: the front matter is not what it has to be, or a body was edited that is only
            to be read.
    """
    head, body = _split(content)
    if head.setdefault("id", stem) != stem:
        raise RecordError(
            f"The file is called {stem}, and its id is {printable(str(head['id']))}.",
            remedy="Call it as its id.",
        )
    source = head.get("source", {"name": f"{stem}.md"})
    if not isinstance(source, dict):
        raise RecordError('"source" has to be a mapping.', remedy="Write source: {name: tea.md}.")
    own, shown = source.pop("front_matter", None), source.pop("body", None)
    source.pop("kept_in", None)
    if own is not None and not isinstance(own, str):
        raise RecordError('"front_matter" has to be text.', remedy="Put it into quotes.")
    if kept is not None and shown != _digest(body):
        raise RecordError(
            "Its text was edited, which is only a copy of its source for reading.",
            remedy="Edit the file in the folder sources instead, and leave this body as it was.",
        )
    if kept is None:
        kept = body if own is None else _FENCE + own.encode() + _FENCE + body
    metadata = {name: _dated(head.pop(name)) for name in FIELDS if name in head}
    return record_of({**head, "metadata": metadata, "source": source}, kept)


def _is_body(name: str, media_type: str, encoding: str, data: bytes) -> bool:
    """Tell whether a source is a text that can be edited as the body of a Markdown file."""
    if "html" in media_type or name.lower().endswith(_PAGES) or data.lstrip()[:1] == b"<":
        return False
    if encoding.lower() not in ("", "utf-8", "utf8") or data.startswith(b"\xef\xbb\xbf"):
        return False
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _parted(data: bytes) -> tuple[str | None, bytes]:
    """Return the front matter of a source between its two lines of dashes, and the rest."""
    end = data.find(b"\n" + _FENCE, 3)
    if not data.startswith(_FENCE) or end < 0:
        return None, data
    return data[len(_FENCE) : end + 1].decode(), data[end + 1 + len(_FENCE) :]


def _file(head: dict[str, Any], body: bytes) -> bytes:
    text = yaml.dump(head, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    try:
        same = yaml.load(text, Loader=_Loader) == head
    except yaml.YAMLError:
        same = False
    if not same:  # YAML takes some letters for line ends, or refuses them
        text = yaml.safe_dump(head, sort_keys=False, default_style='"', width=100)
    return _FENCE + text.encode() + _FENCE + body


def _split(content: bytes) -> tuple[dict[str, Any], bytes]:
    end = content.find(b"\n" + _FENCE, 3, _MOST)
    if not content.startswith(_FENCE) or end < 0:
        raise RecordError(
            "It does not begin with front matter.", remedy="Add it with `kb add` instead."
        )
    head = _loaded(content[len(_FENCE) : end + 1])
    if not isinstance(head, dict) or not all(isinstance(key, str) for key in head):
        raise RecordError("The front matter has no keys.", remedy="Export it again.")
    return head, content[end + 1 + len(_FENCE) :]


def _loaded(head: bytes) -> Any:
    """Return what YAML says; what could grow while it is read is refused first."""
    depth = 0
    try:
        text = head.decode()
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if getattr(event, "anchor", None) or depth > _DEEPEST:
                raise RecordError(
                    "The front matter uses an anchor, an alias, or nests too deeply.",
                    remedy="Write it out.",
                )
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark else ""
        raise RecordError(
            f"The front matter is no YAML{where}.", remedy="Put what has colons into quotes."
        ) from None


def _dated(value: Any) -> Any:
    """Return a date as text: YAML reads 2024-03-26 and 2024 as what they are."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return str(value) if type(value) is int else value


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:16]
