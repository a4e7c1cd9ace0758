"""What the articles of a topic repeat of one another: re-posts, and passages that are quoted."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers
from kb.likeness import FEWEST, WIDTH, Shingles, is_repetition
from kb.matching import DENSE, WINDOW
from kb.model import Claim, Passage, Span
from kb.sketches import Met, meetings, met
from kb.spans import merged
from kb.words import atoms_at

_COMPANY = 0.3  # share of an article's shingles that stand in one other: it is a re-post of that
_WEAK = 0.2  # likeness of a passage that is enough within a re-post
_OWN = 20  # new shingles in a row that are own text even in a re-post with replaced words
_KEPT = 1000  # articles taken apart that are kept
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
        words = _words(self.passage.text)
        return Span(start + words[first][0], start + words[min(last + WIDTH, len(words)) - 1][1])


_words = lru_cache(maxsize=16)(atoms_at)  # a passage is compared with some, one after the other


Reading = Callable[[str], Sequence[Shingled]]
Flags = NDArray[np.bool_]


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
    reposts[(pairs >> _HALF)[_is_repost(shared, totals[pairs >> _HALF])]] = True
    return repeated, reposts


def _summed(keys: Integers, values: Integers) -> tuple[Integers, NDArray[np.float64]]:
    """Return the different keys, and the sum of the values of each."""
    different, places = np.unique(keys, return_inverse=True)
    return different, np.bincount(places, values, len(different)).astype(np.float64)


def find_repeats(
    published: Mapping[str, str], sketches: Mapping[str, Sequence[bytes]], read: Reading
) -> Repeats:
    """Return what the articles of a topic repeat of those published before them.

    `published` holds the dates of all of them; `sketches` are those of the passages, in order.
    They say which passages are worth comparing, and only articles with these are `read`. For what
    is not stored; a knowledge base follows step by step (`kb.sqlite.repetitions`), and is tested
    with this.
    """
    return Repeats.of(compared(met(meetings(published, sketches)), read))


def compared(alike: Met, read: Reading) -> dict[str, Repetition]:
    """Return what articles repeat of those that they meet, which may be nothing."""
    texts = _Texts(read)
    return {later: _Comparison(later, earlier, texts).result() for later, earlier in alike.items()}


class _Texts:
    """The passages of articles by place, those of the last articles kept."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        self.of = lru_cache(_KEPT)(self._of)
        self.together = lru_cache(_KEPT)(self._together)

    def _of(self, article: str) -> dict[int, Shingled]:
        """Return the passages that hold a word."""
        every = enumerate(self._read(article))
        return {place: each for place, each in every if len(each.shingles)}

    def _together(self, article: str) -> Shingles:
        """Return all shingles of an article's passages, ascending."""
        return np.sort(np.concatenate([text.shingles for text in self.of(article).values()]))


class _Comparison:
    """One article beside the earlier ones that it may repeat."""

    def __init__(
        self, article: str, others: Mapping[str, Mapping[int, Sequence[int]]], texts: _Texts
    ) -> None:
        self._texts = texts.of(article)
        self._flags: dict[int, list[Flags]] = defaultdict(list)
        self._repeated: dict[int, str] = {}
        self._company: set[str] = set()
        total = sum(len(text.shingles) for text in self._texts.values())
        best: dict[int, float] = {}
        for other, pairs in others.items():
            found = {place: self._with(place, texts.of(other), p) for place, p in pairs.items()}
            matched = sum(int(np.logical_or.reduce(each).sum()) for each in found.values())
            if company := _is_repost(matched, total):
                self._company.add(other)
                known = texts.together(other)
                found = {p: [are_among(t.shingles, known)] for p, t in self._texts.items()}
            for place, each in found.items():
                self._flags[place] += each
                share = float(np.logical_or.reduce(each).mean())
                if self._is_repeated(place, share, company) and share > best.get(place, 0.0):
                    best[place], self._repeated[place] = share, other

    def _with(self, place: int, other: Mapping[int, Shingled], its: Sequence[int]) -> list[Flags]:
        """Return which shingles of a passage stand in each of some passages of another article."""
        own = self._texts[place].shingles
        return [are_among(own, np.sort(other[each].shingles)) for each in its]

    def _is_repeated(self, place: int, share: float, company: bool) -> bool:
        size = len(self._texts[place].shingles)
        return share >= _WEAK if company else is_repetition(share, size)

    def result(self) -> Repetition:
        repeated = {self._texts[n].passage.id: other for n, other in self._repeated.items()}
        return Repetition(repeated, tuple(merged(self._spans())), self._repost())

    def _repost(self) -> Repost | None:
        counts = Counter(self._repeated.values())
        if not counts:
            return None
        other, most = max(sorted(counts.items()), key=lambda item: item[1])
        share = most / len(self._texts)
        return Repost(other, share) if share >= _MOSTLY else None

    def _spans(self) -> Iterator[Span]:
        """Yield what is repeated of each passage, in the article's text."""
        for place, flags in self._flags.items():
            for stretch in self._stretches(place, flags):
                yield self._texts[place].span(*stretch)

    def _stretches(self, place: int, compared: Sequence[Flags]) -> Iterator[tuple[int, int]]:
        """Yield the first and last shingle of what a passage repeats of what it was compared with.

        These are passages, or all of an article.
        """
        if place in self._repeated:
            longest = _OWN if self._repeated[place] in self._company else WINDOW
            yield from _but_own(np.logical_or.reduce(compared), longest)
        else:
            for flags in compared:
                yield from _quoted(flags)


def _is_repost(matched: Any, total: Any) -> Any:
    """Tell of an article, or of each of some, whether so many of its shingles make it a re-post."""
    return (matched >= total) | ((matched >= FEWEST) & (matched >= _COMPANY * total))


def _but_own(flags: Flags, longest: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last shingle of the stretches between runs of `longest` new ones.

    Words that were replaced one by one make shorter runs.
    """
    runs = [(begin, end) for begin, end in _runs(~flags) if end - begin >= longest]
    begins = [0, *(end for _, end in runs)]
    ends = [*(begin for begin, _ in runs), len(flags)]
    yield from ((begin, end - 1) for begin, end in zip(begins, ends, strict=True) if begin < end)


def _quoted(flags: Flags) -> list[tuple[int, int]]:
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
