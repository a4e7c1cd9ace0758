"""What readers of a file share between questions: parsed topics and per-revision tables."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

from kb.sqlite.searching import Segments
from kb.topic import Topic
from kb.topic_file import parse_topic

Key = TypeVar("Key", int, str)
Value = TypeVar("Value")

_MOST = 2_000  # entries of one table that are kept: passages, sketches, postings


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

    def topic(self, id: str, text: str) -> Topic:
        """Return the parsed topic; it is the same object until its text changes."""
        topic = self._topics.get(id)
        if topic is None or topic.text != text:
            topic = self._topics[id] = parse_topic(text, id=id)
        return topic

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
    ) -> dict[Key, Value]:
        """Return what a table holds as of `revision` for those of `keys` that it knows, by key.

        `read` is asked for what was not looked up before. Of a table the latest entries are kept,
        and that there is none for a key as well; `keeps` tells which values are small enough.
        """
        wanted = sorted(set(keys))
        with self._lock:
            known = self._tables.get(table, {}) if self._revision == revision else {}
            found = {key: known[key] for key in wanted if key in known}
        missing = [k for k in wanted if k not in found] if len(found) < len(wanted) else []
        if missing:
            read_now = read(missing)
            fresh = {key: read_now.get(key) for key in missing}
            found |= fresh
            with self._lock:
                self._turn_to(revision)
                kept = self._tables.setdefault(table, {})
                kept |= {k: value for k, value in fresh.items() if value is None or keeps(value)}
                if len(kept) > _MOST:
                    for key in list(kept)[: len(kept) - _MOST]:
                        del kept[key]
        return {key: found[key] for key in wanted if found[key] is not None}

    def _turn_to(self, revision: int) -> None:
        """Drop what is kept of another revision."""
        if self._revision != revision:
            self._revision, self._values, self._tables = revision, {}, {}
