"""serve(): uvicorn with time and size limits, and one JSON line a request on stderr."""

import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress

import uvicorn

from kb.extract.raw import escaped
from kb.learned import learned_path
from web.app import create_app
from web.errors import ServerStartError
from web.protocol import LimitedProtocol
from web.settings import Settings

KEEP_ALIVE_SECONDS = 5
SHUTDOWN_SECONDS = 5


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve one knowledge base until Ctrl-C or SIGTERM; port 0 takes a free one.

    Raises:
        ServerStartError: `host` and `port` cannot be listened on.
    """
    with listening_socket(host, port) as listener:
        _log_to_stderr()
        for line in _greeting(settings, listener):
            print(line, file=sys.stderr, flush=True)
        with suppress(KeyboardInterrupt):
            server_of(settings).run(sockets=[listener])


def server_of(
    settings: Settings, *, protocol: type[LimitedProtocol] = LimitedProtocol
) -> uvicorn.Server:
    """Return a server for `settings` that does not listen yet."""
    config = uvicorn.Config(
        create_app(settings),
        http=protocol,
        ws="none",
        log_config=None,
        log_level="error",
        access_log=False,  # it prints the questions
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    return uvicorn.Server(config)


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens at `host` and `port`.

    Raises:
        ServerStartError: the port is taken or not allowed, or the host is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not 0 <= port <= 65535:
        raise ServerStartError(
            "There is no such port.", remedy="Choose one of 1 to 65535 with --port."
        )
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServerStartError(
            f"The server cannot listen at {host}, port {port}: {reason}.",
            remedy="Choose another one with --port.",
        ) from None


def _greeting(settings: Settings, listener: socket.socket) -> Iterator[str]:
    yield f"Advisor at {_address(listener)} (Ctrl-C stops it)"
    if settings.learns:
        kept = escaped(str(learned_path(settings.db)))
        yield f"Questions without a good answer are kept in {kept} (not with --no-learn)"


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _log_to_stderr() -> None:
    """Send the log of requests and errors, each line a JSON object, to stderr."""
    logger = logging.getLogger("advisor")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
