"""One JSON line a request: id, route, status, milliseconds, lengths; never what was asked."""

import json
import logging
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("advisor.requests")


class RequestLog:
    """Middleware that writes the line and names the request in X-Request-ID."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        line = _Line(scope)
        scope.setdefault("state", {})["request_id"] = line.id

        async def counted_receive() -> Message:
            message = await receive()
            line.request_bytes += len(message.get("body", b""))
            return message

        async def counted_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                line.status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = line.id
            line.response_bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, counted_receive, counted_send)
        finally:
            _LOG.info(line.text())


class _Line:
    """What is counted while one request is served; `status` 500 stands until a response starts."""

    def __init__(self, scope: Scope) -> None:
        self.id = uuid4().hex[:16]
        self.status = 500
        self.request_bytes = len(scope["query_string"])
        self.response_bytes = 0
        self._scope = scope
        self._started = perf_counter()

    def text(self) -> str:
        route = self._scope.get("route")
        return json.dumps(
            {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "id": self.id,
                "method": self._scope["method"][:16],
                "route": getattr(route, "path", None),
                "status": self.status,
                "ms": round((perf_counter() - self._started) * 1000, 1),
                "request_bytes": self.request_bytes,
                "response_bytes": self.response_bytes,
            }
        )
