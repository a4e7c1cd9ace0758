"""Shape: headings that a page's own habit tells, a short line right above each paragraph."""

from collections.abc import Sequence

from kb.extract.cues import cues
from kb.extract.pasted.draft import Draft, merged
from kb.extract.pasted.lines import Line, ends_inside, is_prose, is_short
from kb.extract.pasted.sides import side

HABIT = 3  # paragraphs with a line above them that make a habit
SHARE = 0.25  # of a page's paragraphs that must have one
STATED = 0.4  # the same where that line may be a sentence with a full stop
HEADING = 14  # words
TEXT = 8  # words of a paragraph that does not end with a full stop


def join_callouts(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Return `drafts` with words such as "Note" and the remark right below them as one."""
    joined: list[Draft] = []
    index = 0
    while index < len(drafts):
        pair = drafts[index : index + 2]
        if len(pair) == 2 and _is_callout(*pair):
            joined.append(Draft(merged(text, [draft.line for draft in pair]), "paragraph"))
            index += 2
        else:
            joined.append(drafts[index])
            index += 1
    return joined


def set_bulleted(drafts: Sequence[Draft]) -> None:
    """Make headings of bullets that stand alone above paragraphs, where a page has the habit."""
    around = zip(drafts, drafts[1:], drafts[2:], strict=False)
    alone = [
        draft
        for above, draft, below in around
        if draft.kind == "item" != above.kind and draft.line.gap and _stands_above(draft, below)
    ]
    for draft in alone if len(alone) >= HABIT else ():
        draft.kind = "heading"


def _stands_above(draft: Draft, below: Draft) -> bool:
    line = draft.line
    named = bool(line.bullet) and is_short(line, words=HEADING) and not is_prose(line)
    return named and bool(below.line.gap) and not below.kind and _is_text(below.line)


def set_headed(drafts: Sequence[Draft]) -> None:
    """Make headings of the lines right above paragraphs, where a page has the habit.

    Blank lines stand around both and none between them; the line may be a whole sentence then.
    The paragraph below a question or number is one even when it is short or asks something.
    """
    pairs = [at for at in range(len(drafts) - 1) if _is_pair(drafts, at)]
    texts = sum(_is_text(draft.line) and draft.kind in ("", "paragraph") for draft in drafts)
    if len(pairs) < HABIT or len(pairs) < SHARE * texts:
        return
    stated = len(pairs) >= STATED * texts
    for at in pairs if stated else [at for at in pairs if not _is_stated(drafts[at].line)]:
        drafts[at].kind, drafts[at + 1].kind = "heading", "paragraph"


def _is_stated(line: Line) -> bool:
    """Tell whether a line ends as a statement does."""
    return line.text.endswith((".", "!"))


def _is_callout(label: Draft, below: Draft) -> bool:
    if label.kind or below.kind or below.line.gap or below.line.marked:
        return False
    return label.line.folded.strip(" :!⚠️ℹ💡") in cues().headings.callouts


def _is_pair(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a line and the text right below it stand apart from all others."""
    above, below = drafts[index], drafts[index + 1]
    apart = index == 0 or above.line.gap or drafts[index - 1].kind in ("aside", "heading")
    if above.kind or below.kind or below.line.gap or below.line.marked or not apart:
        return False
    if below.line.whole - above.line.end > below.line.indent + 1:
        return False  # something that was set aside stands between them
    ends = index + 2 == len(drafts) or drafts[index + 2].line.gap or drafts[index + 2].kind
    return bool(ends) and _may_head(above.line) and _is_text(below.line)


def _may_head(line: Line) -> bool:
    """Tell whether a line is short enough and no lead-in, side or point of a list."""
    if line.bullet or side(line) or line.text.endswith((":", ",", ";")):
        return False
    return is_short(line, words=HEADING)


def _is_text(line: Line) -> bool:
    """Tell whether a line reads as a paragraph, be it one that ends with a question."""
    return is_prose(line) or (len(line.words) >= TEXT and ends_inside(line))
