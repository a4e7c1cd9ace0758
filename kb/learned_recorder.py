"""Recorder: events on their way to the second file; whoever answers never waits for it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from queue import Full, Queue
from threading import Event as Signal
from threading import Lock, Thread

from kb.errors import LearnedFileError
from kb.learned import Event, Limits
from kb.sqlite.learned import LearnedFile

_WAITING = 256  # events; more are lost
_PAUSE_SECONDS = 0.25  # in which events gather that are written together
_PATIENCE_SECONDS = 3.0  # at the end, for the last of them

Complain = Callable[[LearnedFileError], None]


def today() -> date:
    """Return the day it is now, in UTC."""
    return datetime.now(UTC).date()


class Recorder:
    """Keeps events in a file, by one thread of its own that starts with the first of them.

    Loss is allowed: events are thrown away while `_WAITING` others wait, and when the file cannot
    be written. `complain` is told of that once, until writing works again or fails otherwise.
    """

    def __init__(
        self,
        file: LearnedFile,
        limits: Limits,
        *,
        complain: Complain = lambda error: None,
        clock: Callable[[], date] = today,
    ) -> None:
        self.file = file
        self._limits = limits
        self._complain = complain
        self._clock = clock
        self._events: Queue[Event | None] = Queue(_WAITING)  # None ends the thread
        self._ending = Signal()
        self._starting = Lock()
        self._thread: Thread | None = None
        self._complained = ""

    def record(self, event: Event) -> bool:
        """Hand on `event`, without waiting; False if it is lost."""
        if self._thread is None:
            self._start()
        try:
            self._events.put_nowait(event)
        except Full:
            return False
        return True

    def close(self) -> None:
        """Write what waits, and end the thread; a file that hangs is not waited for longer."""
        if self._thread is None:
            return
        self._ending.set()
        with suppress(Full):
            self._events.put(None, timeout=_PATIENCE_SECONDS)
            self._thread.join(_PATIENCE_SECONDS)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="learning", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        ended = False
        while not ended:
            waiting = [self._events.get()]
            self._ending.wait(_PAUSE_SECONDS)
            while not self._events.empty():  # nobody else takes any
                waiting.append(self._events.get())
            events = [event for event in waiting if event is not None]
            ended = len(events) < len(waiting)
            self._write(events)

    def _write(self, events: Sequence[Event]) -> None:
        try:
            self.file.put(events, limits=self._limits, today=self._clock())
            self._complained = ""
        except LearnedFileError as error:
            if error.message != self._complained:
                self._complain(error)
            self._complained = error.message
