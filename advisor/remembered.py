"""What was weighed before: kept by topic for as long as the evidence is the same."""

from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from kb.evidence import Evidence
from kb.topic import Topic

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Up to `most` values of every topic, by what they follow from beside the evidence.

    Safe for threads: two may work out the same value at once, and both get a right one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: WeakKeyDictionary[Topic, tuple[Evidence, dict[Key, Value]]]
        self._kept = WeakKeyDictionary()

    def get(self, topic: Topic, evidence: Evidence, key: Key) -> Value | None:
        """Return what was kept under this very evidence, None without it."""
        kept = self._kept.get(topic)
        return kept[1].get(key) if kept and kept[0] is evidence else None

    def keep(self, topic: Topic, evidence: Evidence, key: Key, value: Value) -> None:
        """Keep a value, and drop what is kept of other evidence, or is too much."""
        kept = self._kept.get(topic)
        if kept is None or kept[0] is not evidence or len(kept[1]) >= self._most:
            kept = self._kept[topic] = (evidence, {})
        kept[1][key] = value
