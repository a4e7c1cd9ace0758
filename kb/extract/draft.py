"""Drafts: pasted lines on their way to blocks, undecided until a rule recognises them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.extract.lines import Line
from kb.model import Block, BlockKind, Span

DraftKind = Literal["", "heading", "paragraph", "item", "row", "code", "aside", "header"]

WIDEST = 120  # characters of a line that an editor or a mailer broke
NARROWEST = 45


@dataclass(slots=True)
class Draft:
    """One future block; rules set `kind` and what belongs to it, in place.

    `line` holds the text of all its lines. "header" is a table's header, which becomes no block.
    """

    line: Line
    kind: DraftKind = ""
    level: int = 0
    group: int = 0
    cells: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    aside: str = ""

    def block(self) -> Block:
        """Return the draft as a block; one that no rule recognised is a paragraph."""
        kind: BlockKind = "paragraph"
        if self.kind != "" and self.kind != "header":
            kind = self.kind
        whole = kind in ("code", "row", "aside")
        return Block(
            kind=kind,
            start=self.line.whole if whole else self.line.start,
            end=self.line.end,
            level=self.level if kind in ("heading", "item") else 0,
            group=self.group if kind in ("item", "row") else 0,
            cells=self.cells if kind == "row" else (),
            columns=self.columns if kind == "row" else (),
            aside=self.aside if kind == "aside" else "",
        )

    def set_aside(self, reason: str) -> None:
        """Make the draft furniture, for `reason`."""
        self.kind, self.aside = "aside", reason


def merged(text: str, lines: Sequence[Line]) -> Line:
    """Return `lines`, which follow one another in `text`, as one."""
    first, last = lines[0], lines[-1]
    if first is last:
        return first
    return replace(first, text=text[first.start : last.end], end=last.end)


def joined(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return `lines` with the paragraphs and items whole that were broken at a fixed width."""
    whole: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group, line):
            whole.append(merged(text, group))
            group = []
        group.append(line)
    if group:
        whole.append(merged(text, group))
    return whole


def blocks(drafts: Iterable[Draft]) -> tuple[Block, ...]:
    """Return the blocks of `drafts`, in order."""
    return tuple(draft.block() for draft in drafts if draft.kind != "header")


def _continues(group: Sequence[Line], line: Line) -> bool:
    """Tell whether `line` goes on with the sentence that the last line of `group` was broken in.

    A broken line is nearly as long as the width allows, ends without a full stop, and the next
    one starts in lower case; below a bullet it is indented instead.
    """
    first, above = group[0], group[-1]
    if line.gap or line.marked or not NARROWEST <= above.end - above.whole <= WIDEST:
        return False
    if line.end - line.whole > WIDEST or above.text.endswith((":", "?", "!")):
        return False
    if line.text[0].islower():
        return not above.text.endswith(".") or line.indent > first.indent
    if first.marked:
        return line.indent > first.indent
    prose = len(group) > 1 or line.text.endswith(".")
    return prose and _filled(above, line) and not above.text.endswith(".")


def _filled(above: Line, line: Line) -> bool:
    """Tell whether the first word of `line` would not have fitted behind `above`."""
    words = line.text.split(maxsplit=1)
    longest = max(above.end - above.whole, line.end - line.whole)
    return longest >= 60 and above.end - above.whole + 1 + len(words[0]) > longest + 10
