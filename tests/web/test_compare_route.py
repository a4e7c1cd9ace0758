"""GET /compare: one matrix in four formats, chosen by `format` or by what the request accepts."""

import csv
import io
import json
from pathlib import Path

import pytest
from drinks_base import DRINKS, build
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from advisor.comparing import compare
from advisor.exports.document import document_of
from advisor.exports.markdown import markdown_of
from advisor.exports.table import csv_of
from advisor.matrix import Matrix
from kb.ingest import create
from kb.store import open_store
from kb.topic_file import parse_topic
from web.app import create_app
from web.settings import Settings

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TYPES = {
    "json": "application/json",
    "markdown": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def document(client: TestClient, **params: object) -> dict:
    reply = client.get("/compare", params=params)
    assert reply.status_code == 200, reply.text
    return reply.json()


@pytest.fixture
def matrix(drinks: Path) -> Matrix:
    with open_store(drinks).read() as snapshot:
        return compare(snapshot, snapshot.topic("drinks"))


def test_each_format_is_what_the_command_prints(client, matrix):
    files = {name: client.get("/compare", params={"format": name}) for name in TYPES}
    assert {name: reply.headers["content-type"] for name, reply in files.items()} == TYPES
    assert files["csv"].content.decode() == csv_of(matrix)
    assert files["markdown"].content.decode() == markdown_of(matrix)
    assert files["json"].json() == json.loads(json.dumps(document_of(matrix)))


def test_the_document_is_the_documented_one(client, matrix):
    sent = client.get("/compare").content
    assert TypeAdapter(Matrix).validate_json(sent) == matrix


@pytest.mark.parametrize(
    ("accept", "form", "expected"),
    [
        (None, None, "json"),
        ("*/*", None, "json"),
        ("application/json", None, "json"),
        (HTML["Accept"], None, "html"),
        (HTML["Accept"], "json", "json"),
        (HTML["Accept"], "csv", "csv"),
        ("application/json", "html", "html"),
        ("text/csv", None, "json"),
    ],
)
def test_format_decides_and_else_what_is_accepted(client, accept, form, expected):
    headers = {"Accept": accept} if accept else {}
    reply = client.get("/compare", params={"format": form} if form else {}, headers=headers)
    assert reply.headers["content-type"] == TYPES[expected]
    assert "Accept" in reply.headers["vary"].split(", ")


def test_options_and_criteria_are_named_by_id_label_or_word(client):
    chosen = document(client, options="WATER,tea", criteria="cheap,sleeping")
    assert [option["id"] for option in chosen["options"]] == ["water", "tea"]
    assert [row["id"] for row in chosen["criteria"]] == ["cost", "sleep"]
    repeated = document(client, options=["water", "tea"], criteria=["cost", "sleep"])
    assert repeated == chosen


def test_files_have_a_name(client):
    for form, ending in (("csv", "csv"), ("markdown", "md"), ("json", "json")):
        reply = client.get("/compare", params={"format": form})
        named = f'inline; filename="comparison.{ending}"'
        assert reply.headers["content-disposition"] == named


@pytest.mark.parametrize("form", TYPES)
def test_what_is_held_already_is_not_sent_again(client, form):
    first = client.get("/compare", params={"format": form})
    again = client.get(
        "/compare", params={"format": form}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/compare", params={"format": form}).content == first.content


@pytest.mark.parametrize(
    ("query", "status", "part"),
    [
        ("options=zebra", 422, "tea (Tea), coffee (Coffee), water (Water)"),
        ("criteria=zebra", 422, "study (studying), sleep (sleep), cost (cost)"),
        ("criteria=slep", 422, "Did you mean sleep?"),
        ("topic=zebra", 404, "drinks"),
        ("format=zebra", 422, "format"),
        ("option=tea", 422, "not known"),
        ("options=" + "zebra" * 500, 422, "options"),
        ("options=%ff", 400, "UTF-8"),
    ],
)
def test_what_cannot_be_compared_is_a_problem(client, query, status, part):
    reply = client.get(f"/compare?{query}")
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["remedy"]
    assert part in f"{problem['detail']} {problem['remedy']}"
    assert "zebra" not in reply.text, "the input is not echoed"


def test_errors_come_as_a_page_to_whoever_asks_for_one(client):
    reply = client.get("/compare?options=zebra", headers=HTML)
    assert (reply.status_code, reply.headers["content-type"]) == (422, TYPES["html"])
    assert "tea (Tea)" in reply.text
    assert "zebra" not in reply.text
    named = client.get("/compare?options=zebra&format=json", headers=HTML)
    assert named.headers["content-type"] == "application/problem+json"


def test_a_page_lets_foreign_parameters_pass(client):
    assert client.get("/compare?utm_source=zebra", headers=HTML).status_code == 200


def test_with_several_topics_one_is_chosen(tmp_path):
    path = tmp_path / "two.db"
    build(path)
    other = parse_topic(DRINKS.replace("Drinks: ", "More drinks: "), id="more")
    store = open_store(path)
    store.put_topic(other, {})
    client = TestClient(create_app(Settings(path)))
    asked = client.get("/compare")
    assert asked.status_code == 404
    assert "drinks, more" in asked.json()["remedy"]
    page = client.get("/compare", headers=HTML)
    assert page.status_code == 200
    assert 'href="/compare?topic=drinks"' in page.text
    assert client.get("/compare?topic=drinks").json()["topic"] == "drinks"
    empty = client.get("/compare?topic=more")
    assert (empty.status_code, empty.json()["type"]) == (503, "urn:advisor:no-articles")


def test_without_a_topic_there_is_nothing_to_compare(tmp_path):
    path = tmp_path / "none.db"
    create(path, [])
    reply = TestClient(create_app(Settings(path))).get("/compare")
    assert (reply.status_code, reply.json()["type"]) == (503, "urn:advisor:no-articles")


def test_what_an_article_says_is_no_formula_and_no_markup(own_drinks):
    text = "# =1+1\n\n## Studying\n\n=cmd|'/c calc'!A0 tea is good for studying <b>indeed</b>.\n"
    from drinks_base import put_article

    put_article(own_drinks, "evil.md", text)
    client = TestClient(create_app(Settings(own_drinks)))
    lines = list(csv.reader(io.StringIO(client.get("/compare?format=csv").text, newline="")))
    assert not any(field.startswith(("=", "+", "-", "@")) for line in lines for field in line)
    page = client.get("/compare", headers=HTML).text
    assert "<b>indeed" not in page
