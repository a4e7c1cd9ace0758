"""Pasted plain text -> blocks: headings, lists, tables, code and furniture without any marks."""

from collections.abc import Sequence

from kb.extract.clean import clean
from kb.extract.furniture.asides import set_aside_lines, set_aside_sections
from kb.extract.furniture.cutting import drop_drafts, protect_drafts, restore_drafts
from kb.extract.pasted.codelines import code_runs
from kb.extract.pasted.draft import Draft, blocks, joined, merged
from kb.extract.pasted.headings import decide
from kb.extract.pasted.levels import set_levels
from kb.extract.pasted.lines import Line, split_lines
from kb.extract.pasted.shape import join_callouts, set_bulleted, set_headed
from kb.extract.pasted.slides import set_slides
from kb.extract.pasted.title import find_title, metadata
from kb.extract.pasted.transcript import join_captions
from kb.extract.subjects import Subjects, compared
from kb.extract.tables.columns import Columns
from kb.extract.tables.flat import rebuild_flat
from kb.extract.tables.glued import rebuild_glued
from kb.extract.tables.separated import rebuild_separated
from kb.extract.verdicts import Verdicts
from kb.model import Document

_CONTENT = ("paragraph", "item", "row", "code")


def read_text(
    text: str,
    subjects: Sequence[str] = (),
    *,
    kept: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> Document:
    """Return pasted `text` as a document; `subjects` are the words for what it compares.

    Blocks are in order and disjoint; their offsets count the cleaned text. Without `subjects`
    the names of a title such as "A vs B" take their place. What stands in a quote of `kept` is
    never furniture, what stands in one of `dropped` always is.

    Raises:
        UnreadableInputError: far too many lines.
    """
    text = clean(text)
    verdicts = Verdicts(text, kept, dropped)
    drafts = drop_drafts(text, _drafts(text), verdicts)
    drafts = join_callouts(text, join_captions(text, drafts))
    set_slides(drafts)
    names = Subjects.of(subjects)
    title = find_title(drafts, names)
    if not names.words and title is not None:
        names = Subjects.of(compared(title.line.text))
    drafts = _with_tables(text, drafts, names)
    if title is not None:
        title.kind, title.level = "heading", 1
    protect_drafts(drafts, verdicts)
    set_aside_lines(drafts, title, names)
    drafts = restore_drafts(text, drafts, verdicts)
    seen = [draft for draft in drafts if draft.kind != "aside"]
    set_bulleted(seen)
    set_headed(seen)
    decide(drafts, names)
    set_levels(drafts, names)
    set_aside_sections(drafts)
    drafts = restore_drafts(text, drafts, verdicts)
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


def _with_tables(text: str, drafts: Sequence[Draft], names: Subjects) -> list[Draft]:
    """Return `drafts` with those that make up tables replaced by rows with their cells."""
    known = Columns(text, names)
    rebuilt = rebuild_flat(text, drafts, names, known)
    rebuilt = rebuild_separated(text, rebuilt, names, known)
    return rebuild_glued(text, rebuilt, names, known)


def _plain(text: str, lines: Sequence[Line]) -> list[Draft]:
    return [Draft(line, "item" if line.bullet else "") for line in joined(text, lines)]
