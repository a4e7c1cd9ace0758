"""Boxes: the elements of a web page in order, each with what it is called and whether it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.extract.web.signs import Sign, is_hidden, is_read_aloud_only, names, sign

CELL = 1_000  # characters of a cell that is read as one line; larger ones lay out the page

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "ins", "kbd", "label", "mark", "math", "nobr", "output", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "svg",
    "text", "time", "tt", "tspan", "u", "var", "wbr", "picture", "mi", "mn", "mo", "mrow",
    "msup", "msub",
))  # fmt: skip
_UNSEEN = frozenset((
    "script", "style", "template", "noscript", "noframes", "head", "title", "meta", "link",
    "base", "iframe", "object", "embed", "video", "audio", "canvas", "datalist", "source",
    "track", "annotation", "annotation-xml", "metadata", "defs", "desc",
))  # fmt: skip
_LAYING_OUT = frozenset((
    "h1", "h2", "h3", "h4", "pre", "form", "article", "section",
))  # fmt: skip  # in a cell
_CELLS = ("td", "th")
_OPENED = ("tabpanel", "region")  # roles of what is hidden until it is chosen


@dataclass(slots=True)
class Box:
    """An element; `parent` is the number of the one around it, -1 for the outermost.

    `signed` is the number of the nearest element, itself included, that has a sign, -1 if none.
    `mail` tells a form that asks for an address; `columns` tells a table that lays out the page,
    and in a table what makes it one.
    """

    parent: int
    tag: str
    names: str
    sign: Sign | None
    signed: int
    shown: bool
    role: str = ""
    depth: int = 0
    mail: bool = False
    columns: bool = False


def boxes(elements: Sequence[Any]) -> list[Box]:
    """Return a box for each of `elements`, which stand in the order of the page."""
    places: dict[Any, int] = {}
    found: list[Box] = []
    opened = _opened(elements)
    for place, element in enumerate(elements):
        places[element] = place
        parent = places.get(element.getparent(), -1)
        found.append(_box(element, found[parent] if parent >= 0 else None, parent, place, opened))
    _find_layout(elements, found)
    _find_mail(elements, found)
    return found


def _box(element: Any, above: Box | None, parent: int, place: int, opened: frozenset[str]) -> Box:
    attributes = element.attrib
    words = names(attributes) if attributes else ""
    tag = element.tag
    given = None if tag in INLINE or place == 0 else sign(tag, attributes)
    if above is not None and above.tag == "blockquote" and tag == "footer":
        given = None  # it names whom the quote is from
    signed = place if given else above.signed if above else -1
    shown = (above is None or above.shown) and tag not in _UNSEEN
    shown = shown and _is_shown(element, words, opened)
    role = attributes.get("role", "").strip().lower() if attributes else ""
    depth = above.depth + 1 if above else 0
    return Box(parent, tag, words, given, signed, shown, role, depth)


def _is_shown(element: Any, words: str, opened: frozenset[str]) -> bool:
    attributes = element.attrib
    if element.tag == "dialog" and "open" not in attributes:
        return False
    if words and is_read_aloud_only(words):
        return any(above.tag in _CELLS for above in element.iterancestors())
    if not attributes or not is_hidden(attributes):
        return True
    return attributes.get("role", "") in _OPENED or attributes.get("id", "") in opened


def _opened(elements: Iterable[Any]) -> frozenset[str]:
    """Return the ids of what buttons and tabs of the page open."""
    found: set[str] = set()
    for element in elements:
        attributes = element.attrib
        if attributes:
            found.update(attributes.get("aria-controls", "").split()[:20])
            for name in ("data-target", "data-bs-target"):
                found.add(attributes.get(name, "").removeprefix("#"))
    return frozenset(found - {""})


def _find_layout(elements: Sequence[Any], found: Sequence[Box]) -> None:
    """Mark the tables that lay out the page: large cells, parts of a page in cells, or one row."""
    sizes = [len(element.text or "") for element in elements]
    rows = [0] * len(found)  # in what is no table itself, without those of tables in it
    headers = [0] * len(found)
    for place in range(len(found) - 1, 0, -1):
        box, around = found[place], found[place].parent
        sizes[around] += (sizes[place] if box.shown else 0) + len(elements[place].tail or "")
        if box.tag == "table":
            one = rows[place] < 2 and not headers[place]
            box.columns = box.columns or one or box.role in ("presentation", "none")
            found[around].columns = True
            continue
        rows[around] += rows[place] + (box.tag == "tr")
        headers[around] += headers[place] + (box.tag == "th")
        large = box.tag in _CELLS and sizes[place] > CELL
        if box.tag in _LAYING_OUT or large or (box.columns and box.tag not in ("th", "caption")):
            found[around].columns = True


def _find_mail(elements: Sequence[Any], found: Sequence[Box]) -> None:
    """Mark the forms that ask for a mail address."""
    for place, element in enumerate(elements):
        if element.tag != "input":
            continue
        asks = f"{element.get('type', '')} {element.get('name', '')}".lower()
        while "mail" in asks and place >= 0:
            if found[place].tag == "form":
                found[place].mail = True
                break
            place = found[place].parent
