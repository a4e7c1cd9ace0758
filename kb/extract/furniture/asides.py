"""Furniture: what stands on a page beside the article, set aside with the reason."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from kb.extract.cues import cues
from kb.extract.furniture.byline import set_aside_head
from kb.extract.furniture.cutting import cut_block
from kb.extract.furniture.endings import distinct, set_aside_end
from kb.extract.furniture.gaps import fill_gaps
from kb.extract.furniture.reasons import COVER, SHORT, is_menu_word, reason
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line, is_prose, is_short
from kb.extract.subjects import Subjects
from kb.extract.verdicts import Verdicts
from kb.model import Block, Document

_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]? (?=[^\W\d])")
REPEATED = "repeats the title"
LINES = 3  # of a box above its last one, a call to write or buy
COVER_ITEM = 0.8  # share of an item that a cue must fill; items are more often facts
_CALLS = ("contact form", "newsletter form", "course advert", "advert", "sign-in prompt")


def set_aside_lines(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark the furniture that single lines betray, and all that follows the article's end."""
    free = [draft for draft in drafts if draft.kind in ("", "item")]
    for draft, below in zip(free, [*free[1:], None], strict=False):
        if draft is title or not (why := _why(draft, title)):
            continue
        if why != REPEATED or below is None or below.line.gap or not is_prose(below.line):
            draft.set_aside(why)
    _set_aside_repeats(drafts, title)
    _set_aside_contents(drafts, title)
    _set_aside_boxes(drafts)
    set_aside_head(drafts, title, names)
    fill_gaps(drafts, title, names)
    set_aside_end(drafts, title, names)


def set_aside_sections(drafts: Sequence[Draft]) -> None:
    """Mark sections in which somebody sells, and paragraphs in which somebody says goodbye."""
    for index, draft in enumerate(drafts):
        if draft.kind == "heading" and draft.level > 1 and _may_sell(draft):
            _set_aside_sale(draft, _below(drafts, index))
    prose = [draft for draft in drafts if draft.kind == "paragraph"]
    for draft in prose[-3:]:
        needed = 1 if len(draft.line.words) < 25 else 2
        if len(prose) > 2 and distinct(cues().furniture.goodbye, draft.line) >= needed:
            draft.set_aside("goodbye")
        elif len(prose) > 2 and _sells(draft.line):
            draft.set_aside("sales text")


def _why(draft: Draft, title: Draft | None) -> str:
    line = draft.line
    if line.bullet and len(line.words) > 6:
        return ""
    if title is not None and _repeats(line, title.line):
        return REPEATED
    return reason(line, COVER_ITEM if line.bullet else COVER)


def _repeats(line: Line, title: Line) -> bool:
    """Tell whether `line` is the title again, with or without a number behind it."""
    if line.marked or len(line.text) > len(title.text) + 4:
        return False
    rest = line.folded.removeprefix(title.folded)
    return rest != line.folded and (not rest or rest.strip(" #()").isdigit())


def _set_aside_repeats(drafts: Sequence[Draft], title: Draft | None) -> None:
    """Mark a short line that stands twice in a row: a name as link and as text."""
    for draft, below in zip(drafts, drafts[1:], strict=False):
        same = draft.line.text == below.line.text and title not in (draft, below)
        free = draft.kind in ("", "aside") and not below.kind
        if same and free and is_short(below.line, words=6):
            draft.set_aside("byline")
            below.set_aside("byline")


def _set_aside_contents(drafts: Sequence[Draft], title: Draft | None) -> None:
    """Mark a table of contents: three short lines and more that all stand further down again.

    Further down they do not follow one another directly, as those of two equal lists do.
    """
    short = [_entry(draft.line) for draft in drafts if len(draft.line.text) < 120]
    counts, pairs = Counter(short), Counter(pairwise(short))
    counts.update(text.rpartition(": ")[2] for text in short if ": " in text)
    index = 0
    while index < len(drafts):
        end = index
        seen: set[str] = set()
        while end < len(drafts) and drafts[end] is not title and _is_entry(drafts[end], counts):
            if _entry(drafts[end].line) in seen:
                break  # the first heading right below the table
            seen.add(_entry(drafts[end].line))
            end += 1
        labelled = index > 0 and drafts[index - 1].aside == "table of contents"
        entries = [_entry(draft.line) for draft in drafts[index:end]]
        again = sum(pairs[pair] > 1 for pair in pairwise(entries))
        if labelled or (len(entries) >= 3 and 2 * again < len(entries)):
            for draft in drafts[index:end]:
                counts[_entry(draft.line)] -= 1
                draft.set_aside("table of contents")
        index = max(end, index + 1)


def _entry(line: Line) -> str:
    """Return the text of a heading as a table of contents has it, without a number."""
    return _NUMBER.sub("", line.folded)


def _is_entry(draft: Draft, counts: Counter[str]) -> bool:
    free = draft.kind in ("", "item") and not is_prose(draft.line)
    return free and counts[_entry(draft.line)] > 1 and len(draft.line.words) <= 14


def _set_aside_boxes(drafts: Sequence[Draft]) -> None:
    """Mark a sponsor's text, the box of a label such as "Services", and who wrote a post when."""
    for index, draft in enumerate(drafts[:-1]):
        line, below = draft.line, drafts[index + 1]
        if draft.aside == "sponsor" and not below.line.gap and below.kind in ("", "item"):
            below.set_aside("sponsor")
        if draft.aside == "advert" and _is_boxed(drafts, index) and not below.kind:
            below.set_aside("advert")
        if below.aside in _CALLS and not below.line.gap:
            _set_aside_call(drafts, index)
        signed = _is_dated(drafts, index) and len(line.words) <= 3
        above = drafts[index - 1] if index else None
        apart = above is None or line.gap or above.kind or is_menu_word(above.line)
        if signed and apart and not draft.kind and not is_prose(line):
            draft.set_aside("byline")
        if draft.kind or line.gap or not (apart and cues().furniture.boxes.search(line.folded)):
            continue
        if drafts[index + 1].line.gap == 0 and is_short(drafts[index + 1].line, words=SHORT):
            draft.set_aside("advert")
            drafts[index + 1].set_aside("advert")


def _is_dated(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a date stands right below a line, or below a dot there."""
    below = drafts[index + 1 : index + 3]
    if below[0].aside == "separator" and len(below) > 1 and not below[0].line.gap:
        below = below[1:]
    return below[0].aside == "date" and not below[0].line.gap


def _set_aside_call(drafts: Sequence[Draft], last: int) -> None:
    """Mark the lines above a call to write or buy, back to the question or offer they begin with.

    They stand between blank lines, address the reader, and are few.
    """
    first = last
    while first > 0 and not drafts[first].line.gap and last - first < LINES:
        first -= 1
    box = [draft for draft in drafts[first : last + 1] if draft.kind != "aside"]
    words = {word for draft in box for word in draft.line.folded.replace(",", "").split()}
    asks = bool(box) and box[0].line.text.endswith(("?", "!"))
    plain = all(not draft.kind and not draft.line.marked for draft in box)
    if asks and plain and drafts[first].line.gap and words & {"our", "we", "us", "your", "you"}:
        for draft in box:
            draft.set_aside("sales text")


def _is_boxed(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a line and the one below it stand between blank lines, and no others do."""
    line, below = drafts[index].line, drafts[index + 1].line
    after = drafts[index + 2].line if index + 2 < len(drafts) else None
    apart = bool(line.gap) and not below.gap and not below.marked
    return apart and len(line.words) == 1 and (after is None or after.gap > 0)


def _may_sell(heading: Draft) -> bool:
    return bool(cues().furniture.sales_headings.search(heading.line.folded))


def _below(drafts: Sequence[Draft], index: int) -> list[Draft]:
    """Return the drafts under the heading at `index`, those of its sub-sections included."""
    below: list[Draft] = []
    for draft in drafts[index + 1 :]:
        if draft.kind == "heading" and draft.level <= drafts[index].level:
            break
        below.append(draft)
    return below


def _set_aside_sale(heading: Draft, below: Sequence[Draft]) -> None:
    """Mark a heading that sells and the paragraphs under it, up to one that does not sell."""
    furniture = cues().furniture
    prose = [draft for draft in below if draft.kind != "aside"]
    selling = list(takewhile(lambda draft: distinct(furniture.sales, draft.line), prose))
    found = {match for draft in selling for match in furniture.sales.findall(draft.line.folded)}
    if len(found) >= 2 or not prose:
        for draft in (heading, *selling):
            draft.set_aside("sales section")


def _sells(line: Line) -> bool:
    """Tell whether a short paragraph at the end speaks for those who sell something."""
    furniture = cues().furniture
    ours = not {"our", "us", "we"}.isdisjoint(line.folded.replace(",", " ").split())
    found = distinct(furniture.sales, line) + distinct(furniture.sales_headings, line)
    return ours and found > 1 and len(line.words) < 60


def set_aside_blocks(
    document: Document,
    *,
    reasons: Sequence[str] = (),
    kept: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> tuple[Block, ...]:
    """Return the blocks of a marked-up document with short furniture lines set aside.

    So is a block for which `reasons` has one, where they are given: one per block, "" for none.
    What stands in a quote of `kept` is none, what stands in one of `dropped` is set aside too.
    """
    verdicts = Verdicts(document.text, kept, dropped)
    known = reasons or [""] * len(document.blocks)
    return tuple(
        piece
        for block, why in zip(document.blocks, known, strict=True)
        for piece in cut_block(block, _judged(document, block, why), verdicts)
    )


def _judged(document: Document, block: Block, known: str) -> Block:
    if known:
        return Block("aside", block.start, block.end, aside=known)
    text = document.text[block.start : block.end]
    if block.kind not in ("heading", "paragraph") or block.level == 1 or len(text) > 200:
        return block
    line = Line(text, block.start, block.end, whole=block.start, indent=0, gap=1)
    why = reason(line)
    return replace(block, kind="aside", level=0, aside=why) if why else block
