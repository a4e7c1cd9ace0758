"""docs/openapi.json is what the server says of itself, and its examples work."""

import json
from pathlib import Path

import pytest

from web.openapi import document

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.json"
DOCUMENT = json.loads(document())
POST = DOCUMENT["paths"]["/ask"]["post"]
GET = DOCUMENT["paths"]["/ask"]["get"]
COMPARE = DOCUMENT["paths"]["/compare"]["get"]
BODIES = POST["requestBody"]["content"]["application/json"]["examples"]


def test_the_written_document_is_the_served_one(client):
    assert client.get("/openapi.json").json() == DOCUMENT
    assert WRITTEN.read_text() == document(), (
        "write it anew: python -m web.openapi > docs/openapi.json"
    )


@pytest.mark.parametrize("name", BODIES)
def test_every_example_of_a_body_works(client, name):
    assert client.post("/ask", json=BODIES[name]["value"]).status_code == 200


LINKS = {**GET["x-examples"], **COMPARE["x-examples"]}


@pytest.mark.parametrize("name", LINKS)
def test_every_example_of_a_link_works(client, name):
    assert client.get(LINKS[name]).status_code == 200


def test_every_example_of_a_question_works(client):
    examples = [
        example
        for parameter in GET["parameters"]
        if parameter["name"] == "q"
        for example in parameter["schema"]["examples"]
    ]
    assert examples
    for example in examples:
        assert client.get("/ask", params={"q": example}).status_code == 200


def test_what_routes_answer_with_is_documented():
    assert set(POST["responses"]) == {"200", "400", "404", "413", "415", "422", "503"}
    assert set(GET["responses"]) == {"200", "400", "404", "422", "503"}
    assert set(COMPARE["responses"]) == {"200", "400", "404", "422", "503"}
    assert set(COMPARE["responses"]["200"]["content"]) == {
        "application/json", "text/html", "text/markdown", "text/csv",
    }  # fmt: skip
    assert set(DOCUMENT["paths"]) == {
        "/ask", "/feedback", "/compare", "/passages/{id}", "/healthz", "/readyz",
    }  # fmt: skip
