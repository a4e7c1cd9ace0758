"""Asking the drinks knowledge base, and the shipped one."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from asking import Asking, Reads, Spotting

from advisor.model import Answer, Reading
from advisor.pipeline import ask
from advisor.spotting import Spotted, spot
from advisor.understand import understand
from kb.content.shipped import shipped_articles, shipped_topics
from kb.ingest import create
from kb.store import Snapshot, open_store
from kb.topic import Topic
from kb.words import atoms


@pytest.fixture(scope="session")
def asking(snapshot: Snapshot) -> Asking:
    def answer(question: str, *history: str, **settings: object) -> Answer:
        return ask(snapshot, question, history=history, **settings)  # type: ignore[arg-type]

    return answer


@pytest.fixture(scope="session")
def reading(snapshot: Snapshot, topic: Topic) -> Reads:
    def read(question: str, *history: str, **settings: object) -> Reading:
        return understand(question, topic, snapshot, history=history, **settings)  # type: ignore[arg-type]

    return read


@pytest.fixture(scope="session")
def spotting(topic: Topic) -> Spotting:
    def see(question: str) -> Spotted:
        return spot(question, topic, tuple(atoms(question)))

    return see


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("shipped") / "shipped.db"
    create(path, [(topic, shipped_articles(topic.id)) for topic in shipped_topics()])
    with closing(open_store(path)) as store, store.read() as snapshot:
        yield snapshot
