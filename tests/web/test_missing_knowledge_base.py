"""Without a usable knowledge base every answer is a 503, and the server recovers by itself."""

import shutil

import pytest
from drinks_base import build, put_article
from fastapi.testclient import TestClient

from web.app import create_app
from web.settings import Settings

PATHS = ("/", "/?q=tea", "/ask?q=tea", "/articles", "/articles/cafe", "/passages/x", "/readyz")


@pytest.fixture
def place(tmp_path):
    return tmp_path / "drinks.db"


@pytest.fixture
def early(place):
    """A client of a server that was started before there was a knowledge base."""
    with TestClient(create_app(Settings(place))) as client:
        yield client


def test_a_missing_file_is_503_and_is_not_created(early, place):
    for path in PATHS:
        assert early.get(path).status_code == 503, path
    assert early.get("/healthz").status_code == 200
    assert not place.exists()


def test_the_path_of_the_file_is_not_told(early, place):
    for path in PATHS:
        assert str(place.parent) not in early.get(path).text


def test_the_page_keeps_what_was_typed(early):
    reply = early.get("/?q=tea+or+coffee&h=earlier")
    assert 'value="tea or coffee"' in reply.text
    assert 'value="earlier"' in reply.text


def test_it_works_as_soon_as_the_file_is_there(early, place):
    early.get("/readyz")
    build(place)
    assert early.get("/readyz").status_code == 200
    assert early.get("/ask?q=tea").status_code == 200


def test_a_damaged_file_is_503_until_it_is_mended(early, place, drinks):
    place.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    assert early.get("/ask?q=tea").status_code == 503
    place.unlink()
    shutil.copy(drinks, place)
    assert early.get("/ask?q=tea").status_code == 200


def test_a_file_of_an_older_version_is_503_and_the_remedy_is_told(early, place, drinks):
    shutil.copy(drinks, place)
    with place.open("r+b") as file:
        file.seek(60)  # where SQLite keeps the version
        file.write((1).to_bytes(4, "big"))
    reply = early.get("/ask?q=tea")
    assert reply.status_code == 503
    assert "kb upgrade" in reply.json()["remedy"]


def test_a_file_without_articles_is_not_ready(early, place):
    build(place, articles={})
    reply = early.get("/readyz")
    assert reply.status_code == 503
    assert reply.json()["type"] == "urn:advisor:no-articles"
    assert early.get("/ask?q=tea").json()["type"] == "urn:advisor:no-articles"
    assert early.get("/articles").status_code == 200


def test_a_new_article_is_seen_at_once(own_drinks):
    with TestClient(create_app(Settings(own_drinks))) as client:
        before = client.get("/ask?q=is+tea+good+for+studying").json()
        put_article(own_drinks, "new.md", "# New\n\nTea is wonderful for studying.")
        after = client.get("/ask?q=is+tea+good+for+studying").json()
    assert after["knowledge_base"]["articles"] == before["knowledge_base"]["articles"] + 1
    assert after["knowledge_base"]["revision"] > before["knowledge_base"]["revision"]
