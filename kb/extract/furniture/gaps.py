"""Gaps: short lines that furniture surrounds, and those that follow it to the end of the page."""

from collections.abc import Iterator, Sequence

from kb.extract.cues import cues
from kb.extract.furniture.reasons import is_menu_word
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line, ends_inside, is_prose, is_short
from kb.extract.pasted.sides import side
from kb.extract.subjects import Subjects

SURE = 2  # lines that are furniture by themselves, in a run in which others become it
SHARE = 0.5  # of such a run that is furniture or a menu's word
CALM = 5  # words of a sentence or question that is no text among furniture
AT_THE_END = 20  # and of one behind the article that names no option
FIRM = 30  # words of a line that can only be the article's
LONGEST = 5  # lines that are drawn in where furniture stands on both sides
LEADING = 2  # and above the first of FURNITURE and more
FURNITURE = 4
LINKS = 10  # titles below a label

_INTERRUPTING = ("advert", "sponsor")  # they do not say that the article is over
_UNSURE = ("separator", "counter", "page number", "table of contents", "among furniture")


def fill_gaps(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark the lines between furniture: names under pictures, buttons, counters, tags.

    Only lines that look like nothing else: a heading, a side or a name of an option stays.
    """
    _set_aside_links(drafts, title)
    for start, end in _runs(drafts, title):
        run = drafts[start:end]
        sure = sum(_is_sure(draft) for draft in run)
        known = sum(draft.kind == "aside" or is_menu_word(draft.line) for draft in run)
        few = sure < SURE and known < len(run)
        if not sure or few or known < SHARE * len(run) or any(side(draft.line) for draft in run):
            continue
        _set_aside_tags(run)
        for draft in (*_leading(run, known, names), *_between(run)):
            if draft.kind != "aside" and not _names_option(draft.line, names):
                draft.set_aside("among furniture")


def _names_option(line: Line, names: Subjects) -> bool:
    """Tell whether a line is the name of an option, or compares several."""
    return bool(names.named(line.text)) or len(names.found(line.text)) > 1


def _set_aside_links(drafts: Sequence[Draft], title: Draft | None) -> None:
    """Mark the titles below a label such as "Related posts", up to a blank line or furniture."""
    for at, label in enumerate(drafts):
        if label.aside != "related posts":
            continue
        end = at + 1
        while end < len(drafts) and end <= at + LINKS and _is_link(drafts[end], title):
            if drafts[end].line.gap and not drafts[at + 1].line.gap:
                break
            end += 1
        below = drafts[end] if end < len(drafts) else None
        # The last line may head the text that follows it.
        heads = below is not None and not below.line.gap and below.kind != "aside"
        if below is None or not drafts[at + 1].line.gap or below.kind == "aside":
            for draft in drafts[at + 1 : end - heads]:
                if draft.kind != "aside":
                    draft.set_aside("related posts")


def _is_link(draft: Draft, title: Draft | None) -> bool:
    line = draft.line
    if draft is title or draft.kind or line.marked or not is_short(line):
        return False
    alike = title is not None and line.words[:3] == title.line.words[:3]
    return not line.text.endswith((".", ":")) and not side(line) and not alike


def tail_start(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> int:
    """Return where the furniture begins that the page ends on, or the number of drafts.

    Of all ends without real text the one that furniture outweighs most; it begins with furniture.
    """
    start, best, weight, sure = len(drafts), 0.0, 0.0, 0
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if draft is title or _is_firm(draft, names):
            break
        weight += _weight(draft)
        sure += _is_sure(draft) and draft.aside not in _INTERRUPTING
        if _is_sure(draft) and sure >= SURE and weight > best:
            start, best = at, weight
    return start


def _weight(draft: Draft) -> float:
    """Return how much a line speaks for the article being over, below 0 when against it."""
    if draft.kind == "aside":
        return 2.0 if _is_sure(draft) else 0.25
    if is_menu_word(draft.line):
        return 1.0
    return -2.0 if is_prose(draft.line) or not is_short(draft.line) else -0.5


def _is_firm(draft: Draft, names: Subjects) -> bool:
    """Tell whether a draft cannot stand behind the article: content, or text about an option."""
    line = draft.line
    if draft.kind == "aside":
        return False
    if draft.kind or draft.kept or line.marked or side(line) or len(line.words) > FIRM:
        return True
    text = ends_inside(line) or (is_prose(line) and len(line.words) > CALM)
    return text and (len(line.words) > AT_THE_END or bool(names.found(line.text)))


def _runs(drafts: Sequence[Draft], title: Draft | None) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the stretches without text, the last one excluded."""
    start = 0
    for index in range(len(drafts) + 1):
        if index == len(drafts) or drafts[index] is title or _is_solid(drafts[index]):
            if index > start:
                yield start, index
            start = index + 1


def _is_solid(draft: Draft) -> bool:
    """Tell whether a draft is something of its own: text, a point of a list, a row, code.

    So is what ends like a sentence or question, unless it is very short.
    """
    line = draft.line
    if draft.kind == "aside":
        return False
    if draft.kind or draft.kept or line.marked or not is_short(line):
        return True
    ended = line.text.endswith((".", "!", "?")) or ends_inside(line)
    return (ended and len(line.words) > CALM) or is_prose(line)


def _is_sure(draft: Draft) -> bool:
    return draft.kind == "aside" and draft.aside not in _UNSURE


def _between(run: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the lines that have furniture close above and close below."""
    known = [
        at for at, draft in enumerate(run) if draft.kind == "aside" or is_menu_word(draft.line)
    ]
    for above, below in zip(known, known[1:], strict=False):
        if below - above <= LONGEST + 1:
            yield from run[above : below + 1]


def _leading(run: Sequence[Draft], known: int, names: Subjects) -> Sequence[Draft]:
    """Return the few short lines right above much furniture that head no text."""
    first = next(
        (at for at, draft in enumerate(run) if draft.kind == "aside" or is_menu_word(draft.line)), 0
    )
    if first > LEADING or known < FURNITURE:
        return ()
    sections = cues().headings.sections
    named = any(
        names.found(draft.line.text) or sections.search(draft.line.folded) for draft in run[:first]
    )
    return () if named else run[:first]


def _set_aside_tags(run: Sequence[Draft]) -> None:
    """Mark the words in lower case or with a hash that stand right above furniture."""
    first = next((at for at, draft in enumerate(run) if draft.kind == "aside"), 0)
    tags = run[:first]
    if len(tags) > 1 and all(_is_tag(draft.line.text) for draft in tags):
        for draft in tags:
            draft.set_aside("tags")


def _is_tag(text: str) -> bool:
    return " " not in text and (text.startswith("#") or text.islower())
