"""Columns: which option each column of a table without a header is about."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from kb.extract.pasted.draft import Draft
from kb.extract.subjects import Subjects
from kb.model import Span

NEAR = 5  # drafts above a table that may name its columns in order
PRIOR = 2.0  # votes that the order of the names there is worth
STRETCH = 50_000  # characters of the text that are counted at once
AROUND = 1  # stretches on each side of a table that are asked about its columns
MOST = 5  # options; more have too many orders to try
LONGEST = 2_000  # characters of a line that is looked at for names

_WORD = re.compile(r"[a-z][a-z-]{3,}")
_SENTENCE = re.compile(r"[^.!?\n]+")


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of the sentences of a stretch that are about one option alone, and their counts."""

    sentences: Sequence[tuple[int, str, frozenset[str]]]  # start of the line, option, words
    counts: dict[str, Counter[str]]

    def without(self, table: Span) -> dict[str, Counter[str]]:
        """Return the counts by option, without those of the lines in `table`."""
        first = bisect_left(self.sentences, table.start, key=lambda told: told[0])
        last = bisect_left(self.sentences, table.end, key=lambda told: told[0])
        if first == last:
            return self.counts
        inside: dict[str, Counter[str]] = defaultdict(Counter)
        for _, option, words in self.sentences[first:last]:
            inside[option].update(words)
        return {option: counts - inside[option] for option, counts in self.counts.items()}


class Columns:
    """What one text says of its options, by which the columns of its tables are told apart.

    A text with many tables is counted only once.
    """

    def __init__(self, text: str, names: Subjects) -> None:
        self._text = text
        self._names = names
        self._told: dict[tuple[int, tuple[str, ...]], _Told] = {}
        self._written: dict[tuple[int, str], str] = {}

    def infer(
        self, drafts: Sequence[Draft], index: int, rows: Sequence[Sequence[Span]]
    ) -> tuple[str, ...]:
        """Return the columns of a table at `index`, an empty corner first; () when unknown.

        Named in the order of the text above the table unless what the article says of the options
        elsewhere fits the cells better in another order.
        """
        width = max((len(row) for row in rows), default=0) - 1
        options = options_above(drafts, index, self._names)
        if width < 2 or len(options) != width or width > MOST:
            return ()
        votes = self._votes(rows, tuple(options))
        best = max(permutations(options), key=lambda order: _fit(order, options, votes))
        place = rows[0][0].start // STRETCH
        return ("", *(self._as_written(option, place) for option in best))

    def _votes(
        self, rows: Sequence[Sequence[Span]], options: tuple[str, ...]
    ) -> dict[tuple[int, str], float]:
        """Return how well each column's words fit what is said of each option elsewhere."""
        table = Span(rows[0][0].start, max(cell.end for cell in rows[-1]))
        first, last = table.start // STRETCH, table.end // STRETCH
        places = {*range(first - AROUND, first + 1), *range(last, last + AROUND + 1)}
        around = [self._counted(place, options).without(table) for place in sorted(places)]
        votes: dict[tuple[int, str], float] = defaultdict(float)
        for row in rows:
            cells = [self._text[cell.start : cell.end].casefold() for cell in row]
            words = [set(_WORD.findall(cell)) for cell in cells]
            for column in range(1, len(words)):
                others = (cell for other, cell in enumerate(words) if other not in (0, column))
                for word in words[column].difference(*others):
                    told = [sum(counts[option][word] for counts in around) for option in options]
                    for option, times in zip(options, told, strict=True):
                        if sum(told):
                            votes[column, option] += times / sum(told) - 1 / len(options)
        return votes

    def _counted(self, place: int, options: tuple[str, ...]) -> _Told:
        """Return what a stretch of the text tells of `options`."""
        if (place, options) not in self._told:
            stretch = self._text[place * STRETCH : (place + 1) * STRETCH] if place >= 0 else ""
            told = _told(stretch, place * STRETCH, options, self._names)
            self._told[place, options] = told
        return self._told[place, options]

    def _as_written(self, option: str, place: int) -> str:
        """Return the option as the text at `place` writes it most often."""
        if (place, option) not in self._written:
            pattern = re.compile(rf"(?<!\w){re.escape(option)}(?!\w)", re.IGNORECASE)
            start, end = max(0, place - AROUND) * STRETCH, (place + AROUND + 1) * STRETCH
            forms = Counter(match.group() for match in pattern.finditer(self._text, start, end))
            most = max(forms, key=lambda form: forms[form]) if forms else option
            self._written[place, option] = most
        return self._written[place, option]


def options_above(drafts: Sequence[Draft], index: int, names: Subjects) -> list[str]:
    """Return the options in the order in which the text just above names two or more of them.

    Where it does not, the title or whatever names several first; one option's several words
    count once.
    """
    near = [draft.line.text for draft in reversed(drafts[max(0, index - NEAR) : index])]
    head = [draft.line.text for draft in drafts[:NEAR]]
    for words in (*near, *head):
        found = _distinct(names.found(words[:LONGEST]))
        if len(found) > 1:
            return found
    return _distinct(names.words)


def _distinct(words: Sequence[str]) -> list[str]:
    """Return `words` without those that start like an earlier one: postgres, postgresql."""
    kept: dict[str, str] = {}
    for word in words:
        folded = word.casefold()
        if not any(folded.startswith(one) or one.startswith(folded) for one in kept):
            kept[folded] = word
    return list(kept.values())


def _told(text: str, start: int, options: Sequence[str], names: Subjects) -> _Told:
    """Return what the sentences of `text`, which begins at `start`, tell of one option alone.

    A line below a short one that names an option is about this option until another is named.
    """
    sentences: list[tuple[int, str, frozenset[str]]] = []
    counts: dict[str, Counter[str]] = {option: Counter() for option in options}
    owner = ""
    for line in text.split("\n"):
        found = [name for name in names.found(line) if name in counts]
        if found and len(line) < 80:
            owner = found[0] if len(found) == 1 else ""
        for sentence in _SENTENCE.findall(line):
            named = [name for name in names.found(sentence) if name in counts] or [owner]
            if len(named) == 1 and named[0]:
                words = frozenset(_WORD.findall(sentence.casefold()))
                sentences.append((start, named[0], words))
                counts[named[0]].update(words)
        start += len(line) + 1
    return _Told(sentences, counts)


def _fit(
    order: tuple[str, ...], expected: Sequence[str], votes: dict[tuple[int, str], float]
) -> float:
    fit = sum(votes.get((column, option), 0.0) for column, option in enumerate(order, start=1))
    return fit + PRIOR * (list(order) == list(expected))
