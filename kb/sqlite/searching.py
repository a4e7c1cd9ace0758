"""The index of a topic as of one revision: blocks are read when a word in them is asked for."""

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kb.blocks import Block
from kb.bm25 import B_BODY, B_HEADING, joined, norms
from kb.index import Counts, Memo, Norms, Numbers, Part, Postings
from kb.segments import word_key
from kb.sqlite.parts import in_parts
from kb.sqlite.segments import Frame, alive, block_id, read_blocks, read_frame

_KEPT_BYTES = 16_000_000  # of blocks that several words share
_GROUP = 1 << 20  # passages that are read as one, 5 MB of rough scores
_LIST_BYTES = 96_000_000  # of postings of a group: the words that are asked for again and again
_MEMO_BYTES = 32_000_000  # of what these add to scores
_LIST_COST = 600  # bytes that postings take beside their arrays


class Lists:
    """The postings of words, None of one that stands nowhere; the latest that there is room for.

    Safe for threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._postings: OrderedDict[str, Postings | None] = OrderedDict()
        self._bytes = 0

    def known(self, words: Iterable[str]) -> dict[str, Postings | None]:
        """Return what is known of some words."""
        with self._lock:
            found = {word: self._postings[word] for word in words if word in self._postings}
            for word in found:
                self._postings.move_to_end(word)
        return found

    def add(self, fresh: Mapping[str, Postings | None]) -> Mapping[str, Postings | None]:
        """Keep postings and return them; the ones not asked for the longest make room."""
        with self._lock:
            for word, postings in fresh.items():
                if word not in self._postings:
                    self._postings[word] = postings
                    self._bytes += _cost(postings)
            while self._bytes > _LIST_BYTES:
                _, postings = self._postings.popitem(last=False)
                self._bytes -= _cost(postings)
        return fresh


def _cost(postings: Postings | None) -> int:
    if postings is None:
        return _LIST_COST
    numbers, body, heading = postings
    return _LIST_COST + numbers.nbytes + body.nbytes + (0 if heading is None else heading.nbytes)


@dataclass(frozen=True, slots=True)
class Standing:
    """A segment as it stands at a revision: `alive` are the places not dead, None if all are."""

    id: int
    frame: Frame
    alive: NDArray[np.bool_] | None


@dataclass(frozen=True)
class Group:
    """Some segments in a row, read as one: a step of numpy takes the longer the more there are.

    The averages are those of the whole topic, of lengths in index words.
    """

    segments: Sequence[Standing]
    average_body: float
    average_heading: float
    memo: Memo
    lists: Lists = field(default_factory=Lists)

    @cached_property
    def numbers(self) -> Numbers:
        return joined([each.frame.numbers for each in self.segments])

    @cached_property
    def body(self) -> Norms:
        lengths = joined([each.frame.body for each in self.segments])
        return norms(lengths, self.average_body, B_BODY)

    @cached_property
    def heading(self) -> Norms:
        lengths = joined([each.frame.heading for each in self.segments])
        return norms(lengths, self.average_heading, B_HEADING)

    @cached_property
    def starts(self) -> Sequence[int]:
        """How many passages stand before each segment."""
        sizes = [len(each.frame.numbers) for each in self.segments]
        return [0, *accumulate(sizes)][:-1]


@dataclass(frozen=True, slots=True)
class Standings:
    """The segments of a topic at a revision, in order, and how many passages these hold."""

    groups: Sequence[Group]
    passages: int


def _grouped(
    segments: Sequence[Standing], average_body: float, average_heading: float
) -> Iterator[Group]:
    some: list[Standing] = []
    size = 0
    for each in segments:
        size += len(each.frame.numbers)
        if some and size > _GROUP:
            yield Group(some, average_body, average_heading, Memo(_MEMO_BYTES))
            some, size = [], len(each.frame.numbers)
        some.append(each)
    if some:
        yield Group(some, average_body, average_heading, Memo(_MEMO_BYTES))


class Segments:
    """What readers of a file share of its segments, which never change: frames, and some blocks.

    Safe for threads: two may read the same thing at once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._frames: dict[str, dict[int, Frame]] = {}
        self._blocks: OrderedDict[int, Block] = OrderedDict()
        self._bytes = 0

    def standings(self, connection: sqlite3.Connection, topic: str) -> Standings:
        """Return the segments of a topic; what is known of them is not read again."""
        rows = connection.execute(
            "SELECT id, passages, body, heading, dead FROM segments WHERE topic = ? ORDER BY first",
            (topic,),
        ).fetchall()
        known = self._frames.get(topic, {})
        frames = {row[0]: known.get(row[0]) or read_frame(connection, row[0]) for row in rows}
        self._frames[topic] = frames
        passages = sum(row[1] for row in rows)
        body, heading = (sum(row[place] for row in rows) / max(passages, 1) for place in (2, 3))
        segments = [
            Standing(id, frames[id], alive(dead, len(frames[id].numbers)))
            for id, _, _, _, dead in rows
        ]
        return Standings(list(_grouped(segments, body, heading)), passages)

    def blocks(
        self, connection: sqlite3.Connection, wanted: Mapping[int, int]
    ) -> Mapping[int, Block]:
        """Return blocks by id; `wanted` maps these to how many passages their segment has."""
        with self._lock:
            found = {id: self._blocks[id] for id in wanted if id in self._blocks}
            for id in found:
                self._blocks.move_to_end(id)
        missing = [id for id in wanted if id not in found]
        if missing:
            fresh = _read(connection, missing, wanted)
            found |= fresh
            with self._lock:
                self._keep(fresh)
        return found

    def _keep(self, fresh: Mapping[int, Block]) -> None:
        for id, block in fresh.items():
            if id not in self._blocks and len(block.words) > 1:  # others are kept as postings
                self._blocks[id] = block
                self._bytes += block.bytes
        while self._bytes > _KEPT_BYTES:
            _, block = self._blocks.popitem(last=False)
            self._bytes -= block.bytes


def _read(
    connection: sqlite3.Connection, ids: Iterable[int], sizes: Mapping[int, int]
) -> dict[int, Block]:
    rows = in_parts(
        connection,
        "SELECT id, words, counts, places, body, heading FROM blocks WHERE id IN",
        ids,
    )
    return {id: next(read_blocks([row], sizes[id])) for id, *row in rows}


class SqliteIndex:
    """An Index over an open read transaction; see `kb.index.Index`."""

    def __init__(
        self, connection: sqlite3.Connection, kept: Segments, standings: Standings
    ) -> None:
        self._connection = connection
        self._kept = kept
        self._standings = standings

    @property
    def passages(self) -> int:
        return self._standings.passages

    def find(self, words: Collection[str]) -> Sequence[Part]:
        keys = {word: word_key(word) for word in sorted(words)}
        parts = []
        for group in self._standings.groups if keys else ():
            known = group.lists.known(keys)
            missing = {word: key for word, key in keys.items() if word not in known}
            if missing:
                known |= group.lists.add(self._read(group.segments, group.starts, missing))
            found = {word: postings for word in keys if (postings := known[word]) is not None}
            if found:
                parts.append(Part(group.numbers, group.body, group.heading, found, group.memo))
        return parts

    def _read(
        self, segments: Sequence[Standing], starts: Sequence[int], keys: Mapping[str, int]
    ) -> dict[str, Postings | None]:
        """Return the postings of words, None of one that stands nowhere."""
        wanted = np.array(list(keys.values()), dtype=np.uint64)
        places: list[list[int]] = []
        sizes: dict[int, int] = {}
        for each in segments:
            at = each.frame.words.searchsorted(wanted, side="right").tolist()
            ids = [block_id(each.id, place - 1) if place else -1 for place in at]
            places.append(ids)
            sizes |= dict.fromkeys(ids, len(each.frame.numbers))
        sizes.pop(-1, None)
        blocks = self._kept.blocks(self._connection, sizes)
        pieces: dict[str, list[tuple[int, Postings]]] = {word: [] for word in keys}
        for each, start, ids in zip(segments, starts, places, strict=True):
            for (word, key), id in zip(keys.items(), ids, strict=True):
                postings = blocks[id].postings(key) if id in blocks else None
                if postings is not None and (living := _living(postings, each.alive)) is not None:
                    pieces[word].append((start, living))
        return {word: _together(each) if each else None for word, each in pieces.items()}


def _together(pieces: Sequence[tuple[int, Postings]]) -> Postings:
    """Return the postings of one word in several segments, each with its first place."""
    if len(pieces) == 1 and not pieces[0][0]:
        return pieces[0][1]
    starts, postings = zip(*pieces, strict=True)
    sizes = [len(each.numbers) for each in postings]
    numbers = np.concatenate([each.numbers for each in postings]).astype(np.uint32)
    numbers += np.repeat(np.array(starts, np.uint32), sizes)
    return Postings(numbers, joined([each.body for each in postings]), _headings(postings))


def _headings(postings: Sequence[Postings]) -> Counts | None:
    if all(each.heading is None for each in postings):
        return None
    return np.concatenate(
        [
            np.zeros(len(each.body), np.uint8) if each.heading is None else each.heading
            for each in postings
        ]
    )


def _living(postings: Postings, alive: NDArray[np.bool_] | None) -> Postings | None:
    """Return postings without those of dead passages, None when none is left."""
    if alive is None:
        return postings
    kept = alive[postings.numbers]
    if kept.all():
        return postings
    if not kept.any():
        return None
    heading = None if postings.heading is None else postings.heading[kept]
    return Postings(postings.numbers[kept], postings.body[kept], heading)


def whole_postings(parts: Sequence[Part]) -> dict[str, Postings]:
    """Return the postings of every word over all parts, with the passages' own numbers."""
    pieces: dict[str, list[Postings]] = defaultdict(list)
    for part in parts:
        for word, each in part.postings.items():
            pieces[word].append(Postings(part.numbers[each.numbers], each.body, each.heading))
    return {word: _joined(each) for word, each in pieces.items()}


def _joined(pieces: Sequence[Postings]) -> Postings:
    return Postings(
        joined([each.numbers for each in pieces]),
        joined([each.body for each in pieces]),
        _headings(pieces),
    )
