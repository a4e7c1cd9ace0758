"""Words of praise and blame in a clause: those of the lexicon, and sizes of what one wants."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.claims.context import places
from kb.claims.cues import cues
from kb.claims.lexicon import lexicon, signed
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

_BEFORE = 3  # words between "for" and what is praised or blamed behind it
_GOVERNED = 2  # words between a bad word and what it spoils: "limits the overall flexibility"
_JOINS = frozenset(("and", "but", "or", "yet", "though", "than", "is", "are", "makes"))
_COPULAS = frozenset(("is", "are", "was", "were"))
_FOR = frozenset(("for", "with", "under"))


def marks_of(words: Sequence[Word], topic: Topic) -> list[Found[float]]:
    """Return what praises (above 0) and blames (below 0) in a clause.

    A "simple application" is small, not good, and "great for heavy traffic" blames nothing.
    """
    marks = judged(words, topic)
    if not marks:
        return []
    sized = {
        place
        for found in places(words, topic)
        if found.meaning.kind == "condition"
        for place in range(found.first, found.last)
    }
    marks = [m for m in marks if sized.isdisjoint(range(m.first, m.last))]
    return [m for m in marks if not _is_of_the_use(m, marks, words)]


def judged(words: Sequence[Word], topic: Topic) -> list[Found[float]]:
    """Return every word of praise and blame, "more features" among them."""
    marks = [mark for mark in signed(words) if mark.meaning]
    marks = [*_unspoilt(marks, words, topic), *_amounts(words, topic)]
    return [mark for mark in marks if not _owns(mark, words)]


def _unspoilt(
    marks: Sequence[Found[float]], words: Sequence[Word], topic: Topic
) -> Sequence[Found[float]]:
    """Leave out the good word of a criterion that a bad one right before it is about.

    "Limits the flexibility" and "difficult to secure" praise nothing. A good word that is denied
    spoils nothing: "no other one keeps it secure".
    """
    blame = {found.first for found in lexicon().polarity.find(words) if found.meaning < 0}
    bad = [mark for mark in marks if mark.meaning < 0 and mark.first in blame]
    if not bad or all(mark.meaning < 0 for mark in marks):
        return marks
    own = {
        place
        for found in topic.statement_phrases.find(words)
        if found.meaning.kind == "criterion"
        for place in range(found.first, found.last)
    }
    return [
        mark
        for mark in marks
        if mark.meaning < 0
        or not own.issuperset(range(mark.first, mark.last))
        or not any(_governs(words[each.last : mark.first], each, mark, words) for each in bad)
    ]


def _governs(
    between: Sequence[Word], bad: Found[float], mark: Found[float], words: Sequence[Word]
) -> bool:
    """True when a bad word stands right before a mark, and nothing parts or joins the two."""
    if not 0 <= mark.first - bad.last <= _GOVERNED or any(w.text in _JOINS for w in between):
        return False
    together = words[bad.last - 1 : mark.first + 1]
    return all(after.start - word.end == 1 for word, after in pairwise(together))


def _owns(mark: Found[float], words: Sequence[Word]) -> bool:
    """True for "on your own disk": left alone is who has nothing behind "own"."""
    if words[mark.last - 1].text != "own" or mark.last == len(words):
        return False
    beside = words[mark.last].start - words[mark.last - 1].end == 1
    return beside and not words[mark.last].is_stop_word


def _is_of_the_use(
    mark: Found[float], marks: Sequence[Found[float]], words: Sequence[Word]
) -> bool:
    """True for "heavy" in "great for heavy traffic" and "with heavy traffic X is great"."""
    before = range(max(0, mark.first - _BEFORE), mark.first)
    at = next((place for place in before if words[place].text in _FOR), -1)
    if at < 0:
        return False
    if any(0 <= at - other.last <= 1 for other in marks if other is not mark):
        return True
    opens = at <= 1 and mark.meaning < 0
    return opens and any(other.meaning > 0 and other.first > mark.last for other in marks)


def _amounts(words: Sequence[Word], topic: Topic) -> Iterator[Found[float]]:
    """Yield "more" and "fewer" at a criterion that is no burden: "more features"."""
    for found in topic.statement_phrases.find(words):
        if found.meaning.kind != "criterion" or _is_burden(words, found):
            continue
        for at in (found.first - 1, _predicate(words, found)):
            sign = _amount(words[at].text) if 0 <= at < len(words) else 0.0
            if sign:
                yield Found(sign, at, at + 1, words[at].start, words[at].end)


def _is_burden(words: Sequence[Word], found: Found[Mention]) -> bool:
    return any(word.text in cues().burdens for word in words[found.first : found.last + 1])


def _amount(word: str) -> float:
    more = word in cues().more or word in cues().large
    return more - (word in cues().fewer or word in cues().small)


def _predicate(words: Sequence[Word], found: Found[Mention]) -> int:
    """Return where a size is told of a criterion, as in "the community of X is small", or -1."""
    for at in range(found.last, min(len(words) - 1, found.last + 4)):
        if words[at].text in _COPULAS:
            return at + 1
    return -1
