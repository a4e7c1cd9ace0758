"""What the articles of a topic repeat of one another: re-posts, and passages that are quoted."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers
from kb.likeness import FEWEST, WIDTH, Shingles, is_repetition
from kb.matching import DENSE, WINDOW
from kb.model import Claim, Passage, Span
from kb.spans import merged
from kb.texts import span_of

Flags = NDArray[np.bool_]

_COMPANY = 0.3  # share of an article's shingles that stand in one other: it is a re-post of that
_HALF = 32  # bits: two numbers are one
_MOSTLY = 0.5  # share of its passages from which on an article is called a re-post


@dataclass(frozen=True, slots=True)
class Shingled:
    """A passage with its shingles, in order."""

    passage: Passage
    shingles: Shingles

    def span(self, first: int, last: int) -> Span:
        """Return the place of the words from one shingle to another in the article's text."""
        start = self.passage.start
        if first == 0 and last == len(self.shingles) - 1:
            return Span(start, self.passage.end)
        begin, end = span_of(self.passage.text, first, last + WIDTH - 1)
        return Span(start + begin, start + end)


@dataclass(frozen=True, slots=True)
class Repost:
    """An article that mostly repeats another one; `share` is that of its passages that do."""

    article: str
    share: float


@dataclass(frozen=True, slots=True)
class Repetition:
    """What one article repeats: passages, each with its original; stretches; all of an article."""

    passages: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    repost: Repost | None = None


@dataclass(frozen=True, slots=True)
class Repeats:
    """What was said before: `passages` maps the id of one to the article that it repeats.

    `spans` holds the stretches of an article, by its id and in order, that stand in an earlier
    article: most or all of those passages, and quotations in others. `reposts` are the articles
    that mostly repeat one other.
    """

    passages: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    reposts: Mapping[str, Repost] = field(default_factory=dict)

    @classmethod
    def of(cls, articles: Mapping[str, Repetition]) -> "Repeats":
        """Return what articles repeat, by article, as one."""
        return cls(
            {id: other for each in articles.values() for id, other in each.passages.items()},
            {id: each.spans for id, each in articles.items() if each.spans},
            {id: each.repost for id, each in articles.items() if each.repost},
        )

    def echoed(self, claim: Claim) -> bool:
        """True when most of a claim's words stand in an earlier article."""
        spans, inside = self.spans.get(claim.article, ()), 0
        if not spans:
            return False  # most articles repeat nothing
        for span in spans[bisect_right(spans, claim.start, key=lambda span: span.end) :]:
            if span.start >= claim.end:
                break
            inside += min(claim.end, span.end) - max(claim.start, span.start)
        return 2 * inside > claim.end - claim.start


NO_REPEATS = Repeats()


class Compared(NamedTuple):
    """What comparing passages found, an entry for each passage and one that it was compared with.

    `articles` and `passages` number the former, each from 0 without a gap; `others` tell the
    articles of the latter; `matched` of the `sizes` shingles of the passage stand in the other.
    """

    articles: Integers
    passages: Integers
    others: Integers
    matched: Integers
    sizes: Integers


def may_repeat(found: Compared, articles: int) -> tuple[Flags, Flags]:
    """Return which passages may be repeated, and which of so many articles may be re-posts.

    Whatever else an article quotes is what each of its passages quotes of each other one.
    """
    # What two passages of an article hold both is counted twice.
    pairs, shared = _summed(found.passages << _HALF | found.others, found.matched)
    firsts = np.unique(found.passages, return_index=True)[1]
    sizes = found.sizes[firsts]
    passages = pairs >> _HALF
    repeated = np.zeros(len(sizes), np.bool_)
    alike = is_repetition(shared / np.maximum(sizes, 1)[passages], sizes[passages])
    repeated[passages[alike]] = True
    # An article has passages beside these: a smaller share of it is alike than of these.
    totals = np.bincount(found.articles[firsts], sizes, articles)
    pairs, shared = _summed(found.articles << _HALF | found.others, found.matched)
    reposts = np.zeros(articles, np.bool_)
    reposts[(pairs >> _HALF)[is_repost(shared, totals[pairs >> _HALF])]] = True
    return repeated, reposts


def _summed(keys: Integers, values: Integers) -> tuple[Integers, NDArray[np.float64]]:
    """Return the different keys, and the sum of the values of each."""
    different, places = np.unique(keys, return_inverse=True)
    return different, np.bincount(places, values, len(different)).astype(np.float64)


def passages_repeated(
    met: Sequence[tuple[Shingled, Sequence[tuple[str, Shingled]]]], count: int
) -> Repetition:
    """Return what an article of `count` passages with words repeats that is no re-post of another.

    `met` are the passages that may be repeated, each with all that it meets and their articles, in
    the order of these. It is the same as `compared` finds, but for what other passages quote.
    """
    repeated: dict[str, str] = {}
    spans: list[Span] = []
    for text, others in met:
        flags = [are_among(text.shingles, np.sort(other.shingles)) for _, other in others]
        best = 0.0
        for article, some in groupby(zip(others, flags, strict=True), lambda each: each[0][0]):
            share = float(np.logical_or.reduce([each for _, each in some]).mean())
            if is_repetition(share, len(text.shingles)) and share > best:
                best, repeated[text.passage.id] = share, article
        if best:
            stretches = list(but_own(np.logical_or.reduce(flags), WINDOW))
        else:
            stretches = [stretch for each in flags for stretch in quoted_in(each)]
        spans += [text.span(*each) for each in stretches]
    return Repetition(repeated, tuple(merged(spans)), mostly(repeated.values(), count))


def mostly(originals: Iterable[str], passages: int) -> Repost | None:
    """Return what an article of so many passages mostly repeats, of the originals of some."""
    counts = Counter(originals)
    if not counts:
        return None
    other, most = max(sorted(counts.items()), key=lambda item: item[1])
    share = most / passages
    return Repost(other, share) if share >= _MOSTLY else None


def is_repost(matched: Any, total: Any) -> Any:
    """Tell of an article, or of each of some, whether so many of its shingles make it a re-post."""
    return (matched >= total) | ((matched >= FEWEST) & (matched >= _COMPANY * total))


def but_own(flags: Flags, longest: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last shingle of the stretches between runs of `longest` new ones.

    Words that were replaced one by one make shorter runs.
    """
    runs = [(begin, end) for begin, end in _runs(~flags) if end - begin >= longest]
    begins = [0, *(end for _, end in runs)]
    ends = [*(begin for begin, _ in runs), len(flags)]
    yield from ((begin, end - 1) for begin, end in zip(begins, ends, strict=True) if begin < end)


def quoted_in(flags: Flags) -> list[tuple[int, int]]:
    """Return the first and last shingle of the stretches that hold many known ones."""
    if len(flags) < WINDOW:
        return []
    counts = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=counts[1:])
    dense = np.flatnonzero(counts[WINDOW:] - counts[:-WINDOW] >= DENSE * WINDOW)
    if not len(dense):
        return []
    breaks = np.flatnonzero(np.diff(dense) > WINDOW)
    begins = dense[np.concatenate([[0], breaks + 1])]
    ends = dense[np.concatenate([breaks, [len(dense) - 1]])] + WINDOW
    found = []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        known = begin + np.flatnonzero(flags[begin:end])
        if len(known) >= FEWEST:
            found.append((int(known[0]), int(known[-1])))
    return found


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Return (begin, end) of the runs of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def are_among(values: Shingles, known: Shingles) -> Flags:
    """Return which of `values` are among `known`, which do not descend."""
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.asarray(known[places] == values)
