"""POST /feedback: what is said of an answer, from programs and from the page's form."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from kb.learned import Learned, learned_path
from kb.sqlite.learned import LearnedFile
from web.allowance import Allowance
from web.app import create_app
from web.documented import FEEDBACK_EXAMPLES
from web.settings import Settings

MARK = "zebra"
QUESTION = "Which is better for studying?"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SAME = {**FORM, "Sec-Fetch-Site": "same-origin"}
PERSON = {**SAME, "Accept": "text/html"}


@pytest.fixture
def client(own_drinks: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(own_drinks, learns=True)),
        raise_server_exceptions=False,
        follow_redirects=False,
    ) as found:
        yield found


def learned(client: TestClient) -> list[Learned]:
    """Return what was written when the server ended."""
    client.app.state.service.recorder.close()
    return LearnedFile(learned_path(client.app.state.service.settings.db)).read()


def form(**fields: object) -> str:
    return urlencode({"question": QUESTION, "helpful": "no", **fields}, doseq=True)


def assert_problem(reply, status):
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(reply.json()) == {"type", "title", "status", "detail", "remedy"}
    assert all(reply.json().values())
    assert MARK not in reply.text, "the input is not echoed"


# Programs


def test_a_program_says_that_an_answer_helped(client):
    reply = client.post("/feedback", json={"question": QUESTION, "helpful": True})
    assert (reply.status_code, reply.content) == (202, b"")
    (kept,) = learned(client)
    assert (kept.event.kind, kept.event.asking.topic) == ("liked", "drinks")
    assert kept.event.headline


def test_a_program_says_why_an_answer_did_not_help(client):
    sent = {
        "question": "And for sleep?",
        "history": ["Is tea good for studying?"],
        "given": {"daytime": "evening"},
        "helpful": False,
        "reason": "I meant\nnaps, write to me@example.org",
    }
    assert client.post("/feedback", json=sent).status_code == 202
    (kept,) = learned(client)
    assert kept.event.kind == "disliked"
    assert kept.event.reason == "I meant naps, write to [mail]"
    assert kept.event.asking.history == ("Is tea good for studying?",)
    assert kept.event.asking.given == (("daytime", "evening"),)


@pytest.mark.parametrize("name", FEEDBACK_EXAMPLES)
def test_every_documented_example_works(client, name):
    assert client.post("/feedback", json=FEEDBACK_EXAMPLES[name]["value"]).status_code == 202


BODIES = {
    "no verdict": (422, {"question": QUESTION}),
    "helpful as text": (422, {"question": QUESTION, "helpful": MARK}),
    "helpful as number": (422, {"question": QUESTION, "helpful": 1}),
    "long reason": (422, {"question": QUESTION, "helpful": True, "reason": MARK * 101}),
    "unknown field": (422, {"question": QUESTION, "helpful": True, MARK: 1}),
    "empty question": (422, {"question": " ", "helpful": True}),
    "long question": (422, {"question": MARK * 401, "helpful": True}),
    "unknown condition": (422, {"question": MARK, "helpful": True, "given": {MARK: "x"}}),
    "unknown topic": (404, {"question": QUESTION, "helpful": True, "topic": MARK}),
    "a list": (422, [MARK]),
    "70 KB": (413, {"question": MARK, "helpful": True, "reason": "a" * 70_000}),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_used_is_refused_and_nothing_is_learned(client, name):
    status, body = BODIES[name]
    assert_problem(client.post("/feedback", json=body), status)
    assert learned(client) == []


@pytest.mark.parametrize("declared", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_a_body_of_another_type_is_refused(client, declared):
    reply = client.post("/feedback", content=MARK, headers={"Content-Type": declared})
    assert_problem(reply, 415)


def test_what_is_no_json_is_refused(client):
    reply = client.post(
        "/feedback",
        content=b'{"question": "zebra \\ud800"}',
        headers={"Content-Type": "application/json"},
    )
    assert_problem(reply, 400)


def test_more_than_is_taken_in_a_minute_is_refused_and_answers_go_on(own_drinks):
    app = create_app(Settings(own_drinks, learns=True, feedback=3))
    with TestClient(app) as client:
        body = {"question": QUESTION, "helpful": True}
        codes = [client.post("/feedback", json=body).status_code for _ in range(5)]
        assert codes == [202, 202, 202, 429, 429]
        refused = client.post("/feedback", json=body)
        assert_problem(refused, 429)
        assert refused.headers["retry-after"] == "60"
        assert client.post("/ask", json={"question": QUESTION}).status_code == 200


def test_an_allowance_fills_again_within_a_minute():
    now = [0.0]
    allowance = Allowance(2, clock=lambda: now[0])
    assert [allowance.take() for _ in range(3)] == [True, True, False]
    now[0] = 31.0
    assert [allowance.take() for _ in range(2)] == [True, False]
    now[0] = 1000.0
    assert [allowance.take() for _ in range(3)] == [True, True, False]


def test_a_server_that_learns_nothing_says_so(own_drinks):
    with TestClient(create_app(Settings(own_drinks))) as client:
        reply = client.post("/feedback", json={"question": MARK, "helpful": True})
        assert_problem(reply, 404)
        assert "--learn" in reply.json()["remedy"]
        assert client.post("/feedback", content=form(), headers=SAME).status_code == 404
    assert not learned_path(own_drinks).exists()


# The form


def test_a_form_leads_back_to_where_it_came_from_with_thanks(client):
    back = "/?q=Which+is+better+for+studying%3F&h=a%26b#verdict"
    reply = client.post("/feedback", content=form(back=back, reason=""), headers=SAME)
    assert (reply.status_code, reply.content) == (303, b"")
    assert reply.headers["location"] == (
        "/?q=Which+is+better+for+studying%3F&h=a%26b&thanks=1#verdict"
    )
    (kept,) = learned(client)
    assert (kept.event.kind, kept.event.asking.question) == ("disliked", QUESTION)


def test_thanks_are_said_once(client):
    reply = client.post("/feedback", content=form(back="/?thanks=1&q=tea"), headers=SAME)
    assert reply.headers["location"] == "/?q=tea&thanks=1"


def test_without_a_way_back_a_form_leads_to_the_answer_it_is_about(client):
    fields = {"h": ["tea?", "coffee?"], "without": "option:tea", "helpful": "yes", "other": MARK}
    reply = client.post("/feedback", content=form(**fields), headers=SAME)
    location = urlsplit(reply.headers["location"])
    assert location.path == "/"
    assert parse_qs(location.query) == {
        "q": [QUESTION], "h": ["tea?", "coffee?"], "without": ["option:tea"], "thanks": ["1"],
    }  # fmt: skip
    assert client.get(reply.headers["location"]).status_code == 200
    (kept,) = learned(client)
    assert kept.event.kind == "liked"
    assert kept.event.asking.history == ("tea?", "coffee?")


@pytest.mark.parametrize(
    "back",
    [
        "https://zebra.example/", "//zebra.example/", "/\\zebra.example", "\\\\zebra.example",
        "/\t/zebra.example", "\n//zebra.example", "javascript:zebra", "zebra", "", " /x",
        "/x\r\nSet-Cookie: zebra=1", "/\x00",
    ],
)  # fmt: skip
def test_a_form_leads_to_no_other_server(client, back):
    reply = client.post("/feedback", content=form(back=back), headers=SAME)
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/?q=Which")
    assert MARK not in str(reply.headers)


def test_a_way_back_with_other_letters_is_encoded(client):
    reply = client.post("/feedback", content=form(back="/?q=grüner tee <b>"), headers=SAME)
    assert reply.headers["location"] == "/?q=gr%C3%BCner%20tee%20%3Cb%3E&thanks=1"


FORMS = {
    "no verdict": (422, urlencode({"question": QUESTION})),
    "another verdict": (422, form(helpful=MARK)),
    "no question": (422, "helpful=yes"),
    "long reason": (422, form(reason=MARK * 101)),
    "a field twice": (400, form() + "&helpful=yes"),
    "no UTF-8": (400, form() + "&reason=%ff"),
    "raw bytes": (400, form().encode() + b"&reason=\xc3\xa4"),
    "too many fields": (400, "&".join(["h=a"] * 200)),
    "nine earlier questions": (422, form(h=["tea?"] * 9)),
    "4 KB": (413, form(back="/" + MARK * 1000)),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_cannot_be_used_is_refused_in_the_sender_s_way(client, name):
    status, content = FORMS[name]
    assert_problem(client.post("/feedback", content=content, headers=SAME), status)
    shown = client.post("/feedback", content=content, headers=PERSON)
    assert shown.status_code == status
    assert shown.headers["content-type"].startswith("text/html")
    assert MARK not in shown.text
    assert learned(client) == []


def test_a_reason_of_500_characters_counts_line_ends_once(client):
    reason = "a\r\n" * 250
    assert client.post("/feedback", content=form(reason=reason), headers=SAME).status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "http://testserver:99"}, 403),
        ({"Origin": "https://zebra.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[zebra"}, 403),
    ],
)
def test_only_a_page_of_this_server_sends_a_form(client, headers, status):
    reply = client.post("/feedback", content=form(), headers={**FORM, **headers})
    assert reply.status_code == status
    if status == 403:
        assert_problem(reply, 403)
        assert learned(client) == []


def test_a_page_of_another_site_cannot_send_json(client):
    asked = {"Origin": "https://zebra.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/feedback", headers=asked)
    assert "access-control-allow-origin" not in preflight.headers


def test_looking_at_the_route_is_refused_in_one_shape(client):
    reply = client.get("/feedback")
    assert_problem(reply, 405)
    assert reply.headers["allow"] == "POST"


def test_json_is_what_the_document_says(client):
    operation = client.get("/openapi.json").json()["paths"]["/feedback"]["post"]
    assert set(operation["responses"]) == {
        "202", "303", "400", "403", "404", "413", "415", "422", "429", "503",
    }  # fmt: skip
    assert set(operation["requestBody"]["content"]) == {
        "application/json", "application/x-www-form-urlencoded",
    }  # fmt: skip
    assert json.dumps(operation)
