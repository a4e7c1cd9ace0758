"""An export as JSON Lines: all that a knowledge base is made from, one topic or article a line.

The first line names the format and the last one counts the others, so that a part of a file is
never taken for all of it. There are no revisions and no times: what is the same exports the same.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from kb.errors import RecordError
from kb.extract.source import FILE_LIMIT
from kb.record_shapes import checked_id, record_document, record_of
from kb.records import ArticleRecord, Record, TopicRecord

FORMAT = "advisor-export"
VERSION = 1

_LONGEST = 6 * FILE_LIMIT  # bytes of a line: JSON may spell a byte with six
_OTHER = "Name a file that `kb export` wrote."


def export_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield the lines of an export, each with its end; topics come before articles."""
    yield _line(heading())
    counts = {"topics": 0, "articles": 0}
    for record in records:
        kind = "topic" if isinstance(record, TopicRecord) else "article"
        counts[f"{kind}s"] += 1
        yield _line({kind: _document(record)})
    yield _line({"end": counts})


def read_lines(stream: BinaryIO) -> Iterator[Record]:
    """Yield what an export holds.

    Raises:
        RecordError: it is no export, a line is not what it has to be, or the end is missing.
    """
    counts = {"topics": 0, "articles": 0}
    ended = False
    for number, document in enumerate(_documents(stream), 1):
        if number == 1:
            check_heading(document)
        elif ended:
            raise _at(number, "stands after the end", "Export the knowledge base again.")
        elif "end" in document:
            ended = document["end"] == counts
        else:
            kind, record = _record(document, number)
            counts[kind] += 1
            yield record
    if not ended:
        raise RecordError(
            "The export is not whole: its end is missing, or lines are.",
            remedy="Export the knowledge base again.",
        )


def heading() -> dict[str, Any]:
    """Return what an export begins with."""
    return {"format": FORMAT, "version": VERSION}


def check_heading(document: Any) -> None:
    """Refuse what is no export, or one of a newer version.

    Raises:
        RecordError: it is.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RecordError("That is no export of a knowledge base.", remedy=_OTHER)
    if document.get("version") != VERSION:
        raise RecordError(
            f"That export is of version {document.get('version')!r:.20}; this program knows"
            f" {VERSION}.",
            remedy="Upgrade this program.",
        )


def _document(record: Record) -> dict[str, Any]:
    if isinstance(record, TopicRecord):
        return {"id": record.id, "text": record.text}
    document = record_document(record)
    if record.source is None:
        return document
    try:
        content = {"text": record.source.data.decode()}
    except UnicodeDecodeError:
        content = {"base64": base64.b64encode(record.source.data).decode()}
    return {**document, "source": {**document["source"], **content}}


def _line(document: dict[str, Any]) -> str:
    return f"{json.dumps(document, ensure_ascii=False)}\n"


def _documents(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            raise _at(number, "is too long", _OTHER)
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            raise _at(number, "is no JSON", _OTHER) from None
        if not isinstance(document, dict):
            raise _at(number, "is no JSON object", _OTHER)
        yield document


def _record(document: dict[str, Any], number: int) -> tuple[str, Record]:
    try:
        if set(document) == {"topic"}:
            return "topics", topic_record(document["topic"])
        if set(document) == {"article"} and isinstance(document["article"], dict):
            return "articles", _article(document["article"])
    except RecordError as error:
        raise RecordError(f"Line {number}: {error.message}", remedy=error.remedy) from None
    raise _at(number, "is neither a topic nor an article", "Export the knowledge base again.")


def topic_record(document: Any) -> TopicRecord:
    """Return the record of a topic.

    Raises:
        RecordError: it is not what it has to be.
    """
    if isinstance(document, dict) and set(document) == {"id", "text"}:
        text = document["text"]
        if isinstance(text, str) and not any("\ud800" <= each <= "\udfff" for each in text):
            return TopicRecord(checked_id(document["id"]), text)
    raise RecordError('A topic has to have "id" and "text".', remedy="Export it again.")


def _article(document: dict[str, Any]) -> ArticleRecord:
    source = document.get("source")
    if not isinstance(source, dict):
        return record_of(document)
    data = _data({name: source[name] for name in ("text", "base64") if name in source})
    rest = {name: value for name, value in source.items() if name not in ("text", "base64")}
    return record_of({**document, "source": rest}, data)


def _data(content: dict[str, Any]) -> bytes:
    """Return the bytes of a source, which are there as a text or in base 64."""
    if len(content) == 1:
        ((kind, value),) = content.items()
        if isinstance(value, str):
            try:
                return value.encode() if kind == "text" else base64.b64decode(value, validate=True)
            except (UnicodeEncodeError, binascii.Error, ValueError):
                pass
    raise RecordError(
        'A source has to have "text", or "base64" for what is no UTF-8.',
        remedy="Export the knowledge base again.",
    )


def _at(number: int, what: str, remedy: str) -> RecordError:
    return RecordError(f"Line {number} of the export {what}.", remedy=remedy)
