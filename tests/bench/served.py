"""A server of http.py in a process of its own: ours, or one that does no more than search.

    python tests/bench/served.py ours|plain FILE DESCRIPTOR

It listens on a socket that it was given, which several of them may share, as the workers of
uvicorn do, and says "ready" on stdout when it answers.
"""

import logging
import socket
import sqlite3
import sys
import threading
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from peers import words_of

from web.server import server_of
from web.settings import Settings


class Telling(uvicorn.Server):
    """A server that says when it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print("ready", flush=True)


def main() -> None:
    kind, file, descriptor = sys.argv[1:]
    config = {"ours": ours, "plain": plain}[kind](Path(file))
    Telling(config).run(sockets=[socket.socket(fileno=int(descriptor))])


def ours(file: Path) -> uvicorn.Config:
    """Return what `advisor serve` runs, its log of requests on stderr included."""
    logger = logging.getLogger("advisor")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.setLevel(logging.INFO)
    return server_of(Settings(file)).config


def plain(file: Path) -> uvicorn.Config:
    """Return a server that searches FTS5 and returns the passages, and does nothing else."""
    app = FastAPI()
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(file)
        found: sqlite3.Connection = local.connection
        return found

    @app.get("/ask")
    def passages(q: str) -> list[dict[str, str]]:
        match = " OR ".join(f'"{word}"' for word in words_of(q))
        rows = connection().execute(
            "SELECT id, title, text FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT 5",
            (match,),
        )
        return [{"id": id, "title": title, "text": text} for id, title, text in rows]

    return uvicorn.Config(app, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
