"""A load generator in a process of its own: HTTP/1.1 over kept connections, on one event loop.

    python tests/bench/load.py < PLAN.json > REPLIES.json

Closed loop: each connection asks again as soon as it was answered. Open loop: questions are due at
a fixed rate, whatever became of those before, and the wait is counted from when one was due, so
that a server that falls behind cannot hide it.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Protocol

_OPEN_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Request:
    """A path with its query; `etag` is sent along unless empty."""

    path: str
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask of a port for how long; `rate` 0 is a closed loop."""

    port: int
    requests: Sequence[Request]
    seconds: float
    connections: int = 16
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of the request at `place` in the plan, and how many seconds one waited for it."""

    place: int
    status: int
    seconds: float
    etag: str
    digest: str


class Connection:
    """A connection to the port, opened again when the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: Request) -> tuple[int, str, str]:
        """Return the status, the ETag and a digest of the body."""
        try:
            return await self._ask(request)
        except (ConnectionError, asyncio.IncompleteReadError):  # it was idle for too long
            self._streams = None
            return await self._ask(request)

    async def _ask(self, request: Request) -> tuple[int, str, str]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        condition = f"If-None-Match: {request.etag}\r\n" if request.etag else ""
        head = f"GET {request.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{condition}\r\n"
        writer.write(head.encode())
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        body = await reader.readexactly(int(fields.get("content-length", 0)))
        status = int(lines[0].split()[1])
        return status, fields.get("etag", ""), blake2b(body, digest_size=12).hexdigest()


class Due(Protocol):
    """Where a connection gets its next request from: its place, and when it was due."""

    def __aiter__(self) -> AsyncIterator[tuple[int, float]]: ...


class Closed:
    """The next request is due when a connection asks for one, until the time is over."""

    def __init__(self, plan: Plan) -> None:
        self._places: Iterator[int] = iter(range(len(plan.requests)))
        self._end = time.perf_counter() + plan.seconds

    async def __aiter__(self) -> AsyncIterator[tuple[int, float]]:
        for place in self._places:
            now = time.perf_counter()
            if now >= self._end:
                return
            yield place, now


class Open:
    """Requests are due at even distances; one that has to wait for a connection waits in line."""

    def __init__(self, plan: Plan) -> None:
        count = min(len(plan.requests), int(plan.seconds * plan.rate))
        self._places: Iterator[int] = iter(range(count))
        self._start = time.perf_counter()
        self._rate = plan.rate

    async def __aiter__(self) -> AsyncIterator[tuple[int, float]]:
        for place in self._places:
            due = self._start + place / self._rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            yield place, due


async def run(plan: Plan) -> list[Reply]:
    due: Due = Open(plan) if plan.rate else Closed(plan)
    count = _OPEN_CONNECTIONS if plan.rate else plan.connections
    replies: list[Reply] = []

    async def connected() -> None:
        connection = Connection(plan.port)
        async for place, started in due:
            status, etag, digest = await connection.ask(plan.requests[place])
            replies.append(Reply(place, status, time.perf_counter() - started, etag, digest))

    await asyncio.gather(*(connected() for _ in range(count)))
    return replies


def main() -> None:
    import uvloop

    table = json.load(sys.stdin)
    plan = Plan(**table | {"requests": [Request(**each) for each in table["requests"]]})
    started = time.perf_counter()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        replies = runner.run(run(plan))
    seconds = time.perf_counter() - started
    json.dump({"seconds": seconds, "replies": [asdict(each) for each in replies]}, sys.stdout)


if __name__ == "__main__":
    main()
