"""Flow: a walk over a web page that tells what it shows, piece by piece, in its order."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from kb.extract.subjects import Subjects
from kb.extract.web.boxes import INLINE, Box
from kb.extract.web.cells import Cells
from kb.extract.web.grids import Grid
from kb.extract.web.inline import Inline, Words
from kb.extract.web.items import Items
from kb.extract.web.pieces import Piece
from kb.extract.web.preformatted import Preformatted
from kb.extract.web.signs import is_callout_name, is_heading_name

HEADING = 12  # words of a bold paragraph that stands for a heading

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VERBATIM = frozenset(("pre", "xmp", "listing", "plaintext"))
_CONTROLS = frozenset(("option", "textarea", "input"))
_SENTENCES = frozenset(("p", "li", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "summary"))
_BULLET = re.compile(r"[•▪‣◦●○·*–—-] ?(?=[^\W_])")

_Close = Callable[[], None]


def flow(events: Any, found: Sequence[Box], names: Subjects) -> list[Piece]:
    """Return the pieces of a page; `events` start and end its elements in the order of `found`."""
    walk = _Walk(found, names)
    place, open_ = -1, list[int]()
    for event, element in events:
        if event == "start":
            place += 1
            open_.append(place)
            if found[place].shown:
                walk.open(place, element)
                walk.write(element.text or "")
            continue
        ended = open_.pop()
        if found[ended].shown:
            walk.close(found[ended].tag)
        if open_ and found[open_[-1]].shown:
            walk.write(element.tail or "")
    walk.end()
    return walk.pieces


class _Walk:
    """Where the walk is, and what it has found."""

    def __init__(self, found: Sequence[Box], names: Subjects) -> None:
        self.pieces: list[Piece] = []
        self._boxes = found
        self._names = names
        self._inline = Inline()
        self._blocks: list[int] = []  # open elements that are blocks
        self._closing: list[_Close] = []  # what is to be done at the end of each
        self._items = Items(found, self.pieces)
        self._cells = Cells(self._inline)
        self._code: Preformatted | None = None
        self._heading = 0  # level of the open heading
        self._level = 1  # of the last heading marked as one
        self._control = ""  # reason of an open button or form field

    def write(self, text: str) -> None:
        """Take in a text between two tags."""
        if self._code is not None:
            self._code.write(text)
        elif text:
            self._inline.write(text)

    def open(self, place: int, element: Any) -> None:
        """Begin an element."""
        tag = self._boxes[place].tag
        if tag in INLINE:
            if self._code is None:
                self._inline.open(tag)
                self._cells.spare(element)
            return
        self._closing.append(self._opened(place, element) or _nothing)

    def close(self, tag: str) -> None:
        """End the element that was opened last."""
        if tag not in INLINE:
            self._closing.pop()()
        elif self._code is None:
            self._inline.close(tag)
            if tag == "a" and self._heading:
                self._inline.drop_anchor()

    def end(self) -> None:
        """End the page: terms that no definition follows are left."""
        self.pieces += self._items.pending(0)

    def _opened(self, place: int, element: Any) -> _Close | None:
        """Begin a block, or what counts as a blank where no block can be."""
        tag = self._boxes[place].tag
        if self._code is not None:
            return self._code.open(tag)
        if self._cells.is_open:
            return self._cells.open_inside(tag)
        if tag == "br":
            self._break_line()
            return None
        if self._heading and tag not in _HEADINGS:
            self._inline.write(" ")
            return partial(self._inline.write, " ")
        if tag == "button" and not self._inline.is_blank and self._in_sentence():
            return None
        self._flush()
        self._blocks.append(place)
        return self._block(place, element)

    def _block(self, place: int, element: Any) -> _Close:
        """Begin a block of its own, and return what ends it."""
        box = self._boxes[place]
        ended: _Close | None = None
        if box.tag in _HEADINGS or box.role == "heading" or box.tag == "summary":
            ended = self._open_heading(box, element)
        elif box.tag in _VERBATIM:
            ended = self._open_code()
        elif box.tag == "table" and not box.columns:
            self._before_block()
            ended = self._cells.open_table(Grid(place, self._items.new_group()), self._add_table)
        elif box.tag == "details":
            ended = partial(setattr, self, "_level", self._level)
        elif box.tag == "button" or box.tag in _CONTROLS:
            asks = box.tag == "button" and "aria-expanded" in element.attrib
            self._control = "?" if asks else "button" if box.tag == "button" else "form"
            ended = partial(setattr, self, "_control", "")
        else:
            ended = self._cells.open_part(box.tag, element) or self._items.open(box.tag, place)
        return partial(self._end_block, ended)

    def _end_block(self, ended: _Close | None) -> None:
        if not self._cells.is_open:
            self._flush()
        if ended is not None:
            ended()
        self._blocks.pop()

    def _open_heading(self, box: Box, element: Any) -> _Close:
        written = element.get("aria-level", "")
        given = int(written) if written in ("1", "2", "3", "4", "5", "6") else 0
        below = min(self._level + 1, 6)
        level = _HEADINGS.get(box.tag) or (given if box.role == "heading" and given else below)
        before, self._heading = self._heading, level
        return partial(self._end_heading, before, box.tag != "summary")

    def _end_heading(self, before: int, marked: bool) -> None:
        self._level = self._heading if marked else self._level
        self._heading = before

    def _open_code(self) -> _Close:
        self._before_block()
        self._code = Preformatted(self._blocks[-1])
        return self._end_code

    def _end_code(self) -> None:
        if self._code is not None:
            self.pieces += self._code.pieces()
        self._code = None

    def _add_table(self, grid: Grid) -> None:
        self.pieces += grid.pieces(self._names)

    def _break_line(self) -> None:
        if self._heading:
            self._inline.write(" ")
        elif self._inline.break_line():
            self._flush()

    def _in_sentence(self) -> bool:
        return self._boxes[self._blocks[-1]].tag in _SENTENCES

    def _before_block(self) -> None:
        self.pieces += self._items.pending(self._blocks[-1])

    def _flush(self) -> None:
        """End the paragraph, item or heading that is open."""
        words = self._inline.take()
        if not words.text:
            return
        place = self._blocks[-1]
        if self._heading or self._is_heading(words.text, words.bold, words.linked, place):
            self._before_block()
            level = self._heading or min(self._level + 1, 6)
            text = " ".join(words.text.split())
            self.pieces.append(Piece("heading", text, place, level=level, linked=words.linked))
        elif self._control:
            self.pieces.append(Piece("paragraph", words.text, place, fixed=self._control))
        elif self._items.is_open:
            self._items.take(words, place)
        else:
            self._before_block()
            self.pieces += self._paragraphs(words, place)

    def _is_heading(self, text: str, bold: float, linked: float, place: int) -> bool:
        """Tell whether a few words stand for a heading: bold, called so, or a folded question."""
        if self._control:
            return self._control == "?" or text.endswith("?")
        box = self._boxes[place]
        if self._items.in_term:
            return text.endswith("?")
        short = len(text) < 200 and "\n" not in text and len(text.split()) <= HEADING
        if not short or text.endswith((".", ",")) or linked > 0.5 or self._items.is_open:
            return False
        if any(is_callout_name(self._boxes[around].names) for around in self._blocks[-2:]):
            return False
        return bold > 0.99 or is_heading_name(box.names)

    def _paragraphs(self, words: Words, place: int) -> Iterator[Piece]:
        """Yield a paragraph; several of its lines with bullets are the items of a list."""
        lines, linked = words.text.split("\n"), words.linked
        if sum(bool(_BULLET.match(line)) for line in lines) < 2:
            yield Piece("paragraph", words.text, place, linked=linked, links=words.links)
            return
        group = self._items.new_group()
        for line in lines:
            bullet = _BULLET.match(line)
            if bullet:
                line = line[bullet.end() :]
                yield Piece("item", line, place, group=group, linked=linked)
            else:
                yield Piece("paragraph", line, place, linked=linked)


def _nothing() -> None:
    """End an element that leaves nothing behind."""
