"""The sentences of a passage with what each of them names, as answers to facts are looked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb.claims.examples import is_example
from kb.claims.units import Unit
from kb.extract.sentences import line_starts, sentence_ends, stripped
from kb.model import Passage, Span
from kb.topic import Topic
from kb.words import Word, all_words, atoms

_LENGTH = (12, 320)  # characters of a sentence that can be quoted as an answer
_KEPT = 2048  # passages whose sentences are remembered: questions go to the same ones


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, list item, table cell or whole list; `span` counts from the passage's start.

    `stems` and `criteria` are what it names, of a cell with its label; `above` and
    `criteria_above` what the headings name. `options` are those it is about: named in it, or else
    in the line that leads in, or in the headings. `is_example` is true when it tells of somebody
    who uses an option, `holds_short_items` for a list whose items say nothing by themselves.
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


@lru_cache(maxsize=_KEPT)
def sentences(passage: Passage, topic: Topic) -> tuple[Said, ...]:
    """Return what a passage says, in order; questions and what ends on a colon say nothing."""
    heads = [word for heading in passage.headings for word in atoms(heading)]
    lead = atoms(_lead(passage))
    above = frozenset(word.stem for word in (*heads, *lead))
    criteria_above, options_above = _named([*heads, *lead], topic)
    options_above = _named(lead, topic)[1] or options_above
    found = []
    for span, label, option in _spans(passage):
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
                is_example=is_example(Unit("sentence", 0, len(text), text, words), topic),
                is_whole=whole,
                holds_short_items=whole and any(len(e) < _LENGTH[0] for e in text.split("\n")),
            )
        )
    return tuple(found)


def _lead(passage: Passage) -> str:
    """Return the line that leads in a list, or ""."""
    first = passage.text.partition("\n")[0].rstrip()
    return first if passage.kind == "list" and first.endswith(":") else ""


def _named(words: Sequence[Word], topic: Topic) -> tuple[frozenset[str], frozenset[str]]:
    """Return the criteria that words name or hint at, and the options."""
    mentions = [found.meaning for found in topic.phrases.find(words)]
    return (
        frozenset(each.id for each in mentions if each.kind == "criterion"),
        frozenset(each.id for each in mentions if each.kind == "option"),
    )


def _spans(passage: Passage) -> Iterator[tuple[Span, Sequence[Word], str]]:
    """Yield a list as a whole, then each sentence; of a table the cells with label and option."""
    text = passage.text
    if passage.cells:
        label = atoms(text[: min(cell.start for cell in passage.cells) - passage.start])
        for cell in passage.cells:
            span = Span(cell.start - passage.start, cell.end - passage.start)
            yield span, label, cell.option
        return
    ends = {*line_starts(text, 0, len(text)), *sentence_ends(text, 0, len(text))}
    places = sorted({0, len(text), *ends})
    spans = [stripped(text, start, end) for start, end in pairwise(places)]
    if passage.kind == "list" and len(spans) > 1:
        yield Span(0, len(text)), (), ""
    yield from ((span, (), "") for span in spans if span)
