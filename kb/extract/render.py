"""Render: building a document's text piece by piece, with a block for each piece."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.extract.clean import clean
from kb.extract.cues import cues, folded
from kb.model import Block, BlockKind, Document, Span

_DEEPEST = 6  # level of a heading
SEPARATOR = " | "  # between the cells of a row


class Rendering:
    """The text written so far and its blocks; every piece is cleaned before it is written."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._groups = 0
        self._table = 0  # group of the table whose rows were written last
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def new_group(self) -> int:
        """Return the number of the list or table that begins."""
        self._groups += 1
        return self._groups

    def add(self, kind: BlockKind, text: str, *, level: int = 0, group: int = 0) -> None:
        """Write `text` as a block of its own; blank text writes nothing."""
        content = clean(text) if kind == "code" else clean(text).strip()
        if not content.strip():
            return
        start = self._write(content, tight=bool(group) and self._last_group() == group)
        self.blocks.append(Block(kind, start, start + len(content), level=level, group=group))

    def extend(self, text: str) -> None:
        """Write `text` on a line of its own that still belongs to the last block."""
        content = clean(text).strip()
        if content and self.blocks:
            self._write(content, tight=True)
            self.blocks[-1] = replace(self.blocks[-1], end=self._length)

    def add_row(self, cells: list[str], columns: tuple[str, ...] | None, group: int) -> None:
        """Write a row on one line; `columns` None makes it the header, which becomes no block."""
        texts = [" ".join(clean(cell).split()) for cell in cells]
        line = SEPARATOR.join(texts)
        if not any(texts):
            return
        start = self._write(line, tight=self._table == group)
        self._table = group
        spans, position = [], start
        for text in texts:
            spans.append(Span(position, position + len(text)))
            position += len(text) + len(SEPARATOR)
        if columns is not None:
            named = columns if any(columns) else ()
            row = Block("row", start, self._length, group=group, cells=tuple(spans), columns=named)
            self.blocks.append(row)

    def _last_group(self) -> int:
        return self.blocks[-1].group if self.blocks else 0

    def _write(self, content: str, *, tight: bool) -> int:
        """Append `content` behind one or two line ends and return where it starts."""
        if self._parts:
            gap = "\n" if tight else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        start = self._length
        self._parts.append(content)
        self._length += len(content)
        return start


def titled(document: Document) -> Document:
    """Return `document` with a title, the first heading of level 1 if it has none yet.

    Other headings of level 1 go down to level 2, and "Pros" and "Cons" stand below the heading
    right above them, also where an author gave all three the same level.
    """
    text, title = document.text, document.metadata.title
    first = next((block for block in document.blocks if block.level == 1), None)
    if not title and first is not None and first.kind == "heading":
        title = text[first.start : first.end]
    blocks = tuple(
        replace(block, level=2)
        if block.kind == "heading"
        and block.level == 1
        and folded(text[block.start : block.end]) != folded(title)
        else block
        for block in document.blocks
    )
    nested = tuple(_nested(blocks, text))
    return Document(text, nested, replace(document.metadata, title=title))


def _nested(blocks: Sequence[Block], text: str) -> Iterator[Block]:
    """Yield blocks with the headings of sides one level below the heading that owns them."""
    owner = 0  # level of the heading that owns the sides, 0 for none
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.kind != "heading":
            yield block
            continue
        is_side = _is_side(block, text)
        if is_side and before is not None and before.kind == "heading":
            if before.level == block.level and not _is_side(before, text):
                owner = block.level
        elif not is_side and block.level <= owner:
            owner = 0
        below = is_side and block.level == owner
        yield replace(block, level=min(block.level + 1, _DEEPEST)) if below else block


def _is_side(block: Block, text: str) -> bool:
    """Tell whether a heading says no more than which points stand below it: "Pros:"."""
    said = folded(text[block.start : block.end]).rstrip(" :")
    sides = cues().sides
    return bool(sides.praise.search(said) or sides.blame.search(said))
