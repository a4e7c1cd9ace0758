"""Turns: short questions are answered on the event loop itself, one after the other.

A thread of its own costs a question a quarter more: two threads pass the interpreter's lock and
what the processor has at hand back and forth. Between two questions the loop does whatever else is
due, so that /healthz waits for one question at most. Long questions would hold it up: they have
threads.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from anyio.lowlevel import RunVar
from starlette.concurrency import run_in_threadpool

from web.questions import Asked

_LONGEST = 400  # characters of a question and those before it, some ten milliseconds

Reply = TypeVar("Reply")


class Turns:
    """The turns of one event loop, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.waiting = 0  # with the one that is being answered
        self._lock = asyncio.Lock()

    async def take(self, work: Callable[[], Reply]) -> Reply:
        """Return what `work` does, which nothing else on this loop interrupts."""
        self.waiting += 1
        try:
            async with self._lock:
                await asyncio.sleep(0)  # who waits for something else comes before every question
                return work()
        finally:
            self.waiting -= 1


_TURNS: RunVar[Turns] = RunVar("turns")


def turns() -> Turns:
    """Return the turns of the event loop that runs."""
    try:
        return _TURNS.get()
    except LookupError:
        _TURNS.set(made := Turns())
        return made


async def in_turn(asked: Asked, work: Callable[[], Reply]) -> Reply:
    """Return what `work` does to answer a question: in its turn, or in a thread if it is long."""
    return await (turns().take(work) if is_short(asked) else run_in_threadpool(work))


def is_short(asked: Asked) -> bool:
    """Tell whether a question is answered so soon that it needs no thread."""
    return len(asked.question) + sum(map(len, asked.history)) <= _LONGEST
