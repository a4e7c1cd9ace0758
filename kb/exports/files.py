"""Exports on disk: a file of JSON Lines, or a folder of Markdown files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kb.errors import RecordError
from kb.exports.folder import read_folder
from kb.exports.lines import export_lines, read_lines
from kb.extract.raw import printable
from kb.records import Record, TopicRecord
from kb.store import Snapshot

_SAFELY = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


def write_file(snapshot: Snapshot, path: Path, *, overwrite: bool = False) -> tuple[int, int]:
    """Write an export that appears whole or not at all; return its topics and articles.

    Raises:
        RecordError: the file is there and shall not be overwritten, or cannot be written.
    """
    shown = printable(str(path))
    if os.path.lexists(path) and not (overwrite and path.is_file() and not path.is_symlink()):
        remedy = "Name another file, or add --overwrite." if path.is_file() else "Name a file."
        raise RecordError(f"{shown} is there already.", remedy=remedy)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    counts = [0, 0]

    def counted() -> Iterator[Record]:
        for record in snapshot.records():
            counts[not isinstance(record, TopicRecord)] += 1
            yield record

    try:
        with open(draft, "xb") as file:
            file.writelines(line.encode() for line in export_lines(counted()))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise RecordError(
            f"{shown} cannot be written: {error.strerror}.",
            remedy="Name a file in a folder that is there and that you may write.",
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    return counts[0], counts[1]


def read_export(path: Path) -> Iterator[Record]:
    """Yield what an export at `path` holds.

    Raises:
        RecordError: it cannot be read, is no whole export, or a part is not what it has to be.
        UnreadableInputError: a file of a folder cannot be read.
    """
    if path.is_dir():
        yield from read_folder(path)
        return
    try:
        with open(path, "rb", opener=_open_safely) as stream:
            yield from _regular(stream, path)
    except OSError as error:
        raise RecordError(
            f"{printable(str(path))} cannot be read: {error.strerror}.",
            remedy="Name a file or a folder that `kb export` wrote.",
        ) from None


def _regular(stream: BinaryIO, path: Path) -> Iterator[Record]:
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        raise RecordError(
            f"{printable(str(path))} is not a regular file.",
            remedy="Name a file or a folder that `kb export` wrote, or - for standard input.",
        )
    return read_lines(stream)


def _open_safely(path: str, flags: int) -> int:
    return os.open(path, flags | _SAFELY)
