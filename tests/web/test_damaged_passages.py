"""Damaged code never goes out without the note that it is: not in JSON, not on a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from drinks_base import put_article
from fastapi.testclient import TestClient

from web.app import create_app
from web.settings import Settings

NOTE = "Damaged in the source: the indentation was lost. Do not copy this code."
KETTLE = """---
title: A kettle in Python
---
# A kettle in Python

## Coffee

This is how coffee is brewed with a kettle:

```python
def brew(kettle):
return kettle.boil("coffee")
```
"""


@pytest.fixture
def client(own_drinks: Path) -> Iterator[TestClient]:
    put_article(own_drinks, "kettle.md", KETTLE)
    with TestClient(create_app(Settings(own_drinks)), raise_server_exceptions=False) as found:
        yield found


def test_the_reply_says_what_is_wrong_with_code(client):
    reply = client.get("/ask", params={"q": "How do I brew coffee with a kettle?"}).json()
    damaged = {passage["article"]["id"]: passage["damaged"] for passage in reply["passages"]}
    assert damaged["kettle"] == "the indentation was lost"
    assert {wrong for id, wrong in damaged.items() if id != "kettle"} <= {None}


def test_a_passage_by_itself_says_so_too(client):
    reply = client.get("/ask", params={"q": "How do I brew coffee with a kettle?"}).json()
    id = next(p["id"] for p in reply["passages"] if p["article"]["id"] == "kettle")
    assert client.get(f"/passages/{id}").json()["damaged"] == "the indentation was lost"


def test_the_note_stands_above_the_code_on_the_page(client):
    page = client.get("/", params={"q": "How do I brew coffee with a kettle?"}).text
    assert page.count(NOTE) == 1
    assert page.index(NOTE) < page.index("boil(")


def test_the_note_stands_above_the_code_in_the_article(client):
    page = client.get("/articles/kettle").text
    assert page.count(NOTE) == 1
    assert page.index(NOTE) < page.index("boil(")


def test_sound_passages_have_no_note(client):
    assert "Damaged in the source" not in client.get("/articles/cafe").text
