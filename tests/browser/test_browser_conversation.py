"""Asking and going on, with and without JavaScript: the conversation stands in the address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from looks import click, shown
from sites import asking

FIRST = "Flask or Django for a REST API?"
SECOND = "and for security?"


def ask(page, question):
    """Type a question, press Enter, and wait for its answer."""
    box = page.locator("input[name=q]")
    box.fill(question)
    box.press("Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [question])
    page.locator("#verdict").wait_for()


def conversation(page):
    """Return what a reader sees of the conversation, and the answer."""
    log = page.locator("nav.log li, .log li")
    return [log.all_inner_texts(), page.inner_text(".asked"), shown(page)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripts(request):
    return request.param


@pytest.fixture
def start(scripts, opened, site):
    """The start page, also in a browser that runs no script."""
    return opened(site, java_script_enabled=scripts)


def test_a_question_is_answered_with_its_verdict_first(start):
    ask(start, FIRST)
    assert "Flask" in start.inner_text("#verdict")
    assert FIRST in start.inner_text(".asked")
    assert start.locator("main :is(h1, h2)").first.get_attribute("id") == "verdict"
    assert FIRST in start.title()


def test_a_follow_up_knows_the_question_before(start):
    ask(start, FIRST)
    ask(start, SECOND)
    assert parse_qs(urlsplit(start.url).query)["h"] == [FIRST]
    log, asked, text = conversation(start)
    assert [FIRST in each for each in log] == [True]
    assert SECOND in asked
    assert "Django" in start.inner_text("#verdict")


def test_reload_shared_link_and_back_button_give_the_same_conversation(
    start, opened, site, scripts
):
    ask(start, FIRST)
    first = conversation(start)
    ask(start, SECOND)
    second = conversation(start)
    assert first != second

    start.reload()
    assert conversation(start) == second
    address = start.url.removeprefix(site.origin)
    shared = opened(site, address, java_script_enabled=scripts)
    assert conversation(shared) == second
    start.go_back()
    start.wait_for_url(lambda url: "h=" not in url)
    assert conversation(start) == first
    start.go_forward()
    start.wait_for_url(lambda url: "h=" in url)
    assert conversation(start) == second


def test_an_earlier_question_leads_back_to_its_answer(start):
    ask(start, FIRST)
    first = start.inner_text("#verdict")
    ask(start, SECOND)
    start.locator(".log a").first.click()
    start.wait_for_url(lambda url: "h=" not in url)
    assert start.inner_text("#verdict") == first


def test_an_example_question_leads_to_an_answer(start):
    example = start.locator(".examples a").first
    question = example.inner_text().strip()
    example.click()
    start.locator("#verdict").wait_for()
    assert question in start.inner_text(".asked")
    assert start.locator("a.cite").count() > 0


def test_what_was_understood_can_be_taken_out_and_corrections_undone(start):
    ask(start, "Which one is easier to learn, Flask or Djagno?")
    before = start.locator(".chip").count()
    start.locator(".chip a").last.click()
    start.wait_for_url(lambda url: "without=" in url)
    assert start.locator(".chip").count() < before
    start.go_back()
    start.get_by_text("Search for what I typed").click()
    start.wait_for_url(lambda url: "exact=" in url)
    assert "Search for what I typed" not in shown(start)


def test_a_condition_can_be_chosen(start):
    ask(start, "Flask or Django?")
    before = start.locator(".chip").count()
    start.locator("a.choice").first.click()
    start.wait_for_url(lambda url: "given=" in url)
    assert start.locator(".chip").count() > before


def test_a_citation_opens_the_article_at_the_words_that_are_quoted(start):
    ask(start, FIRST)
    click(start.locator("a.cite").first)
    start.wait_for_url(lambda url: "/articles/" in url)
    marks = start.locator(":target mark.quoted")
    assert marks.count() == start.locator("mark.quoted").count() > 0
    box = marks.first.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= start.viewport_size["height"]


def test_what_is_marked_in_the_article_is_what_the_answer_quotes(page):
    page.goto(asking(FIRST))
    reasons = page.request.get("/ask", params={"q": FIRST}).json()["guidance"]["reasons"]
    quotes = {
        (each["start"], each["end"]): each["quote"]
        for reason in reasons
        for each in reason["citations"]
    }
    links = [link.get_attribute("href") for link in page.locator(".reasons a.cite").all()]
    for link in links:
        page.goto(link)
        asked = parse_qs(urlsplit(link).query)
        quote = quotes.get((int(asked["from"][0]), int(asked["to"][0])))
        marked = "".join(page.locator("mark.quoted").all_text_contents())
        assert quote is None or marked.split() == quote.split()
    assert len(links) >= len(quotes) > 0


def test_a_question_that_cannot_be_asked_is_kept_with_a_sentence(start):
    box = start.locator("input[name=q]")
    question = "tea " * 600
    box.evaluate("(each) => each.removeAttribute('maxlength')")
    box.fill(question)
    with start.expect_response(lambda reply: "q=tea" in reply.url) as reply:
        box.press("Enter")
    assert reply.value.status == 422
    start.locator("[role=alert]").wait_for()
    assert start.input_value("input[name=q]").strip() == question.strip()
