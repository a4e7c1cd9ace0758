"""With the keyboard alone: the / key, the order of stops, what is seen of each, what is said."""

from urllib.parse import parse_qs, urlsplit

import pytest
from looks import PHONE
from sites import PAGES, asking

FIRST = "Flask or Django for a REST API?"
SECOND = "and for security?"
# Where the focus is, as something to compare and to print.
FOCUSED = """() => {
  const here = document.activeElement;
  if (here === document.body || here === document.documentElement) return null;
  const all = [...document.querySelectorAll("*")];
  const boxes = [...here.getClientRects()].map((each) => ({
    left: Math.max(0, each.left), right: Math.min(innerWidth, each.right),
    top: Math.max(0, each.top), bottom: Math.min(innerHeight, each.bottom),
  })).filter((each) => each.right > each.left && each.bottom > each.top);
  const reached = (x, y) => {
    const found = document.elementFromPoint(x, y);
    return found && (here.contains(found) || found.contains(here) && found.tagName === "LABEL");
  };
  const style = getComputedStyle(here);
  return {
    place: all.indexOf(here),
    html: here.outerHTML.slice(0, 120),
    seen: boxes.some((box) => [0.1, 0.5, 0.9].some((part) =>
      reached(box.left + (box.right - box.left) * part, (box.top + box.bottom) / 2))),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""
STOPS = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']",
)].filter((each) => each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  && !each.disabled).length"""


def stops(page):
    """Press Tab through the whole page, and return every stop on the way."""
    found = []
    while len(found) < 500:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (found and stop["place"] == found[0]["place"]):
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("name", ["start", "lean", "follow-up", "not_covered", "article", "422"])
def test_every_stop_is_in_order_seen_whole_and_ringed(opened, site, name):
    page = opened(site, PAGES[name], viewport=PHONE)
    page.reload()  # what is come back to leaves the focus at its start, a new answer takes it
    found = stops(page)
    places = [stop["place"] for stop in found]
    assert places == sorted(set(places))
    assert [stop["html"] for stop in found if not stop["seen"]] == []
    assert [stop["html"] for stop in found if not stop["ringed"]] == []
    assert len(found) == page.evaluate(STOPS)


def test_what_hides_a_stop_would_be_seen(opened, site):
    page = opened(site, PAGES["lean"], viewport=PHONE)
    page.evaluate("""() => {
      const bar = document.createElement("div");
      Object.assign(bar.style, { position: "fixed", inset: "auto 0 0 0", height: "60%",
        background: "gray" });
      document.body.append(bar);
    }""")
    assert [stop for stop in stops(page) if not stop["seen"]]


def test_the_first_stop_skips_to_the_content(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "#" in url)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_slash_key_goes_to_the_box_until_it_is_switched_off(page):
    box = "() => document.activeElement.name === 'q'"
    page.keyboard.press("/")
    assert page.evaluate(box)
    page.keyboard.type("tea/coffee")
    assert page.input_value("input[name=q]") == "tea/coffee", "in the box it is a letter"

    page.locator(".keys input").uncheck()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    assert not page.evaluate(box)
    page.reload()
    page.keyboard.press("/")
    assert not page.evaluate(box), "the choice is kept"
    page.locator(".keys input").check()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate(box)


def is_asked(question):
    """Return what tells the address of an answer to `question`."""
    return lambda url: parse_qs(urlsplit(url).query).get("q") == [question]


def test_a_conversation_needs_no_mouse_and_the_focus_is_at_each_new_answer(page):
    for question in (FIRST, SECOND):
        page.keyboard.press("/")
        page.keyboard.type(question)
        page.keyboard.press("Enter")
        page.wait_for_url(is_asked(question))
        page.wait_for_function(
            "() => document.activeElement !== document.body"
            "  && document.activeElement.contains(document.getElementById('verdict'))"
        )
        top = page.locator("#verdict").bounding_box()["y"]
        assert 0 <= top < page.viewport_size["height"] / 2
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => Boolean(document.getElementById('verdict').compareDocumentPosition("
            "document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
        ), "what follows the verdict comes next"


def test_each_new_answer_is_announced_once_and_politely(page):
    for number, question in enumerate((FIRST, SECOND), start=1):
        page.fill("input[name=q]", question)
        page.press("input[name=q]", "Enter")
        page.wait_for_url(is_asked(question))
        page.wait_for_function("() => document.querySelector('[role=status]').textContent")
        said = page.watch.announced
        assert len(said) == number, said
        assert said[-1].startswith("politely: ")
        assert page.inner_text(".kind") in said[-1]


def test_an_answer_that_is_come_back_to_is_not_announced_again(opened, site):
    page = opened(site, asking(FIRST))
    page.wait_for_function("() => document.querySelector('[role=status]').textContent")
    page.reload()
    assert len(page.watch.announced) == 1


def test_enter_opens_and_closes_a_fold(opened, site):
    page = opened(site, PAGES["lean"])
    fold = page.locator("details.why")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.get_attribute("open") is not None
    page.keyboard.press("Enter")
    assert fold.get_attribute("open") is None
