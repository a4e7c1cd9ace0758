"""Furniture: what stands on a page beside the article, set aside with the reason."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from kb.extract.byline import is_personal_name, set_aside_head
from kb.extract.cues import cues
from kb.extract.draft import Draft
from kb.extract.lines import Line, is_prose, is_short
from kb.extract.sides import side
from kb.extract.subjects import Subjects
from kb.model import Block, Document

SHORT = 12  # words; a longer line is set aside only at the end or for several reasons
COVER = 0.3  # share of a line that a cue must fill to count in the middle of an article
COVER_ITEM = 0.8  # and of an item, which is more often a fact

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\w)([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_DAY = re.compile(r"(?<!\w)(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})(?!\d)")
_AGO = re.compile(r"(?<!\w)(?:\d{1,3}|an?) (?:second|minute|hour|day|week|month|year)s? ago$")
_COUNTER = re.compile(r"\d[\d.,]{0,8}[kKM]?$")
_GLUED = re.compile(r"[a-z+#][A-Z]")


def reason(line: Line, cover: float = COVER) -> str:
    """Return why a short `line` is furniture wherever it stands, or "".

    The words that tell it must fill at least `cover` of the line.
    """
    if not any(character.isalnum() for character in line.text):
        return "" if line.text.startswith("```") else "separator"
    if _COUNTER.match(line.text) and not line.marked:
        return "counter"
    if not is_short(line, words=SHORT, characters=120):
        return ""
    text = line.folded
    for pattern, why in cues().furniture.lines:
        match = pattern.search(text)
        if match and len(match.group()) >= cover * len(text):
            return why
    for pattern, why in cues().furniture.starts:
        if pattern.search(text):
            return why
    return "date" if (date(text) or _AGO.search(text)) and _is_dateline(text) else ""


def is_end(line: Line) -> bool:
    """Tell whether `line` starts as one does with which the article is over."""
    furniture = cues().furniture
    text = line.folded
    return bool(furniture.never_resumes.search(text) or furniture.may_resume.search(text))


def date(text: str) -> str:
    """Return the first date in `text`, folded as cues are, in ISO form, or ""."""
    if match := _ISO.search(text):
        return match.group()
    for pattern, name, day in ((_MONTH, 1, 2), (_DAY, 2, 1)):
        for match in pattern.finditer(text):
            month = _month(match[name])
            if month and 1 <= int(match[day]) <= 31:
                return f"{match[3]}-{month:02}-{int(match[day]):02}"
    return ""


def set_aside_lines(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark the furniture that single lines betray, and all that follows the article's end."""
    free = [draft for draft in drafts if draft.kind in ("", "item")]
    for draft in free:
        if draft is not title and (why := _why(draft, title)):
            draft.set_aside(why)
    _set_aside_repeats(drafts, title)
    _set_aside_contents(drafts)
    _set_aside_boxes(drafts)
    set_aside_head(drafts, title, names)
    _set_aside_end(drafts, title, names)


def set_aside_sections(drafts: Sequence[Draft]) -> None:
    """Mark sections in which somebody sells, and paragraphs in which somebody says goodbye."""
    for index, draft in enumerate(drafts):
        if draft.kind == "heading" and draft.level > 1:
            _set_aside_sale(draft, _below(drafts, index))
    prose = [draft for draft in drafts if draft.kind == "paragraph"]
    for draft in prose[-3:]:
        needed = 1 if len(draft.line.words) < 25 else 2
        if len(prose) > 2 and _distinct(cues().furniture.goodbye, draft.line) >= needed:
            draft.set_aside("goodbye")
        elif len(prose) > 2 and _sells(draft.line):
            draft.set_aside("sales text")


def _why(draft: Draft, title: Draft | None) -> str:
    line = draft.line
    if line.bullet and len(line.words) > 6:
        return ""
    if title is not None and _repeats(line, title.line):
        return "repeats the title"
    return reason(line, COVER_ITEM if line.bullet else COVER)


def _repeats(line: Line, title: Line) -> bool:
    """Tell whether `line` is the title again, with or without a number behind it."""
    if line.marked or len(line.text) > len(title.text) + 4:
        return False
    rest = line.folded.removeprefix(title.folded)
    return rest != line.folded and (not rest or rest.strip(" #()").isdigit())


def _is_dateline(text: str) -> bool:
    """Tell whether a line that holds a date holds nothing much beside it."""
    without = _AGO.sub("", cues().furniture.dated.sub("", text))
    return sum(len(word) > 2 and word.isalpha() for word in without.split()) <= 3


def _month(word: str) -> int:
    """Return the number of a month by its first letters, 0 for any other word."""
    months = cues().furniture.months
    return months.index(word[:3]) + 1 if word[:3] in months else 0


def _set_aside_repeats(drafts: Sequence[Draft], title: Draft | None) -> None:
    """Mark a short line that stands twice in a row: a name as link and as text."""
    for draft, below in zip(drafts, drafts[1:], strict=False):
        same = draft.line.text == below.line.text and title not in (draft, below)
        free = draft.kind in ("", "aside") and not below.kind
        if same and free and is_short(below.line, words=6):
            draft.set_aside("byline")
            below.set_aside("byline")


def _set_aside_contents(drafts: Sequence[Draft]) -> None:
    """Mark a table of contents: three short lines and more that all stand further down again.

    Further down they do not follow one another directly, as those of two equal lists do.
    """
    short = [draft.line.folded for draft in drafts if len(draft.line.text) < 120]
    counts, pairs = Counter(short), Counter(pairwise(short))
    index = 0
    while index < len(drafts):
        end = index
        while end < len(drafts) and _is_entry(drafts[end], counts):
            end += 1
        labelled = index > 0 and drafts[index - 1].aside == "table of contents"
        entries = [draft.line.folded for draft in drafts[index:end]]
        again = sum(pairs[pair] > 1 for pair in pairwise(entries))
        if labelled or (len(entries) >= 3 and 2 * again < len(entries)):
            for draft in drafts[index:end]:
                counts[draft.line.folded] -= 1
                draft.set_aside("table of contents")
        index = end + 1


def _is_entry(draft: Draft, counts: Counter[str]) -> bool:
    free = draft.kind in ("", "item") and not is_prose(draft.line)
    return free and counts[draft.line.folded] > 1 and len(draft.line.words) <= 14


def _set_aside_boxes(drafts: Sequence[Draft]) -> None:
    """Mark a sponsor's text, the box of a label such as "Services", and who wrote a post when."""
    for index, draft in enumerate(drafts[:-1]):
        line, below = draft.line, drafts[index + 1]
        if draft.aside == "sponsor" and not below.line.gap and below.kind in ("", "item"):
            below.set_aside("sponsor")
        signed = below.aside == "date" and below.line.gap == 0 and len(line.words) <= 3
        above = drafts[index - 1] if index else None
        apart = above is None or line.gap or above.kind
        if signed and apart and not draft.kind and not is_prose(line):
            draft.set_aside("byline")
        if draft.kind or line.gap or not (apart and cues().furniture.boxes.search(line.folded)):
            continue
        if drafts[index + 1].line.gap == 0 and is_short(drafts[index + 1].line, words=SHORT):
            draft.set_aside("advert")
            drafts[index + 1].set_aside("advert")


def _set_aside_end(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark everything from the first sign that the article is over, unless it goes on."""
    start = _end_of_article(drafts, title, names)
    for draft in drafts[start:]:
        if draft.kind != "aside":
            draft.set_aside("after the article")
    _set_aside_links(drafts[:start])
    _set_aside_tags(drafts[:start], names)


def _end_of_article(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> int:
    """Return the index of the first draft that is no longer the article's."""
    furniture = cues().furniture
    resumes = _last_resumption(drafts, names)
    for index, draft in enumerate(drafts):
        text = draft.line.folded
        if index < len(drafts) // 3 or len(draft.line.words) > SHORT or draft is title:
            continue
        if furniture.never_resumes.search(text):
            return _with_author_box(drafts, index)
        if furniture.may_resume.search(text) and resumes <= index:
            return _with_author_box(drafts, index)
    return _with_author_box(drafts, len(drafts))


def _last_resumption(drafts: Sequence[Draft], names: Subjects) -> int:
    """Return the index of the last heading with running text under it, -1 when there is none."""
    for index in range(len(drafts) - 2, -1, -1):
        draft, below = drafts[index], drafts[index + 1]
        if draft.kind or below.kind or not is_short(draft.line) or is_prose(draft.line):
            continue
        prose = is_prose(below.line) and len(below.line.words) >= SHORT
        if not prose or _distinct(cues().furniture.goodbye, below.line):
            continue
        line, sections = draft.line, cues().headings.sections
        if line.numbers or names.found(line.text) or sections.search(line.folded):
            return index
    return -1


def _with_author_box(drafts: Sequence[Draft], end: int) -> int:
    """Return `end` moved up to a name whose owner the paragraph below describes."""
    for index in range(max(0, end - 4), end - 1):
        name, rest = drafts[index].line, drafts[index + 1 : end]
        apart = name.gap or drafts[index - 1].kind == "aside"
        named = is_personal_name(name.text) and index >= len(drafts) // 2 and apart
        if named and any(draft.line.text.startswith(name.text) for draft in rest):
            return index
        if named and len(rest) <= 2 and cues().furniture.roles.search(rest[0].line.folded):
            return index
    return end


def _set_aside_links(drafts: Sequence[Draft]) -> None:
    """Mark glued tags above the end, and three links and more that end on the same two words."""
    tail = [draft for draft in drafts[-12:] if draft.kind != "aside"]
    links: list[Draft] = []
    while tail and not tail[-1].kind and is_short(tail[-1].line, words=8):
        draft = tail.pop()
        if len(_GLUED.findall(draft.line.text)) >= 3:
            draft.set_aside("tags")
        elif links and links[-1].line.words[-2:] != draft.line.words[-2:]:
            break
        else:
            links.append(draft)
    if len(links) < 3 or len(links[0].line.words) < 3 or (tail and side(tail[-1].line)):
        return
    if cues().headings.small.isdisjoint(map(str.casefold, links[0].line.words[-2:])):
        for draft in links:
            draft.set_aside("links to other pages")


def _set_aside_tags(drafts: Sequence[Draft], names: Subjects) -> None:
    """Mark short lines above the end that are a list of topics, options next to one another."""
    tail: list[Draft] = []
    for draft in reversed([draft for draft in drafts if draft.kind != "aside"]):
        if draft.kind or draft.line.marked or len(draft.line.words) > 3 or side(draft.line):
            break
        tail.append(draft)
    pairs = zip(tail, tail[1:], strict=False)
    if any(names.named(one.line.text) and names.named(two.line.text) for one, two in pairs):
        for draft in tail:
            draft.set_aside("tags")


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
    if not furniture.sales_headings.search(heading.line.folded):
        return
    prose = [draft for draft in below if draft.kind != "aside"]
    selling = list(takewhile(lambda draft: _distinct(furniture.sales, draft.line), prose))
    found = {match for draft in selling for match in furniture.sales.findall(draft.line.folded)}
    if len(found) >= 2 or not prose:
        for draft in (heading, *selling):
            draft.set_aside("sales section")


def _sells(line: Line) -> bool:
    """Tell whether a short paragraph at the end speaks for those who sell something."""
    furniture = cues().furniture
    ours = not {"our", "us", "we"}.isdisjoint(line.folded.replace(",", " ").split())
    found = _distinct(furniture.sales, line) + _distinct(furniture.sales_headings, line)
    return ours and found > 1 and len(line.words) < 60


def _distinct(pattern: re.Pattern[str], line: Line) -> int:
    return len(set(pattern.findall(line.folded)))


def set_aside_blocks(document: Document) -> tuple[Block, ...]:
    """Return the blocks of a marked-up document with short furniture lines set aside."""
    return tuple(_judged(document, block) for block in document.blocks)


def _judged(document: Document, block: Block) -> Block:
    text = document.text[block.start : block.end]
    if block.kind not in ("heading", "paragraph") or block.level == 1 or len(text) > 200:
        return block
    line = Line(text, block.start, block.end, whole=block.start, indent=0, gap=1)
    why = reason(line)
    return replace(block, kind="aside", level=0, aside=why) if why else block
