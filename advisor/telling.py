"""The sentence of an article that answers a question for a fact, if one does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.cues import cues
from advisor.model import Reading
from kb.extract.sentences import line_starts, sentence_ends, stripped
from kb.lexicon.english import synonyms
from kb.model import Passage, Span
from kb.phrases import Phrases
from kb.topic import Topic
from kb.words import Word, atoms, stem

_LENGTH = (20, 260)  # characters of a sentence that stands in a headline
_OPENING = 6  # words within which a definition says what it defines, and comes to its verb
_IS = ("is", "are")
_MEANS = ("means", "stands")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a sentence has to hold to answer a question.

    `stems` are sets of like stems of which each needs one, and of the question's `own` stems one
    has to be there; `texts` are words that must stand as typed,
    `options` the phrases of what it has to be about, one of each. `counted` asks for a number,
    `defined` for a definition, and `kind` holds what an option is to be called in it ("framework").
    """

    stems: tuple[frozenset[str], ...]
    own: frozenset[str]
    texts: frozenset[str]
    options: tuple[Phrases[str], ...]
    counted: bool
    defined: bool
    kind: Phrases[str] | None = None

    def is_met(self, words: Sequence[Word]) -> bool:
        """True when a sentence of `words` holds all that is sought."""
        if self.kind is not None and not self.kind.find(words):
            return False
        if self.defined:
            words = _defined_by(words)
        return self._is_said(words) and all(phrases.find(words) for phrases in self.options)

    def is_met_by_cell(self, label: Sequence[Word], cell: Sequence[Word]) -> bool:
        """True when a cell, which is about the option asked for, holds the rest with its label."""
        return not self.defined and self._is_said([*label, *cell])

    def _is_said(self, words: Sequence[Word]) -> bool:
        held, typed = {word.stem for word in words}, {word.text for word in words}
        if not (self.stems or self.texts or self.defined) or not self.texts <= typed:
            return False
        if self.counted and not any(_is_number(word) for word in words):
            return False
        if self.stems and not held & self.own:
            return False
        return bool(words) and all(held & each for each in self.stems)


def sought(reading: Reading, topic: Topic) -> Sought:
    """Return what a sentence has to hold: the content words, and the options that are named.

    A question for one of the options ("which one has") takes a sentence on any of them. Words
    without a subject of their own count only when there are no others, and then as typed.
    """
    words = atoms(reading.question)
    kinds = _kinds(words, topic)
    beside = {
        place
        for kind in ("polite", "interjections", "sources", "all_options")
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    content = [
        place
        for place, word in enumerate(words)
        if not word.is_stop_word
        and place not in beside
        and not kinds.get(place, set()) & {"option", "subject"}
    ]
    telling = [
        place
        for place in content
        if "criterion" in kinds.get(place, ()) or not cues().is_filler(words[place])
    ]
    named = reading.options or topic.option_ids
    phrases = [_phrases([id], topic) for id in named]
    defined = reading.intent == "definition"
    if not reading.options and not defined:
        phrases = [_phrases(topic.option_ids, topic)]
    kind = Phrases((word, "") for word in topic.subject) if reading.options and defined else None
    return Sought(
        stems=tuple(_alike(words[place]) for place in telling),
        own=frozenset(words[place].stem for place in telling),
        texts=frozenset() if telling or defined else frozenset(words[p].text for p in content),
        options=() if defined and not reading.options else tuple(phrases),
        counted=cues().has("counts", words) or cues().has("lengths", words),
        defined=defined,
        kind=kind if topic.subject else None,
    )


def _defined_by(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words that open a sentence before "is a" or "means", none without these."""
    for place, word in enumerate(words[:_OPENING]):
        classed = cues().opens("determiners", words[place + 1 : place + 2])
        if word.text in _MEANS or (word.text in _IS and classed):
            return words[:place]
    return ()


def _kinds(words: Sequence[Word], topic: Topic) -> dict[int, set[str]]:
    kinds: dict[int, set[str]] = {}
    for found in topic.phrases.find(words):
        for place in range(found.first, found.last):
            kinds.setdefault(place, set()).add(found.meaning.kind)
    return kinds


def _phrases(options: Sequence[str], topic: Topic) -> Phrases[str]:
    entries = [each for each in topic.options if each.id in options]
    return Phrases((word, each.id) for each in entries for word in each.words)


def _alike(word: Word) -> frozenset[str]:
    others = {stem(part) for other in synonyms().get(word.text, ()) for part in other.split("-")}
    return frozenset({word.stem, *others})


def _is_number(word: Word) -> bool:
    return word.text.isdecimal() or word.text in cues().numbers


def answering(
    passages: Sequence[Passage], wanted: Sought, options: Sequence[str]
) -> tuple[Passage, Span] | None:
    """Return the first sentence that holds all that is wanted, with its passage.

    Of tables it is a cell of one of `options`. Code has no sentences; questions and what ends on a
    colon answer nothing. The span counts from the start of the passage.
    """
    for passage in passages:
        if passage.kind == "code":
            continue
        tabled = passage.kind == "table"
        spans = _cells(passage, wanted, options) if tabled else _said(passage, wanted)
        for span in spans:
            sentence = passage.text[span.start : span.end]
            good = _LENGTH[0] <= len(sentence) <= _LENGTH[1]
            if good and not sentence.endswith((":", "?")):
                return passage, span
    return None


def _said(passage: Passage, wanted: Sought) -> Iterator[Span]:
    for span in _sentences(passage.text):
        if wanted.is_met(atoms(passage.text[span.start : span.end])):
            yield span


def _cells(passage: Passage, wanted: Sought, options: Sequence[str]) -> Iterator[Span]:
    for cell in passage.cells:
        start, end = cell.start - passage.start, cell.end - passage.start
        label = passage.text[: min(each.start for each in passage.cells) - passage.start]
        words = atoms(passage.text[start:end])
        if cell.option in options and wanted.is_met_by_cell(atoms(label), words):
            yield Span(start, end)


def _sentences(text: str) -> Iterator[Span]:
    cuts = {0, len(text), *line_starts(text, 0, len(text)), *sentence_ends(text, 0, len(text))}
    places = sorted(cuts)
    for start, end in zip(places, places[1:], strict=False):
        if span := stripped(text, start, end):
            yield span


def shows(passages: Sequence[Passage], wanted: Sought) -> bool:
    """True when some code, with its headings, is about all that is wanted."""
    texts = ["\n".join((*each.headings, each.text)) for each in passages if each.kind == "code"]
    return any(wanted.is_met(atoms(text)) for text in texts)
