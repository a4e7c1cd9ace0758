"""A knowledge base of tea, coffee and water, and an application over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from drinks_base import build
from fastapi.testclient import TestClient

from web.app import create_app
from web.settings import Settings


@pytest.fixture(scope="session")
def drinks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base file that no test changes."""
    path = tmp_path_factory.mktemp("drinks") / "drinks.db"
    build(path)
    return path


@pytest.fixture
def own_drinks(tmp_path: Path) -> Path:
    """A knowledge base file that a test may change."""
    path = tmp_path / "own.db"
    build(path)
    return path


@pytest.fixture
def client(drinks: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(drinks)), raise_server_exceptions=False) as found:
        yield found
