"""How passages are shown: code as code, rows as rows, in order, whole, folded when not needed."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from drinks_base import build, put_article
from fastapi.testclient import TestClient

from web.app import create_app
from web.exhibits import exhibits, informs
from web.labels import Labels
from web.schemas import AnswerOut
from web.settings import Settings

POT = """---
title: The pot and the kettle
publisher: The Pot
---
# The pot and the kettle

## Brewing

This is how coffee is brewed with a kettle:

```python
def brew(kettle):

    return kettle.boil("coffee") if kettle.is_full() else "no coffee at all without a kettle"
```

## In figures

| Question | Coffee | Tea |
|---|---|---|
| Steeping time | Coffee steeps for four minutes. | Tea steeps for two minutes. |
| Caffeine content | Coffee has 95 milligrams. | Tea has 47 milligrams. |
"""
BREW = "How do I brew coffee with a kettle?"
STEEP = "How long does tea steep?"
STUDY = "Which is better for studying?"
DEPENDS = "Which drink is the better one?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path: Path = tmp_path_factory.mktemp("pot") / "pot.db"
    build(path)
    put_article(path, "pot.md", POT)
    with TestClient(create_app(Settings(path)), raise_server_exceptions=False) as found:
        yield found


class Tree(HTMLParser):
    """Every piece of text of a page with the elements it stands in."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "input"):
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, f"{tag} is closed where it is not open"

    def handle_data(self, data):
        self.texts.append((data, tuple(self.open)))

    def text(self, *wanted, without=()):
        """The text in an element that fits `wanted`, without that in one that fits `without`.

        An element fits a name when that is its tag, its id or one of its classes.
        """
        return "".join(
            data
            for data, path in self.texts
            if any(_fits(element, name) for element in path for name in wanted)
            and not any(_fits(element, name) for element in path for name in without)
        )

    def ways(self, id):
        """The elements that the text of an element stands in, from the outermost."""
        return next(path for _, path in self.texts if any(_fits(each, id) for each in path))


def _fits(element, name):
    tag, attrs = element
    return name in (tag, attrs.get("id"), *attrs.get("class", "").split())


def shown(client, question):
    reply = client.get("/ask", params={"q": question}).json()
    page = client.get("/", params={"q": question})
    assert page.status_code == 200, page.text
    return reply, page.text


def number(reply, start):
    return next(p["n"] for p in reply["passages"] if p["text"].startswith(start))


def cited(reply):
    told = reply["guidance"]
    reasons = [*told["reasons"], *told["against"], *told["conditions"]]
    sides = [side for found in told["disagreements"] for side in found["sides"]]
    return {c["n"] for each in reasons for c in each["citations"]} | {
        side["citation"]["n"] for side in sides
    }


def test_code_stands_in_a_box_without_marks_and_its_lead_in_above_it(client):
    reply, page = shown(client, BREW)
    tree = Tree(page)
    code = tree.text("codebox")
    assert code.startswith("def brew(kettle):\n\n    return kettle.boil")
    assert "This is how" not in code
    assert "This is how coffee is brewed" in tree.text(f"p{number(reply, 'This is how')}")
    assert "coffee" in tree.text("mark")
    boxes = re.findall(r"<pre.*?</pre>", page, re.DOTALL)
    assert boxes and not [box for box in boxes if "<mark" in box]


def test_an_article_shows_its_lead_in_outside_the_box_and_both_below_one_anchor(client):
    page = client.get("/articles/pot").text
    tree = Tree(page)
    assert tree.text("pre").startswith("def brew(kettle):")
    assert "This is how" not in tree.text("pre")
    (anchor,) = re.findall(r'class="passage code" id="([^"]+)"', page)
    assert "This is how" in tree.text(anchor)
    assert "def brew" in tree.text(anchor)


def test_the_box_scrolls_sideways_and_keeps_its_lines(client):
    css = client.get("/static/page.css").text
    (rule,) = re.findall(r"^\.codebox \{(.*)\}$", css, re.MULTILINE)
    for property in ("overflow-x: auto", "var(--mono)"):
        assert property in rule


@pytest.mark.parametrize("path", [f"/?q={STEEP}", "/articles/pot"])
def test_a_row_is_a_label_and_a_line_for_each_option(client, path):
    page = client.get(path).text
    cells = re.findall(r'<p class="cell">(.*?)</p>', page)
    lines = [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]
    assert "Coffee Coffee steeps for four minutes." in lines
    assert "Tea Tea steeps for two minutes." in lines
    assert "Steeping time" in re.sub(r"<[^>]+>", "", page)
    assert "|" not in Tree(page).text("blockquote", "passage", without=["gap"])


@pytest.mark.parametrize("question", [BREW, STEEP, STUDY, DEPENDS, "coffee or tea?"])
def test_every_character_of_a_passage_is_on_the_page_in_its_order(client, question):
    reply, page = shown(client, question)
    tree = Tree(page)
    for passage in reply["passages"]:
        place = f"p{passage['n']}"
        beside = ["option", "summary", "source", "path", "interest", "damaged"]
        alone = tree.text(place, without=beside)
        assert "".join(alone.split()) == "".join(passage["text"].split())
        remaining = iter(alone)
        assert all(sign in remaining for sign in passage["text"]), "blanks are kept too"


def test_marks_in_a_row_are_the_words_that_are_cited(client):
    row = client.get("/articles/pot").text
    (id,) = re.findall(
        r'class="passage table" id="([^"]+)">\s*<a .*\s*<p class="text label">Steep', row
    )
    passage = client.get(f"/passages/{id}").json()
    cell = next(cell for cell in passage["cells"] if cell["option"] == "tea")
    page = client.get(f"/articles/pot?from={cell['start']}&to={cell['end']}").text
    assert Tree(page).text("mark") == "Tea steeps for two minutes."


@pytest.mark.parametrize("question", [BREW, STEEP])
def test_where_nothing_is_advised_the_passages_follow_the_headline(client, question):
    reply, page = shown(client, question)
    assert reply["guidance"]["verdict"] == "no_verdict"
    places = [page.index(part) for part in ("<h1", 'id="sources"', 'id="understood"', "<form")]
    assert places == sorted(places)


def test_advice_comes_before_the_passages_it_rests_on(client):
    _, page = shown(client, STUDY)
    places = [page.index(part) for part in ("<h1", 'id="for"', "<form", 'id="sources"')]
    assert places == sorted(places)


def test_a_correction_is_told_once_and_above_the_passages(client):
    _, page = shown(client, "How is cofee brewed with a kettle?")
    assert page.count("Search for what I typed") == 1
    assert page.index("Search for what I typed") < page.index('id="sources"')


@pytest.mark.parametrize("question", [STUDY, DEPENDS, "coffee or tea?", "Is tea good for sleep?"])
def test_passages_that_no_advice_cites_are_folded_and_cited_ones_never(client, question):
    reply, page = shown(client, question)
    tree = Tree(page)
    assert cited(reply)
    for passage in reply["passages"]:
        folded = any(_fits(each, "fold") for each in tree.ways(f"p{passage['n']}"))
        assert folded == (passage["n"] not in cited(reply))
    assert not [path for data, path in tree.texts if _in(path, "quoted") and _in(path, "details")]


def _in(path, name):
    return any(_fits(element, name) for element in path)


def test_without_advice_the_best_three_passages_are_open(client):
    reply, page = shown(client, BREW)
    tree = Tree(page)
    folded = [_in(tree.ways(f"p{each['n']}"), "fold") for each in reply["passages"]]
    assert folded == [False] * 3 + [True] * (len(folded) - 3)
    assert len(folded) > 3


def test_the_passage_that_the_headline_quotes_is_open(client):
    found = reply_to(client, BREW)
    told = {"headline": f"“{found.passages[-1].text.rstrip('.')}” (The Pot)."}
    found = found.model_copy(update={"guidance": found.guidance.model_copy(update=told)})
    kinds = {each.n: "prose" for each in found.passages}
    assert [each.folded for each in exhibits(found, kinds)] == [False, False, False, True, False]


def test_points_for_and_against_come_before_the_passages_also_without_a_verdict(client):
    found = reply_to(client, BREW)
    assert informs(found)
    told = {"reasons": reply_to(client, STUDY).guidance.reasons}
    assert told["reasons"]
    assert not informs(
        found.model_copy(update={"guidance": found.guidance.model_copy(update=told)})
    )


def reply_to(client, question):
    return AnswerOut.model_validate(client.get("/ask", params={"q": question}).json())


@pytest.mark.parametrize("question", [BREW, STUDY])
def test_the_score_of_each_hit_is_told_as_the_sum_of_its_parts(client, question):
    reply, page = shown(client, question)
    told = re.findall(r"<li>\[(\d+)\] ([\d.]+) = (.*)</li>", page)
    hits = [each for each in reply["passages"] if each["score_parts"]]
    assert [(int(n), score) for n, score, _ in told] == [
        (each["n"], f"{each['score']:.2f}") for each in hits
    ]
    for (_, score, parts), _ in zip(told, hits, strict=True):
        values = [float(value) for value in re.findall(r" ([+-][\d.]+)", parts)]
        assert sum(values) == pytest.approx(float(score), abs=0.01 * (len(values) + 1))


def test_the_anchor_of_a_folded_passage_stands_inside_the_fold(client):
    """Then a link to it opens the fold, without any script."""
    _, page = shown(client, BREW)
    assert re.search(
        r'<details class="fold">\s*<summary>.*</summary>\s*<div class="shown" id', page
    )


def test_paper_shows_what_is_folded(client):
    printed = client.get("/static/page.css").text.partition("@media print")[2]
    assert "details::details-content { content-visibility: visible;" in printed
    assert ".codebox { white-space: pre-wrap;" in printed


def test_each_condition_is_shown_with_the_words_it_rests_on(client):
    reply, page = shown(client, DEPENDS)
    conditions = reply["guidance"]["conditions"]
    assert conditions
    items = re.findall(r"<li><a [^>]*>([^<]+)</a>(.*?)</li>", page, re.DOTALL)
    for condition in conditions:
        item = next(rest for text, rest in items if text == condition["when"]["text"])
        for each in condition["citations"]:
            assert f'<blockquote><p class="text">{each["quote"]}</p></blockquote>' in item
            assert f"[{each['n']}]" in item


def test_several_options_have_a_name_in_words():
    two = Labels(options={"tea": "Tea", "coffee": "Coffee"})
    assert two.option("tea+coffee") == two.option("coffee+tea") == "both"
    three = Labels(options={**two.options, "water": "Water"})
    assert three.option("tea+coffee") == "Tea and Coffee"
    assert three.option("tea+coffee+water") == "all of them"
    assert (two.option("tea"), two.option("gone"), two.option(None)) == ("Tea", "gone", "")
