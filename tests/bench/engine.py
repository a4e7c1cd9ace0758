"""Engine: what every search engine of the benches can do, ours and the others."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from judged import Text


class Engine(Protocol):
    """A search engine over passages in a folder of its own.

    A folder is filled by one engine object (`add` any number of times, then `finish`) and may be
    searched by that one or by another.
    """

    name: str

    def add(self, texts: Sequence[Text]) -> None: ...

    def finish(self) -> None:
        """Store what was added, ready to be searched."""

    def search(self, question: str, limit: int) -> list[tuple[str, str]]:
        """Return (id, text) of the passages that best answer a question as typed, best first."""


@runtime_checkable
class Changing(Engine, Protocol):
    """An engine whose index can be changed."""

    def put(self, texts: Sequence[Text]) -> None:
        """Add one article, to be found as soon as this returns."""

    def remove(self, article: str) -> None:
        """Remove one article, found no more as soon as this returns."""


Opening = Callable[[Path], Engine]
