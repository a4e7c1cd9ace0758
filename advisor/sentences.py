"""The sentences and clauses of a question, and whether one asks or tells."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from advisor.cues import cues
from kb.words import Word

_SENTENCE_END = re.compile(r"[.!?;:][)\"'”’]*\s|\n")
_MARK = re.compile(r"[,.!?;:\n]")
_BREAK = re.compile(r"[.!?;:\n]")
_LISTED = 4  # words of one thing in a list
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


def behind_comma(text: str, words: Sequence[Word], begin: int, end: int) -> Sequence[Word]:
    """Return the words from `begin` to `end` that stand behind the last comma which ends a list.

    "without code, an editor" does not rule out the editor; "no admin, no login or forms" and
    "no admin, login or forms" do.
    """
    for place in range(end, begin, -1):
        if "," in text[words[place - 1].end : words[place].start] and not _lists_on(
            text, words, place
        ):
            return words[place:end]
    return words[begin:end]


def _lists_on(text: str, words: Sequence[Word], place: int) -> bool:
    """True when an "or", "nor" or "and" goes on with a list at a comma, or ends it behind one."""
    if words[place].text in ("or", "nor", "and"):
        return True
    for at in range(place, min(place + _LISTED + 1, len(words))):
        apart = at > place and _MARK.search(text[words[at - 1].end : words[at].start])
        if apart or cues().opens("subjects", words[at : at + 1]):
            return False
        if words[at].text in ("or", "nor"):
            return True
    return False


def clause_start(text: str, words: Sequence[Word], place: int) -> int:
    """Return the first word of the sentence that word `place` stands in."""
    for at in range(place, 0, -1):
        if _BREAK.search(text[words[at - 1].end : words[at].start]):
            return at
    return 0
