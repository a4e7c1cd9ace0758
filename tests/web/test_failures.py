"""Whatever is wrong with a request is said in one shape, with a remedy, and never repeated."""

import json

import pytest
from fastapi.testclient import TestClient

from web.app import create_app
from web.settings import Settings

JSON = {"Content-Type": "application/json"}
MARK = "zebra"


def body(**fields: object) -> bytes:
    return json.dumps(fields).encode()


BODIES = {
    "empty question": (422, body(question="")),
    "blank question": (422, body(question=" \t\n")),
    "2001 characters": (422, body(question="a" * 2001)),
    "no question": (422, b"{}"),
    "unknown field": (422, body(question="tea", zebra=1)),
    "number as question": (422, body(question=7)),
    "null question": (422, body(question=None)),
    "limit as text": (422, body(question="tea", limit="zebra")),
    "limit true": (422, body(question="tea", limit=True)),
    "fraction as limit": (422, body(question="tea", limit=1.5)),
    "nine earlier questions": (422, body(question="tea", history=["zebra"] * 9)),
    "too long a history": (422, body(question="tea", history=["zebra " * 300] * 3)),
    "unknown condition": (422, body(question="tea", given={"zebra": "small"})),
    "unknown part": (422, body(question="tea", without=["zebra"])),
    "a list": (422, b'["zebra"]'),
    "lone surrogate": (400, b'{"question": "zebra \\ud800"}'),
    "lone surrogate as key": (400, b'{"question": "tea", "\\udfff": 1}'),
    "NaN": (400, b'{"question": "tea", "limit": NaN}'),
    "infinity": (400, b'{"question": "tea", "limit": -Infinity}'),
    "1e400": (422, b'{"question": "tea", "limit": 1e400}'),
    "endless number": (400, b'{"question": "tea", "limit": ' + b"9" * 5000 + b"}"),
    "key twice": (400, b'{"question": "zebra", "question": "tea"}'),
    "not UTF-8": (400, b'{"question": "zebra \xff"}'),
    "UTF-16": (400, '{"question": "zebra"}'.encode("utf-16")),
    "nested too deep": (400, b'{"question": ' + b"[" * 60_000),
    "deep and closed": (400, b'{"question": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"),
    "not JSON": (400, b"zebra"),
    "nothing": (400, b""),
    "70 KB": (413, body(question="zebra " * 12_000)),
    "unknown topic": (404, body(question="tea", topic="zebra")),
}


def assert_problem(reply, status):
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert set(problem) == {"type", "title", "status", "detail", "remedy"}
    assert problem["status"] == status
    assert all(problem.values())
    assert MARK not in reply.text, "the input is not echoed"


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_used_is_refused(client, name):
    status, content = BODIES[name]
    assert_problem(client.post("/ask", content=content, headers=JSON), status)


def test_a_body_of_unknown_length_is_cut_at_the_limit(client):
    pieces = (b"zebra" * 1000 for _ in range(100))
    assert_problem(client.post("/ask", content=pieces, headers=JSON), 413)


@pytest.mark.parametrize(
    "declared", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""]
)
def test_a_body_that_is_not_declared_as_json_is_refused(client, declared):
    reply = client.post("/ask", content=body(question="zebra"), headers={"Content-Type": declared})
    assert_problem(reply, 415)


QUERIES = {
    "no question": (422, ""),
    "empty question": (422, "q="),
    "2001 characters": (422, "q=" + "a" * 2001),
    "unknown parameter": (422, "q=tea&zebra=1"),
    "limit as text": (422, "q=tea&limit=zebra"),
    "NaN as limit": (422, "q=tea&limit=NaN"),
    "1e400 as limit": (422, "q=tea&limit=1e400"),
    "condition without value": (422, "q=tea&given=zebra"),
    "unknown condition": (422, "q=tea&given=zebra:small"),
    "nine earlier questions": (422, "q=tea" + "&h=zebra" * 9),
    "not UTF-8": (400, "q=zebra%ff"),
    "surrogate in UTF-8": (400, "q=zebra%ED%A0%80"),
    "unknown topic": (404, "q=tea&topic=zebra"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_that_cannot_be_used_is_refused(client, name):
    status, query = QUERIES[name]
    assert_problem(client.get(f"/ask?{query}"), status)


def test_an_unknown_topic_is_answered_with_the_known_ones(client):
    reply = client.post("/ask", json={"question": "tea", "topic": "nope"})
    assert "drinks" in reply.json()["remedy"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/ask", "GET, POST, HEAD"),
        ("DELETE", "/healthz", "GET, HEAD"),
        ("OPTIONS", "/passages/x", "GET, HEAD"),
        ("PATCH", "/openapi.json", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client, method, path, allow):
    reply = client.request(method, path)
    assert_problem(reply, 405)
    assert reply.headers["allow"] == allow


def test_an_unknown_path_is_a_problem_for_programs_and_a_page_for_people(client):
    assert_problem(client.get("/nope"), 404)
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
    page = client.get("/nope", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::2]:80"]
)
def test_a_foreign_host_gets_nothing(client, host):
    assert_problem(client.get("/healthz", headers={"Host": host}), 400)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]", "[::1]:80"]
)
def test_our_own_names_are_served(client, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_past_the_deadline_nothing_is_shortened(drinks):
    client = TestClient(create_app(Settings(drinks, deadline_seconds=-1.0)))
    reply = client.post("/ask", json={"question": "tea"})
    assert_problem(reply, 503)
    assert reply.headers["retry-after"] == "1"


def test_with_too_many_waiting_questions_are_sent_back_and_health_is_not(drinks):
    client = TestClient(create_app(Settings(drinks, waiting=0)))
    reply = client.post("/ask", json={"question": "tea"})
    assert_problem(reply, 503)
    assert reply.headers["retry-after"] == "1"
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_bug_is_a_problem_too_and_tells_nothing(client):
    @client.app.get("/broken")
    def broken() -> None:
        raise ValueError(MARK)

    reply = client.get("/broken")
    assert_problem(reply, 500)
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    assert reply.headers["x-request-id"]


def test_no_origin_reads_answers_unless_it_is_configured(drinks, client):
    origin = {"Origin": "https://tools.example"}
    assert "access-control-allow-origin" not in client.get("/healthz", headers=origin).headers
    open_one = TestClient(create_app(Settings(drinks, cors_origins=("https://tools.example",))))
    allowed = open_one.get("/healthz", headers=origin).headers["access-control-allow-origin"]
    assert allowed == "https://tools.example"
