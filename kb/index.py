"""Postings as arrays: which passages hold a word, how often, how long and how like they are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.lexicon.english import stop_words
from kb.likeness import atom_hashes, packed, shingles_of, sketch
from kb.model import Passage
from kb.words import compounds, index_words, normalise, words_of

Numbers = NDArray[np.uint32]
Counts = NDArray[np.uint8]
Lengths = NDArray[np.uint8] | NDArray[np.uint16]
_MOST = 255  # a term frequency above this changes no ranking and is stored as this
_LONGEST = 65_535  # and so is a passage of more words than this


class Postings(NamedTuple):
    """The passages that hold one word, ascending; the arrays have one length.

    `numbers` are passages, counted as whatever the postings are of counts them. `body` and
    `heading` are term frequencies in the passage and in its heading path; without `heading` the
    word stands in no heading path. A tuple for the reason that a Word is one.
    """

    numbers: Numbers | NDArray[np.uint16]
    body: Counts
    heading: Counts | None


@dataclass(frozen=True, slots=True)
class Part:
    """What some consecutive passages of an index hold of the words that were asked for.

    `numbers` are those of the passages, ascending; `body` and `heading` are what term frequencies
    in these fields are divided by (`kb.ranking.norms`). `postings` go by word and count the
    passages by their place in these three.
    """

    numbers: Numbers
    body: NDArray[np.float64]
    heading: NDArray[np.float64]
    postings: Mapping[str, Postings]


class Index(Protocol):
    """The index of a topic: how many passages there are, and which of them hold a word."""

    @property
    def passages(self) -> int: ...

    def find(self, words: Collection[str]) -> Sequence[Part]:
        """Return the parts that hold any of `words` (stems), in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """One article's part of the index, with passages counted from 0 in the article's order.

    `postings` go by stem, in the order of `stems`, and then by passage; `counts` says how many
    passages hold each stem. `forms` maps a word as written to the number of passages it stands in;
    `lengths` holds (body, heading) per passage, `shingles` its runs of words, and `sketches` the
    few of them that tell its likes.
    """

    stems: Sequence[str]
    counts: NDArray[np.int64]
    postings: Postings
    forms: Mapping[str, int]
    lengths: Sequence[tuple[int, int]]
    shingles: Sequence[bytes]
    sketches: Sequence[bytes]

    @property
    def words(self) -> Mapping[str, Postings]:
        """The postings of each stem."""
        numbers, body, heading = self.postings.numbers, self.postings.body, self.postings.heading
        ends = np.cumsum(self.counts).tolist()
        stretches = [slice(*each) for each in zip([0, *ends], ends, strict=False)]
        return {
            stem: Postings(numbers[here], body[here], None if heading is None else heading[here])
            for stem, here in zip(self.stems, stretches, strict=True)
        }


class _Held(NamedTuple):
    """What a compound, or a field of a passage, is to the index.

    Stems and forms of its index words, how many of these its length counts, and the hashes of all
    of its smallest words, stop words included.
    """

    stems: Sequence[str]
    forms: Sequence[str]
    length: int
    hashes: Sequence[int]


@lru_cache(maxsize=65_536)  # a text repeats its words: half of the time without
def _held(compound: str) -> _Held:
    words = words_of(compound)
    stops = stop_words()
    kept = [(plain, stem, glued) for plain, stem, _, _, glued in words if plain not in stops]
    return _Held(
        tuple(stem for _, stem, _ in kept),
        tuple(plain for plain, _, _ in kept),
        sum(not glued for _, _, glued in kept),
        atom_hashes(compound),
    )


def _field(text: str) -> _Held:
    """Return what a field is to the index; words are repeated as often as they stand in it."""
    found = list(map(_held, compounds(text)))
    if not found:
        return _Held((), (), 0, ())
    stems, forms, lengths, hashes = zip(*found, strict=True)
    flat = chain.from_iterable
    return _Held(
        list(flat(stems)), list(flat(forms)), min(sum(lengths), _LONGEST), list(flat(hashes))
    )


class _Counted:
    """How often stems stand in a field of the passages of an article; lists of one length."""

    def __init__(self) -> None:
        self.stems: list[int] = []
        self.passages: list[int] = []
        self.counts: list[int] = []

    def add(self, stems: Mapping[int, int], passage: int) -> None:
        """Add the stems of one more passage, by number, with how often they stand there."""
        self.stems += stems.keys()
        self.passages += [passage] * len(stems)
        self.counts += stems.values()

    def arrays(self, passages: int) -> tuple[NDArray[np.int64], Counts]:
        """Return stem x passages + passage, and how often; both ascend by the former."""
        places = np.array(self.stems, np.int64) * passages + np.array(self.passages, np.int64)
        order = np.argsort(places)
        counts = np.minimum(np.array(self.counts, np.int64), _MOST).astype(np.uint8)
        return places[order], counts[order]


def index_article(passages: Sequence[Passage], *, title: str = "") -> ArticleIndex:
    """Return the postings of an article's passages; the title counts as part of every heading."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)  # of stems
    forms: Counter[str] = Counter()
    in_body, in_heading = _Counted(), _Counted()
    lengths, runs = [], []
    above: tuple[str, ...] | None = None
    heading, counted = _field(""), Counter[int]()
    for place, passage in enumerate(passages):
        body = _field(passage.text)
        if passage.headings != above:
            above = passage.headings
            heading = _field(" . ".join((title, *above)))
            counted = Counter(map(numbers.__getitem__, heading.stems))
        in_body.add(Counter(map(numbers.__getitem__, body.stems)), place)
        in_heading.add(counted, place)
        forms.update({*body.forms, *heading.forms})
        lengths.append((body.length, heading.length))
        runs.append(shingles_of(body.hashes))
    size = max(len(passages), 1)
    postings = _postings(*in_body.arrays(size), *in_heading.arrays(size), size)
    return ArticleIndex(
        tuple(numbers),
        np.bincount(postings[0], minlength=len(numbers)),
        postings[1],
        dict(forms),
        tuple(lengths),
        tuple(map(packed, runs)),
        tuple(map(sketch, runs)),
    )


def _postings(
    body_places: NDArray[np.int64],
    body: Counts,
    heading_places: NDArray[np.int64],
    heading: Counts,
    passages: int,
) -> tuple[NDArray[np.int64], Postings]:
    """Return the stem of each posting, ascending, and the postings of both fields together."""
    places = np.sort(np.concatenate([body_places, heading_places]))
    new = np.ones(len(places), np.bool_)
    new[1:] = places[1:] != places[:-1]
    places = places[new]
    both = np.zeros((2, len(places)), np.uint8)
    both[0, np.searchsorted(places, body_places)] = body
    both[1, np.searchsorted(places, heading_places)] = heading
    stems, numbers = np.divmod(places, passages)
    return stems, Postings(numbers.astype(np.uint32), both[0], both[1])


def topic_forms(words: Iterable[str]) -> set[str]:
    """Return the single words, as written, that the phrases of a topic are made of."""
    return {word.text for phrase in words for word in index_words(normalise(phrase))}
