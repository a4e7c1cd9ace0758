"""Title and byline: what the head of a pasted text says of the article itself."""

import re
from collections import Counter
from collections.abc import Sequence

from kb.extract.cues import cues, folded
from kb.extract.furniture.byline import is_personal_name, is_signed
from kb.extract.furniture.reasons import published, reason
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line, ends_inside, is_prose, is_sentence, is_short
from kb.extract.pasted.sides import has_both, is_bare, side
from kb.extract.subjects import Subjects, compares
from kb.model import Metadata

WINDOW = 15  # drafts among which the title stands
MENU = 70  # the same where all lines above it are those of menus
ITEM = 6  # words of a menu's line
LINES = 4  # that make a menu
TITLE = 25  # words
BRIEF = 2  # lines of a text that may be all said and not named
SURE = 4  # points of a title that names what it compares, or stands in the text twice


def find_title(drafts: Sequence[Draft], names: Subjects) -> Draft | None:
    """Return the draft that is the article's title, or None when none looks like one.

    Nothing below a line such as "Pros" is one, and in a text of one or two lines no sentence.
    """
    head = _head(drafts)
    short = [draft.line.folded for draft in head if len(draft.line.text) < 200]
    counts = Counter({text: sum(text in other for other in short) for text in set(short)})
    paired = has_both(draft.line for draft in drafts)
    brief = sum(not reason(draft.line) for draft in drafts[:WINDOW]) <= BRIEF
    first, best, best_score, prose = -1, -1, 0, 0
    for index, draft in enumerate(head):
        if is_bare(draft.line) or (paired and side(draft.line)):
            break
        prose += is_prose(draft.line) or draft.kind in ("code", "row")
        if prose > 1:
            break
        score = 0 if draft.kind else _score(draft, names, counts)
        first = index if first < 0 and score else first
        if score > best_score and not (brief and _is_told(draft.line)):
            best, best_score = index, score
    if best > first >= 0 and best_score < SURE and not _stands_out(drafts, first, best):
        best = first
    best = _right_above_text(drafts, best, len(head))
    return drafts[best] if best >= 0 else None


def metadata(drafts: Sequence[Draft], title: Draft | None) -> Metadata:
    """Return title, date and author as far as lines say so."""
    head = [draft for draft in drafts[:WINDOW] if draft.kind == "aside"]
    dates = (published(draft.line.folded) for draft in head if draft.aside in ("date", "byline"))
    return Metadata(
        title=title.line.text if title is not None else "",
        author=_author(drafts, head),
        published=next((date for date in dates if date), ""),
    )


def _head(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Return the drafts among which the title stands: the first ones, and all below a menu."""
    end = 0
    for draft in drafts[:MENU]:
        menu = len(draft.line.words) <= ITEM and not draft.line.marked and not side(draft.line)
        menu = menu or bool(reason(draft.line))
        if end >= WINDOW and not menu:
            break
        end += 1
    return drafts[: end + 1] if end > WINDOW else drafts[:WINDOW]


def _right_above_text(drafts: Sequence[Draft], index: int, end: int) -> int:
    """Return `index`, or where the same line stands again below a menu, right above the text."""
    if index < 0:
        return index
    title = drafts[index].line
    again = [at for at in range(index + 1, min(end, len(drafts) - 1)) if not drafts[at].kind]
    again = [at for at in again if drafts[at].line.folded == title.folded]
    for at in again:
        between = [draft.line for draft in drafts[index + 1 : at]]
        menu = len(between) >= LINES and all(len(line.words) <= ITEM for line in between)
        if menu and is_prose(drafts[at + 1].line):
            return at
    return index


def _is_told(line: Line) -> bool:
    """Tell whether a line says something instead of naming it."""
    return line.text.endswith((".", "!")) or (is_sentence(line) and not line.text.endswith("?"))


def _stands_out(drafts: Sequence[Draft], first: int, index: int) -> bool:
    """Tell whether the longer line at `index` is a title below a site's name and no list's item.

    Text, a byline or other furniture follows it, or a date parts it from the site's name and text
    is near; no text stands above it.
    """
    if index + 1 == len(drafts) or any(is_prose(draft.line) for draft in drafts[first:index]):
        return False
    below = drafts[index + 1]
    near = any(is_prose(draft.line) for draft in drafts[index + 1 : index + 4])
    if near and below.line.gap and any(reason(draft.line) for draft in drafts[first:index]):
        return True
    signed = is_signed(below.line)
    return bool(below.kind or is_prose(below.line) or signed or reason(below.line))


def _score(draft: Draft, names: Subjects, counts: Counter[str]) -> int:
    """Return how much a line looks like a title; 0 when it cannot be one."""
    line = draft.line
    if is_prose(line) or not is_short(line, words=TITLE, characters=200) or line.bullet:
        return 0
    if reason(line):
        return 0
    words = len(line.words)
    score = 2 + 3 * compares(line.text, names)
    score += 2 * (counts[line.folded] > 1 and words >= 3) + (words > 3)
    issue = bool(cues().headings.issues.search(line.folded))
    score += 2 * issue - 2 * (bool(line.numbers) and not issue)
    score -= 2 * line.text.endswith(":") + 2 * ends_inside(line)
    return max(score, 0)


_PARTS = re.compile(r"\s[|\u2022\u00b7\u2013\u2014-]\s|,\s+(?=\d|[A-Z][a-z]+ \d)")


def _author(drafts: Sequence[Draft], head: Sequence[Draft]) -> str:
    """Return the name behind "Written by", or a personal name in the byline, or ""."""
    asides = [draft for draft in drafts if draft.kind == "aside"]
    for draft, below in zip(asides, [*asides[1:], None], strict=False):
        # "By Ann Li | Updated 3 May 2025 | 9 min read" says several things.
        signed = _PARTS.split(draft.line.text)[0]
        match = cues().furniture.authored.search(folded(signed))
        if match is None or len(signed.split()) > 8:
            continue
        name = signed[match.end() :].strip(" :*_")
        if name[:1].isupper():
            return name
        if not name and below is not None and is_short(below.line, words=5):
            return below.line.text
    return _byline_name(asides, head)


def _byline_name(asides: Sequence[Draft], head: Sequence[Draft]) -> str:
    bylines = [draft for draft in head if draft.aside == "byline"]
    boxes = [draft for draft in asides[-12:] if draft.aside == "after the article"]
    texts = [draft.line.text for draft in asides]
    for draft in (*bylines, *boxes):
        name = draft.line.text
        known = sum(text.startswith(name) for text in texts) > 1
        if is_personal_name(name) and known:
            return name
    return ""
