"""What readers of a file share between questions: parsed topics and per-revision tables."""

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice
from threading import Lock
from typing import Any, TypeVar

from kb.model import Claim
from kb.sqlite.rows import claim_of
from kb.sqlite.searching import Segments
from kb.topic import Topic
from kb.topic_file import parse_topic

Key = TypeVar("Key", int, str)
Value = TypeVar("Value")

_NOTHING: Mapping[Any, Any] = {}
_MOST = 2_000  # entries of one table that are kept: passages, sketches, postings


class StoredClaims:
    """The rows of one article's claims, with the digest of what the article was read from."""

    def __init__(self, rows: Sequence[sqlite3.Row]) -> None:
        self.rows = rows
        self.mark = hash(tuple(map(tuple, rows)))  # equal for equal rows, in this process


class Kept:
    """Values computed from a revision of one file, kept until another revision is read.

    Safe for threads: two may compute the same value at once, and both get a right one. `segments`
    are good for every revision.
    """

    def __init__(self) -> None:
        self.segments = Segments()
        self._lock = Lock()
        self._revision = -1
        self._values: dict[Hashable, Any] = {}
        self._tables: dict[Hashable, dict[Any, Any]] = {}
        self._topics: dict[str, Topic] = {}
        self._claims: dict[str, Mapping[str, tuple[int, tuple[Claim, ...]]]] = {}

    def topic(self, id: str, text: str) -> Topic:
        """Return the parsed topic; it is the same object until its text changes."""
        topic = self._topics.get(id)
        if topic is None or topic.text != text:
            topic = self._topics[id] = parse_topic(text, id=id)
        return topic

    def claims(
        self,
        topic: str,
        stored: Mapping[str, StoredClaims],
        read_texts: Callable[[Iterable[str]], Mapping[str, str]],
    ) -> tuple[Claim, ...]:
        """Return the claims of a topic, by article; those of articles that stand are not remade."""
        known = self._claims.get(topic, {})
        fresh = [id for id, each in stored.items() if id not in known or known[id][0] != each.mark]
        texts = read_texts(fresh)
        made = {
            id: (stored[id].mark, tuple(claim_of(row, texts[id]) for row in stored[id].rows))
            for id in fresh
        }
        claims = {id: made.get(id) or known[id] for id in stored}
        self._claims[topic] = claims
        return tuple(claim for _, each in claims.values() for claim in each)

    def get(self, revision: int, key: tuple[str, str], compute: Callable[[str], Value]) -> Value:
        """Return `compute(key[1])` as of `revision`."""
        with self._lock:
            if self._revision == revision and key in self._values:
                value: Value = self._values[key]
                return value
        value = compute(key[1])
        with self._lock:
            self._turn_to(revision)
            self._values[key] = value
        return value

    def look_up(
        self,
        revision: int,
        table: tuple[str, str],
        keys: Iterable[Key],
        read: Callable[[Iterable[Key]], Mapping[Key, Value]],
        *,
        keeps: Callable[[Value], bool] = lambda _: True,
        most: int = _MOST,
    ) -> dict[Key, Value]:
        """Return what a table holds as of `revision` for those of `keys` that it knows, by key.

        `read` is asked for what was not looked up before. Of a table the latest `most` entries are
        kept, and that there is none for a key as well; `keeps` tells which values are small enough.
        """
        wanted = sorted(set(keys))
        with self._lock:
            known = self._tables.get(table, _NOTHING) if self._revision == revision else _NOTHING
            value_of = known.get
            found = {key: value for key in wanted if (value := value_of(key)) is not None}
            if len(found) == len(wanted):
                return found
            missing = [key for key in wanted if key not in known]
        if not missing:
            return found
        read_now = read(missing)
        with self._lock:
            self._turn_to(revision)
            kept = self._tables.setdefault(table, {})
            for key in missing:
                value = read_now.get(key)
                if value is None or keeps(value):
                    kept[key] = value
            if len(kept) > most:
                for key in list(islice(kept, len(kept) - most)):
                    del kept[key]
        found.update(read_now)
        return {key: found[key] for key in wanted if key in found}

    def _turn_to(self, revision: int) -> None:
        """Drop what is kept of another revision."""
        if self._revision != revision:
            self._revision, self._values, self._tables = revision, {}, {}
