"""Columns: which option each column of a table without a header is about."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import permutations

from kb.extract.draft import Draft
from kb.extract.subjects import Subjects
from kb.model import Span

NEAR = 5  # drafts above a table that may name its columns in order
PRIOR = 2.0  # votes that the order of the names there is worth
AROUND = 50_000  # characters on each side of a table that are asked about its columns
MOST = 5  # options; more have too many orders to try

_WORD = re.compile(r"[a-z][a-z-]{3,}")
_SENTENCE = re.compile(r"[^.!?\n]+")


def infer_columns(
    text: str, drafts: Sequence[Draft], index: int, rows: Sequence[Sequence[Span]], names: Subjects
) -> tuple[str, ...]:
    """Return the columns of a table at `index`, an empty corner first; () when unknown.

    Named in the order of the text above the table unless what the article says of the options
    elsewhere fits the cells better in another order.
    """
    width = max((len(row) for row in rows), default=0) - 1
    options = options_above(drafts, index, names)
    if width < 2 or len(options) != width or width > MOST:
        return ()
    votes = _votes(text, rows, options, names)
    best = max(permutations(options), key=lambda order: _fit(order, options, votes))
    first = rows[0][0].start
    near = text[max(0, first - AROUND) : first + AROUND]
    return ("", *(_as_written(near, option) for option in best))


def options_above(drafts: Sequence[Draft], index: int, names: Subjects) -> list[str]:
    """Return the options in the order in which the text just above names two or more of them.

    Where it does not, the title or whatever names several first; one option's several words
    count once.
    """
    near = [draft.line.text for draft in reversed(drafts[max(0, index - NEAR) : index])]
    head = [draft.line.text for draft in drafts[:NEAR]]
    for words in (*near, *head):
        found = _distinct(names.found(words))
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


def _votes(
    text: str, rows: Sequence[Sequence[Span]], options: Sequence[str], names: Subjects
) -> dict[tuple[int, str], float]:
    """Return how well each column's words fit what is said of each option outside the table."""
    table = Span(rows[0][0].start, max(cell.end for cell in rows[-1]))
    before = text[max(0, table.start - AROUND) : table.start]
    told = _told(before + "\n" + text[table.end : table.end + AROUND], options, names)
    votes: dict[tuple[int, str], float] = defaultdict(float)
    for row in rows:
        words = [set(_WORD.findall(text[cell.start : cell.end].casefold())) for cell in row]
        for column in range(1, len(words)):
            others = (cell for other, cell in enumerate(words) if other not in (0, column))
            for word in words[column].difference(*others):
                total = sum(told[option][word] for option in options)
                for option in options:
                    if total:
                        votes[column, option] += told[option][word] / total - 1 / len(options)
    return votes


def _told(text: str, options: Sequence[str], names: Subjects) -> dict[str, Counter[str]]:
    """Count the words of the sentences that are about one option alone.

    A line below a short one that names an option is about this option until another is named.
    """
    told: dict[str, Counter[str]] = {option: Counter() for option in options}
    owner = ""
    for line in text.split("\n"):
        found = [name for name in names.found(line) if name in told]
        if found and len(line) < 80:
            owner = found[0] if len(found) == 1 else ""
        for sentence in _SENTENCE.findall(line):
            named = [name for name in names.found(sentence) if name in told] or [owner]
            if len(named) == 1 and named[0]:
                told[named[0]].update(set(_WORD.findall(sentence.casefold())))
    return told


def _fit(
    order: tuple[str, ...], expected: Sequence[str], votes: dict[tuple[int, str], float]
) -> float:
    fit = sum(votes.get((column, option), 0.0) for column, option in enumerate(order, start=1))
    return fit + PRIOR * (list(order) == list(expected))


def _as_written(text: str, option: str) -> str:
    """Return the option as the article writes it most often."""
    pattern = re.compile(rf"(?<!\w){re.escape(option)}(?!\w)", re.IGNORECASE)
    forms = Counter(match.group() for match in pattern.finditer(text))
    return max(forms, key=lambda form: forms[form]) if forms else option
