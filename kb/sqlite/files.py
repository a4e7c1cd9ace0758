"""Opening a knowledge base file safely: what it is, who may write, what readers may do."""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:
    raise SystemExit("This program needs Linux or macOS: its lock is one of theirs.") from None

from kb.errors import BusyKnowledgeBaseError, KnowledgeBaseError
from kb.sqlite.schema import APPLICATION_ID, USER_VERSION

_MAGIC = b"SQLite format 3\x00"
_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.02
_CACHE_KILOBYTES = 16_000  # of pages, for each thread that reads
_WRITER_KILOBYTES = 64_000  # and for who writes: a page that changes often is written once
_CHECKPOINT_MILLISECONDS = 250  # as long as a writer waits for readers of older commits
_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE")

Identity = tuple[int, ...]  # what tells a file from another one in its place


def check_file(path: Path) -> None:
    """Refuse, without touching it, what is not a knowledge base of the present version.

    Raises:
        KnowledgeBaseError: missing, no regular file, no SQLite, another program's, newer or older.
    """
    version = version_of(path)
    if version < USER_VERSION:
        raise KnowledgeBaseError(
            f"{path} was written by an older version (format {version}, this one needs "
            f"{USER_VERSION}).",
            remedy="Bring it up to date with `kb upgrade`, which keeps a copy of it as it is.",
        )


def version_of(path: Path) -> int:
    """Return the version of a knowledge base file, the present one or an older one.

    Raises:
        KnowledgeBaseError: missing, no regular file, no SQLite, of another program, or newer.
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
    return version


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
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise KnowledgeBaseError(
                f"{path} is not a regular file.", remedy="Name another file with --db."
            )
        return os.read(descriptor, 100)
    finally:
        os.close(descriptor)


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def connect_reader(path: Path, check: Callable[[Path], object] = check_file) -> sqlite3.Connection:
    """Return a connection that can only read, to a file that `check` does not refuse.

    A file in a read-only folder without a -wal beside it is opened as immutable: SQLite could not
    create the shared memory file that readers of a WAL database need. Whoever closes the
    connection may be another thread: the one that outlives its owner.
    """
    check(path)
    mode = "mode=ro&immutable=1" if _is_sealed(path) else "mode=ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
        # No mmap_size: a mapped file that another program cuts short kills the process (SIGBUS).
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: a message of damaged letters
        connection.close()
        raise damaged(path, error) from error
    return connection


def identity(path: Path) -> Identity:
    """Return what changes when another file takes the place at `path`; () when there is none.

    An immutable connection never looks at its file again, so for it a write makes another file.
    """
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_mtime_ns if _is_sealed(path) else 0


def _is_sealed(path: Path) -> bool:
    """True when nothing can be written beside the file, and no write is pending there."""
    folder = os.path.dirname(os.path.realpath(path))
    if os.access(folder, os.W_OK):
        return False
    try:
        return beside(path, "-wal").stat().st_size == 0
    except OSError:
        return True


def beside(path: Path, ending: str) -> Path:
    """Return the companion of a file, the same by whatever link the file is reached."""
    return Path(os.path.realpath(path) + ending)


def damaged(path: Path, error: Exception) -> KnowledgeBaseError:
    """Return the error for a file that SQLite cannot read or write."""
    remedy = "Run `kb check`; if the file is damaged, restore a backup or build it anew."
    if lacks_room(error):
        remedy = "Make room on the disk and try again; what was stored before is still there."
    return KnowledgeBaseError(f"{path} cannot be used: {error}.", remedy=remedy)


def lacks_room(error: Exception) -> bool:
    """Tell whether what failed was writing, for want of room."""
    return str(getattr(error, "sqlite_errorname", "")).startswith(_NO_ROOM)


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the one writer's lock of a knowledge base; the kernel frees it when a process dies.

    Raises:
        BusyKnowledgeBaseError: another writer held it for a minute.
        KnowledgeBaseError: the folder cannot be written.
    """
    lock = beside(path, ".lock")
    patience = time.monotonic() + _WAIT_SECONDS
    while True:
        descriptor = _open_lock(lock, path)
        try:
            _acquire(descriptor, path, patience)
            if _stands_at(descriptor, lock):
                yield
                return
        finally:
            os.close(descriptor)


def _open_lock(lock: Path, path: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise KnowledgeBaseError(
            f"{path} cannot be changed: {lock.name} cannot be opened ({error.strerror}).",
            remedy="Make the folder writable, or work on a copy elsewhere with --db.",
        ) from None


def _stands_at(descriptor: int, lock: Path) -> bool:
    """False when the lock file was deleted while we waited: that lock is worth nothing."""
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except FileNotFoundError:
        return False


def _acquire(descriptor: int, path: Path, patience: float) -> None:
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

    Raises:
        KnowledgeBaseError: the file cannot be used or written; nothing was changed.
    """
    with sole_writer(path, check_file) as connection:
        with transaction(connection):
            yield connection
        _empty_wal(connection)


@contextmanager
def sole_writer(path: Path, check: Callable[[Path], object]) -> Iterator[sqlite3.Connection]:
    """Yield a connection outside a transaction, to a file that `check` does not refuse.

    The lock is held until the connection is closed, because SQLite before 3.51.3 may lose a
    commit that meets a checkpoint of another connection.

    Raises:
        KnowledgeBaseError: the file cannot be used or written.
    """
    check(path)  # before the lock: nothing is put beside what is not ours
    with writer_lock(path):
        check(path)
        if not os.access(path, os.W_OK):
            raise KnowledgeBaseError(
                f"{path} is read-only.", remedy="Make it writable, or work on a copy with --db."
            )
        try:
            with closing(connect_writer(path)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise damaged(path, error) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one immediate transaction, committed if it succeeds."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def connect_writer(path: Path) -> sqlite3.Connection:
    """Return a connection that writes; only the holder of the lock may ask for one."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=30.0
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_WRITER_KILOBYTES}")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise damaged(path, error) from error
    return connection


def _empty_wal(connection: sqlite3.Connection) -> None:
    """Move what was committed into the file itself, as far as readers let us.

    A -wal with commits in it would be read into any other file that is put in this one's place.
    What was committed is safe without this, so that failing here is no error.
    """
    with suppress(sqlite3.Error):
        connection.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_MILLISECONDS}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
