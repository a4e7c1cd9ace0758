"""HTML -> blocks: all that a page shows; trafilatura tells where in it the main text is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kb.errors import UnreadableInputError
from kb.extract.clean import clean, decode
from kb.extract.cues import folded
from kb.extract.furniture.asides import set_aside_blocks
from kb.extract.render import titled
from kb.extract.subjects import Subjects
from kb.extract.web.boxes import Box, boxes
from kb.extract.web.flow import flow
from kb.extract.web.grams import Grams
from kb.extract.web.mainpart import judge
from kb.extract.web.pieces import Piece, laid_out, merged_asides
from kb.model import Document, Metadata

LARGEST = 5_000_000  # characters of a page
DEEPEST = 250  # elements in elements; browsers and libxml2 stop at 512 and 256
NODES = 200_000  # tags of a page
GUIDED = 40_000  # elements of a page in which trafilatura looks for the main text; 3 s

_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PRUNED = [
    f"//*[contains(concat(' ', normalize-space(@{attribute}), ' '), '{word}')]"
    for attribute in ("class", "id")
    for word in ("newsletter", "rating", "subscribe", "social-share", "share-buttons", "likes")
] + ["//nav", "//footer", "//form", "//aside"]
_SHALLOW = frozenset(  # elements without content, and those whose end tag may be left out
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source")
    + ("track", "wbr", "p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead")
)
_RAW = re.compile(r"<(script|style|SCRIPT|STYLE)(?=[\s>])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")


def read_html(
    data: bytes | str,
    url: str = "",
    subjects: Sequence[str] = (),
    *,
    kept: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> Document:
    """Return all that an HTML page shows as a document, with the metadata of its head.

    What is not the page's main text is set aside. `subjects` tell whether the first row of a
    table without header cells names its columns. What stands in a quote of `kept` is main text,
    what stands in one of `dropped` is not.

    Raises:
        UnreadableInputError: no main text, or a page too large or too deep to be an article.
    """
    page = data if isinstance(data, str) else decode(data, encoding=declared_charset(data))
    _check_size(page)
    import trafilatura  # loads lxml and its data, 0.5 s that only HTML needs

    tree = trafilatura.load_html(page)
    if tree is None:
        raise _no_text()
    found = trafilatura.extract_metadata(tree, default_url=url or None)
    metadata = _metadata(found, url)
    shown, pieces = _shown(tree, Subjects.of(subjects))
    _raise_title(pieces, metadata.title)
    reasons = judge(pieces, shown, Grams(_main_text(tree)), metadata.title)
    document, reasons = laid_out(pieces, reasons, metadata)
    blocks = set_aside_blocks(document, reasons=reasons, kept=kept, dropped=dropped)
    if all(block.kind == "aside" for block in blocks):
        raise _no_text()
    return titled(replace(document, blocks=merged_asides(document.text, blocks)))


def _shown(tree: Any, names: Subjects) -> tuple[list[Box], list[Piece]]:
    """Return the elements of the body, and what it shows."""
    from lxml import etree

    body = tree.find(".//body")
    body = tree if body is None else body
    found = boxes(list(body.iter("*")))
    if max((box.depth for box in found), default=0) > DEEPEST:
        raise _too_complex()  # the parser leaves out what is nested deeper
    return found, flow(etree.iterwalk(body, events=("start", "end")), found, names)


def _main_text(tree: Any) -> str:
    """Return what trafilatura takes for the main text; "" when it would take too long.

    Spans of cells are taken out of `tree`: each is filled up there, 16 s for 100 cells.
    """
    import trafilatura

    count = 0
    for element in tree.iter("*"):
        count += 1
        for name in ("colspan", "rowspan"):
            element.attrib.pop(name, None)
    if count > GUIDED:
        return ""
    text = trafilatura.extract(
        tree, output_format="txt", include_comments=False, prune_xpath=_PRUNED
    )
    return text or ""


def _raise_title(pieces: Sequence[Piece], title: str) -> None:
    """Give the heading that is the title level 1, in a page that has none of that level."""
    headings = [piece for piece in pieces if piece.kind == "heading"]
    same = next((piece for piece in headings if folded(piece.text) == folded(title)), None)
    if same is not None and all(piece.level > 1 for piece in headings):
        same.level = 1


def _no_text() -> UnreadableInputError:
    return UnreadableInputError(
        "The page has no main text; it may build its text with scripts.",
        remedy="Open it in a browser, copy the article's text and add that.",
    )


def _too_complex() -> UnreadableInputError:
    return UnreadableInputError(
        "The page is nested too deeply or has too many elements to be read safely.",
        remedy="Copy the article's text out of it and add that.",
    )


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
    for match in _TAG.finditer(_without_scripts(page)):
        count += 1
        if match[2].lower() in _SHALLOW:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST or count > NODES:
        raise _too_complex()


def _without_scripts(page: str) -> str:
    """Return `page` without scripts and styles, whose strings may hold tags."""
    kept: list[str] = []
    position = 0
    while match := _RAW.search(page, position):
        kept.append(page[position : match.start()])
        end = page.find(f"</{match[1]}", match.end())
        if end < 0:
            return "".join(kept)
        position = end
    return "".join([*kept, page[position:]])


def _metadata(found: Any, url: str) -> Metadata:
    if found is None:
        return Metadata(url=url)
    fields = found.as_dict()
    published = str(fields.get("date") or "")
    return Metadata(
        title=_line(fields.get("title")).rstrip(" ¶"),
        publisher=_line(fields.get("sitename")),
        author=_line(fields.get("author")),
        published=published if _DATE.match(published) else "",
        url=url or _line(fields.get("url")),
    )


def _line(value: object) -> str:
    return " ".join(clean(str(value or "")).split())
