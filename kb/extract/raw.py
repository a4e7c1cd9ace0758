"""Source, the bytes of one article before anyone understood them, read within bounds."""

import errno
import os
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from kb.errors import UnreadableInputError

_CHUNK = 1 << 16
_SHOWN = 200


@dataclass(frozen=True)
class Source:
    """The bytes of one article and what came with them.

    `name` is the file name or the last part of the URL, printable; it is for people, never a path.
    `url` is the address after redirects; `media_type` and `encoding` are the server's claims in
    lower case, unchecked. Each is empty when unknown.
    """

    name: str
    data: bytes
    url: str = ""
    media_type: str = ""
    encoding: str = ""


class Readable(Protocol):
    """What gives bytes piece by piece: a file, standard input or an HTTP answer."""

    def read(self, size: int, /) -> bytes | None: ...


def read_within(stream: Readable, limit: int, shown: str) -> bytes:
    """Return all of `stream`, which `shown` names in the message when it exceeds `limit` bytes.

    Raises:
        UnreadableInputError: there is more; at most one byte above the limit was read.
        OSError: reading failed, or the stream does not wait and has nothing yet.
    """
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(min(_CHUNK, limit + 1 - size)):
        size += len(chunk)
        check_size(size, limit, shown)
        chunks.append(chunk)
    if chunk is None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return b"".join(chunks)


def check_size(size: int, limit: int, shown: str) -> None:
    if size > limit:
        at_most = f"{limit / 1_000_000:g} MB" if limit >= 1_000_000 else f"{limit:,} bytes"
        raise UnreadableInputError(
            f"{shown} is larger than {at_most}.",
            remedy="Split it, or save the part that matters as a file and add that.",
        )


def url_name(url: str) -> str:
    """Return what a URL is called, printable: the last part of its path, or else its host."""
    address = url.partition("#")[0].partition("?")[0]
    return escaped(unquote(address.partition("//")[2].rstrip("/").rpartition("/")[2]))


def printable(text: str) -> str:
    """Return `text` for a message: at most 200 characters, controls and bidi marks escaped."""
    return escaped(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def escaped(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
