"""LearnedFile: the second file as a database, small, of its own kind, and never needed."""

import json
import os
import sqlite3
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from kb.errors import LearnedFileError
from kb.learned import Asking, Event, Learned, Limits, cleaned, key_of
from kb.sqlite.files import transaction

APPLICATION_ID = 0x4144564C  # "ADVL"
USER_VERSION = 1
_MAGIC = b"SQLite format 3\x00"
_WAIT_SECONDS = 2.0
_TABLE = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    question TEXT NOT NULL,
    topic TEXT NOT NULL,
    around TEXT NOT NULL,
    missing TEXT NOT NULL,
    headline TEXT NOT NULL,
    reason TEXT NOT NULL,
    times INTEGER NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    closed TEXT NOT NULL
) STRICT
"""
_PUT = """
INSERT INTO events (key, kind, question, topic, around, missing, headline, reason,
                    times, first, last, closed)
VALUES (:key, :kind, :question, :topic, :around, :missing, :headline, :reason,
        1, :today, :today, '')
ON CONFLICT (key) DO UPDATE SET
    times = times + 1, last = excluded.last, closed = '',
    missing = excluded.missing, headline = excluded.headline
"""
_OLDEST = "SELECT id FROM events ORDER BY last, id LIMIT ?"
_SOME = 10  # of a hundred events go when the file is too large


class LearnedFile:
    """The file at `path`, opened anew for each call: it may come, go or break at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, events: Sequence[Event], *, limits: Limits, today: date) -> None:
        """Keep `events`, and let go of what is too old or too much; the file is made if need be.

        Raises:
            LearnedFileError: it cannot be used or written; nothing of `events` was kept.
        """
        if not events:
            return
        with self._writing(create=True) as connection:
            for event in map(cleaned, events):
                connection.execute(_PUT, _row(event, today))
            _let_go(connection, limits, today)

    def read(self) -> list[Learned]:
        """Return all that is kept, in the order it came; nothing when there is no file.

        Raises:
            LearnedFileError: the file cannot be used.
        """
        if not self._is_there():
            return []
        # A writer that was killed leaves a journal behind, and only who may write can use that.
        with self._open(self.path, "rw" if os.access(self.path, os.W_OK) else "ro") as connection:
            rows = connection.execute("SELECT * FROM events ORDER BY id").fetchall()
        try:
            return [_learned(row) for row in rows]
        except (ValueError, TypeError) as error:
            raise self._unusable("what is kept in it is damaged") from error

    def close(self, ids: Collection[int], *, today: date) -> int:
        """Mark events as dealt with, and return how many of them were not before.

        Raises:
            LearnedFileError: the file cannot be used or written.
        """
        if not ids or not self._is_there():
            return 0
        with self._writing() as connection:
            sql = "UPDATE events SET closed = ? WHERE id = ? AND closed = ''"
            return sum(connection.execute(sql, (str(today), id)).rowcount for id in ids)

    def clear(self) -> int:
        """Forget all events, so that their words are gone from the file, and return how many.

        Raises:
            LearnedFileError: the file cannot be used or written.
        """
        if not self._is_there():
            return 0
        with self._writing() as connection:
            return connection.execute("DELETE FROM events").rowcount

    def _is_there(self) -> bool:
        """Tell whether there is a file of ours with something in it.

        Raises:
            LearnedFileError: something else stands there.
        """
        try:
            descriptor = os.open(
                self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
            )
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None
        try:
            regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            header = os.read(descriptor, 100) if regular else b""
        finally:
            os.close(descriptor)
        if regular and not header:
            return False
        if header[:16] != _MAGIC or _number(header, 68) != APPLICATION_ID:
            raise self._unusable("it is no such file")
        if _number(header, 60) > USER_VERSION:
            raise self._unusable("a newer version of this program wrote it")
        return True

    @contextmanager
    def _writing(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        if create and not self._is_there():
            self._create()
        with self._open(self.path, "rw") as connection, transaction(connection):
            yield connection

    def _create(self) -> None:
        """Make an empty file that appears whole; only its owner reads it: people typed it."""
        try:
            descriptor, name = mkstemp(".new", f".{self.path.name}.", self.path.parent)
            os.close(descriptor)
            try:
                with self._open(Path(name), "rw") as connection:
                    # Before the first table, or it does nothing: what is let go shrinks the file.
                    connection.execute("PRAGMA auto_vacuum = FULL")
                    with transaction(connection):
                        connection.execute(_TABLE)
                        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
                self._put_in_place(Path(name))
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None

    def _put_in_place(self, draft: Path) -> None:
        """Give `draft` its name, unless another server was quicker."""
        try:
            os.link(draft, self.path)
        except OSError:
            if not self._is_there():  # an empty file, or a disk that knows no links
                os.replace(draft, self.path)

    @contextmanager
    def _open(self, path: Path, mode: str) -> Iterator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(
                    f"{path.absolute().as_uri()}?mode={mode}",
                    uri=True,
                    isolation_level=None,
                    timeout=_WAIT_SECONDS,
                )
            ) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
                connection.execute("PRAGMA secure_delete = ON")
                yield connection
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: damaged letters
            raise self._unusable(str(error)) from error

    def _unusable(self, reason: str) -> LearnedFileError:
        return LearnedFileError(
            f"{self.path} cannot be used: {reason}.",
            remedy="Move the file away, and a new one is begun; answers do not need it.",
        )


def _let_go(connection: sqlite3.Connection, limits: Limits, today: date) -> None:
    """Delete what is older than the limits allow, and the oldest of what is too much."""
    connection.execute(
        "DELETE FROM events WHERE last < ?", (str(today - timedelta(days=limits.days)),)
    )
    count = _value(connection, "SELECT count(*) FROM events")
    if count > limits.events:
        connection.execute(f"DELETE FROM events WHERE id IN ({_OLDEST})", (count - limits.events,))
    while count and _kilobytes(connection) > limits.kilobytes:
        count = _value(connection, "SELECT count(*) FROM events")
        some = max(1, count * _SOME // 100)
        connection.execute(f"DELETE FROM events WHERE id IN ({_OLDEST})", (some,))


def _kilobytes(connection: sqlite3.Connection) -> int:
    """Return how large the file is without the pages that the commit gives back."""
    pages = _value(connection, "PRAGMA page_count") - _value(connection, "PRAGMA freelist_count")
    return pages * _value(connection, "PRAGMA page_size") // 1024


def _value(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _row(event: Event, today: date) -> dict[str, Any]:
    asking = event.asking
    around = [asking.history, asking.given, asking.without, asking.exact]
    return {
        "key": key_of(event),
        "kind": event.kind,
        "question": asking.question,
        "topic": asking.topic,
        "around": json.dumps(around, ensure_ascii=False),
        "missing": json.dumps(event.missing, ensure_ascii=False),
        "headline": event.headline,
        "reason": event.reason,
        "today": str(today),
    }


def _learned(row: sqlite3.Row) -> Learned:
    history, given, without, exact = json.loads(row["around"])
    asking = Asking(
        row["question"],
        tuple(history),
        row["topic"],
        tuple((condition, value) for condition, value in given),
        tuple(without),
        tuple(exact),
    )
    missing = tuple(json.loads(row["missing"]))
    event = Event(row["kind"], asking, missing, row["headline"], row["reason"])
    return Learned(row["id"], event, row["times"], row["first"], row["last"], row["closed"])


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")
