"""Slides: pages with a number between them, each with its heading on top."""

from collections.abc import Sequence
from itertools import pairwise

from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import is_short

PAGES = 3  # numbers in a row that make slides
WORDS = 9  # of a line of a slide, on average at most


def set_slides(drafts: Sequence[Draft]) -> None:
    """Set page numbers aside and make headings of the first lines below them.

    The text of a book has page numbers as well; on slides all lines are short.
    """
    numbers = _page_numbers(drafts)
    if len(numbers) < PAGES:
        return
    lines = [draft.line for draft in drafts if not draft.line.text.isdigit()]
    if sum(len(line.words) for line in lines) > WORDS * len(lines):
        return
    for at in numbers:
        drafts[at].set_aside("page number")
    for at, after in pairwise([_last_gap(drafts, numbers[0]) - 1, *numbers, len(drafts)]):
        top = drafts[at + 1 : after]
        if len(top) > 1 and not top[0].kind and not top[0].line.bullet and is_short(top[0].line):
            top[0].kind = "heading"


def _last_gap(drafts: Sequence[Draft], end: int) -> int:
    """Return where the lines right above `end` begin that no blank line parts."""
    start = end - 1
    while start > 1 and not drafts[start].line.gap:
        start -= 1
    return max(start, 1)


def _page_numbers(drafts: Sequence[Draft]) -> list[int]:
    """Return where numbers stand alone between blank lines that count on one by one."""
    found: list[int] = []
    expected = 0
    for at, draft in enumerate(drafts):
        below = drafts[at + 1].line.gap if at + 1 < len(drafts) else 1
        if draft.kind or not (draft.line.gap and below) or len(draft.line.text) > 4:
            continue
        if draft.line.text.isascii() and draft.line.text.isdigit():
            number = int(draft.line.text)
            if found and number != expected:
                return []
            found.append(at)
            expected = number + 1
    return found
