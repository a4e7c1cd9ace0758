"""Drafts: pasted lines on their way to blocks, undecided until a rule recognises them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.extract.pasted.lines import Line
from kb.model import Block, BlockKind, Span

DraftKind = Literal["", "heading", "paragraph", "item", "row", "code", "aside", "header"]

WIDEST = 120  # characters of a line that an editor or a mailer broke
NARROWEST = 45
MANY = 3  # full lines of such a paragraph that need no other sign
FILLED = 55  # characters of the widest line of a paragraph that was broken to fill a width


@dataclass(slots=True)
class Draft:
    """One future block; rules set `kind` and what belongs to it, in place.

    `line` holds the text of all its lines. "header" is a table's header, which becomes no block.
    What the maintainer keeps (`kept`) cannot be set aside.
    """

    line: Line
    kind: DraftKind = ""
    level: int = 0
    group: int = 0
    cells: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    aside: str = ""
    kept: bool = False

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
        if not self.kept:
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
    wrapped = _wrapped(lines)
    for index, line in enumerate(lines):
        if group and index not in wrapped and not _continues(group, line):
            whole.append(merged(text, group))
            group = []
        group.append(line)
    if group:
        whole.append(merged(text, group))
    return whole


def blocks(drafts: Iterable[Draft]) -> tuple[Block, ...]:
    """Return the blocks of `drafts`, in order."""
    return tuple(draft.block() for draft in drafts if draft.kind != "header")


def _wrapped(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the lines that an editor broke off from the line above.

    Such a paragraph fills its width: no line had room for the first word of the next one. One
    line and more go on in lower case, or so many are full that it can be no chance.
    """
    found: set[int] = set()
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or lines[end].gap or lines[end].marked:
            found |= _wrapped_block(lines, start, end)
            start = end
    return found


def _wrapped_block(lines: Sequence[Line], start: int, end: int) -> set[int]:
    """Return the same for the lines from `start` to `end`, which no blank line parts."""
    width = max((line.end - line.whole for line in lines[start:end]), default=0)
    if not FILLED <= width <= WIDEST or lines[start].marked:
        return set()
    found: set[int] = set()
    run: list[int] = []
    for index in range(start + 1, end + 1):
        if index < end and _is_full(lines[index - 1], lines[index], width):
            run.append(index)
            continue
        if len(run) >= MANY or any(lines[joint].text[0].islower() for joint in run):
            found.update(run)
        run = []
    return found


def _is_full(above: Line, line: Line, width: int) -> bool:
    """Tell whether the first word of `line` does not fit behind `above` within `width`."""
    word = line.text.split(maxsplit=1)[0]
    return above.end - above.whole + 1 + len(word) > width and above.indent >= line.indent


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
