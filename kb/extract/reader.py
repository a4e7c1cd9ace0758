"""Reader: bytes -> document, by file name, media type or the looks of the content."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from kb.errors import UnreadableInputError
from kb.extract.clean import decode
from kb.extract.html import declared_charset, read_html
from kb.extract.markdown import read_markdown
from kb.extract.text import read_text
from kb.model import Document

_SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_MEDIA_TYPES = {
    "text/markdown": "markdown", "text/x-markdown": "markdown", "text/plain": "",
    "text/html": "html", "application/xhtml+xml": "html",
}  # fmt: skip
_HTML = re.compile(r"\s{0,200}(?:<!doctype html|<html|<head|<body|<article|<div|<p>|<h1)", re.I)
_MARKS = re.compile(r"^(?:#{1,6} \S|[-*] \S|\|.*\||```|\d\. \S|> \S)", re.MULTILINE)
_STRONG_MARKS = re.compile(r"^(?:#{2,6} \w|```|\|[ :|-]{3,}\|$|~~~)", re.MULTILINE)
_SNIFFED = 20_000  # characters


def read_document(
    data: bytes,
    *,
    name: str,
    media_type: str = "",
    encoding: str = "",
    subjects: Sequence[str] = (),
) -> Document:
    """Return `data` read as what its `name`, `media_type` or content says it is.

    `subjects` are the words for what the article compares.

    Raises:
        UnreadableInputError: binary, damaged, faulty or empty content.
    """
    kind = _kind(name, media_type)
    if kind == "html" or (not kind and _HTML.match(data[:500].decode("latin-1"))):
        text = decode(data, encoding=encoding or declared_charset(data))
        return _with_text(read_html(text, subjects=subjects), name)
    text = decode(data, encoding=encoding)
    if kind == "markdown" or (not kind and looks_like_markdown(text)):
        return _with_text(read_markdown(text, subjects), name)
    return _with_text(read_text(text, subjects), name)


def looks_like_markdown(text: str) -> bool:
    """Tell whether `text` uses marks that pasted text has no use for."""
    head = text[:_SNIFFED].replace("\r\n", "\n")
    if head.startswith("---\n"):
        return True
    return bool(_STRONG_MARKS.search(head)) and len(_MARKS.findall(head)) >= 2


def _kind(name: str, media_type: str) -> str:
    """Return "markdown", "text", "html", or "" when only the content can tell."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    return _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower(), "")


def _with_text(document: Document, name: str) -> Document:
    if not document.text.strip():
        raise UnreadableInputError(
            f"There is no text in {PurePath(name).name[:80] or 'it'}.",
            remedy="Check that it is the right file and that the article's text is in it.",
        )
    return document
