"""Segments: the index of up to 65,536 passages as arrays, and several of them made into one.

Postings are kept in segments that never change, after the log-structured merge of O'Neil et al.
(1996): a new article is a small segment of its own, and small ones beside each other are merged.
A removed passage is marked dead, and a merge leaves it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.arrays import Integers, ranges
from kb.index import ArticleIndex, Counts, Lengths, Numbers
from kb.texts import word_hash

Keys = NDArray[np.uint64]
Places = NDArray[np.uint16]

LARGEST = 65_536  # passages of a segment: a place in it takes two bytes
_GROWTH = 2  # a segment is merged with those behind it unless it is more than this times as large


@dataclass(frozen=True, slots=True)
class Segment:
    """The index of some passages of one topic.

    `numbers` are those of the passages, ascending; the place of a passage is its place in them.
    `body` and `heading` are lengths in index words, by place. The postings go by word and then by
    place: `words` are the keys of the words, ascending, each with how many passages hold it in
    `counts`; `places`, `in_body` and `in_heading` have a value for each posting.
    """

    numbers: Numbers
    body: Lengths
    heading: Lengths
    words: Keys
    counts: Integers
    places: Places
    in_body: Counts
    in_heading: Counts

    def without(self, dead: Places) -> "Segment":
        """Return the segment without the passages at some places."""
        if not len(dead):
            return self
        alive = np.ones(len(self.numbers), np.bool_)
        alive[dead] = False
        moved = (np.cumsum(alive) - 1).astype(np.uint16)
        kept = alive[self.places]
        owners = np.repeat(np.arange(len(self.words)), self.counts)[kept]
        counts = np.bincount(owners, minlength=len(self.words))
        return Segment(
            self.numbers[alive],
            self.body[alive],
            self.heading[alive],
            self.words[counts > 0],
            counts[counts > 0],
            moved[self.places[kept]],
            self.in_body[kept],
            self.in_heading[kept],
        )


def word_key(stem: str) -> int:
    """Return what a stem is known by in a segment: 64 bits of its hash.

    Of 800,000 words two share a key with a probability of 2e-8; they would be taken for one.
    """
    return word_hash(stem)


def segments_of(index: ArticleIndex, numbers: Sequence[int]) -> list[Segment]:
    """Return the segments of one article, whose passages have these numbers, ascending.

    It is one, unless there are more passages than a segment may have; none of no passages.
    """
    return [
        _part(index, numbers, first, first + LARGEST) for first in range(0, len(numbers), LARGEST)
    ]


def _part(index: ArticleIndex, numbers: Sequence[int], first: int, end: int) -> Segment:
    """Return the segment of the passages from one place to another."""
    keys = index.hashes
    order = np.argsort(keys)
    starts = np.cumsum(index.counts) - index.counts
    take = ranges(starts[order], index.counts[order])
    postings = index.postings
    assert postings.heading is not None
    places = postings.numbers[take]
    inside = (places >= first) & (places < end)
    owners = np.repeat(np.arange(len(keys)), index.counts[order])[inside]
    held = np.bincount(owners, minlength=len(keys))
    lengths = np.array(index.lengths, dtype=np.uint16).reshape(-1, 2)[first:end]
    return Segment(
        np.array(numbers[first:end], dtype=np.uint32),
        lengths[:, 0],
        lengths[:, 1],
        keys[order][held > 0],
        held[held > 0],
        (places[inside] - first).astype(np.uint16),
        postings.body[take][inside],
        postings.heading[take][inside],
    )


def merged(segments: Sequence[Segment]) -> Segment:
    """Return segments of ascending passages, at most LARGEST together, as one."""
    if len(segments) == 1:
        return segments[0]
    sizes = [len(each.numbers) for each in segments]
    words = np.concatenate([each.words for each in segments])
    counts = np.concatenate([each.counts for each in segments])
    order = np.argsort(words, kind="stable")
    words, starts, counts = words[order], (np.cumsum(counts) - counts)[order], counts[order]
    new = np.ones(len(words), np.bool_)
    new[1:] = words[1:] != words[:-1]
    first = np.flatnonzero(new)
    take = ranges(starts, counts)
    before = (np.cumsum(sizes) - sizes).tolist()
    return Segment(
        np.concatenate([each.numbers for each in segments]),
        np.concatenate([each.body for each in segments]),
        np.concatenate([each.heading for each in segments]),
        words[first],
        np.add.reduceat(counts, first) if len(counts) else counts,
        np.concatenate(
            [each.places + offset for each, offset in zip(segments, before, strict=True)]
        )[take],
        np.concatenate([each.in_body for each in segments])[take],
        np.concatenate([each.in_heading for each in segments])[take],
    )


def due(alive: Sequence[int], dead: Sequence[int]) -> range:
    """Return which neighbours of a topic's segments ought to become one; empty when none do.

    `alive` and `dead` count the passages of each, in order. What is merged never has more than
    LARGEST passages: a merge takes less than half a second however large the topic is.
    """
    for place, (live, gone) in enumerate(zip(alive, dead, strict=True)):
        if gone > live:  # alone, to lose what is dead
            return range(place, place + 1)
    end = len(alive)
    while end > 1:
        total = alive[end - 1]
        first = end - 1
        while first and alive[first - 1] <= _GROWTH * total and alive[first - 1] + total <= LARGEST:
            first -= 1
            total += alive[first]
        if end - first > 1:
            return range(first, end)
        end -= 1
    return range(0)
