"""Which articles share enough with some passages to be compared with them, by their sketches.

A segment holds the values of its passages' sketches in order, so that those who hold a value are
found without looking at the others.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, counted, firsts, ranges
from kb.index import Lengths
from kb.likeness import unpacked
from kb.segments import Places, Segment, Values
from kb.sketches import ENOUGH

_BLOCK = 320  # values of a block: 2 kB, two of them on a page
_VALUE, _PLACE = np.dtype("<u4"), np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class Holders:
    """Values and the places of the passages of a segment that hold them, by value.

    `articles` and `body` go by place: a number for each article of the segment, and the length of
    the passage in index words.
    """

    values: Values
    places: Places
    articles: Integers
    body: Lengths


def cut_values(segment: Segment) -> tuple[Values, Iterator[tuple[bytes, bytes]]]:
    """Return the first value of each block of a segment, and the blocks as they are stored.

    Those who hold a value are in one block.
    """
    values = segment.values
    firsts = np.unique(values[::_BLOCK])
    bounds = [*np.searchsorted(values, firsts).tolist(), len(values)]
    rows = (
        (
            values[begin:end].astype(_VALUE).tobytes(),
            segment.holders[begin:end].astype(_PLACE).tobytes(),
        )
        for begin, end in zip(bounds, bounds[1:], strict=False)
    )
    return firsts.astype(_VALUE), rows


def values_of(rows: Sequence[tuple[bytes, bytes]], size: int) -> tuple[Values, Places]:
    """Return the values, and who holds them, of blocks of a segment of `size` passages.

    Raises:
        ValueError: these are none.
    """
    values = np.frombuffer(b"".join(row[0] for row in rows), _VALUE)
    places = np.frombuffer(b"".join(row[1] for row in rows), _PLACE)
    if len(values) != len(places) or (len(places) and int(places.max()) >= size):
        raise ValueError("a block of sketches is malformed")
    return values, places


@dataclass(frozen=True, slots=True)
class Shares:
    """How many values passages and articles share; three arrays of one length.

    Either passages that are asked for and articles of a segment, or articles that are asked for
    and passages of a segment. The former go by their number in `Asked`, the latter by a place.
    """

    asked: Integers
    places: Integers
    counts: Integers


class Asked:
    """The sketches of passages, by article, whose likes are looked for."""

    def __init__(
        self, sketches: Mapping[str, Mapping[str, bytes]], drawing: Collection[str]
    ) -> None:
        """`sketches` go by article and passage; of some articles all passages are there.

        Of these, `drawing`, it is asked which passages share something with them.

        Raises:
            ValueError: one of them is no sketch.
        """
        held = [(n, unpacked(s)) for n, each in enumerate(sketches.values()) for s in each.values()]
        every = np.concatenate([values for _, values in held] or [np.zeros(0, np.uint32)])
        sizes = np.array([len(values) for _, values in held], dtype=np.int64)
        self.values = np.unique(every)
        numbers = np.searchsorted(self.values, every)
        passages = np.repeat(np.arange(len(held)), sizes)
        articles = np.repeat(np.array([n for n, _ in held], dtype=np.int64), sizes)
        self.articles = list(sketches)
        draws = np.array([id in drawing for id in sketches], np.bool_)[articles]
        self.passages = [(id, passage) for id, each in sketches.items() for passage in each]
        self._sizes = sizes
        self._by_passage = _Owners(numbers, passages, len(self.values))
        self._by_article = _Owners(numbers[draws], articles[draws], len(self.values))

    def shares(self, found: Holders) -> tuple[Shares, Shares]:
        """Return what the passages share with articles of a segment, and its passages with theirs.

        Only who shares enough is returned, an article with the place of a passage of it. A few
        passages of a segment more may be, because one of few words may share little.
        """
        begins = np.searchsorted(found.values, self.values)
        many = np.searchsorted(found.values, self.values, side="right") - begins
        numbers = np.repeat(np.arange(len(many)), many)
        places = found.places[ranges(begins, many)].astype(np.int64)
        articles = found.articles[places]
        # By value and place they are in order: who holds a value twice stands there in a row.
        once = firsts(numbers * (len(found.articles) + 1) + articles)
        like = _counted(self._by_passage, numbers[once], articles[once], len(found.articles) + 1)
        enough = like.counts >= np.minimum(ENOUGH, self._sizes[like.owners])
        own = _shares(like, enough, np.searchsorted(found.articles, like.others))
        like = _counted(self._by_article, numbers, places, len(found.articles) + 1)
        enough = (like.counts >= ENOUGH) | (found.body[like.others] <= ENOUGH + 1)
        return own, _shares(like, enough, like.others)


class _Owners:
    """Who has a value: for the values by number, in a row, their different owners."""

    def __init__(self, numbers: Integers, owners: Integers, values: int) -> None:
        most = int(owners.max()) + 1 if len(owners) else 1
        self._numbers, self.owners = np.divmod(counted(numbers * most + owners)[0], most)
        self.starts = np.searchsorted(self._numbers, np.arange(values))
        self.counts = np.bincount(self._numbers, minlength=values)


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many values an owner and another one share; arrays of one length."""

    owners: Integers
    others: Integers
    counts: Integers


def _counted(owners: _Owners, numbers: Integers, others: Integers, most: int) -> _Counts:
    """Count for pairs of an owner and another one, below `most`, who both have some values."""
    many = owners.counts[numbers]
    pairs = owners.owners[ranges(owners.starts[numbers], many)] * most + np.repeat(others, many)
    different, counts = counted(pairs)
    return _Counts(*np.divmod(different, most), counts)


def _shares(like: _Counts, enough: NDArray[np.bool_], places: NDArray[np.int64]) -> Shares:
    return Shares(like.owners[enough], places[enough], like.counts[enough])
