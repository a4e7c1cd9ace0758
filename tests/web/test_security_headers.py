"""The security headers stand on every response, whatever its status."""

import pytest
from fastapi.testclient import TestClient

from web.app import create_app
from web.settings import Settings

EXPECTED = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def assert_headers(reply):
    assert {name: reply.headers[name] for name in EXPECTED} == EXPECTED
    assert "server" not in reply.headers
    assert "cache-control" in reply.headers


@pytest.mark.parametrize(
    ("status", "method", "path", "more"),
    [
        (200, "GET", "/", {}),
        (200, "GET", "/?q=tea+or+coffee", {}),
        (200, "GET", "/articles", {}),
        (200, "GET", "/compare", {"headers": {"Accept": "text/html"}}),
        (200, "GET", "/compare?format=csv", {}),
        (422, "GET", "/compare?options=cocoa", {}),
        (200, "GET", "/articles/cafe", {}),
        (200, "POST", "/ask", {"json": {"question": "tea or coffee"}}),
        (200, "GET", "/healthz", {}),
        (200, "GET", "/openapi.json", {}),
        (200, "GET", "/static/page.css", {}),
        (200, "HEAD", "/", {}),
        (400, "GET", "/", {"headers": {"Host": "evil.example"}}),
        (404, "GET", "/nope", {}),
        (404, "GET", "/articles/nope", {}),
        (404, "GET", "/static/nope.css", {}),
        (405, "DELETE", "/ask", {}),
        (413, "POST", "/ask", {"json": {"question": "a" * 70_000}}),
        (415, "POST", "/ask", {"content": b"tea"}),
        (422, "POST", "/ask", {"json": {"question": ""}}),
        (422, "GET", "/?q=", {}),
    ],
)
def test_security_headers(client, status, method, path, more):
    reply = client.request(method, path, **more)
    assert reply.status_code == status
    assert_headers(reply)


def test_security_headers_without_a_knowledge_base(tmp_path):
    client = TestClient(create_app(Settings(tmp_path / "none.db")))
    for path in ("/", "/ask?q=tea", "/readyz", "/articles"):
        reply = client.get(path)
        assert reply.status_code == 503
        assert_headers(reply)


def test_security_headers_when_nothing_changed(client):
    tag = client.get("/?q=tea").headers["etag"]
    reply = client.get("/?q=tea", headers={"If-None-Match": tag})
    assert reply.status_code == 304
    assert_headers(reply)
