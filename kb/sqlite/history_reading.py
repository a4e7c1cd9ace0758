"""Reading what was done to a knowledge base, and what it was before."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.errors import HistoryError, RecordError
from kb.history import Change, Extent, Revision, Thing
from kb.record_shapes import record_of
from kb.records import Record, TopicRecord
from kb.sqlite.decoding import decoding
from kb.sqlite.history import digest_of, read_image, unpacked_image
from kb.sqlite.records import read_record
from kb.sqlite.sources import read_packed, unpacked

_SELECT = """
SELECT r.number, r.made_at, r.who, r.what, r.undoes,
    c.kind, c.id, c.was, c.became, c.was = '' OR c.image IS NOT NULL
FROM revisions r LEFT JOIN changes c ON c.revision = r.number
"""


class SqliteHistory:
    """The revisions of a file, as of an open read transaction; see `kb.history.History`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def extent(self) -> Extent:
        row = self._connection.execute("SELECT cut, size, most, uncompacted FROM history")
        cut, size, most, uncompacted = row.fetchone()
        return Extent(cut, size, most, bool(uncompacted))

    def revisions(
        self, *, limit: int = -1, thing: Thing | None = None, undoable: bool = False
    ) -> Sequence[Revision]:
        where = "WHERE c.kind = ? AND c.id = ?" if thing else ""
        values = (thing.kind, thing.id) if thing else ()
        undone = self._undone()
        found: list[Revision] = []
        for row in self._connection.execute(f"{_SELECT} {where} ORDER BY r.number DESC", values):
            if len(found) == limit:
                break
            each = _revision(row, undone)
            if not undoable or not (each.undoes or each.undone):
                found.append(each)
        return found

    def revision(self, number: int) -> Revision:
        rows = self._connection.execute(f"{_SELECT} WHERE r.number = ?", (number,))
        for row in rows:
            return _revision(row, self._undone())
        raise HistoryError(
            f"There is no revision {number}.", remedy="`kb history` lists the revisions."
        )

    def changed_after(self, number: int) -> Sequence[Thing]:
        rows = self._connection.execute(
            "SELECT DISTINCT kind, id FROM changes WHERE revision > ? ORDER BY kind DESC, id",
            (number,),
        )
        return [Thing(*row) for row in rows]

    def state(self, thing: Thing) -> str:
        return digest_of(read_image(self._connection, thing))

    def present(self, thing: Thing) -> Record | None:
        if thing.kind == "article":
            return read_record(self._connection, thing.id)
        image = read_image(self._connection, thing)
        return TopicRecord(**image) if image else None

    def after(self, number: int, thing: Thing) -> Record | None:
        later = self._connection.execute(
            "SELECT revision, was, image FROM changes"
            " WHERE kind = ? AND id = ? AND revision > ? ORDER BY revision LIMIT 1",
            (thing.kind, thing.id, number),
        ).fetchone()
        if later is None:
            return self.present(thing)
        revision, was, image = later
        if not was:
            return None
        if image is None:
            raise HistoryError(
                f"What {thing} was before revision {revision} is not kept any more.",
                remedy="`kb history` says how far back it is kept, and how to keep more.",
            )
        return _record(thing, image, self._source(thing, revision))

    def _source(self, thing: Thing, revision: int) -> bytes | None:
        """Return the compressed source that an article had before a revision.

        One that did not change stands with the next change, or is the article's own.
        """
        row = self._connection.execute(
            "SELECT source FROM changes WHERE kind = ? AND id = ? AND revision >= ?"
            " AND source IS NOT NULL ORDER BY revision LIMIT 1",
            (thing.kind, thing.id, revision),
        ).fetchone()
        return bytes(row[0]) if row else read_packed(self._connection, thing.id)

    def _undone(self) -> set[int]:
        """Return the revisions that were taken back, by one that was not itself."""
        rows = self._connection.execute(
            "SELECT number, undoes FROM revisions WHERE undoes > 0 ORDER BY number DESC"
        )
        found: set[int] = set()
        for number, undoes in rows:
            if number not in found:
                found.add(undoes)
        return found


def history_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for everything that cannot be undone although it is kept."""
    history = SqliteHistory(connection)
    held = 0
    rows = connection.execute(
        "SELECT revision, kind, id, was, image, source FROM changes"
        " WHERE image IS NOT NULL ORDER BY revision"
    )
    for revision, kind, id, was, image, source in rows:
        held += len(image) + len(source or b"")
        try:
            is_right = digest_of(_image(image)) == was
            history.after(revision - 1, Thing(kind, id))
        except (sqlite3.DatabaseError, RecordError):
            is_right = False
        if not is_right:
            yield f"What revision {revision} changed is not what was stored."
    if held != history.extent().size:
        yield "The history is not as large as it is said to be."


@decoding
def _image(packed: bytes) -> Mapping[str, Any]:
    image = unpacked_image(packed)
    if not isinstance(image, dict):
        raise TypeError("an image is a mapping")
    return image


@decoding
def _record(thing: Thing, packed: bytes, source: bytes | None) -> Record:
    image = dict(_image(packed))
    if thing.kind == "topic":
        return TopicRecord(**image)
    digest = image.pop("digest")
    data = unpacked(source) if source is not None and image["source"] is not None else None
    return record_of(image, data, digest=digest)


def _revision(row: Sequence[Any], undone: set[int]) -> Revision:
    number, made_at, who, what, undoes, kind, id, was, became, kept = row
    change = kind and Change(Thing(kind, id), was, became, bool(kept))
    return Revision(number, made_at, who, what, undoes, number in undone, change)
