"""Real servers on loopback, and the addresses that are asked of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from kb.content.shipped import shipped_articles, shipped_topics
from kb.ingest import create
from web.server import listening_socket, server_of
from web.settings import Settings

UNHURRIED_SECONDS = 30.0  # a machine that is busy with a browser shall not answer 503


@dataclass(frozen=True)
class Site:
    """A server; `origin` is its address without a path."""

    origin: str

    def at(self, path: str) -> str:
        return self.origin + path

    def asking(self, *questions: str) -> str:
        """Return the address that asks the last question, after the others."""
        return self.at(asking(*questions))


def asking(*questions: str) -> str:
    """Return the path and query that ask the last question, after the others."""
    *earlier, question = questions
    return "/?" + urlencode([("q", question), *(("h", each) for each in earlier)])


@contextmanager
def serving(db: Path) -> Iterator[Site]:
    """Serve on a free port of loopback, with feedback, and stop at the end."""
    server = server_of(Settings(db, deadline_seconds=UNHURRIED_SECONDS, learns=True))
    with listening_socket("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(15)
    assert not thread.is_alive()


def create_shipped(path: Path) -> None:
    """Create a knowledge base of the content that comes with the program."""
    create(path, [(topic, shipped_articles(topic.id)) for topic in shipped_topics()])


# One question for each way an answer can look, the last of its conversation.
QUESTIONS = {
    "lean": ["Which is better for a REST API?"],
    "either": ["Which has better documentation?"],
    "depends": ["Flask or Django?"],
    "disagree": ["Is it a sin to run Flask and Django side by side in one product?"],
    "no_verdict": ["What is Flask?"],
    "not_covered": ["Is FastAPI better than Flask?"],
    "code": ["How do I define a route in Flask?"],
    "typo": ["Which one is easier to learn, Flask or Djagno?"],
    "follow-up": ["Flask or Django for a REST API?", "and for security?"],
}
PAGES = {
    "start": "/",
    **{name: asking(*questions) for name, questions in QUESTIONS.items()},
    "articles": "/articles",
    "article": "/articles/which-is-better",
    "compare": "/compare?criteria=performance,cost",
    "start in German": "/?lang=de",
    "answer in German": f"{asking(*QUESTIONS['depends'])}&lang=de",
    "404": "/articles/nowhere",
    "422": "/?q=",
}
