"""Pasted plain text -> blocks: headings, lists, tables, code and furniture without any marks."""

from collections.abc import Sequence

from kb.extract import furniture
from kb.extract.clean import clean
from kb.extract.codelines import code_runs
from kb.extract.draft import Draft, blocks, joined, merged
from kb.extract.headings import decide
from kb.extract.levels import set_levels
from kb.extract.lines import Line, split_lines
from kb.extract.subjects import Subjects, compared
from kb.extract.tables import rebuild_tables
from kb.extract.title import find_title, metadata
from kb.model import Document

_CONTENT = ("paragraph", "item", "row", "code")


def read_text(text: str, subjects: Sequence[str] = ()) -> Document:
    """Return pasted `text` as a document; `subjects` are the words for what it compares.

    Blocks are in order and disjoint; their offsets count the cleaned text. Without `subjects`
    the names of a title such as "A vs B" take their place.

    Raises:
        UnreadableInputError: far too many lines.
    """
    text = clean(text)
    drafts = _drafts(text)
    names = Subjects.of(subjects)
    title = find_title(drafts, names)
    if not names.words and title is not None:
        names = Subjects.of(compared(title.line.text))
    drafts = rebuild_tables(text, drafts, names)
    if title is not None:
        title.kind, title.level = "heading", 1
    furniture.set_aside_lines(drafts, title, names)
    decide(drafts, names)
    set_levels(drafts, names)
    furniture.set_aside_sections(drafts)
    if title is not None and not any(draft.kind in _CONTENT for draft in drafts):
        title.kind, title.level, title = "paragraph", 0, None  # it is all that the text says
    return Document(text, blocks(drafts), metadata(drafts, title))


def _drafts(text: str) -> list[Draft]:
    """Return the lines of `text` as drafts: code whole, bullets as items, the rest undecided."""
    lines = split_lines(text)
    drafts: list[Draft] = []
    done = 0
    for first, last in code_runs(lines):
        drafts += _plain(text, lines[done:first])
        drafts.append(Draft(merged(text, lines[first : last + 1]), "code"))
        done = last + 1
    return drafts + _plain(text, lines[done:])


def _plain(text: str, lines: Sequence[Line]) -> list[Draft]:
    return [Draft(line, "item" if line.bullet else "") for line in joined(text, lines)]
