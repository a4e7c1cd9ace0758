"""Endings: where an article is over, and the links, tags and boxes that stand around its end."""

import re
from collections.abc import Sequence

from kb.extract.cues import cues
from kb.extract.furniture.byline import is_personal_name
from kb.extract.furniture.gaps import tail_start
from kb.extract.furniture.reasons import SHORT
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line, is_prose, is_short
from kb.extract.pasted.sides import side
from kb.extract.subjects import Subjects

_INLINE = re.compile(r"\w: ?\S.{8,}")  # a label with what it announces behind it
_GLUED = re.compile(r"[a-z+#][A-Z]")


def set_aside_end(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark everything from the first sign that the article is over, unless it goes on."""
    start = min(_end_of_article(drafts, title, names), tail_start(drafts, title, names))
    for draft in drafts[start:]:
        if draft.kind != "aside":
            draft.set_aside("after the article")
    _set_aside_links(drafts[:start])
    _set_aside_tags(drafts[:start], names)


def _end_of_article(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> int:
    """Return the index of the first draft that is no longer the article's."""
    furniture = cues().furniture
    resumes = max(_last_resumption(drafts, names), _last_reply(drafts, names))
    passed: dict[str, Draft] = {}  # labels below which the article went on
    for index, draft in enumerate(drafts):
        text = draft.line.folded
        if index < len(drafts) // 3 or len(draft.line.words) > SHORT:
            continue
        if draft is title or draft.kept:
            continue
        if furniture.never_resumes.search(text):
            if resumes <= index or not _INLINE.search(text):
                return _with_author_box(drafts, index)
            draft.set_aside("related posts")  # one line of it, between two paragraphs
            continue
        if not furniture.may_resume.search(text):
            continue
        if text in passed:  # it stands between posts
            for label in (passed[text], draft):
                label.set_aside("among furniture")
        elif resumes <= index:
            return _with_author_box(drafts, index)
        elif not draft.kind:
            passed[text] = draft
    return _with_author_box(drafts, len(drafts))


def _last_resumption(drafts: Sequence[Draft], names: Subjects) -> int:
    """Return the index of the last heading with running text under it, -1 when there is none."""
    for index in range(len(drafts) - 2, -1, -1):
        draft, below = drafts[index], drafts[index + 1]
        if draft.kind or below.kind or not is_short(draft.line) or is_prose(draft.line):
            continue
        prose = is_prose(below.line) and len(below.line.words) >= SHORT
        if not prose or distinct(cues().furniture.goodbye, below.line):
            continue
        line, sections = draft.line, cues().headings.sections
        if line.numbers or names.found(line.text) or sections.search(line.folded):
            return index
    return -1


def _last_reply(drafts: Sequence[Draft], names: Subjects) -> int:
    """Return the index of the last but one text about an option, -1 when there is none.

    One may describe an author or sell something; two are an article that goes on, or replies.
    """
    about = [
        index
        for index, draft in enumerate(drafts)
        if not draft.kind
        and is_prose(draft.line)
        and len(draft.line.words) >= SHORT
        and names.found(draft.line.text)
        and not distinct(cues().furniture.sales, draft.line)
    ]
    return about[-2] if len(about) > 1 else -1


def _with_author_box(drafts: Sequence[Draft], end: int) -> int:
    """Return `end` moved up to a name whose owner the paragraph below describes."""
    for index in range(max(0, end - 4), end - 1):
        name, rest = drafts[index].line, drafts[index + 1 : end]
        apart = name.gap or drafts[index - 1].kind == "aside"
        named = is_personal_name(name.text) and index >= len(drafts) // 2 and apart
        if named and any(draft.line.text.startswith(name.text) for draft in rest):
            return index
        first = name.words[0] if name.words else ""
        described = any(draft.line.text.startswith(f"{first} ") for draft in rest[1:])
        titled = bool(cues().furniture.roles.search(rest[0].line.folded))
        if titled and first and described and is_personal_name(name.text):
            return index
        if named and len(rest) <= 2 and titled:
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


def distinct(pattern: re.Pattern[str], line: Line) -> int:
    """Return how many different phrases of `pattern` stand in `line`."""
    return len(set(pattern.findall(line.folded)))
