"""Headings: which undecided short lines are headings, items or paragraphs."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.extract.cues import cues
from kb.extract.pasted.draft import Draft, DraftKind
from kb.extract.pasted.lines import (
    Line,
    ends_inside,
    is_prose,
    is_sentence,
    is_short,
    is_title_case,
)
from kb.extract.pasted.sides import has_both, is_bare, side
from kb.extract.subjects import Subjects

LABEL = 6  # words a definition's label may have
HEADING = 14  # words a heading may have; questions may have QUESTION
QUESTION = 22
OWNER = 4  # words of a line that names what "Pros" below it is about
ASKING = 8  # words of a heading such as "When tea makes sense"


@dataclass(frozen=True, slots=True)
class Context:
    """What judging a line needs beside the line: the subjects, and headings that come in pairs."""

    names: Subjects
    pairs: frozenset[str]
    speakers: frozenset[str]  # labels that several lines have, as those of an interview
    sided: bool  # lines for and lines against stand alone


def decide(drafts: Sequence[Draft], names: Subjects) -> None:
    """Set the kind of every undecided draft; some were decided before."""
    seen = [draft for draft in drafts if draft.kind not in ("aside", "header")]
    sided = has_both(draft.line for draft in seen)
    context = Context(names, _pairs(seen, names), _speakers(seen), sided)
    _decide_alone(drafts)
    _decide_prose(seen)
    _decide_lead_ins(seen)
    _decide_numbered(seen)
    index = 0
    while index < len(seen):
        end = index
        while end < len(seen) and not seen[end].kind:
            end += 1
        if end > index:
            _decide_run(seen, index, end, context)
        index = end + 1
    _decide_definitions(seen)


def label(line: Line) -> str:
    """Return the label of a definition line ("Routing: maps addresses"), or ""."""
    name, colon, rest = line.text.partition(":")
    if not colon or not rest[:1].isspace() or not rest.strip() or len(name) < 2:
        return ""
    return name if len(name.split()) <= LABEL and len(name) <= 60 else ""


def _pairs(drafts: Sequence[Draft], names: Subjects) -> frozenset[str]:
    """Return what lines have in common that differ only in the subject they name."""
    told: dict[str, set[str]] = defaultdict(set)
    previous = ""
    for draft in drafts:
        line = draft.line
        found = names.found(line.text) if is_short(line) and not draft.kind else []
        masked = names.masked(line.text) if len(found) == 1 else ""
        if masked and masked != previous and not is_prose(line):
            told[masked].add(found[0])
        previous = masked
    return frozenset(masked for masked, subjects in told.items() if len(subjects) > 1)


def _speakers(drafts: Sequence[Draft]) -> frozenset[str]:
    """Return the labels that several lines start with, as those of an interview do."""
    labels = Counter(label(draft.line) for draft in drafts if not draft.line.marked)
    return frozenset(name for name, count in labels.items() if name and count > 1)


def _decide_alone(drafts: Sequence[Draft]) -> None:
    """Make a paragraph of a question that is all somebody says between furniture."""
    for above, draft, below in zip(drafts, drafts[1:], drafts[2:], strict=False):
        alone = above.kind == below.kind == "aside" and not draft.kind
        if alone and draft.line.text.endswith("?") and len(draft.line.words) > LABEL:
            draft.kind = "paragraph"


def _decide_prose(drafts: Sequence[Draft]) -> None:
    for index, draft in enumerate(drafts):
        if draft.kind or not is_prose(draft.line):
            continue
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        numbered = bool(draft.line.numbers) and is_short(draft.line, words=8)
        if numbered and following is not None and not following.line.marked:
            continue
        draft.kind = "paragraph"
        if draft.line.numbers and _neighbours(drafts, index):
            draft.kind = "item"


def _decide_lead_ins(drafts: Sequence[Draft]) -> None:
    for draft, below in zip(drafts, [*drafts[1:], None], strict=False):
        open_ended = not draft.kind and draft.line.text.endswith(":") and not draft.line.numbers
        open_ended = open_ended and not side(draft.line)
        if open_ended and not _is_colon_heading(draft.line, below):
            draft.kind = "paragraph"


def _neighbours(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether the number before or behind the one at `index` stands next to it."""
    return any(
        0 <= other < len(drafts)
        and _counts_on(*sorted((drafts[index], drafts[other]), key=lambda d: d.line.start))
        for other in (index - 1, index + 1)
    )


def _counts_on(first: Draft, second: Draft) -> bool:
    """Tell whether the number of `second` follows on that of `first` at the same depth."""
    one, two = first.line.numbers, second.line.numbers
    return bool(one) and len(one) == len(two) and one[:-1] == two[:-1] and one[-1] + 1 == two[-1]


def _decide_numbered(drafts: Sequence[Draft]) -> None:
    """Numbers that follow one another directly count items, others count headings."""
    for index, draft in enumerate(drafts):
        if draft.kind or not draft.line.numbers:
            continue
        short = is_short(draft.line, words=QUESTION)
        draft.kind = "item" if _neighbours(drafts, index) or not short else "heading"


def _decide_run(drafts: Sequence[Draft], start: int, end: int, context: Context) -> None:
    """Decide the undecided drafts from `start` to `end`, exclusive, one after the other."""
    run = drafts[start:end]
    before = drafts[start - 1] if start else None
    after = drafts[end] if end < len(drafts) else None
    owners = frozenset[int]() if _is_lead_in(before) else _owners_of_sides(run)
    sure = [
        "heading" if index in owners else _sure(run, index, before, after, context)
        for index in range(len(run))
    ]
    for index, draft in enumerate(run):
        if sure[index]:
            draft.kind = sure[index]
        elif index + 1 == len(run):
            draft.kind = _last(draft, run[index - 1] if index else before, after, index, context)
        else:
            above = run[index - 1] if index else before
            draft.kind = _inner(draft, above, sure[index + 1], context)


def _sure(
    run: Sequence[Draft],
    index: int,
    before: Draft | None,
    after: Draft | None,
    context: Context,
) -> DraftKind:
    """Return what the draft is by its own looks and its direct neighbours, or ""."""
    line, led_in = run[index].line, _is_lead_in(before)
    following = run[index + 1] if index + 1 < len(run) else after
    if _opens_side(line, following) and (context.sided or not led_in):
        return "heading"
    if label(line) and _among_definitions(run, index) and not _is_heading(line, context):
        return "item"
    if line.text.endswith("?") and label(line) in context.speakers:
        return "paragraph"
    if line.text.endswith("?"):
        asked = is_short(line, words=QUESTION, characters=200)
        twin = following is not None and following.line.text.endswith("?")
        below = index or led_in or (before is not None and before.kind == "heading")
        if ends_inside(line) and not line.gap and (below or not asked):
            return "paragraph"  # it goes on with what the line right above it says
        return "heading" if asked and not twin else "item"
    if led_in and (index == 0 or len(line.words) > LABEL) and not line.text.endswith(":"):
        return ""
    if _is_heading(line, context) or line.text.endswith(":"):
        return "heading"
    if _changes_shape(run, index):
        return "heading"
    return ""


def _opens_side(line: Line, following: Draft | None) -> bool:
    """Tell whether `line` announces points for or against that stand below it."""
    if not side(line) or following is None or following.kind == "heading":
        return False
    return not side(following.line)


def _owners_of_sides(run: Sequence[Draft]) -> frozenset[int]:
    """Return the lines that name what the next points are about: first of all, or below both."""
    found: set[int] = set()
    first = last = ""
    for index, (draft, below) in enumerate(pairwise(run)):
        if is_bare(below.line) and _may_own(draft.line):
            opens = index == 0 and len(draft.line.words) <= OWNER
            if first == side(below.line) != last if first else opens:
                found.add(index)
        last = side(draft.line) or last
        first = first or last
    return frozenset(found)


def _may_own(line: Line) -> bool:
    return len(line.words) <= LABEL and not is_sentence(line)


def _is_heading(line: Line, context: Context) -> bool:
    """Tell whether the words of `line` make it a heading."""
    text, headings = line.folded, cues().headings
    found = context.names.found(line.text)
    asks = found and len(line.words) <= ASKING and headings.asking.search(text)
    if _is_verdict(line, context):
        return False
    if not is_short(line) or (is_sentence(line) and not line.text.endswith("?") and not asks):
        return False
    if context.names.named(line.text) or context.names.masked(line.text) in context.pairs:
        return True
    worded = asks or bool(headings.nouns.search(text) or headings.openers.search(text))
    if found and (worded or (len(found) > 1 and is_title_case(line))):
        return True
    few = len(line.words) <= 4
    return bool(headings.sections.search(text)) and (few or is_title_case(line))


def _is_colon_heading(line: Line, following: Draft | None) -> bool:
    """Tell "What You Get:" from "The most important ones are:" and from a lead-in to code."""
    if following is not None and following.kind == "code":
        return False
    count = len(line.words)
    return count <= 3 or (count <= HEADING and is_title_case(line) and not is_sentence(line))


def _among_definitions(run: Sequence[Draft], index: int) -> bool:
    near = (index - 1, index + 1)
    return any(0 <= other < len(run) and label(run[other].line) for other in near)


def _changes_shape(run: Sequence[Draft], index: int) -> bool:
    """Tell whether plain lines start below definitions, or definitions below plain lines."""
    line = run[index].line
    if label(line) or is_sentence(line) or not is_short(line):
        return False
    above = bool(index) and bool(label(run[index - 1].line)) and _among_definitions(run, index - 1)
    below = index + 1 < len(run) and label(run[index + 1].line)
    return above or bool(below and _among_definitions(run, index + 1))


def _inner(draft: Draft, above: Draft | None, next_sure: DraftKind, context: Context) -> DraftKind:
    """Decide a draft that has another short line below it."""
    if _is_lead_in(above) or (above is not None and (above.kind == "item" or _is_open(above))):
        return "item"
    if _is_verdict(draft.line, context):
        return "paragraph"
    starts = above is None or above.kind != "heading"
    if starts and not is_sentence(draft.line) and is_short(draft.line):
        return "heading"
    if starts:
        return "paragraph"
    return "heading" if next_sure == "heading" and is_title_case(draft.line) else "item"


def _last(
    draft: Draft, above: Draft | None, after: Draft | None, index: int, context: Context
) -> DraftKind:
    """Decide a draft that has prose, a list, a table, code, a heading or nothing below it."""
    line = draft.line
    fits = is_short(line, words=HEADING) and not is_sentence(line)
    stated = line.text.endswith(".") and len(line.words) > 1 and not line.numbers
    fits = fits and not stated and not line.text.endswith(",") and not _is_verdict(line, context)
    listed = index > 0 and above is not None and above.kind == "item"
    sided = _is_side(above) or (above is not None and _is_open(above))
    if sided and (after is None or after.kind in ("heading", "row")):
        return "item"
    apart = above is not None and after is not None and after.line.gap > line.gap == 0
    if apart and (listed or (above is not None and _is_open(above))):
        return "item"
    if after is None or after.kind == "heading":
        return "item" if listed or _is_lead_in(above) else "paragraph"
    if after.kind != "paragraph":
        led_in = _is_lead_in(above) and after.kind == "item"
        return "heading" if fits and not led_in else "paragraph"
    if listed or _is_lead_in(above):
        return "heading" if fits and _shares_words(line, after.line, context.names) else "item"
    return "heading" if fits else "paragraph"


def _is_verdict(line: Line, context: Context) -> bool:
    """Tell whether `line` gives a value to its label ("Winner: tea", "Price: free")."""
    name, _, rest = line.text.partition(":")
    rest = rest.strip()
    if not label(line) or len(context.names.found(name)) > 1:
        return False
    return rest[:1].islower() or bool(context.names.named(rest))


def _is_side(draft: Draft | None) -> bool:
    """Tell whether a heading announces points for or against."""
    if draft is None or draft.kind != "heading":
        return False
    return bool(cues().tables.sides.search(draft.line.folded))


def _is_open(draft: Draft) -> bool:
    """Tell whether a heading is nothing but the name of a side."""
    return draft.kind == "heading" and bool(side(draft.line))


def _is_lead_in(draft: Draft | None) -> bool:
    return draft is not None and draft.kind == "paragraph" and draft.line.text.endswith(":")


def _shares_words(line: Line, below: Line, names: Subjects) -> bool:
    """Tell whether a word of `line` that is no subject stands in the text below it."""
    words = {word.casefold() for word in line.words if len(word) > 4 and not names.named(word)}
    return bool(words & {word.casefold() for word in below.words[:60]})


def _decide_definitions(drafts: Sequence[Draft]) -> None:
    """Turn paragraphs that define one thing after the other into items."""
    defined = [draft.kind == "paragraph" and bool(label(draft.line)) for draft in drafts]
    for index, draft in enumerate(drafts):
        near = (*drafts[max(0, index - 1) : index], *drafts[index + 1 : index + 2])
        twin = any(label(other.line) and other.kind in ("item", "paragraph") for other in near)
        if defined[index] and twin and not draft.line.text.endswith("?"):
            draft.kind = "item"
