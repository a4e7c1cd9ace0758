"""What a server needs to know before it starts; nothing here is read from the environment."""

from dataclasses import dataclass
from pathlib import Path

from kb.learned import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How one application serves one knowledge base.

    `allowed_hosts` are the names a Host header may carry, without port; a page that reaches a
    loopback server under another name (DNS rebinding) is refused. `cors_origins` may read answers
    from a browser ("https://example.org"). `threads` answer at once what is asked on the page or at
    length; `waiting` requests may queue for them, and as many short questions for their turn; more
    than that are told to come back. Answering holds the interpreter's lock:
    with 120 clients on two cores, four threads answered a tenth less than two, and the slowest
    /readyz took 1.1 s instead of 0.7 s. `learns` says whether questions without a good answer, and
    what people say of answers, are kept beside the knowledge base, within `learned`; of the latter
    `feedback` are taken in a minute.
    """

    db: Path
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]", "testserver")
    cors_origins: tuple[str, ...] = ()
    deadline_seconds: float = 0.5
    body_bytes: int = 64 * 1024
    threads: int = 2
    waiting: int = 64
    learns: bool = False
    learned: Limits = Limits()
    feedback: int = 60
