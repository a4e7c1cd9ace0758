"""The index of a topic as of one revision: blocks are read when a word in them is asked for."""

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kb.blocks import Block
from kb.bm25 import B_BODY, B_HEADING, norms
from kb.index import Memo, Part, Postings
from kb.segments import word_key
from kb.sqlite.parts import in_parts
from kb.sqlite.segments import Frame, alive, block_id, read_blocks, read_frame

_KEPT_BYTES = 64_000_000  # of blocks: the words that are asked for again and again


@dataclass(frozen=True)
class Standing:
    """A segment as it stands at a revision: `alive` are the places not dead, None if all are.

    The averages are those of the whole topic, of lengths in index words.
    """

    id: int
    frame: Frame
    alive: NDArray[np.bool_] | None
    average_body: float
    average_heading: float
    memo: Memo = field(default_factory=Memo)

    @cached_property
    def body(self) -> NDArray[np.float64]:
        return norms(self.frame.body, self.average_body, B_BODY)

    @cached_property
    def heading(self) -> NDArray[np.float64]:
        return norms(self.frame.heading, self.average_heading, B_HEADING)


@dataclass(frozen=True, slots=True)
class Standings:
    """The segments of a topic at a revision, in order, and how many passages these hold."""

    segments: Sequence[Standing]
    passages: int


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
            Standing(id, frames[id], alive(dead, len(frames[id].numbers)), body, heading)
            for id, _, _, _, dead in rows
        ]
        return Standings(segments, passages)

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
            if id not in self._blocks:
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
        wanted = np.array(list(keys.values()), dtype=np.uint64)
        places: dict[int, list[int]] = {}
        sizes: dict[int, int] = {}
        for each in self._standings.segments if keys else ():
            at = each.frame.words.searchsorted(wanted, side="right").tolist()
            places[each.id] = [block_id(each.id, place - 1) if place else -1 for place in at]
            sizes |= dict.fromkeys(places[each.id], len(each.frame.numbers))
        sizes.pop(-1, None)
        blocks = self._kept.blocks(self._connection, sizes)
        parts = []
        for each in self._standings.segments if keys else ():
            found = {}
            for (word, key), place in zip(keys.items(), places[each.id], strict=True):
                block = blocks.get(place)
                postings = block.postings(key) if block else None
                if postings is not None and (living := _living(postings, each.alive)) is not None:
                    found[word] = living
            if found:
                frame = each.frame
                parts.append(Part(frame.numbers, each.body, each.heading, found, each.memo))
        return parts


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
    if len(pieces) == 1:
        return pieces[0]
    return Postings(
        np.concatenate([each.numbers for each in pieces]),
        np.concatenate([each.body for each in pieces]),
        np.concatenate(
            [
                np.zeros(len(each.body), np.uint8) if each.heading is None else each.heading
                for each in pieces
            ]
        ),
    )
