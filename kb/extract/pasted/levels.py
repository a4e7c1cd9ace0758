"""Levels: how deep each heading stands, how deep each item, and which items are one list."""

from collections import Counter
from collections.abc import Sequence

from kb.extract.cues import cues
from kb.extract.pasted.draft import Draft
from kb.extract.pasted.lines import Line
from kb.extract.pasted.owners import details, opens, owns
from kb.extract.pasted.sides import is_bare, side_of
from kb.extract.subjects import Subjects

DEEPEST = 6
SECTION, PART, DETAIL = 2, 3, 4


def set_levels(drafts: Sequence[Draft], names: Subjects) -> None:
    """Set `level` of headings, where the title is 1, and `level` and `group` of items."""
    headings = [draft for draft in drafts if draft.kind == "heading"]
    empty = _empty(drafts)
    outline = _Outline(names, headings, empty)
    for draft in headings:
        if draft.level != 1:
            draft.level = min(outline.beside(draft.line) or outline.level(draft.line), DEEPEST)
            outline.close(draft)
        else:
            outline = _Outline(names, headings, empty)
            outline.asked = is_about_questions(draft.line)
    _set_items(drafts)


def _empty(drafts: Sequence[Draft]) -> frozenset[int]:
    """Return where the headings start that have another heading right below them."""
    seen = [draft for draft in drafts if draft.kind not in ("aside", "header")]
    return frozenset(
        draft.line.start
        for draft, below in zip(seen, seen[1:], strict=False)
        if draft.kind == below.kind == "heading"
    )


def is_about_questions(line: Line) -> bool:
    """Tell whether a heading announces questions and answers."""
    return bool(cues().headings.questions.search(line.folded))


class _Outline:
    """The headings met so far, as far as the next one's level depends on them.

    Numbers say how deep a heading stands. Without them, headings on all subjects or on the whole
    are sections, those on one subject stand below a section, and those on none below that.
    """

    def __init__(self, names: Subjects, headings: Sequence[Draft], empty: frozenset[int]) -> None:
        lines = [draft.line for draft in headings]
        self.asked = False  # the open section holds questions and answers
        self._names = names
        self._empty = empty
        self._belonging = details(lines, names)
        self._numbered = 0  # level of the last numbered heading while its section is open
        self._above = SECTION - 1  # level of the heading that plain ones stand under
        self._opened = False  # a section on several subjects is open
        self._owner = ""  # the one subject that the open part is about
        self._question = 0  # level of the open question
        self._previous: Draft | None = None  # the last heading
        self._opposite: Draft | None = None  # the open heading that is a side and no more
        self._side = False  # the last plain heading announced points for or against
        self._alike: dict[str, int] = {}  # levels by wording without the subject
        numbers = [line.start for line in lines if line.numbers]
        self._last_number = max(numbers, default=0)
        self._plain_numbers = len(numbers) > 1 and all(
            line.numbers or not numbers[0] < line.start < numbers[-1] for line in lines
        )
        opened = [line.start for line in lines if opens(line, names)]
        self._nested = bool(numbers and opened) and opened[0] < numbers[0] < opened[-1]
        self._nested = self._nested and opened[-1] > numbers[-1]
        self._first = SECTION + self._nested  # level of the numbers of one part
        again = Counter(line.folded for line in lines if line.text.endswith("?"))
        self._again = {text for text, count in again.items() if count > 1}

    def level(self, line: Line) -> int:
        """Return the level of the next heading."""
        asks = line.text.endswith("?")
        self.asked = is_about_questions(line) or (self.asked and asks)
        if self.asked and asks:
            return SECTION + 1
        if line.numbers:
            return self._number(line)
        opening = opens(line, self._names)
        if not opening and not self._numbered:
            self._stand_below()
        if asks and self._question and not opening and line.folded not in self._again:
            return self._beside_question(line)
        if self._numbered and not (opening and (self._nested or line.start > self._last_number)):
            return self._below_number(line)
        self._numbered = 0
        return self._section(line) if opening else self._part(line)

    def beside(self, line: Line) -> int:
        """Return the level that a heading of points for or against has by the one above it.

        It stands beside its opposite, unless they name different subjects, and below a heading on
        no subject right above it. 0 when the heading is none of these.
        """
        told, above = side_of(line), self._previous
        if not told or above is None:
            return 0
        if self._opposite is not None and told != side_of(self._opposite.line):
            one, two = self._names.found(self._opposite.line.text), self._names.found(line.text)
            return self._opposite.level if not one or not two or one == two else 0
        covered = above.line.start in self._empty and above.level > 1
        if covered and is_bare(line) and not side_of(above.line):
            return above.level + 1
        next_line = line.whole - above.line.end <= line.gap + line.indent + 1
        owned = is_bare(line) and next_line and above.level > 1 and not side_of(above.line)
        return above.level + 1 if owned and not self._names.found(above.line.text) else 0

    def close(self, draft: Draft) -> None:
        """Take note of a heading whose level is known."""
        self._previous = draft
        if side_of(draft.line):
            self._opposite = draft
        elif self._opposite is not None and draft.level <= self._opposite.level:
            self._opposite = None
        if draft.line.text.endswith("?") and not draft.line.numbers:
            self._question = draft.level
        elif draft.level < self._question or opens(draft.line, self._names):
            self._question = 0

    def _stand_below(self) -> None:
        """Open the part that a heading on no subject announces with another right below it."""
        above = self._previous
        if above is None or above.line.start not in self._empty or above.level == 1:
            return
        if above.line.numbers or self._names.found(above.line.text) or side_of(above.line):
            return
        self._owner, self._opened, self._question = "", True, 0
        self._above = min(above.level, PART)

    def _number(self, line: Line) -> int:
        """Return the level of a numbered heading; one right below a heading belongs to it."""
        above = self._previous
        if line.numbers[-1] == 1 and len(line.numbers) == 1:
            covered = above is not None and above.line.start in self._empty and above.level > 1
            covered = covered and above is not None and not above.line.numbers
            self._first = above.level + 1 if covered and above else SECTION + self._nested
        self._numbered = self._first + len(line.numbers) - 1
        self._owner, self._question = "", 0
        return self._numbered

    def _beside_question(self, line: Line) -> int:
        """Return the level of a question that follows another: both ask about the whole."""
        found = self._names.found(line.text)
        self._above = self._question if owns(line, self._names) else self._question - 1
        self._owner = found[0] if owns(line, self._names) else ""
        return self._question

    def _below_number(self, line: Line) -> int:
        """Return the level below a numbered heading; a summary closes the numbered section."""
        if self._numbered > SECTION and cues().headings.summaries.search(line.folded):
            return self._numbered
        if self._plain_numbers and line.start > self._last_number and not side_of(line):
            return self._first  # no number has headings of its own
        found = self._names.found(line.text)
        if found or line.start not in self._belonging:
            self._owner = found[0] if owns(line, self._names) else ""
            return self._numbered + 1
        return self._numbered + 1 + bool(self._owner)

    def _section(self, line: Line) -> int:
        self._opened = len(self._names.found(line.text)) > 1
        self._owner, self._above = "", SECTION if self._opened else SECTION - 1
        self._alike = {}
        return SECTION

    def _part(self, line: Line) -> int:
        """Return the level of a heading on one subject or on none."""
        found, worded = self._names.found(line.text), self._names.masked(line.text)
        told = bool(cues().tables.sides.search(line.folded))
        sides, self._side = self._side and told, told
        if not found:
            return self._detail(line)
        if worded in self._alike:
            level = self._alike[worded]
        elif sides and found[0] == self._owner:
            level = self._above  # "Drawbacks of tea" stands beside "Benefits of tea"
        elif self._above < SECTION or (not self._opened and found[0] != self._owner):
            level = SECTION
        else:
            level = PART
        self._alike[worded] = level
        about = owns(line, self._names)
        self._owner, self._above = (found[0], level) if about else ("", level - 1)
        return level

    def _detail(self, line: Line) -> int:
        """Return the level of a heading on no subject: below its owner, or beside all owners."""
        if line.start in self._belonging and self._owner:
            return min(self._above + 1, DETAIL)
        if self._owner:
            self._owner, self._above = "", self._above - 1
        return min(self._above + 1, DETAIL)


def _set_items(drafts: Sequence[Draft]) -> None:
    """Number lists and tables, and count an item's depth by the indentations open above it."""
    group, norm = 0, -1  # norm: blank lines between the items of the open list
    indents: list[int] = []
    previous: Draft | None = None
    table = 0  # the open table's number before it is renumbered
    for draft in drafts:
        if draft.kind == "row":
            group += draft.group != table or previous is None or previous.kind != "row"
            table, draft.group, previous = draft.group, group, draft
        elif draft.kind == "item":
            if previous is None or _starts_list(draft, previous, norm):
                group, norm, indents = group + 1, -1, []
            elif norm < 0:
                norm = draft.line.gap
            draft.level = _depth(draft.line.indent, indents)
            draft.group, previous = group, draft
        elif draft.kind != "aside":
            previous = None


def _starts_list(draft: Draft, previous: Draft, norm: int) -> bool:
    """Tell whether an item opens a new list although another item stands right above it."""
    line, above = draft.line, previous.line
    if previous.kind != "item":
        return True
    if norm >= 0 and line.gap > norm:
        return True
    if bool(line.bullet) != bool(above.bullet) or bool(line.numbers) != bool(above.numbers):
        return True
    same_depth = line.indent == above.indent
    return same_depth and line.bullet != above.bullet and not line.bullet.endswith(")")


def _depth(indent: int, indents: list[int]) -> int:
    """Return the depth of `indent` and keep `indents`, the open ones, up to date."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents) - 1
