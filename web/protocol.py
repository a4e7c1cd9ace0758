"""LimitedProtocol: HTTP with one deadline a request and a bound on its headers."""

from asyncio import TimerHandle
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from web.headers import SECURITY_HEADERS
from web.problems import MEDIA_TYPE, Problem

# uvicorn waits for the end of a request for ever, and httptools takes 20 MB of headers. One
# deadline for the whole request, never renewed, is what a drip of single bytes cannot outwait.
REQUEST_SECONDS = 10.0
HEADER_BYTES = 32 * 1024
# What a request may have altogether: the body limit is the application's, this one is for bodies
# nobody reads (of a GET, trailers, chunks of one byte).
REQUEST_BYTES = 1024 * 1024
_STEP = 4096
_LINGER_SECONDS = 2.0
_UNREAD_SECONDS = 30.0  # how long a response may wait for a client that does not read


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol; a request that is not complete in time or too long is cut."""

    request_seconds = REQUEST_SECONDS
    header_bytes = HEADER_BYTES

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._deadline: TimerHandle | None = None
        self._unread: TimerHandle | None = None
        self._in_headers = True
        self._received = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        _cancel(self._unread)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._arm()
        for place in range(0, len(data), _STEP):
            if self.transport.is_closing():
                return
            piece = data[place : place + _STEP]
            self._received += len(piece)
            super().data_received(piece)
            self._check_size()

    def on_message_begin(self) -> None:
        self._arm()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_headers = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._disarm()
        self._in_headers, self._received = True, 0
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        if not self.transport.is_closing():
            self._close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(_UNREAD_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        _cancel(self._unread)
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        self._refuse(400, "The request is not valid HTTP.", "Send it with a usual HTTP client.")

    def _check_size(self) -> None:
        if self._in_headers and self._received > self.header_bytes:
            self._refuse(
                431, f"The headers have more than {self.header_bytes} bytes.", "Send fewer of them."
            )
        elif self._received > REQUEST_BYTES:
            self._refuse(413, f"The request has more than {REQUEST_BYTES} bytes.", "Send less.")

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.request_seconds, self._cut)

    def _disarm(self) -> None:
        _cancel(self._deadline)
        self._deadline = None

    def _cut(self) -> None:
        self._refuse(408, "The request was not complete in time.", "Send it again, faster.")

    def _refuse(self, status: int, detail: str, remedy: str) -> None:
        """Say why, where an answer is still awaited, and close the connection."""
        if self.transport.is_closing():
            return
        if self._awaits_answer():
            self.transport.write(_response(status, detail, remedy))
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._close()

    def _awaits_answer(self) -> bool:
        if self.pipeline:
            return False
        if self._in_headers:
            idle = self.cycle is None or self.cycle.response_complete
            return idle and self._received > 0
        return not self.cycle.response_started

    def _close(self) -> None:
        """Close; what the other side does not take soon is thrown away."""
        self.transport.close()
        self.loop.call_later(_LINGER_SECONDS, self.transport.abort)


def _cancel(timer: TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()


def _response(status: int, detail: str, remedy: str) -> bytes:
    title = HTTPStatus(status).phrase
    problem = Problem(type="about:blank", title=title, status=status, detail=detail, remedy=remedy)
    body = problem.model_dump_json().encode()
    headers = {
        **SECURITY_HEADERS,
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {title}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
