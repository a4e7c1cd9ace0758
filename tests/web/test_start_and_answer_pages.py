"""The page works without JavaScript: links and plain forms carry the whole conversation."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

STUDY = "Which is better for studying?"


class Page(HTMLParser):
    """The elements of a page, and the text of each kind."""

    def __init__(self, reply):
        super().__init__()
        self.elements = []
        self._open = []
        self._texts = []
        self.feed(reply.text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._texts.append("")
        self._open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, place in self._open:
            self._texts[place] += data

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    def texts(self, tag):
        pairs = zip(self.elements, self._texts, strict=True)
        return [" ".join(text.split()) for (name, _), text in pairs if name == tag]

    def link(self, words):
        pairs = zip(self.elements, self._texts, strict=True)
        return next(attrs["href"] for (tag, attrs), text in pairs if tag == "a" and words in text)

    def hidden(self):
        return [
            (field["name"], field["value"])
            for field in self.all("input")
            if field.get("type") == "hidden"
        ]


def page(client, path, **params):
    reply = client.get(path, params=params or None)
    assert reply.status_code == 200, reply.text
    return Page(reply)


def test_the_start_page_offers_a_box_examples_and_what_is_covered(client):
    start = page(client, "/")
    assert [form["method"] for form in start.all("form")] == ["get"]
    assert parse_qs(urlsplit(start.link(STUDY)).query) == {"q": [STUDY]}
    covered = " ".join(start.texts("dd"))
    for word in ("Tea, Coffee, Water", "studying", "time of day", "In praise of leaves"):
        assert word in covered


def test_the_verdict_comes_first(client):
    told = client.get("/ask", params={"q": STUDY}).json()["guidance"]
    assert page(client, "/", q=STUDY).texts("h1") == [told["headline"]]


def test_a_citation_opens_the_article_at_the_quoted_words(client):
    answer = page(client, "/", q=STUDY)
    href = next(link["href"] for link in answer.all("a") if link.get("class") == "cite")
    article = page(client, href)
    anchor = urlsplit(href).fragment
    assert anchor in [element.get("id") for _, element in article.elements]
    assert article.texts("mark") == ["Tea is the better choice for studying."]


def test_both_sides_of_a_disagreement_are_quoted(client):
    answer = page(client, "/", q=STUDY)
    quotes = answer.texts("blockquote")
    assert any("Coffee is a poor choice" in quote for quote in quotes)
    assert any("Coffee is" in quote and "poor" not in quote for quote in quotes)


def test_what_was_understood_can_be_taken_out(client):
    answer = page(client, "/", q=f"{STUDY} In the morning")
    without = answer.link("Leave out time of day")
    assert parse_qs(urlsplit(without).query)["without"] == ["condition:daytime"]
    assert page(client, without).texts("h1") == page(client, "/", q=STUDY).texts("h1")


def test_a_correction_can_be_undone(client):
    answer = page(client, "/", q="is cofee good for sleep?")
    exactly = answer.link("Search for what I typed")
    assert parse_qs(urlsplit(exactly).query)["exact"] == ["cofee"]
    assert "was read as" not in client.get(exactly).text


def test_the_choices_of_a_question_back_are_links(client):
    answer = page(client, "/", q="Which drink is the better one?")
    chosen = answer.link("the evening")
    assert parse_qs(urlsplit(chosen).query)["given"] == ["daytime:evening"]
    assert "evening" in " ".join(page(client, chosen).texts("h1"))


def test_a_follow_up_form_carries_the_conversation(client):
    answer = page(client, "/", q="and for sleep?", h="Is coffee good?", given="daytime:evening")
    assert answer.hidden() == [
        ("h", "Is coffee good?"),
        ("h", "and for sleep?"),
        ("given", "daytime:evening"),
    ]
    earlier = answer.link("Is coffee good?")
    assert parse_qs(urlsplit(earlier).query) == {"q": ["Is coffee good?"]}


def test_a_long_conversation_leaves_its_oldest_questions_behind(client):
    answer = page(client, "/", q="and tea?", h=[f"Is coffee good, {n}?" for n in range(8)])
    carried = [value for name, value in answer.hidden() if name == "h"]
    assert carried == [*(f"Is coffee good, {n}?" for n in range(1, 8)), "and tea?"]
    long = ["tea " * 450, "coffee " * 250, "water " * 300]
    carried = page(client, "/", q=long[2], h=long[:2]).hidden()
    told = "all three together have more than 4,000 characters"
    assert carried == [*(("h", each) for each in long[1:]), ("dropped", "1")], told


def test_a_long_conversation_says_what_it_left_behind(client):
    answer = page(client, "/", q="and tea?", h=[f"Is coffee good, {n}?" for n in range(8)])
    assert "dropped out" not in " ".join(answer.texts("p"))
    following = page(client, answer.link("And for"))
    assert "The oldest question dropped out" in " ".join(following.texts("p"))
    again = page(client, following.link("And for"))
    assert ("dropped", "2") in again.hidden() or ("dropped", "3") in again.hidden()
    assert "The 2 oldest questions dropped out" in " ".join(again.texts("p"))


def test_what_is_not_covered_is_said_plainly_with_what_is(client):
    answer = page(client, "/", q="what about cocoa?")
    assert "cocoa" in answer.texts("h1")[0]
    assert "Tea, Coffee, Water" in " ".join(answer.texts("p"))


@pytest.mark.parametrize(
    ("query", "status", "typed"),
    [
        ("q=&h=tea", 422, ""),
        ("q=" + "a" * 2001, 422, "a" * 2001),
        ("q=tea&limit=zebra", 422, "tea"),
        ("q=tea&topic=nope", 404, "tea"),
        ("q=tea%ff", 400, "tea\ufffd"),
    ],
)
def test_a_failure_is_a_sentence_and_keeps_what_was_typed(client, query, status, typed):
    reply = client.get(f"/?{query}")
    assert reply.status_code == status
    failed = Page(reply)
    assert failed.texts("h1")[0]
    assert next(box["value"] for box in failed.all("input") if box["name"] == "q") == typed


def test_foreign_parameters_do_not_break_a_shared_link(client):
    assert client.get("/?q=tea&utm_source=letter").status_code == 200


MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>tea</b> {{ 7*7 }}"


@pytest.mark.parametrize("path", ["/", "/?limit=zebra"])
def test_markup_in_a_question_stays_text(client, path):
    reply = client.get(path, params={"q": MARKUP, "h": MARKUP})
    shown = Page(reply)
    assert [script["src"] for script in shown.all("script")] == [
        attrs["src"] for attrs in shown.all("script") if attrs["src"].startswith("/static/")
    ]
    assert not shown.all("img")
    assert not shown.all("b")
    assert "49" not in "".join(shown.texts("main")).replace("{{ 7*7 }}", "")
    assert not [name for _, attrs in shown.elements for name in attrs if name.startswith("on")]


def test_markup_in_an_article_stays_text(client):
    for path in ("/?q=is+water+pure%3F", "/articles/sign"):
        reply = client.get(path)
        assert "alert(&#34;article&#34;)" in reply.text
        shown = Page(reply)
        assert len(shown.all("script")) == 1
        assert not shown.all("b")
        assert not [name for _, attrs in shown.elements for name in attrs if name.startswith("on")]


def test_nothing_stands_inline(client):
    for path in ("/", "/?q=coffee+or+tea", "/articles", "/articles/cafe", "/nope?", "/?q="):
        shown = Page(client.get(path, headers={"Accept": "text/html"}))
        assert not shown.all("style")
        assert all(script.get("src") for script in shown.all("script"))
        assert not [attrs for _, attrs in shown.elements if "style" in attrs]


def test_outside_links_tell_nothing_and_show_where_they_lead(client):
    shown = page(client, "/articles/cafe")
    outside = [link for link in shown.all("a") if "://" in link["href"]]
    assert [link["href"] for link in outside] == ["https://cafe.example/desk"]
    assert all("noopener" in link["rel"] for link in outside)
    assert "original at cafe.example" in shown.texts("a")


def test_every_page_can_be_walked_by_ear_and_key(client):
    for path in ("/", "/?q=coffee+or+tea", "/articles", "/articles/cafe", "/?q="):
        shown = Page(client.get(path))
        assert shown.all("html") == [{"lang": "en"}]
        assert len(shown.texts("h1")) == 1
        assert shown.all("a")[0] == {"class": "skip", "href": "#main"}
        ids = [attrs["id"] for _, attrs in shown.elements if "id" in attrs]
        assert len(ids) == len(set(ids))
        labelled = {label.get("for") for label in shown.all("label")}
        boxes = [box["id"] for box in shown.all("input") if box["type"] == "text"]
        assert set(boxes) <= labelled
        named = [
            attrs["aria-labelledby"] for _, attrs in shown.elements if "aria-labelledby" in attrs
        ]
        assert set(named) <= set(ids)
        for tag in ("header", "main", "footer", "nav"):
            assert shown.all(tag)
