"""HTML -> blocks: the main text of a page by trafilatura, rendered as Markdown is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kb.errors import UnreadableInputError
from kb.extract.clean import clean, decode
from kb.extract.furniture import set_aside_blocks
from kb.extract.markdown import render_markdown
from kb.model import Document, Metadata

LARGEST = 5_000_000  # characters of a page
DEEPEST = 250  # elements in elements; browsers and libxml2 stop at 512 and 256
NODES = 200_000  # elements of a page

_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PRUNED = [
    f"//*[contains(concat(' ', normalize-space(@{attribute}), ' '), '{word}')]"
    for attribute in ("class", "id")
    for word in ("newsletter", "rating", "subscribe", "social-share", "share-buttons", "like-button")
]
_ALWAYS = ["//nav", "//footer", "//form", "//aside"]
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")


def read_html(data: bytes | str, url: str = "", subjects: Sequence[str] = ()) -> Document:
    """Return the main text of an HTML page as a document, with the metadata of its head.

    `subjects` are not needed to read marked text; all readers are called alike.

    Raises:
        UnreadableInputError: no main text, or a page too large or too deep to be an article.
    """
    page = data if isinstance(data, str) else decode(data, encoding=declared_charset(data))
    _check_size(page)
    import trafilatura  # loads lxml and its data, 0.5 s that only HTML needs

    found = trafilatura.bare_extraction(
        page,
        url=url or None,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
        prune_xpath=[*_PRUNED, *_ALWAYS],
        with_metadata=True,
    )
    markdown = trafilatura.extract(
        page,
        url=url or None,
        output_format="markdown",
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
        prune_xpath=[*_PRUNED, *_ALWAYS],
    )
    document = render_markdown(clean(markdown or ""), _metadata(found, url))
    if not document.text:
        raise UnreadableInputError(
            "The page has no main text; it may build its text with scripts.",
            remedy="Open it in a browser, copy the article's text and add that.",
        )
    return replace(document, blocks=set_aside_blocks(document))


def declared_charset(data: bytes) -> str:
    """Return the charset that the first 2,048 bytes of a page name, or ""."""
    match = _CHARSET.search(data, 0, 2048)
    return match.group(1).decode("ascii", errors="ignore") if match else ""


def _check_size(page: str) -> None:
    if len(page) > LARGEST:
        raise UnreadableInputError(
            f"The page has more than {LARGEST:,} characters.",
            remedy="Copy the article's text out of it and add that.",
        )
    depth, deepest, count = 0, 0, 0
    for match in _TAG.finditer(page):
        count += 1
        if match[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST or count > NODES:
        raise UnreadableInputError(
            "The page is nested too deeply or has too many elements to be read safely.",
            remedy="Copy the article's text out of it and add that.",
        )


def _metadata(found: Any, url: str) -> Metadata:
    if found is None:
        return Metadata(url=url)
    fields = found.as_dict()
    published = str(fields.get("date") or "")
    return Metadata(
        title=_line(fields.get("title")),
        publisher=_line(fields.get("sitename")),
        author=_line(fields.get("author")),
        published=published if _DATE.match(published) else "",
        url=url or _line(fields.get("url")),
    )


def _line(value: object) -> str:
    return " ".join(clean(str(value or "")).split())
