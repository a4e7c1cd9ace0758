"""Allowed hosts: a page that reaches this server under a foreign name gets nothing."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.errors import UnknownHostError
from web.problems import problem_of, problem_response


class AllowedHosts:
    """Middleware that refuses a request without exactly one Host header of an allowed name."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._allows(Headers(scope=scope).getlist("host")):
            error = UnknownHostError(
                "This server does not answer for that host.",
                remedy="Use the address the server printed when it started.",
            )
            await problem_response(problem_of(error))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _allows(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        name, colon, port = hosts[0].lower().rpartition(":")
        bare = name if colon and port.isdecimal() else hosts[0].lower()
        return "*" in self._hosts or bare in self._hosts
