"""What the articles of a topic repeat of one another: re-posts, and passages that are quoted."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.likeness import FEWEST, WIDTH, Shingles, is_repetition
from kb.model import Claim, Passage, Span
from kb.sketches import Met, Sketches, are_among
from kb.spans import merged
from kb.words import atoms

_COMPANY = 0.3  # share of an article's shingles that stand in one other: it is a re-post of that
_WEAK = 0.2  # likeness of a passage that is enough within a re-post
_WINDOW = 12  # shingles looked at together to find where a quotation, or own text, begins and ends
_DENSE = 0.5  # share of a window's shingles that makes it part of a quotation
_OWN = 20  # new shingles in a row that are own text even in a re-post with replaced words
_KEPT = 1000  # articles taken apart that are kept
_MOSTLY = 0.5  # share of its passages from which on an article is called a re-post


@dataclass(frozen=True, slots=True)
class Shingled:
    """A passage with its shingles, in order."""

    passage: Passage
    shingles: Shingles

    def words(self) -> list[Span]:
        """Return where the words of the passage stand in its article's text."""
        start = self.passage.start
        return [Span(start + word.start, start + word.end) for word in atoms(self.passage.text)]


Reading = Callable[[str], Sequence[Shingled]]


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


def find_repeats(
    published: Mapping[str, str], sketches: Mapping[str, Mapping[str, bytes]], read: Reading
) -> Repeats:
    """Return what the articles of a topic repeat of those published before them.

    `published` holds the dates of all of them; `sketches` are those of the passages, by article
    and passage id. They say which articles are worth comparing, and only these are `read`.
    """
    known = Sketches(published, sketches)
    meetings = known.meetings({id for each in sketches.values() for id in each})
    return Repeats.of(compared(known.met(meetings), read))


def compared(met: Met, read: Reading) -> dict[str, Repetition]:
    """Return what articles repeat of those that they meet, which may be nothing."""
    texts = _Texts(read)
    return {later: _Comparison(later, earlier, texts).result() for later, earlier in met.items()}


class _Texts:
    """The passages of articles, those of the last articles kept."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        self.of = lru_cache(_KEPT)(self._of)
        self.together = lru_cache(_KEPT)(self._together)

    def _of(self, article: str) -> tuple[Shingled, ...]:
        """Return the passages that hold a word."""
        return tuple(each for each in self._read(article) if len(each.shingles))

    def _together(self, article: str) -> Shingles:
        """Return all shingles of an article's passages, ascending."""
        return np.sort(np.concatenate([text.shingles for text in self.of(article)]))


class _Comparison:
    """One article beside the earlier ones that it may repeat."""

    def __init__(self, article: str, others: Mapping[str, Sequence[str]], texts: _Texts) -> None:
        self._texts = {text.passage.id: text for text in texts.of(article)}
        self._flags: dict[str, dict[str, NDArray[np.bool_]]] = defaultdict(dict)
        self._repeated: dict[str, str] = {}
        self._company: set[str] = set()
        total = sum(len(text.shingles) for text in self._texts.values())
        best: dict[str, float] = {}
        for other, ids in others.items():
            known = texts.together(other)
            matched = sum(int(self._flagged(id, other, known).sum()) for id in ids)
            if company := _is_repost(matched, total):
                self._company.add(other)
            for id in self._texts if company else ids:
                share = float(self._flagged(id, other, known).mean())
                if self._is_repeated(id, share, company) and share > best.get(id, 0.0):
                    best[id], self._repeated[id] = share, other

    def _flagged(self, id: str, other: str, known: Shingles) -> NDArray[np.bool_]:
        """Return which shingles of a passage stand in another article."""
        if other not in self._flags[id]:
            self._flags[id][other] = are_among(self._texts[id].shingles, known)
        return self._flags[id][other]

    def _is_repeated(self, id: str, share: float, company: bool) -> bool:
        return share >= _WEAK if company else is_repetition(share, len(self._texts[id].shingles))

    def result(self) -> Repetition:
        return Repetition(self._repeated, tuple(merged(self._spans())), self._repost())

    def _repost(self) -> Repost | None:
        counts = Counter(self._repeated.values())
        if not counts:
            return None
        other, most = max(sorted(counts.items()), key=lambda item: item[1])
        share = most / len(self._texts)
        return Repost(other, share) if share >= _MOSTLY else None

    def _spans(self) -> Iterator[Span]:
        """Yield what is repeated of each passage, in the article's text."""
        for id, compared in self._flags.items():
            text = self._texts[id]
            words = None
            for first, last in self._stretches(id, list(compared.values())):
                if first == 0 and last == len(text.shingles) - 1:
                    yield Span(text.passage.start, text.passage.end)
                else:
                    words = words or text.words()
                    end = words[min(last + WIDTH, len(words)) - 1].end
                    yield Span(words[first].start, end)

    def _stretches(self, id: str, compared: list[NDArray[np.bool_]]) -> Iterator[tuple[int, int]]:
        """Yield the first and last shingle of what a passage repeats of the articles compared."""
        if id in self._repeated:
            longest = _OWN if self._repeated[id] in self._company else _WINDOW
            yield from _but_own(np.logical_or.reduce(compared), longest)
        else:
            for flags in compared:
                yield from _quoted(flags)


def _is_repost(matched: int, total: int) -> bool:
    return matched == total or (matched >= FEWEST and matched >= _COMPANY * total)


def _but_own(flags: NDArray[np.bool_], longest: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last shingle of the stretches between runs of `longest` new ones.

    Words that were replaced one by one make shorter runs.
    """
    runs = [(begin, end) for begin, end in _runs(~flags) if end - begin >= longest]
    begins = [0, *(end for _, end in runs)]
    ends = [*(begin for begin, _ in runs), len(flags)]
    yield from ((begin, end - 1) for begin, end in zip(begins, ends, strict=True) if begin < end)


def _quoted(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the first and last shingle of the stretches that hold many known ones."""
    if len(flags) < _WINDOW:
        return
    dense = np.convolve(flags, np.ones(_WINDOW), mode="valid") >= _DENSE * _WINDOW
    for begin, end in _runs(np.convolve(dense, np.ones(_WINDOW)) > 0):
        known = begin + np.flatnonzero(flags[begin:end])
        if len(known) >= FEWEST:
            yield int(known[0]), int(known[-1])


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (begin, end) of the runs of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]
