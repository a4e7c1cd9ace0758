"""What a script adds: copies, paper, the conversations kept in this browser, another language."""

from urllib.parse import parse_qs, urlsplit

import pytest
from looks import shown
from sites import PAGES, asking

FIRST = "Flask or Django for a REST API?"
SECOND = "and for security?"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
# Whoever reads `localStorage` in a browser that keeps nothing gets this.
CLOSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("closed", "SecurityError"); },
});"""


def ask(page, question):
    page.fill("input[name=q]", question)
    page.press("input[name=q]", "Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [question])


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_an_answer_is_copied_with_its_citations(opened, site, format):
    page = opened(site, PAGES["lean"], permissions=CLIPBOARD)
    button = page.locator(f"button[data-copy*='format={format}']")
    with page.expect_response(lambda reply: f"format={format}" in reply.url) as reply:
        button.click()
    page.wait_for_function(
        "(done) => document.querySelector('[role=status]').textContent === done",
        arg=button.get_attribute("data-done"),
    )
    copy = page.evaluate("() => navigator.clipboard.readText()")
    assert copy == reply.value.text()
    assert copy == page.request.get(f"{PAGES['lean']}&format={format}").text()
    headline = " ".join(page.inner_text("#verdict > span").split())
    assert headline in " ".join(copy.replace("\\", "").split())
    numbers = {link.inner_text().split()[-1] for link in page.locator(".reasons a.cite").all()}
    assert numbers
    assert all(number.strip("[]") in copy for number in numbers)
    titles = {link.get_attribute("title") for link in page.locator(".reasons a.cite").all()}
    assert all(title in " ".join(copy.replace("\\", "").split()) for title in titles)


def test_a_browser_that_forbids_copies_is_told_what_to_do(opened, site):
    page = opened(site, PAGES["lean"])
    page.evaluate(
        "() => { navigator.clipboard.write = () => Promise.reject(new Error('forbidden')); }"
    )
    button = page.locator("button[data-copy]").first
    button.click()
    page.wait_for_function(
        "(failed) => document.querySelector('[role=status]').textContent === failed",
        arg=button.get_attribute("data-failed"),
    )


def test_without_a_script_there_are_links_in_the_place_of_buttons(opened, site):
    page = opened(site, PAGES["lean"], java_script_enabled=False)
    assert page.locator("[data-copy], [data-print]").filter(visible=True).count() == 0
    link = page.locator(".take a[href*='format=markdown']")
    reply = page.request.get(link.get_attribute("href"))
    assert "markdown" in reply.headers["content-type"]


def test_a_button_prints_the_answer(opened, site):
    page = opened(site, PAGES["lean"])
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.locator("[data-print]").click()
    assert page.evaluate("() => window.printed")


def test_paper_folds_up_again_afterwards(opened, site):
    page = opened(site, PAGES["not_covered"])
    folds = page.locator("details:not([open])")
    before = folds.count()
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert (before > 0, folds.count()) == (True, 0)
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert folds.count() == before


# Conversations


def test_conversations_are_kept_in_this_browser_until_they_are_cleared(page, opened, site):
    history = page.locator("[data-history]")
    assert not history.is_visible()
    ask(page, FIRST)
    ask(page, SECOND)
    second = shown(page)
    page.goto("/")
    assert history.locator("li").all_inner_texts() == [f"{FIRST} (2)"]
    history.locator("a").click()
    page.wait_for_url(lambda url: "h=" in url)
    assert shown(page) == second

    assert not opened(site).locator("[data-history]").is_visible(), "another browser"

    page.goto("/")
    history.locator("button").click()
    assert not history.is_visible()
    page.reload()
    assert not history.is_visible()


def test_a_long_conversation_says_that_its_oldest_questions_dropped_out(page):
    for number in range(10):
        ask(page, f"Flask or Django for {number + 2} people?")
    asked = parse_qs(urlsplit(page.url).query)
    assert len(asked["h"]) == 8
    assert "for 2 people" not in " ".join(asked["h"])
    assert page.locator(".dropped").is_visible()
    page.goto("/")
    assert page.locator("[data-history] li").all_inner_texts() == [
        "Flask or Django for 2 people? (10)"
    ]


def test_a_browser_that_keeps_nothing_works_all_the_same(opened, site):
    page = opened(site)
    page.context.add_init_script(CLOSED)
    page.reload()
    ask(page, FIRST)
    page.locator("#verdict").wait_for()
    page.goto("/")
    page.locator(".keys input").uncheck()
    page.keyboard.press("/")
    assert not page.evaluate("() => document.activeElement.name === 'q'")


def test_what_others_put_into_the_storage_does_no_harm(opened, site):
    page = opened(site)
    for value in ("{", "7", '[{"href":"javascript:ran()","questions":["x"]}, null, 3, {}]'):
        page.evaluate("(value) => localStorage.setItem('conversations', value)", value)
        page.reload()
        assert page.locator("[data-history] a:visible").count() == 0
        page.goto(asking(FIRST))
        page.goto("/")
        assert page.locator("[data-history] a").count() == 1


# Languages


def test_another_language_is_chosen_once_and_kept(page):
    page.locator(".languages a").first.click()
    page.wait_for_url(lambda url: "lang=" in url)
    language = page.get_attribute("html", "lang")
    assert language != "en"
    ask(page, FIRST)
    ask(page, SECOND)
    assert page.get_attribute("html", "lang") == language
    assert page.locator("#verdict > span").get_attribute("lang") == "en", "answers are not"
    page.locator("nav a[href^='/articles']").first.click()
    page.wait_for_url(lambda url: "/articles" in url)
    assert page.get_attribute("html", "lang") == language


def test_a_page_speaks_what_the_browser_prefers(opened, site):
    assert opened(site, "/", locale="de-AT").get_attribute("html", "lang") == "de"
    assert opened(site, "/", locale="fr-FR").get_attribute("html", "lang") == "en"
