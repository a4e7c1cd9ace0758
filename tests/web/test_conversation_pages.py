"""A conversation stands in its address: what was said, what was taken out, and what dropped out."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from drinks_base import put_article
from fastapi.testclient import TestClient
from test_start_and_answer_pages import Page, page

from web.app import create_app
from web.settings import Settings
from web.starters import MOST, starters

STUDY = "Which is better for studying?"


def query(link):
    return parse_qs(urlsplit(link).query)


# Earlier questions


def test_earlier_questions_stand_above_the_answer_with_what_was_said(client):
    asked = ["Is coffee good for sleep?", "and tea?", "and water?"]
    shown = page(client, "/", q=asked[2], h=asked[:2])
    first = client.get("/ask", params={"q": asked[0]}).json()["guidance"]["headline"]
    second = client.get("/ask", params={"q": asked[1], "h": asked[:1]}).json()
    paragraphs = shown.texts("p")
    places = [paragraphs.index(first), paragraphs.index(second["guidance"]["headline"])]
    assert places == sorted(places) and places[0] != places[1]
    assert query(shown.link("and tea?")) == {"q": ["and tea?"], "h": [asked[0]]}


def test_a_very_long_talk_shows_its_questions_alone(client):
    long = "Is coffee good for sleep? " * 39
    shown = page(client, "/", q="and tea?", h=long)
    assert page(client, "/", q=long).texts("h1")[0] not in shown.texts("p")
    assert query(shown.link("Is coffee good"))["q"] == [long]


def test_an_earlier_question_that_is_none_does_no_harm(client):
    assert page(client, "/", q="and tea?", h=["", "???"]).texts("h1")


def test_a_follow_up_opens_at_the_new_answer(client):
    first = page(client, "/", q=STUDY)
    assert first.all("form")[0]["action"] == "/#answer"
    following = first.link("And for")
    assert urlsplit(following).fragment == "answer"
    assert "answer" in [attrs.get("id") for _, attrs in page(client, following).elements]
    assert not urlsplit(page(client, "/").link(STUDY)).fragment
    chip = page(client, "/", q=f"{STUDY} In the morning").link("Leave out time of day")
    assert not urlsplit(chip).fragment


# What was taken out, and what is taken as typed


def test_what_was_taken_out_can_be_put_back(client):
    asked = f"{STUDY} In the morning"
    without = page(client, page(client, "/", q=asked).link("Leave out time of day"))
    back = without.link("Put back time of day")
    assert "without" not in query(back)
    assert page(client, back).texts("h1") == page(client, "/", q=asked).texts("h1")


def test_a_word_that_is_taken_as_typed_can_be_corrected_again(client):
    exact = page(client, page(client, "/", q="is cofee good?").link("Search for what I typed"))
    again = exact.link("Correct cofee again")
    assert "exact" not in query(again)
    assert "was read as" in client.get(again).text


# Feedback


def test_feedback_is_a_form_that_comes_back_to_the_answer(own_drinks):
    with TestClient(create_app(Settings(own_drinks, learns=True))) as client:
        asked = {"q": "and for sleep?", "h": "Is coffee good?", "given": "daytime:evening"}
        shown = page(client, "/", **asked, lang="de", thanks="1")
        assert "/feedback" not in [form["action"] for form in shown.all("form")]
        assert "Danke." in " ".join(shown.texts("p"))
        shown = page(client, "/", **asked, lang="de")
        (form,) = [form for form in shown.all("form") if form["action"] == "/feedback"]
        assert form["method"] == "post"
        fields = dict(shown.hidden())
        assert fields["question"] == "and for sleep?"
        assert dict(parse_qsl(urlsplit(fields["back"]).query)) == {**asked, "lang": "de"}
        assert urlsplit(fields["back"])[:3] == ("", "", "/")
        assert not urlsplit(fields["back"]).fragment
        buttons = [(button.get("name"), button.get("value")) for button in shown.all("button")]
        assert ("helpful", "yes") in buttons and ("helpful", "no") in buttons
        (reason,) = shown.all("textarea")
        assert (reason["name"], reason["maxlength"]) == ("reason", "500")
        assert reason["id"] in [label.get("for") for label in shown.all("label")]


def test_nobody_is_asked_for_feedback_where_nothing_takes_it(client):
    assert "/feedback" not in client.get("/", params={"q": STUDY}).text


# Starters


@pytest.fixture
def service(own_drinks):
    return create_app(Settings(own_drinks)).state.service


def test_every_starter_has_an_answer(client):
    shown = page(client, "/")
    links = [link["href"] for link in shown.all("a") if link.get("class") == "choice"]
    assert 3 <= len(links) <= MOST
    assert len(set(links)) == len(links)
    for link in links:
        reply = client.get("/ask", params=parse_qsl(urlsplit(link).query)).json()
        assert reply["answered"], link
        assert reply["passages"]


def test_starters_that_nothing_answers_are_left_out_and_others_made(service):
    with service.read() as snapshot:
        topic = snapshot.topic("drinks")
        found = list(starters(service, snapshot, topic))
    assert found[: len(topic.examples)] == list(topic.examples)
    assert "Which is better on sleep?" in found or "Which is better on cost?" in found


def test_starters_follow_the_articles(service, own_drinks):
    with service.read() as snapshot:
        before = starters(service, snapshot, snapshot.topic("drinks"))
        assert starters(service, snapshot, snapshot.topic("drinks")) is before
    put_article(own_drinks, "new.md", "# Tea\n\nTea is good for sleep.\n")
    with service.read() as snapshot:
        after = starters(service, snapshot, snapshot.topic("drinks"))
    assert after is not before


# Shape


def test_there_is_one_place_for_announcements_and_one_for_the_focus(client):
    for path in ("/", f"/?q={STUDY}", "/articles", "/?q="):
        shown = Page(client.get(path))
        assert [attrs["id"] for _, attrs in shown.elements if attrs.get("role") == "status"] == [
            "status"
        ]
    answer = page(client, "/", q=STUDY)
    (place,) = [attrs for _, attrs in answer.elements if attrs.get("id") == "answer"]
    assert place["tabindex"] == "-1"
    assert place["data-said"].startswith("Answered. ")


def test_what_needs_a_script_is_hidden_without_one(client):
    start, answer = page(client, "/"), page(client, "/", q=STUDY)
    assert [
        attrs for attrs in start.all("section") if "data-history" in attrs and "hidden" in attrs
    ]
    for name in ("data-copy", "data-print"):
        buttons = [each for each in answer.all("button") if name in each]
        assert buttons and all("hidden" in each for each in buttons)
    assert all("hidden" in each for each in start.all("p") if "data-keys" in each)


def test_nothing_understood_takes_no_room(client):
    shown = page(client, "/", q="Espresso machine or kettle?")
    assert "Understood as" not in shown.texts("h2")
    assert "Understood as" in page(client, "/", q=STUDY).texts("h2")
