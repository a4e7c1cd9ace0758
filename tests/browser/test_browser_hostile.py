"""Hostile questions and articles by the hundred: nothing runs or is injected, all is whole."""

from collections import Counter
from random import Random

import pytest
from hostile import ENDLESS, create_hostile, harmless, hostile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from looks import PHONE, too_wide
from sites import asking, serving

ARTICLES = 12
QUESTIONS = ["Is tea good for health?", "tea or coffee?", "Which has the best taste?", "cheapest?"]
# What no page of ours has, what leads where no reader may go, and what bidi controls turned round.
FOREIGN = r"""() => {
  const found = [];
  for (const each of document.querySelectorAll("*")) {
    const names = each.getAttributeNames();
    if (each.matches("[injected]")) found.push(["injected", each.outerHTML]);
    if (names.some((name) => name.startsWith("on") || name === "style" || name === "srcdoc")) {
      found.push(["attribute", each.outerHTML]);
    }
    for (const name of ["href", "xlink:href", "action", "formaction", "src", "srcset", "data"]) {
      if (!each.hasAttribute(name)) continue;
      const leads = URL.parse(each.getAttribute(name), location.origin) ?? {};
      const outside = each.matches("a[rel~=noopener]") && /^https?:$/.test(leads.protocol);
      if (leads.origin !== location.origin && !outside) found.push(["link", each.outerHTML]);
    }
  }
  const scripts = [...document.scripts].map((each) => each.getAttribute("src"));
  if (scripts.length !== 1 || !scripts[0].startsWith("/static/page.js?v=")) {
    found.push(["script", scripts.join()]);
  }
  return [...found, ...globalThis.turned()].map(([kind, html]) => `${kind}: ${html.slice(0, 300)}`);
}"""
# Words of ours that stand in one line with a bidi control have to run from left to right.
TURNED = r"""globalThis.turned = () => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const left = (node, at) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const word = /^\s*([A-Za-z]{3,})/.exec(node.data);
    if (!word || node.parentElement.closest("bdi, [dir=auto], title, .text")) continue;
    const start = node.data.indexOf(word[1]);
    const [first, second] = [left(node, start), left(node, start + 1)];
    if (first.width && second.width && first.top === second.top && second.left < first.left) {
      found.push(["turned", node.data]);
    }
  }
  return found;
};"""


@pytest.fixture(scope="module")
def hostile_site(chromium, tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    create_hostile(path, articles=ARTICLES)
    with serving(path) as found:
        yield found


@pytest.fixture(scope="module")
def twin_site(chromium, tmp_path_factory):
    path = tmp_path_factory.mktemp("twin") / "twin.db"
    create_hostile(path, articles=ARTICLES, tame=harmless)
    with serving(path) as found:
        yield found


def problems(page, path):
    """Return what is wrong with a page that shows something hostile, on a phone."""
    reply = page.goto(path)
    found = [*page.evaluate(FOREIGN), *too_wide(page), *page.watch.problems]
    page.watch.problems.clear()
    return found if reply.status < 500 else [*found, f"status {reply.status}"]


def elements(page):
    return Counter(
        page.evaluate("() => [...document.querySelectorAll('*')].map((each) => each.tagName)")
    )


@pytest.fixture
def phone(opened, hostile_site):
    page = opened(hostile_site, viewport=PHONE)
    page.context.add_init_script(TURNED)
    return page


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(random=st.randoms(use_true_random=False), turns=st.integers(1, 3))
def test_a_hostile_question_is_only_words(phone, random, turns):
    questions = [hostile(random)[: 1900 // turns] for _ in range(turns)]
    assert problems(phone, asking(*questions)) == [], questions


def test_hostile_articles_are_only_words(phone, hostile_site):
    phone.goto("/articles")
    shelf = phone.locator("main a[href^='/articles/']").all()
    paths = sorted({link.get_attribute("href") for link in shelf})
    assert len(paths) == ARTICLES
    asked = [asking(question) for question in QUESTIONS]
    quoted = []
    for path in asked:
        phone.goto(path)
        quoted += [each.get_attribute("href") for each in phone.locator("a.cite").all()]
    assert quoted
    for path in ["/", "/articles", "/compare", *asked, *paths, *quoted[:20]]:
        assert problems(phone, path) == [], path


def test_hostile_questions_stay_words_in_the_list_of_conversations(phone):
    for seed in range(12):
        phone.goto(asking(hostile(Random(seed))[:1900]))
    assert problems(phone, "/") == []
    assert phone.locator("[data-history] li").count() > 6


def test_a_page_has_the_same_elements_as_its_harmless_twin(opened, hostile_site, twin_site):
    evil, good = opened(hostile_site), opened(twin_site)
    evil.goto("/articles")
    paths = ["/articles", "/compare", *(asking(question) for question in QUESTIONS)]
    paths += [link.get_attribute("href") for link in evil.locator("main .title a").all()]
    for path in paths:
        evil.goto(path)
        good.goto(path)
        assert elements(evil) == elements(good), path


def test_endless_words_are_really_there(opened, hostile_site):
    texts = hostile_site.at("/articles")
    page = opened(hostile_site)
    page.goto(texts)
    longest = max(len(word) for word in page.inner_text("main").split())
    assert longest > ENDLESS / 4


def test_what_is_injected_turned_or_leads_elsewhere_would_be_seen(phone):
    phone.goto("/")
    phone.evaluate("""() => {
      const evil = document.createElement("p");
      evil.setAttribute("injected", "");
      evil.append("\\u202e", Object.assign(document.createElement("i"), { textContent: "words" }));
      const link = Object.assign(document.createElement("a"), { href: "ftp://evil.invalid/" });
      document.querySelector("main").append(evil, link);
    }""")
    kinds = {each.partition(":")[0] for each in phone.evaluate(FOREIGN)}
    assert kinds == {"injected", "turned", "link"}
