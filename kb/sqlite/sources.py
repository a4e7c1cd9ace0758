"""The bytes that an article was read from, compressed in a row."""

import sqlite3
import zlib
from dataclasses import dataclass

from kb.extract.raw import Source
from kb.extract.source import FILE_LIMIT

_LEVEL = 6  # of zlib; text of 20 MB takes 0.9 s, and level 9 three times that for 1 % less


@dataclass(frozen=True, slots=True)
class Packed:
    """A source as it is stored."""

    name: str
    url: str
    media_type: str
    encoding: str
    data: bytes


def pack(source: Source | None) -> Packed | None:
    """Return a source, if there is one, with its bytes compressed.

    It takes time; do it before the transaction begins.
    """
    if source is None:
        return None
    data = zlib.compress(source.data, _LEVEL)
    return Packed(source.name, source.url, source.media_type, source.encoding, data)


def save_source(connection: sqlite3.Connection, article: str, source: Packed) -> None:
    """Store the source of an article that has none yet."""
    connection.execute(
        "INSERT INTO sources (article, name, url, media_type, encoding, data)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (article, source.name, source.url, source.media_type, source.encoding, source.data),
    )


def read_source(connection: sqlite3.Connection, article: str) -> Source | None:
    """Return the source of an article, None when it was stored without one."""
    row = connection.execute(
        "SELECT name, data, url, media_type, encoding FROM sources WHERE article = ?", (article,)
    ).fetchone()
    if row is None:
        return None
    name, data, url, media_type, encoding = row
    return Source(name, unpacked(data), url, media_type, encoding)


def read_empty_source(connection: sqlite3.Connection, article: str) -> Source | None:
    """Return the same without its bytes, which are not looked at."""
    row = connection.execute(
        "SELECT name, x'', url, media_type, encoding FROM sources WHERE article = ?", (article,)
    ).fetchone()
    return row and Source(*row)


def read_packed(connection: sqlite3.Connection, article: str) -> bytes | None:
    """Return the compressed bytes of an article's source, None without one."""
    row = connection.execute("SELECT data FROM sources WHERE article = ?", (article,)).fetchone()
    return row and bytes(row[0])


def unpacked(data: bytes) -> bytes:
    """Return the bytes of a source, of which there are never more than a file may have."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, FILE_LIMIT + 1)
    except zlib.error as error:
        raise sqlite3.DatabaseError("a stored source cannot be decompressed") from error
    if not unpacking.eof or len(found) > FILE_LIMIT:
        raise sqlite3.DatabaseError("a stored source cannot be decompressed")
    return found
