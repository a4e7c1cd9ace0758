"""What readers of a file share between questions: parsed topics and per-revision tables."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from kb.topic import Topic
from kb.topic_file import parse_topic

Value = TypeVar("Value")


class Kept:
    """Values computed from a revision of one file, kept until another revision is read.

    Safe for threads: two may compute the same value at once, and both get a right one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._revision = -1
        self._values: dict[Hashable, Any] = {}
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
            if self._revision != revision:
                self._revision, self._values = revision, {}
            self._values[key] = value
        return value
