"""Transcripts: captions between times, put together to paragraphs below their chapters."""

import re
from collections.abc import Iterator, Sequence

from kb.extract.pasted.draft import Draft, merged

TIMES = 4  # that make a transcript; three more in one list are its chapters
CAPTIONS = 3  # lines between two times
CHAPTER = 7  # words of a chapter's name
CHAPTERS = 3  # lines of a list of chapters
LONGEST = 700  # characters of a paragraph put together

_TIME = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?$")
_CHAPTER = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?[ \t]+[-–—]?[ \t]*(?=\S)")
_READ_OUT = re.compile(r"\d{1,3} (?:second|minute|hour)s?(?:, \d{1,2} (?:second|minute)s?)*$")


def join_captions(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Return `drafts` with the captions of transcripts joined, and lists of chapters set aside."""
    joined: list[Draft] = []
    index = 0
    while index < len(drafts):
        end = _transcript_end(drafts, index)
        if end > index:
            joined += _paragraphs(text, drafts[index:end])
        else:
            end = _chapters_end(drafts, index)
            for draft in drafts[index:end] if end > index else ():
                draft.set_aside("table of contents")
            end = max(end, index + 1)
            joined += drafts[index:end]
        index = end
    return joined


def _is_time(draft: Draft) -> bool:
    return not draft.kind and bool(_TIME.match(draft.line.text))


def _transcript_end(drafts: Sequence[Draft], start: int) -> int:
    """Return where the captions end that begin with the time at `start`, or `start`."""
    if not _is_time(drafts[start]):
        return start
    last, index, times = start, start + 1, 1
    while index < len(drafts) and index - last <= CAPTIONS + 1 and not drafts[index].kind:
        if _is_time(drafts[index]):
            if index - last < 2 and times < TIMES:
                return start  # a list of times
            times += index - last > 1
            last = index
        index += 1
    end = min(last + 2, len(drafts))
    return end if times >= TIMES else start


def _paragraphs(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the paragraphs and chapters of a transcript that starts with a time."""
    open_: list[Draft] = []
    for index, draft in enumerate(drafts):
        chapter = _is_chapter(drafts, index)
        long = open_ and draft.line.end - open_[0].line.start > LONGEST and _is_time(draft)
        if open_ and (chapter or long):
            yield Draft(merged(text, [each.line for each in open_]), "paragraph")
            open_ = []
        if chapter:
            yield Draft(draft.line, "heading")
        else:
            open_.append(draft)
    if open_:
        yield Draft(merged(text, [each.line for each in open_]), "paragraph")


def _is_chapter(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a line names the chapter that begins with the time below it."""
    line = drafts[index].line
    if index + 1 >= len(drafts) or not _is_time(drafts[index + 1]) or _is_time(drafts[index]):
        return False
    captioned = index > 0 and not _is_time(drafts[index - 1])
    captioned = captioned and not _READ_OUT.match(drafts[index - 1].line.text)
    named = line.text[0].isupper() and len(line.words) <= CHAPTER
    return captioned and named and not line.text.endswith((".", ",", "!"))


def _chapters_end(drafts: Sequence[Draft], start: int) -> int:
    """Return where a list of times with a chapter's name behind each ends, or `start`."""
    end = start
    while end < len(drafts) and _names_chapter(drafts[end]):
        end += 1
    return end if end - start >= CHAPTERS else start


def _names_chapter(draft: Draft) -> bool:
    match = None if draft.kind else _CHAPTER.match(draft.line.text)
    return match is not None and len(draft.line.text[match.end() :].split()) <= CHAPTER
