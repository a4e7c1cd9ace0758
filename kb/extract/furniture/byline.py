"""Byline: site names above the title, and who wrote the article and when, set aside."""

from collections.abc import Sequence

from kb.extract.cues import cues
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line, is_prose
from kb.extract.pasted.sides import side
from kb.extract.subjects import Subjects, compares

HEAD = 12  # drafts from the title on among which the byline stands
MENU = 4  # lines above the title that make a menu

_DATED = ("date", "reading time", "byline")


def set_aside_head(drafts: Sequence[Draft], title: Draft | None, names: Subjects) -> None:
    """Mark site names above the title, and who wrote the article around the title and date."""
    head: list[Draft] = []
    place = next((at for at, draft in enumerate(drafts) if draft is title), 0)
    for draft in drafts[: place + HEAD]:
        if draft.kind in ("row", "code", "item") or side(draft.line) or _is_text(draft):
            break
        head.append(draft)
    above = head.index(title) if title in head else 0
    dressed = any(draft.aside for draft in head) or (title is not None and _is_sure(title, names))
    menu = sum(not draft.line.marked for draft in head[:above]) >= MENU and dressed
    menu = menu or (title is not None and bool(cues().headings.issues.search(title.line.folded)))
    for index, draft in enumerate(head):
        if draft is title or draft.kind:
            continue
        if menu and index < above and not draft.line.text.endswith((":", "?")):
            draft.set_aside("menu")
        if not _may_be_byline(draft.line, names):
            continue
        section = cues().headings.sections.search(draft.line.folded)
        if (index < above and dressed and not section) or _is_byline(drafts, index):
            draft.set_aside("byline")
    if title is not None:
        _set_subtitle(drafts, title)


def _is_text(draft: Draft) -> bool:
    return not draft.kind and is_prose(draft.line)


def _is_sure(title: Draft, names: Subjects) -> bool:
    """Tell whether the title names what it compares, so that it can be no line of a list."""
    return compares(title.line.text, names) or bool(
        cues().headings.issues.search(title.line.folded)
    )


def _set_subtitle(drafts: Sequence[Draft], title: Draft) -> None:
    """Make text of the short line below the title when the byline follows it."""
    place = next((at for at, draft in enumerate(drafts) if draft is title), len(drafts))
    near = drafts[place + 1 : place + 3]
    if len(near) == 2 and near[1].aside in _DATED and not near[0].kind and not near[0].line.marked:
        near[0].kind = "paragraph"


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
