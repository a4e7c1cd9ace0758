"""Pieces: what a web page shows, one by one, before it is known what of it is the article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.extract.render import Rendering
from kb.model import Block, BlockKind, Document, Metadata

FEW = 12  # words of what is set aside together with its neighbours
TOGETHER = 900  # characters of them


@dataclass(slots=True)
class Piece:
    """A future block; `box` is the number of the element it stands in.

    `linked` is the share of its characters that are links, of which there are `links`. A row has
    `cells`; its `columns` are None when it is itself the header. `fixed` is why it is furniture,
    where the walk can tell.
    """

    kind: BlockKind
    text: str
    box: int
    level: int = 0
    group: int = 0
    linked: float = 0.0
    links: int = 1
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = ()
    fixed: str = ""


def laid_out(
    pieces: Sequence[Piece], reasons: Sequence[str], metadata: Metadata
) -> tuple[Document, list[str]]:
    """Return the pieces as a document, and the reasons of its blocks.

    A table's header becomes no block, except where it is furniture.
    """
    rendering = Rendering()
    known: list[str] = []
    for piece, why in zip(pieces, reasons, strict=True):
        if piece.kind == "row" and (piece.columns is not None or not why):
            rendering.add_row(list(piece.cells), piece.columns, piece.group)
        else:
            kind: BlockKind = "aside" if piece.kind == "row" else piece.kind
            rendering.add(kind, piece.text, level=piece.level, group=piece.group)
        known += [why] * (len(rendering.blocks) - len(known))
    return Document(rendering.text, tuple(rendering.blocks), metadata), known


def merged_asides(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with a few words set aside joined to neighbours that are so for one reason.

    A whole sentence stays a block of its own, so that it can be put back alone.
    """
    merged: list[Block] = []
    joins = False  # whether the last block takes more
    for block in blocks:
        few = block.kind == "aside" and len(text[block.start : block.end].split()) <= FEW
        last = merged[-1] if merged else None
        if joins and few and last and _fit(last, block):
            merged[-1] = replace(last, end=block.end)
        else:
            merged.append(block)
            joins = few
    return tuple(merged)


def _fit(last: Block, block: Block) -> bool:
    return last.aside == block.aside and block.end - last.start <= TOGETHER
