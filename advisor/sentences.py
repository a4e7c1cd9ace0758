"""The sentences of a question, and whether one asks or tells."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from advisor.cues import cues
from kb.words import Word

_SENTENCE_END = re.compile(r"[.!?;:][)\"'”’]*\s|\n")
_QUESTION_END = re.compile(r"[.!?]")


def sentences(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text` as numbers of `words`, its atoms, last exclusive."""
    ends = [
        place
        for place, (before, word) in enumerate(pairwise(words), start=1)
        if word.start - before.end > 1 and _SENTENCE_END.search(text, before.end, word.start)
    ]
    yield from pairwise([0, *ends, len(words)])


def is_told(text: str, words: Sequence[Word], place: int) -> bool:
    """True when the sentence that a word stands in tells something: "It shows how many …."."""
    first, last = next(span for span in sentences(text, words) if place < span[1])
    end = _QUESTION_END.search(text, words[last - 1].end)
    asks = end is not None and end.group() == "?"
    return not asks and cues().opens("subjects", words[first:last])
