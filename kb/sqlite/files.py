"""Opening a knowledge base file safely: what it is, who may write, what readers may do."""

import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kb.errors import BusyKnowledgeBaseError, KnowledgeBaseError
from kb.sqlite.schema import APPLICATION_ID, USER_VERSION

_MAGIC = b"SQLite format 3\x00"
_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.02


def check_file(path: Path) -> None:
    """Refuse, without touching it, what is not a knowledge base of a version we know.

    Raises:
        KnowledgeBaseError: missing, not a regular file, not SQLite, of another program, or newer.
    """
    header = _header(path)
    if header[:16] != _MAGIC:
        raise KnowledgeBaseError(
            f"{path} is not a knowledge base: it is no SQLite file.",
            remedy="Name another file with --db, or restore a backup.",
        )
    application, version = _number(header, 68), _number(header, 60)
    if application != APPLICATION_ID:
        raise KnowledgeBaseError(
            f"{path} is an SQLite file of another program.",
            remedy="Name another file with --db; this one was not changed.",
        )
    if version > USER_VERSION:
        raise KnowledgeBaseError(
            f"{path} was written by a newer version (format {version}, this one knows "
            f"{USER_VERSION}).",
            remedy="Upgrade this program; the file was not changed.",
        )


def _header(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise KnowledgeBaseError(
            f"There is no knowledge base at {path}.",
            remedy="Create one with `kb init`, or name another file with --db.",
        ) from None
    except OSError as error:
        raise KnowledgeBaseError(
            f"{path} cannot be opened: {error.strerror}.",
            remedy="Mend the permissions, or name another file with --db.",
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise KnowledgeBaseError(
                f"{path} is not a regular file.", remedy="Name another file with --db."
            )
        return file.read(100)


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def connect_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can only read.

    A file in a read-only folder without a -wal beside it is opened as immutable: SQLite could not
    create the shared memory file that readers of a WAL database need.
    """
    check_file(path)
    mode = "mode=ro"
    folder_is_closed = not os.access(path.parent, os.W_OK)
    if folder_is_closed and not path.with_name(path.name + "-wal").exists():
        mode += "&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA mmap_size = 268435456")
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.Error as error:
        connection.close()
        raise damaged(path, error) from error
    return connection


def damaged(path: Path, error: sqlite3.Error) -> KnowledgeBaseError:
    """Return the error for a file that SQLite cannot read or write."""
    return KnowledgeBaseError(
        f"{path} cannot be used: {error}.",
        remedy="Run `kb check`; if the file is damaged, restore a backup or build it anew.",
    )


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the one writer's lock of a knowledge base; the kernel frees it when a process dies.

    Raises:
        BusyKnowledgeBaseError: another writer held it for a minute.
        KnowledgeBaseError: the folder cannot be written.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise KnowledgeBaseError(
            f"{path} cannot be changed: {lock.name} cannot be opened ({error.strerror}).",
            remedy="Make the folder writable, or work on a copy elsewhere with --db.",
        ) from None
    try:
        _acquire(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path) -> None:
    patience = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > patience:
                raise BusyKnowledgeBaseError(
                    f"Another program has been writing to {path} for a minute.",
                    remedy="Try again when it is done.",
                ) from None
            time.sleep(_POLL_SECONDS)


@contextmanager
def write_connection(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection inside one immediate transaction, committed if the block succeeds.

    The lock is held until the connection is closed, because SQLite before 3.51.3 may lose a
    commit that meets a checkpoint of another connection.

    Raises:
        KnowledgeBaseError: the file cannot be used or written; nothing was changed.
    """
    with writer_lock(path):
        check_file(path)
        if not os.access(path, os.W_OK):
            raise KnowledgeBaseError(
                f"{path} is read-only.", remedy="Make it writable, or work on a copy with --db."
            )
        try:
            with closing(_connect_writer(path)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        except sqlite3.Error as error:
            raise damaged(path, error) from error


def _connect_writer(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=30.0
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield the path of an empty file that becomes `path` when the block succeeds, else vanishes.

    Raises:
        KnowledgeBaseError: `path` exists by now, or its folder cannot be written.
    """
    if not path.parent.is_dir():
        raise KnowledgeBaseError(
            f"There is no folder {path.parent}.", remedy="Create it, or name another with --db."
        )
    with writer_lock(path):
        if path.exists():
            raise KnowledgeBaseError(
                f"{path} exists already.", remedy="Use it as it is, or name another with --db."
            )
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            yield draft
            os.replace(draft, path)
            _sync_folder(path.parent)
        finally:
            for leftover in (draft, *(draft.with_name(draft.name + end) for end in _BESIDES)):
                leftover.unlink(missing_ok=True)


_BESIDES = ("-wal", "-shm", "-journal", ".lock")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
