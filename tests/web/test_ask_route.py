"""POST /ask and GET /ask answer with the contract's JSON."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from web.schemas import AnswerOut

STUDY = "Which is better for studying?"


def ask(client: TestClient, **fields: Any) -> Any:
    reply = client.post("/ask", json=fields)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_every_key_of_the_contract_is_there(client):
    reply = ask(client, question=STUDY)
    assert list(reply) == [
        "question", "answered", "understood", "guidance", "passages", "suggestions",
        "knowledge_base",
    ]  # fmt: skip
    assert set(reply["understood"]) == {
        "standalone", "topic", "intent", "options", "criteria", "conditions", "corrections",
        "carried_over", "ignored", "not_covered",
    }  # fmt: skip
    assert set(reply["guidance"]) == {
        "verdict", "option", "headline", "confidence", "confidence_because", "reasons", "against",
        "conditions", "disagreements", "would_change", "ask_back", "trace",
    }  # fmt: skip
    assert set(reply["guidance"]["trace"]) == {"fired", "near_misses", "support"}
    assert set(reply["passages"][0]) == {
        "n", "role", "id", "text", "highlights", "score", "score_parts", "section", "start", "end",
        "cells", "damaged", "article", "link",
    }  # fmt: skip
    assert set(reply["passages"][0]["article"]) == {
        "id", "title", "publisher", "published", "url", "interest",
    }  # fmt: skip
    assert set(reply["knowledge_base"]) == {"revision", "articles", "passages"}


def test_the_same_keys_are_there_when_nothing_is_covered(client):
    covered, uncovered = ask(client, question=STUDY), ask(client, question="what about cocoa?")
    assert uncovered["answered"] is False
    assert uncovered["guidance"]["verdict"] == "not_covered"
    assert uncovered["guidance"]["option"] is None
    assert uncovered.keys() == covered.keys()
    assert uncovered["guidance"].keys() == covered["guidance"].keys()


def test_a_verdict_names_its_option_and_quotes_its_reasons(client):
    reply = ask(client, question=STUDY)
    assert reply["guidance"]["option"] == "tea"
    passages = {passage["n"]: passage for passage in reply["passages"]}
    for reason in reply["guidance"]["reasons"]:
        assert reason["citations"]
        for cited in reason["citations"]:
            shown = passages[cited["n"]]
            first = cited["start"] - shown["start"]
            assert shown["text"][first : first + len(cited["quote"])] == cited["quote"]


def test_a_correction_is_told_and_can_be_undone(client):
    told = ask(client, question="is cofee good for sleep?")
    assert told["understood"]["corrections"] == [{"from": "cofee", "to": "coffee"}]
    undone = ask(client, question="is cofee good for sleep?", exact=["cofee"])
    assert undone["understood"]["corrections"] == []


def test_a_condition_can_be_set_by_hand_and_taken_out(client):
    given = ask(client, question=STUDY, given={"daytime": "morning"})
    assert given["understood"]["conditions"] == {"daytime": "morning"}
    assert given["guidance"]["option"] == "coffee"
    without = ask(client, question=f"{STUDY} In the morning", without=["condition:daytime"])
    assert without["understood"]["conditions"] == {}


def test_earlier_questions_are_understood(client):
    reply = ask(client, question="and for sleep?", history=["Is coffee good for studying?"])
    assert reply["understood"]["options"] == ["coffee"]
    assert [need["id"] for need in reply["understood"]["criteria"]] == ["sleep"]


def test_a_link_and_a_body_get_the_same_bytes(client):
    body = client.post(
        "/ask",
        json={
            "question": "and for sleep?",
            "history": [STUDY],
            "limit": 2,
            "given": {"daytime": "evening"},
            "without": ["option:tea"],
        },
    )
    link = client.get(
        "/ask",
        params={
            "q": "and for sleep?",
            "h": STUDY,
            "limit": 2,
            "given": "daytime:evening",
            "without": "option:tea",
        },
    )
    assert (body.status_code, link.status_code) == (200, 200)
    assert body.content == link.content


@pytest.mark.parametrize(("limit", "most"), [(-5, 1), (1, 1), (10**30, 20)])
def test_the_limit_is_brought_into_range(client, limit, most):
    reply = ask(client, question=STUDY, limit=limit)
    assert 1 <= sum(passage["role"] == "hit" for passage in reply["passages"]) <= most


def test_what_is_held_already_is_not_sent_again(client):
    first = client.get("/ask", params={"q": STUDY})
    held = {"If-None-Match": first.headers["etag"]}
    again = client.get("/ask", params={"q": STUDY}, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/ask", params={"q": "coffee or tea"}, headers=held)
    assert other.status_code == 200


def test_head_tells_what_get_would_send(client):
    got, head = (client.request(method, "/ask", params={"q": STUDY}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "etag"):
        assert head.headers[name] == got.headers[name]


def test_a_passage_can_be_read_by_its_id(client):
    shown = ask(client, question=STUDY)["passages"][0]
    passage = client.get(f"/passages/{shown['id']}").json()
    assert passage == {key: shown[key] for key in passage}
    assert client.get("/passages/nope").status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        STUDY,
        "Is cofee good for studdying?",
        "Who wrote these articles?",
        "Is it HIPAA compliant?",
        "hi",
    ],
)
def test_what_is_sent_is_of_the_types_that_are_documented(client, question):
    content = client.get("/ask", params={"q": question}).content
    sent = AnswerOut.model_validate_json(content, strict=True)
    assert sent.model_dump_json(by_alias=True).encode() == content


@pytest.mark.parametrize(
    "parameters",
    [
        [("q", STUDY), ("limit", "2"), ("exact", "studying"), ("exact", "which")],
        [("q", STUDY), ("h", "tea or coffee?"), ("h", "and for health?"), ("topic", "")],
        [("q", STUDY), ("limit", "500")],
        [("q", "something else"), ("q", STUDY)],
    ],
)
def test_a_plain_query_is_read_as_any_other_is(client, monkeypatch, parameters):
    plain = client.get("/ask", params=parameters)
    monkeypatch.setattr("web.shortcut.plainly_asked", lambda request: None)
    usual = client.get("/ask", params=parameters)
    assert plain.status_code == usual.status_code == 200
    assert plain.content == usual.content


@pytest.mark.parametrize(
    "query", ["", "q=", "q=tea&limit=many", "q=tea&colour=red", "q=%ff", "q=tea&given=x"]
)
def test_what_is_wrong_with_a_query_is_told_the_usual_way(client, monkeypatch, query):
    plain = client.get(f"/ask?{query}")
    monkeypatch.setattr("web.shortcut.plainly_asked", lambda request: None)
    usual = client.get(f"/ask?{query}")
    assert plain.status_code == usual.status_code >= 400
    assert plain.json() == usual.json()
