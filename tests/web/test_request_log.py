"""One JSON line a request, without what was asked."""

import json
import logging

import pytest
from fastapi.testclient import TestClient

from web.app import create_app
from web.settings import Settings


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="advisor")
    return lambda: [
        record.message for record in caplog.records if record.name.startswith("advisor.")
    ]


def test_a_line_tells_route_status_time_and_lengths(client, lines):
    reply = client.get("/ask?q=zebra+tea")
    line = json.loads(lines()[-1])
    assert line["id"] == reply.headers["x-request-id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/ask", 200)
    assert line["request_bytes"] == len("q=zebra+tea")
    assert line["response_bytes"] == len(reply.content)
    assert line["ms"] >= 0


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "/?q=zebra&h=zebra", {}),
        ("GET", "/zebra/zebra?zebra", {}),
        ("GET", "/articles/zebra%0Azebra", {}),
        ("POST", "/ask", {"json": {"question": "zebra"}}),
        ("POST", "/ask", {"json": {"zebra": "zebra"}}),
        ("GET", "/", {"headers": {"Host": "zebra"}}),
        ("GET", "/healthz", {"headers": {"User-Agent": "zebra", "Referer": "zebra"}}),
    ],
)
def test_no_line_holds_what_was_sent(client, lines, method, path, more):
    client.request(method, path, **more)
    written = [line for line in lines() if "request_bytes" in line]
    assert len(written) == 1
    assert "zebra" not in written[0]
    assert len(written[0]) < 2048
    assert "\n" not in written[0]


def test_a_refused_request_leaves_no_traceback(client, caplog):
    client.post("/ask", content=b"{", headers={"Content-Type": "application/json"})
    assert not [record for record in caplog.records if record.exc_info]


def test_why_the_knowledge_base_cannot_be_used_stands_in_the_log(tmp_path, lines):
    TestClient(create_app(Settings(tmp_path / "none.db"))).get("/readyz")
    assert any(str(tmp_path / "none.db") in line for line in lines())
