"""Blocks: the postings of a segment cut into pieces that can be read one by one.

A word with many postings has a block of its own; others share blocks, in the order of their keys.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kb.arrays import Integers
from kb.index import Counts, Postings
from kb.segments import Keys, Places, Segment

_LONG = 512  # postings from which on a word has a block of its own
_BYTES = 4096  # of a shared block, about
_WORD_BYTES, _POSTING_BYTES = 10, 4

_KEY, _COUNT, _PLACE = np.dtype("<u8"), np.dtype("<u2"), np.dtype("<u2")
Row = tuple[bytes, bytes, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Block:
    """The postings of some words in a row; arrays as in a Segment.

    `ends` are the places behind the postings of each word. `heading` is None when none of them
    stands in a heading path.
    """

    words: Keys
    ends: Integers
    places: Places
    body: Counts
    heading: Counts | None

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return 500 + 16 * len(self.words) + 4 * len(self.places)

    def postings(self, key: int) -> Postings | None:
        """Return where a word stands, by place; None when it does not."""
        if len(self.words) == 1:
            return Postings(self.places, self.body, self.heading) if self.words[0] == key else None
        at = int(self.words.searchsorted(np.uint64(key)))
        if at == len(self.words) or self.words[at] != key:
            return None
        first, end = int(self.ends[at - 1]) if at else 0, int(self.ends[at])
        heading = None if self.heading is None else self.heading[first:end]
        return Postings(self.places[first:end], self.body[first:end], heading)


def cut(segment: Segment) -> tuple[Keys, Iterator[Row]]:
    """Return the first word of each block of a segment, and the blocks as they are stored."""
    alone = segment.counts >= _LONG
    costs = np.cumsum(np.where(alone, 0, _WORD_BYTES + _POSTING_BYTES * segment.counts))
    breaks = np.ones(len(segment.words), np.bool_)
    breaks[1:] = alone[1:] | alone[:-1] | (costs[1:] // _BYTES != costs[:-1] // _BYTES)
    firsts = np.flatnonzero(breaks)
    return segment.words[firsts].astype(_KEY), _rows(segment, firsts)


def _rows(segment: Segment, firsts: Integers) -> Iterator[Row]:
    bounds = [*firsts.tolist(), len(segment.words)]
    ends = np.concatenate([[0], np.cumsum(segment.counts)])
    for first, end in zip(bounds, bounds[1:], strict=False):
        here = slice(int(ends[first]), int(ends[end]))
        heading = segment.in_heading[here]
        # A word in all of 65,536 passages has no count: it is alone in its block.
        counts = segment.counts[first:end].astype(_COUNT).tobytes() if end - first > 1 else b""
        yield (
            segment.words[first:end].astype(_KEY).tobytes(),
            counts,
            segment.places[here].astype(_PLACE).tobytes(),
            segment.in_body[here].tobytes(),
            heading.tobytes() if heading.any() else b"",
        )


def block_of(row: Sequence[bytes], size: int) -> Block:
    """Return a block that was stored, of a segment of `size` passages.

    Raises:
        ValueError: it is none.
    """
    words, counted, places, body, heading = row
    keys = np.frombuffer(words, _KEY)
    counts = np.frombuffer(counted, _COUNT).astype(np.int64)
    ends = np.cumsum(counts) if len(keys) != 1 else np.array([len(places) // 2])
    block = Block(
        keys,
        ends,
        np.frombuffer(places, _PLACE),
        np.frombuffer(body, np.uint8),
        np.frombuffer(heading, np.uint8) if heading else None,
    )
    sizes = {len(block.places), len(block.body), int(ends[-1]) if len(ends) else -1}
    if (
        len(sizes) != 1
        or len(ends) != len(keys)
        or len(heading) not in (0, len(body))
        or not len(body)
        or int(block.places.max()) >= size
    ):
        raise ValueError("a block is malformed")
    return block


def joined(blocks: Iterable[Block]) -> tuple[Keys, Integers, Places, Counts, Counts]:
    """Return the postings of the segment that blocks were cut from, all of them in order.

    They are its words, counts and places, and the term frequencies in text and headings.
    """
    every = list(blocks)
    if not every:
        none = np.zeros(0, np.uint8)
        return none.astype(np.uint64), none.astype(np.int64), none.astype(np.uint16), none, none
    return (
        np.concatenate([each.words for each in every]),
        np.concatenate([np.diff(each.ends, prepend=0) for each in every]),
        np.concatenate([each.places for each in every]),
        np.concatenate([each.body for each in every]),
        np.concatenate([_headings(each) for each in every]),
    )


def _headings(block: Block) -> Counts:
    return np.zeros(len(block.body), np.uint8) if block.heading is None else block.heading
