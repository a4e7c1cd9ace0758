"""The sentences of a passage with what each of them names, as answers to facts are looked for."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from advisor.antecedents import LONGEST, with_antecedent
from advisor.cues import cues
from kb.claims.context import context
from kb.claims.examples import is_example
from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.extract.sentences import line_starts, sentence_ends, stripped
from kb.model import Passage, Span
from kb.topic import Topic
from kb.words import Word, all_words, atoms, stems_of

_LENGTH = (12, LONGEST)  # characters of a sentence that can be quoted as an answer
_BULLET = re.compile(r"\s*[•*–-]")
KEPT = 2048  # passages whose sentences are remembered: questions go to the same ones


class _Around:
    """What stands around the sentences of a passage: its headings, and the line that leads in."""

    def __init__(self, passage: Passage, topic: Topic) -> None:
        self.topic = topic
        self.lead = leading_line(passage)
        self.is_list = passage.kind == "list"
        self.headings = passage.headings

    @cached_property
    def stems(self) -> frozenset[str]:
        above = _atom_stems(self.headings)
        return above.union(word.stem for word in atoms(self.lead)) if self.lead else above

    @cached_property
    def means(self) -> bool:
        texts = (*self.headings, self.lead)
        return cues().has("means", tuple(word for text in texts for word in atoms(text)))

    @cached_property
    def innermost(self) -> tuple[Word, ...]:
        """The words of the line that leads in, or else of the innermost heading."""
        return tuple(atoms(self.lead or (self.headings[-1] if self.headings else "")))

    @cached_property
    def options_led_in(self) -> frozenset[str]:
        return _named(atoms(self.lead), self.topic)[1] if self.lead else frozenset()

    @cached_property
    def named(self) -> tuple[frozenset[str], frozenset[str]]:
        if not self.lead:
            return _named_above(self.headings, self.topic)
        words = [word for text in (*self.headings, self.lead) for word in atoms(text)]
        return _named(words, self.topic)


@lru_cache(maxsize=KEPT)  # many passages stand under the same headings
def _atom_stems(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.stem for text in texts for word in atoms(text))


@lru_cache(maxsize=KEPT)
def _named_above(headings: tuple[str, ...], topic: Topic) -> tuple[frozenset[str], frozenset[str]]:
    return _named([word for heading in headings for word in atoms(heading)], topic)


class Said:
    """A sentence, list item, table cell or whole list; `span` counts from the passage's start.

    Most are put aside by a word that they do not hold: what else they name is found out when it is
    asked for. `is_whole` is true of a list, `holds_short_items` of one whose items say nothing by
    themselves. A sentence that points back ("It is useful for …") is told with the one before it,
    and begins at character `points_back` of the two, which is 0 for others.
    """

    def __init__(
        self,
        text: str,
        span: Span,
        label: Sequence[Word],
        option: str,
        around: _Around,
        points_back: int = 0,
    ) -> None:
        self.text = text
        self.span = span
        self.is_whole = "\n" in text
        self.points_back = points_back
        self._label = label
        self._option = option
        self._around = around

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems that it names, of a cell with its label."""
        own = stems_of(self.text)
        return own.union(word.stem for word in self._label) if self._label else own

    @property
    def above(self) -> frozenset[str]:
        """The stems that the headings and the line that leads in name."""
        return self._around.stems

    @cached_property
    def every(self) -> tuple[Word, ...]:
        """Its words, compounds also whole."""
        return tuple(all_words(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its atoms."""
        return tuple(word for word in self.every if not word.glued)

    @property
    def criteria(self) -> frozenset[str]:
        """The criteria that it names, of a cell with its label."""
        return self._named[0]

    @property
    def criteria_above(self) -> frozenset[str]:
        return self._around.named[0]

    @cached_property
    def options(self) -> frozenset[str]:
        """The options it is about: named in it, or else where it leads in, or in the headings."""
        around = self._around
        return self._own or around.options_led_in or around.named[1]

    @property
    def names_option(self) -> bool:
        return bool(self._own)

    @cached_property
    def is_example(self) -> bool:
        """True when it tells of somebody who uses an option."""
        text = self.text[self.points_back :]
        unit = Unit("sentence", 0, len(text), text, tuple(atoms(text)))
        return is_example(unit, self._around.topic)

    @property
    def lead(self) -> str:
        """The line that leads in a whole list, "" if there is none."""
        return self._around.lead if self.is_whole else ""

    @property
    def under_means(self) -> bool:
        """True below a heading or line that names a means ("extensions")."""
        return self._around.means

    @property
    def is_part(self) -> bool:
        """True for an item below "The main parts of X", or its like."""
        return self._around.is_list and cues().has("holds_parts", self._around.innermost)

    @property
    def is_extension(self) -> bool:
        """True below a heading or line that names extensions."""
        return bool(lexicon().indirect.find(self._around.innermost))

    @cached_property
    def is_of_a_use(self) -> bool:
        """True below a heading such as "When to choose X": what is listed there is not X's."""
        return context(self._around.headings, self._around.topic).uses

    @cached_property
    def is_blamed(self) -> bool:
        """True below a heading such as "Cons of X"."""
        return context(self._around.headings, self._around.topic).polarity < 0

    @property
    def holds_short_items(self) -> bool:
        return self.is_whole and any(len(e) < _LENGTH[0] for e in self.text.split("\n"))

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        return _named([*self._label, *self.words], self._around.topic)

    @cached_property
    def _own(self) -> frozenset[str]:
        own = self._named[1] | ({self._option} if self._option else frozenset())
        if self.is_whole and self._around.lead:
            return self._around.options_led_in or own
        return own


@lru_cache(maxsize=KEPT)
def sentences(passage: Passage, topic: Topic) -> tuple[Said, ...]:
    """Return what a passage says, in order; questions and what ends on a colon say nothing."""
    around = _Around(passage, topic)
    found = []
    for span, label, option, back in _spans(passage):
        text = passage.text[span.start : span.end]
        if _LENGTH[0] <= len(text) <= _LENGTH[1] and not text.endswith((":", "?")):
            found.append(Said(text, span, label, option, around, back))
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
    for span in filter(None, spans):
        whole = with_antecedent(text, span)
        yield whole, (), "", span.start - whole.start


def _item(text: str, start: int, end: int) -> Span | None:
    """Return what stands there without the mark of a list item, None for nothing."""
    mark = _BULLET.match(text, start, end)
    return stripped(text, mark.end() if mark else start, end)
