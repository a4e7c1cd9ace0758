"""The layout of every page: phone, zoom, spaced text, dark, forced colours, paper, weight."""

import io
import re
import unicodedata

import pytest
from looks import PHONE, shifts, shown, too_wide, unfold
from sites import PAGES

WHOLE = {**PAGES, "whole comparison": "/compare"}
ZOOMED = {"width": 640, "height": 400}  # 1280 x 800 at 200 %
# WCAG 2.2, 1.4.12: what a reader may ask of the spacing.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
MOST_BYTES = 30_000


@pytest.fixture(params=[*WHOLE, "503"])
def address(request, site, broken_site):
    """A site and a path of it."""
    if request.param == "503":
        return broken_site, "/?q=Flask"
    return site, WHOLE[request.param]


def test_nothing_scrolls_sideways_or_moves_on_a_phone_or_at_200_per_cent(opened, address):
    site, path = address
    page = opened(site, path, viewport=PHONE)
    for viewport in (PHONE, ZOOMED):
        page.set_viewport_size(viewport)
        page.goto(site.at(path))
        assert shifts(page) == []
        assert too_wide(page) == []
        unfold(page)
        assert too_wide(page) == []


def test_letters_and_lines_may_be_spaced_out(opened, site):
    page = opened(site, PAGES["lean"], viewport=PHONE)
    before = page.evaluate("() => document.body.scrollHeight")
    style(page, SPACED)
    assert page.evaluate("() => document.body.scrollHeight") > before
    assert too_wide(page) == []


def test_letters_may_be_twice_as_large(opened, site):
    page = opened(site, PAGES["depends"], viewport=ZOOMED)
    style(page, "html { font-size: 212.5% !important; }")
    assert too_wide(page) == []


def style(page, rules):
    """Add `rules` as a reader's own style sheet, which no policy of the page forbids."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    sheet = session.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
    session.send("CSS.setStyleSheetText", {"styleSheetId": sheet, "text": rules})


def test_what_is_too_wide_and_what_moves_would_be_seen(page):
    page.evaluate("""() => {
      const wide = document.createElement("p");
      wide.textContent = "wide ".repeat(300);
      wide.style.whiteSpace = "nowrap";
      document.querySelector("main").prepend(wide);
    }""")
    assert any("wide wide" in each for each in too_wide(page))
    assert shifts(page) != []


# Colours


def brightness(page, what, property):
    """Return how bright a colour is that `what` has, from 0 to 1."""
    colour = page.locator(what).first.evaluate(f"(each) => getComputedStyle(each).{property}")
    red, green, blue = (int(each) for each in re.findall(r"\d+", colour)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


@pytest.mark.parametrize("name", ["start", "lean", "compare", "404"])
def test_light_is_light_and_dark_is_dark(opened, site, name):
    for scheme, is_dark in [("light", False), ("dark", True)]:
        page = opened(site, PAGES[name], color_scheme=scheme)
        assert (brightness(page, "html", "backgroundColor") < 0.2) is is_dark
        assert (brightness(page, "h1", "color") > 0.7) is is_dark


def test_forced_colours_leave_boxes_edges_and_bars_apart(opened, site):
    for path in (PAGES["lean"], PAGES["compare"]):
        page = opened(site, path, forced_colors="active", color_scheme="dark")
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        edges = """(all) => all.map((each) => getComputedStyle(each))
          .filter((it) => it.borderTopStyle === "none" || it.borderTopWidth === "0px").length"""
        for what in ("button", "input[type=text]", ".chip", ".side"):
            assert page.locator(what).evaluate_all(edges) == 0, what
        paper = page.locator("html").evaluate("(it) => getComputedStyle(it).backgroundColor")
        for bar in page.locator(".bars rect").all():
            assert bar.evaluate("(it) => getComputedStyle(it).fill") != paper


def test_still_is_still_for_who_wants_it_so(opened, site):
    page = opened(site, PAGES["lean"], reduced_motion="reduce")
    moving = """() => document.getAnimations().length + [...document.querySelectorAll("*")]
      .filter((each) => getComputedStyle(each).scrollBehavior === "smooth").length"""
    assert page.evaluate(moving) == 0


# Paper


# Every text that is folded away at first, but for what opens it and for what is to be filled in.
FOLDED = """() => [...document.querySelectorAll("details:not([open])")].flatMap((fold) => {
  const found = [];
  const texts = document.createTreeWalker(fold, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.closest("summary, form")) found.push(text.data);
  }
  return found;
})"""


def words(text):
    return set(re.findall(r"[a-z]{6,}", text.lower()))


def printed(page):
    """Return the text of the pages as they are printed, without spaces."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(page.pdf())).pages
    text = "".join(each.extract_text() for each in pages)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


@pytest.mark.parametrize("name", ["lean", "code", "not_covered", "article", "compare"])
def test_on_paper_everything_is_unfolded_without_a_script(opened, site, name):
    page = opened(site, PAGES[name], java_script_enabled=False)
    folded = words(" ".join(page.evaluate(FOLDED)))
    assert folded or name == "article"
    paper = printed(page)
    assert [word for word in folded if word not in paper] == []


def test_paper_holds_the_answer_and_not_what_can_only_be_clicked(opened, site):
    page = opened(site, PAGES["lean"])
    page.emulate_media(media="print")
    text = shown(page, "body")
    assert page.inner_text("#verdict") in text
    assert page.locator("nav, form, button, input").filter(visible=True).count() == 0
    for quote in page.locator("blockquote").all_inner_texts():
        assert words(quote) <= words(text)


# Weight


@pytest.mark.parametrize("name", ["start", "lean", "depends", "not_covered"])
def test_a_first_answer_weighs_little(opened, site, name):
    page = opened(site, PAGES[name])
    sizes = [each.sizes() for each in page.watch.requests]
    assert len(sizes) >= 3, "the page, its style and its script"
    bodies = sum(each["responseBodySize"] for each in sizes)
    assert 0 < bodies + sum(each["responseHeadersSize"] for each in sizes) < MOST_BYTES


def test_no_page_asks_for_anything_of_another_host(opened, site):
    page = opened(site)
    for path in WHOLE.values():
        page.goto(path)
    assert len(page.watch.requests) > len(WHOLE)
    assert all(each.url.startswith(site.origin + "/") for each in page.watch.requests)


def test_a_request_elsewhere_would_be_seen(page):
    page.goto("data:text/html,<img src='http://elsewhere.invalid/' onerror=ran()>")
    page.wait_for_function("() => document.images[0].complete")
    seen = " ".join(page.watch.problems)
    page.watch.problems.clear()
    assert "elsewhere.invalid" in seen
    assert "a hostile script ran" in seen
