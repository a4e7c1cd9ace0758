"""Asking the drinks knowledge base."""

import pytest
from asking import Asking, Reads, Spotting

from advisor.model import Answer, Reading
from advisor.pipeline import ask
from advisor.spotting import Spotted, spot
from advisor.understand import understand
from kb.store import Snapshot
from kb.topic import Topic


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
        return spot(question, topic)

    return see
