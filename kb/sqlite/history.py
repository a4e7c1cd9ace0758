"""Revisions as rows: each with who, when and what, and with what it takes to undo it."""

import getpass
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from kb.errors import ChangedMeanwhileError
from kb.history import Thing, Undoing
from kb.record_shapes import record_document
from kb.sqlite.records import read_record
from kb.sqlite.sources import read_packed, unpacked

_LEVEL = 6  # of zlib
_DIGEST = 32  # hexadecimal digits

Image = Mapping[str, Any]  # what a thing is made from, but for the bytes of a source


@contextmanager
def recorded(
    connection: sqlite3.Connection, thing: Thing, undoing: Undoing | None = None
) -> Iterator[None]:
    """Make what the block does to a thing a revision, in the caller's transaction.

    What it was before is kept, as long as what is kept is not too much.

    Raises:
        ChangedMeanwhileError: something shall be undone, and the thing is not what that one left.
    """
    before = read_image(connection, thing)
    packed = read_packed(connection, thing.id) if thing.kind == "article" else None
    if undoing and digest_of(before) != undoing.expected:
        raise ChangedMeanwhileError(
            f"The {thing} was changed by somebody else at the same time.",
            remedy="Nothing was undone; look at `kb history` and run the command again.",
        )
    yield
    after = read_image(connection, thing)
    same = packed is None or packed == read_packed(connection, thing.id)
    what = f"{thing} {_what(before, after, same)}"
    if undoing:
        what = f"revision {undoing.revision} undone: {what}"
    number = add_revision(connection, what, undoing)
    image = None if before is None else zlib.compress(_text(before), _LEVEL)
    source = None if same else packed
    connection.execute(
        "INSERT INTO changes (revision, kind, id, was, became, image, source)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, thing.kind, thing.id, digest_of(before), digest_of(after), image, source),
    )
    connection.execute(
        "UPDATE history SET size = size + ?", (len(image or b"") + len(source or b""),)
    )
    cut_history(connection)


def add_revision(
    connection: sqlite3.Connection, what: str, undoing: Undoing | None = None, *, least: int = 1
) -> int:
    """Add a revision made now by whoever runs the program; return its number, at least `least`."""
    (last,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'revisions'"
    ).fetchone()
    number = max(int(last) + 1, least)
    connection.execute(
        "INSERT INTO revisions (number, made_at, who, what, undoes) VALUES (?, ?, ?, ?, ?)",
        (
            number,
            datetime.now(UTC).isoformat(timespec="seconds"),
            _who(),
            what,
            undoing.revision if undoing else 0,
        ),
    )
    return number


def cut_history(connection: sqlite3.Connection) -> None:
    """Forget what the oldest revisions changed, until no more is kept than may be."""
    size, most = connection.execute("SELECT size, most FROM history").fetchone()
    while size > most:
        revision, held = connection.execute(
            "SELECT revision, length(image) + coalesce(length(source), 0) FROM changes"
            " WHERE image IS NOT NULL ORDER BY revision LIMIT 1"
        ).fetchone()
        connection.execute(
            "UPDATE changes SET image = NULL, source = NULL WHERE revision = ?", (revision,)
        )
        connection.execute("UPDATE history SET cut = max(cut, ?)", (revision,))
        size -= held
        connection.execute("UPDATE history SET size = ?", (size,))


def read_image(connection: sqlite3.Connection, thing: Thing) -> Image | None:
    """Return what a thing is made from, None when it is not there."""
    if thing.kind == "topic":
        row = connection.execute("SELECT text FROM topics WHERE id = ?", (thing.id,)).fetchone()
        return row and {"id": thing.id, "text": row[0]}
    record = read_record(connection, thing.id, False)
    return {"digest": record.digest, **record_document(record)} if record else None


def unpacked_image(packed: bytes) -> Any:
    """Return an image out of its row; an error of `decoding` or SQLite when it is damaged."""
    return json.loads(unpacked(packed))


def digest_of(image: Image | None) -> str:
    """Return what tells a state of a thing from its others, "" for not being there."""
    return "" if image is None else sha256(_text(image)).hexdigest()[:_DIGEST]


def _text(image: Image) -> bytes:
    return json.dumps(image, ensure_ascii=False).encode()


def _who() -> str:
    """Return the login name, or else the number, of whoever runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _what(before: Image | None, after: Image | None, same_source: bool) -> str:
    """Return what was done to a thing."""
    if before is None or after is None:
        return "added" if before is None else "removed"
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    if not changed:
        return "saved again"
    if "text" in changed:
        return "changed"
    if changed == {"corrections"}:
        return f"corrected: {_corrections(before, after)}"
    if same_source and "given" in changed and changed <= {"given", "metadata", "digest"}:
        old, new = before["metadata"], after["metadata"]
        fields = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        return f"edited: {', '.join(fields) or 'nothing else than before'}"
    return "replaced"


def _corrections(before: Image, after: Image) -> str:
    """Return the kinds of the corrections that are new, or that some were withdrawn."""
    old, new = before.get("corrections", []), after.get("corrections", [])
    kinds = dict.fromkeys(each["kind"] for each in new if each not in old)
    return ", ".join(kinds) or "withdrawn"
