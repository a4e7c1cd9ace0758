"""Reader: bytes -> document, by file name, media type or the looks of the content."""

import codecs
import re
from collections.abc import Sequence
from pathlib import PurePath

from kb.errors import UnreadableInputError
from kb.extract.clean import decode
from kb.extract.markdown import read_markdown
from kb.extract.pasted.text import read_text
from kb.extract.web.html import declared_charset, read_html
from kb.model import Document

_SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "pasted", ".text": "pasted",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_MEDIA_TYPES = {
    "text/markdown": "markdown", "text/x-markdown": "markdown", "text/plain": "",
    "text/html": "html", "application/xhtml+xml": "html",
}  # fmt: skip
_HTML = re.compile(r"\s{0,200}(?:<!doctype html|<html|<head|<body|<article|<div|<p>|<h1)", re.I)
_MARKS = re.compile(r"^(?:#{1,6} \S|[-*] \S|\|.*\||```|\d\. \S|> \S)", re.MULTILINE)
_STRONG_MARKS = re.compile(r"^(?:#{2,6} \w|```|\|[ :|-]{3,}\|$|~~~)", re.MULTILINE)
_HEADINGS = re.compile(r"(?:\A|\n\n)#{1,6} \S[^\n]*\n(?=\n)")
_SNIFFED = 20_000  # bytes


def read_document(
    data: bytes,
    *,
    name: str,
    media_type: str = "",
    encoding: str = "",
    subjects: Sequence[str] = (),
    kept: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> Document:
    """Return `data` read as what its `name`, `media_type` or content says it is.

    `subjects` are the words for what the article compares. What stands in a quote of `kept` is
    not set aside, and what stands in one of `dropped` is, wherever in the text they stand.

    Raises:
        UnreadableInputError: binary, damaged, faulty or empty content.
    """
    kind = _kind(name, media_type)
    if kind == "html" or (not kind and _HTML.match(data[:500].decode("latin-1"))):
        page = decode(data, encoding=encoding or declared_charset(data))
        document = read_html(page, subjects=subjects, kept=kept, dropped=dropped)
        return _with_text(document, name)
    marked = kind == "markdown" or _is_marked(kind, _head(data, encoding))
    # The text is handed over and not kept here: at 20 MB it takes up to 80 MB of memory.
    read = read_markdown if marked else read_text
    return _with_text(
        read(decode(data, encoding=encoding), subjects, kept=kept, dropped=dropped), name
    )


def _head(data: bytes, encoding: str) -> str:
    """Return the beginning of the text with "\\n" as line ends, cut somewhere in a line."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or "16" in encoding
    head = data[:_SNIFFED].decode("utf-16" if wide else "utf-8", errors="replace")
    return head.removeprefix("\ufeff").replace("\r\n", "\n")


def _is_marked(kind: str, head: str) -> bool:
    return has_marked_headings(head) if kind == "pasted" else looks_like_markdown(head)


def looks_like_markdown(head: str) -> bool:
    """Tell whether a text that begins with `head` uses marks that pasted text has no use for."""
    if head.startswith("---\n"):
        return True
    return bool(_STRONG_MARKS.search(head)) and len(_MARKS.findall(head)) >= 2


def has_marked_headings(head: str) -> bool:
    """Tell whether two lines and more that stand alone start with Markdown's heading marks.

    Less would not do in a .txt file: comments in pasted code start like headings.
    """
    return len(_HEADINGS.findall(head)) > 1


def _kind(name: str, media_type: str) -> str:
    """Return "markdown", "pasted", "html", or "" when only the content can tell."""
    declared = _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower(), "")
    return declared or _SUFFIXES.get(PurePath(name).suffix.lower(), "")


def _with_text(document: Document, name: str) -> Document:
    if not document.text.strip():
        raise UnreadableInputError(
            f"There is no text in {PurePath(name).name[:80] or 'it'}.",
            remedy="Check that it is the right file and that the article's text is in it.",
        )
    return document
