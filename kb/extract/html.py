"""HTML -> blocks: the main text of a page by trafilatura, rendered as Markdown is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kb.errors import UnreadableInputError
from kb.extract.clean import clean, decode
from kb.extract.furniture import set_aside_blocks
from kb.extract.markdown import render_markdown
from kb.extract.subjects import Subjects
from kb.extract.tables import is_header
from kb.model import Document, Metadata

LARGEST = 5_000_000  # characters of a page
DEEPEST = 250  # elements in elements; browsers and libxml2 stop at 512 and 256
CELL = 1_000  # characters of a cell that is read as one line; larger ones lay out the page
NODES = 200_000  # elements of a page

_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PRUNED = [
    f"//*[contains(concat(' ', normalize-space(@{attribute}), ' '), '{word}')]"
    for attribute in ("class", "id")
    for word in ("newsletter", "rating", "subscribe", "social-share", "share-buttons", "likes")
]
_ALWAYS = ["//nav", "//footer", "//form", "//aside"]
_SHALLOW = frozenset(  # elements without content, and those whose end tag may be left out
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source")
    + ("track", "wbr", "p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead")
)
_RULE = re.compile(r"[|: -]{3,}$")
_RAW = re.compile(r"<(script|style|SCRIPT|STYLE)(?=[\s>])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")


def read_html(data: bytes | str, url: str = "", subjects: Sequence[str] = ()) -> Document:
    """Return the main text of an HTML page as a document, with the metadata of its head.

    `subjects` tell whether the first row of a table without header cells names its columns.

    Raises:
        UnreadableInputError: no main text, or a page too large or too deep to be an article.
    """
    page = data if isinstance(data, str) else decode(data, encoding=declared_charset(data))
    _check_size(page)
    import trafilatura  # loads lxml and its data, 0.5 s that only HTML needs

    tree = trafilatura.load_html(page)
    if tree is None:
        raise _no_text()
    _simplify(tree)
    found = trafilatura.extract_metadata(tree, default_url=url or None)
    markdown = trafilatura.extract(
        tree,
        url=url or None,
        output_format="markdown",
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        prune_xpath=[*_PRUNED, *_ALWAYS],
    )
    markdown = with_table_headers(clean(markdown or ""), Subjects.of(subjects))
    document = render_markdown(markdown, _metadata(found, url))
    if not document.text:
        raise _no_text()
    return replace(document, blocks=set_aside_blocks(document))


def with_table_headers(markdown: str, names: Subjects) -> str:
    """Return `markdown` with the line below the first row that makes rows a table.

    A first row that names no columns gets an empty header, so that it stays a row.
    """
    lines = markdown.split("\n")
    written: list[str] = []
    for index, line in enumerate(lines):
        starts = line.startswith("|") and not (written and written[-1].startswith("|"))
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if starts and below.startswith("|") and not _RULE.match(below):
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            rule = "|" + "---|" * len(cells)
            if is_header(cells, names):
                written += ["", line, rule]
                continue
            written += ["", "|" + "  |" * len(cells), rule]
        written.append(line)
    return "\n".join(written)


def _no_text() -> UnreadableInputError:
    return UnreadableInputError(
        "The page has no main text; it may build its text with scripts.",
        remedy="Open it in a browser, copy the article's text and add that.",
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
        raise UnreadableInputError(
            "The page is nested too deeply or has too many elements to be read safely.",
            remedy="Copy the article's text out of it and add that.",
        )


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


def _simplify(tree: Any) -> None:
    """Rewrite, in place, what trafilatura loses: lists in table cells and folded answers."""
    for element in list(tree.iter("details", "summary")):
        element.tag = "div" if element.tag == "details" else "h3"
    for cell in list(tree.iter("td", "th")):
        if cell.find(".//table") is None and cell.find(".//*") is not None:
            for item in cell.iter("li", "br"):
                item.tail = ("; " if item.tag == "li" else " ") + (item.tail or "")
            text = " ".join("".join(cell.itertext()).split()).strip("; ")
            if len(text) <= CELL:
                for child in list(cell):
                    cell.remove(child)
                cell.text = text


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
