"""History: what was done to a knowledge base, by whom, and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kb.records import Record

ThingKind = Literal["article", "topic"]


@dataclass(frozen=True, slots=True)
class Thing:
    """What can change: an article or a topic."""

    kind: ThingKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision did to one thing.

    `was` and `became` are digests of what the thing is made from, "" when it is not there.
    `kept` tells whether it is still known what it was.
    """

    thing: Thing
    was: str
    became: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One change: `made_at` is a time of UTC in ISO format, `who` a login name.

    `undoes` is the number of the revision that this one took back, 0 for none; `undone` tells
    whether another one took this one back. Upgrades and restored backups change nothing by
    themselves and have no `change`.
    """

    number: int
    made_at: str
    who: str
    what: str
    undoes: int
    undone: bool
    change: Change | None


@dataclass(frozen=True, slots=True)
class Undoing:
    """The revision that a change takes back, and the state it has to find: what that one left."""

    revision: int
    expected: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How far back is known what was: `size` and `most` are bytes, of at most as many.

    `cut` is the latest revision before which the state is not known any more, 0 when all is.
    `uncompacted` says that words of a forgotten article may still stand in the file.
    """

    cut: int
    size: int
    most: int
    uncompacted: bool = False


class History(Protocol):
    """The revisions of a knowledge base, as of one snapshot."""

    def extent(self) -> Extent: ...

    def revisions(
        self, *, limit: int = -1, thing: Thing | None = None, undoable: bool = False
    ) -> Sequence[Revision]:
        """The latest revisions, the latest first: all, or those that changed one thing.

        Those that are `undoable` are no undoing and were not undone.
        """

    def revision(self, number: int) -> Revision:
        """One revision.

        Raises:
            HistoryError: there is none of that number.
        """

    def changed_after(self, number: int) -> Sequence[Thing]:
        """What was changed by later revisions, topics first, by id."""

    def state(self, thing: Thing) -> str:
        """The digest of what a thing is made from now, "" when it is not there."""

    def present(self, thing: Thing) -> Record | None:
        """What a thing is made from now, None when it is not there."""

    def after(self, number: int, thing: Thing) -> Record | None:
        """What a thing was made from when a revision was made.

        Raises:
            HistoryError: that is not kept any more.
        """
