"""A tiny made-up topic, tea, coffee or water, and a real knowledge base of its three articles."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb.extract.raw import Source
from kb.extract.source import read_file
from kb.ingest import create
from kb.store import Snapshot, Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

DRINKS = Path(__file__).parent / "topics" / "drinks"


@pytest.fixture(scope="session")
def topic() -> Topic:
    return parse_topic((DRINKS / "topic.toml").read_text(encoding="utf-8"), id="drinks")


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    """The articles as they lie in the folder, by name."""
    return [read_file(file) for file in sorted((DRINKS / "articles").glob("*.md"))]


@pytest.fixture(scope="session")
def knowledge_base(
    tmp_path_factory: pytest.TempPathFactory, topic: Topic, sources: list[Source]
) -> Path:
    """The file itself, for those who open or copy it; nobody may change it."""
    path = tmp_path_factory.mktemp("knowledge_base") / "drinks.db"
    create(path, [(topic, sources)])
    return path


@pytest.fixture(scope="session")
def store(knowledge_base: Path) -> Iterator[Store]:
    with closing(open_store(knowledge_base)) as store:
        yield store


@pytest.fixture(scope="session")
def snapshot(knowledge_base: Path) -> Iterator[Snapshot]:
    """One revision that stays open all the time, beside `store` and not through it."""
    with closing(open_store(knowledge_base)) as store, store.read() as snapshot:
        yield snapshot
