"""The sentences of a passage with what each of them names, as answers to facts are looked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from advisor.cues import cues
from kb.claims.examples import is_example
from kb.claims.units import Unit
from kb.extract.sentences import line_starts, sentence_ends, stripped
from kb.model import Passage, Span
from kb.topic import Topic
from kb.words import Word, all_words, atoms

_LENGTH = (12, 320)  # characters of a sentence that can be quoted as an answer
_OPENING = 24  # characters in which a sentence points back, if it does
_BULLET = re.compile(r"\s*[•*–-]")
_KEPT = 2048  # passages whose sentences are remembered: questions go to the same ones


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, list item, table cell or whole list; `span` counts from the passage's start.

    `stems` and `criteria` are what it names, of a cell with its label; `above` and
    `criteria_above` what the headings name. `options` are those it is about: named in it, or else
    in the line that leads in, or in the headings. `is_example` is true when it tells of somebody
    who uses an option, `holds_short_items` for a list whose items say nothing by themselves.
    A sentence that points back ("It is useful for …") is told with the one before it and begins
    at character `points_back` of the two, which is 0 for others. `lead` is
    the line that leads in a whole list, "" if there is none; `under_means` is true below a heading
    that names a means ("extensions").
    """

    span: Span
    text: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    criteria: frozenset[str]
    options: frozenset[str]
    names_option: bool
    above: frozenset[str]
    criteria_above: frozenset[str]
    is_example: bool
    is_whole: bool
    holds_short_items: bool = False
    points_back: int = 0
    under_means: bool = False
    lead: str = ""


@lru_cache(maxsize=_KEPT)
def sentences(passage: Passage, topic: Topic) -> tuple[Said, ...]:
    """Return what a passage says, in order; questions and what ends on a colon say nothing."""
    heads = [word for heading in passage.headings for word in atoms(heading)]
    leading = leading_line(passage)
    lead = atoms(leading)
    above = frozenset(word.stem for word in (*heads, *lead))
    criteria_above, options_above = _named([*heads, *lead], topic)
    options_above = _named(lead, topic)[1] or options_above
    under_means = cues().has("means", tuple([*heads, *lead]))
    found = []
    for span, label, option, back in _spans(passage):
        text = passage.text[span.start : span.end]
        if not _LENGTH[0] <= len(text) <= _LENGTH[1] or text.endswith((":", "?")):
            continue
        words = tuple(atoms(text))
        whole = "\n" in text
        criteria, options = _named([*label, *words], topic)
        own = options | ({option} if option else frozenset())
        if whole and lead:
            own = _named(lead, topic)[1] or own
        found.append(
            Said(
                span=span,
                text=text,
                words=words,
                stems=frozenset(word.stem for word in (*label, *all_words(text))),
                criteria=criteria,
                options=own or options_above,
                names_option=bool(own),
                above=above,
                criteria_above=criteria_above,
                is_example=_is_example(text[back:], topic),
                is_whole=whole,
                holds_short_items=whole and any(len(e) < _LENGTH[0] for e in text.split("\n")),
                points_back=back,
                under_means=under_means,
                lead=leading if whole else "",
            )
        )
    return tuple(found)


def leading_line(passage: Passage) -> str:
    """Return the line that leads in a list, or "": it ends on a colon or only others are items."""
    first, _, rest = passage.text.partition("\n")
    if passage.kind != "list" or not rest:
        return ""
    is_item, others_are = _BULLET.match(first), _BULLET.match(rest.lstrip("\n"))
    return first.rstrip() if first.rstrip().endswith(":") or (others_are and not is_item) else ""


def _named(words: Sequence[Word], topic: Topic) -> tuple[frozenset[str], frozenset[str]]:
    """Return the criteria that words name or hint at, and the options."""
    mentions = [found.meaning for found in topic.phrases.find(words)]
    return (
        frozenset(each.id for each in mentions if each.kind == "criterion"),
        frozenset(each.id for each in mentions if each.kind == "option"),
    )


def _is_example(text: str, topic: Topic) -> bool:
    return is_example(Unit("sentence", 0, len(text), text, tuple(atoms(text))), topic)


def _spans(passage: Passage) -> Iterator[tuple[Span, Sequence[Word], str, int]]:
    """Yield a list as a whole, then each sentence; of a table the cells with label and option.

    Behind them stands how many characters of a sentence are those of the one it points back to.
    """
    text = passage.text
    if passage.cells:
        label = atoms(text[: min(cell.start for cell in passage.cells) - passage.start])
        for cell in passage.cells:
            span = Span(cell.start - passage.start, cell.end - passage.start)
            yield span, label, cell.option, 0
        return
    ends = {*line_starts(text, 0, len(text)), *sentence_ends(text, 0, len(text))}
    places = sorted({0, len(text), *ends})
    spans = [_item(text, start, end) for start, end in pairwise(places)]
    if passage.kind == "list" and len(spans) > 1:
        yield Span(0, len(text)), (), "", 0
    before: Span | None = None
    for span in filter(None, spans):
        whole = _with_antecedent(text, before, span)
        before = span
        yield whole, (), "", span.start - whole.start


def _item(text: str, start: int, end: int) -> Span | None:
    """Return what stands there without the mark of a list item, None for nothing."""
    mark = _BULLET.match(text, start, end)
    return stripped(text, mark.end() if mark else start, end)


def _with_antecedent(text: str, before: Span | None, span: Span) -> Span:
    """Return a sentence, with the one `before` it on its line where it points back: "It is …"."""
    if before is None or "\n" in text[before.start : span.start]:
        return span
    opening = atoms(text[span.start : span.start + _OPENING])
    points = cues().opens("points_back", tuple(opening))
    return (
        Span(before.start, span.end) if points and span.end - before.start <= _LENGTH[1] else span
    )
