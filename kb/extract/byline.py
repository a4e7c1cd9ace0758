"""Byline: site names above the title, and who wrote the article and when, set aside."""

from collections.abc import Sequence

from kb.extract.cues import cues
from kb.extract.draft import Draft
from kb.extract.lines import Line, is_prose
from kb.extract.sides import side
from kb.extract.subjects import Subjects, compared

HEAD = 12  # drafts among which the byline stands

_DATED = ("date", "reading time", "byline")


def set_aside_head(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark site names above the title, and who wrote the article around the title and date."""
    head: list[Draft] = []
    for draft in drafts[:HEAD]:
        if draft.kind in ("row", "code", "item") or side(draft.line) or _is_text(draft):
            break
        head.append(draft)
    above = head.index(title) if title in head else 0
    dressed = any(draft.aside for draft in head) or (title is not None and _is_sure(title, names))
    for index, draft in enumerate(head):
        if draft is title or draft.kind or not _may_be_byline(draft.line, names):
            continue
        section = cues().headings.sections.search(draft.line.folded)
        if (index < above and dressed and not section) or _is_byline(drafts, index):
            draft.set_aside("byline")


def _is_text(draft: Draft) -> bool:
    return not draft.kind and is_prose(draft.line)


def _is_sure(title: Draft, names: Subjects) -> bool:
    """Tell whether the title names what it compares, so that it can be no line of a list."""
    return len(names.found(title.line.text)) > 1 or bool(compared(title.line.text))


def _may_be_byline(line: Line, names: Subjects) -> bool:
    if line.marked or line.text.endswith((":", "?")) or names.found(line.text):
        return False
    return len(line.words) <= 6 or (is_signed(line) and len(line.words) <= 8)


def is_signed(line: Line) -> bool:
    """Tell whether a line says "by", with a name or with nothing behind it."""
    match = cues().furniture.authored.search(line.folded)
    rest = line.text[match.end() :].strip(" :") if match else ""
    return match is not None and (not rest or rest[0].isupper())


def _is_byline(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a short line at the head names an author, a section, or what the author does.

    A name has none of the words that the article writes in lower case, and stands beside a date
    or another byline, not at the top of a list.
    """
    line = drafts[index].line
    above = drafts[index - 1] if index else None
    below = drafts[index + 1] if index + 1 < len(drafts) else None
    if is_signed(line) or any(near and near.line.text == line.text for near in (above, below)):
        return True
    if above is not None and above.aside == "byline" and _is_role(line):
        return True
    described = below is not None and not below.kind and _is_role(below.line)
    near_by = drafts[max(0, index - 1) : index + 2 + described]
    listed = below is not None and not below.kind and not is_prose(below.line) and not described
    if listed or not any(draft.aside in _DATED for draft in near_by):
        return False
    named = is_personal_name(line.text) or any(sign in line.text for sign in "·|•")
    return named and not _is_ordinary(line, drafts)


def _is_role(line: Line) -> bool:
    return bool(cues().furniture.roles.search(line.folded))


def _is_ordinary(line: Line, drafts: Sequence[Draft]) -> bool:
    """Tell whether the article writes a word of `line` in lower case."""
    words = {word.casefold() for word in line.words}
    return any(word in words for draft in drafts for word in draft.line.words)


def is_personal_name(text: str) -> bool:
    """Tell whether `text` looks like the name of a person: two to four capitalised words."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() and word.replace(".", "").replace("-", "").replace("'", "").isalpha()
        for word in words
    )
