"""The page of a comparison: quotes with links, marks, and bars with a table, without scripts."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from test_start_and_answer_pages import Page

from advisor.matrix import Cell, Figure, Quote, Reference, Row
from kb.content.shipped import shipped_articles, shipped_topics
from kb.ingest import create
from web.app import create_app
from web.bars import WIDTH, measurements, most_articles, voices_chart
from web.catalogues import ENGLISH
from web.settings import Settings

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path: Path = tmp_path_factory.mktemp("shipped") / "shipped.db"
    create(path, [(topic, shipped_articles(topic.id)) for topic in shipped_topics()])
    with TestClient(create_app(Settings(path)), headers=HTML) as client:
        yield client


def shown(client: TestClient, path: str = "/compare") -> Page:
    reply = client.get(path, headers=HTML)
    assert reply.status_code == 200, reply.text
    return Page(reply)


def document(client: TestClient) -> dict:
    return client.get("/compare?format=json").json()


def quotes_of(cell: dict) -> Iterator[dict]:
    for voice in cell["voices"]:
        yield from voice["quotes"]
    for figure in cell["figures"]:
        yield figure["quote"]
    for found in cell["disagreements"]:
        yield from (side["quote"] for side in found["sides"])


def drawings(client: TestClient, path: str = "/compare") -> list[ElementTree.Element]:
    text = client.get(path, headers=HTML).text
    return [ElementTree.fromstring(each) for each in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]


def test_every_quote_links_to_its_place_in_the_article(shipped):
    page = shown(shipped)
    links = {link["href"] for link in page.all("a")}
    quotes = [
        quote
        for row in document(shipped)["criteria"]
        for cell in (*row["cells"], *row["together"])
        for quote in quotes_of(cell)
    ]
    assert len(quotes) > 200
    assert {quote["link"] for quote in quotes} <= links
    told = " ".join(page.texts("blockquote"))
    for quote in quotes[:40]:
        assert " ".join(quote["text"].split()) in told


def test_a_quote_opens_the_article_with_its_words_marked(client):
    quote = document(client)["criteria"][0]["cells"][0]["voices"][0]["quotes"][0]
    article = shown(client, quote["link"])
    assert quote["text"] in article.texts("mark")
    assert urlsplit(quote["link"]).fragment in [e.get("id") for _, e in article.elements]


def test_the_matrix_tells_every_cell(client):
    page, matrix = shown(client), document(client)
    assert page.texts("h1") == ["Compare Tea, Coffee, Water"]
    cells = [cell for row in matrix["criteria"] for cell in (*row["cells"], *row["together"])]
    told = page.texts("td")
    for cell in cells:
        agreement = f"{cell['agreement']} for it" if cell["agreement"] else "not covered"
        assert any(agreement in text for text in told), cell
    anchors = {element.get("id") for _, element in page.elements}
    jumps = [link["href"] for link in page.all("a") if link["href"].startswith("#c")]
    assert len(jumps) == len(matrix["criteria"])
    assert {jump[1:] for jump in jumps} <= anchors


def test_interest_hedging_and_disagreements_are_told(shipped):
    text = unescape(shipped.get("/compare?criteria=performance").text)
    told = (
        'Interest: <span lang="en">Django Stars, the publisher, sells Django development services.'
    )
    assert told in text
    assert ", hedged" in text
    assert "for a small project" in text
    assert "3 disagreements: 0 hard, 3 soft; 1 within one article" in text


def test_options_used_together_have_a_row_of_their_own(shipped):
    page = shown(shipped, "/compare?criteria=hybrid")
    assert "Flask and Django together" in page.texts("h3")
    assert page.texts("h3").count("Flask") == 1
    assert shipped.get("/compare?criteria=hybrid").text.count('<p class="note">Not covered') == 2


def test_the_filter_is_a_form_that_says_what_is_chosen(client):
    page = shown(client, "/compare?options=tea,water&criteria=sleep")
    (form,) = page.all("form")
    assert (form["action"], form["method"]) == ("/compare", "get")
    boxes = [
        (box["name"], box["value"], "checked" in box) for box in page.all("input") if "name" in box
    ]
    assert boxes == [
        ("options", "tea", True), ("options", "coffee", False), ("options", "water", True),
        ("criteria", "study", False), ("criteria", "sleep", True), ("criteria", "cost", False),
    ]  # fmt: skip
    sent = [("options", "tea"), ("options", "water"), ("criteria", "sleep")]
    again = client.get("/compare", params=sent, headers=HTML)
    assert Page(again).texts("h2") == page.texts("h2")


def test_the_files_hold_what_the_page_shows(client):
    page = shown(client, "/compare?options=tea&criteria=sleep&topic=drinks")
    for words, form in (("Markdown", "markdown"), ("CSV", "csv"), ("JSON", "json")):
        query = dict(parse_qsl(urlsplit(page.link(words)).query))
        expected = {"topic": "drinks", "options": "tea", "criteria": "sleep", "format": form}
        assert query == expected
        assert client.get(page.link(words)).status_code == 200


def test_nothing_stands_inline_and_ids_are_unique(shipped):
    for path in ("/compare", "/compare?criteria=performance,cost"):
        page = shown(shipped, path)
        assert not any("style" in element for _, element in page.elements)
        assert not any(name.startswith("on") for _, element in page.elements for name in element)
        assert page.all("style") == []
        assert [script for script in page.all("script") if "src" not in script] == []
        ids = [element["id"] for _, element in page.elements if "id" in element]
        assert len(ids) == len(set(ids))


def test_the_page_names_where_it_is(client):
    assert ("/compare", "page") in [
        (link["href"], link.get("aria-current")) for link in shown(client).all("a")
    ]


# Bars


def test_every_chart_has_a_title_a_description_and_a_table(shipped):
    found = drawings(shipped)
    assert len(found) > 40
    page = shown(shipped)
    captions = page.texts("caption")
    assert len(captions) == len(found)
    for svg, caption in zip(found, captions, strict=True):
        title, description = svg.find("title"), svg.find("desc")
        assert title.text == caption
        assert description.text
        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_bars_count_articles(client):
    path = "/compare?criteria=study"
    (row,) = client.get(f"{path}&format=json").json()["criteria"]
    (svg,) = drawings(client, path)
    for kind in ("for", "against"):
        widths = [float(bar.get("width")) for bar in svg.iter("rect") if bar.get("class") == kind]
        counts = [cell[f"articles_{kind}"] for cell in row["cells"] if cell[f"articles_{kind}"]]
        assert len(widths) == len(counts)
        for width, count in zip(widths, counts, strict=True):
            assert width / widths[0] == pytest.approx(count / counts[0], abs=0.01)
    for cell in row["cells"]:
        counts = f"{cell['articles_for']} for, {cell['articles_against']} against"
        assert f"{cell['label']}: {counts}" in svg.find("desc").text


def test_figures_are_drawn_in_pairs_with_source_and_note(shipped):
    path = "/compare?criteria=performance,learning_curve,cost"
    amounts = [svg for svg in drawings(shipped, path) if "amounts" in svg.get("class")]
    labels = [[text.text for text in svg.iter("text")] for svg in amounts]
    assert ["Flask: 3344 milliseconds", "Django: 3477 milliseconds"] in labels
    assert ["Flask: 2 to 3 weeks", "Django: 4 to 6 weeks"] in labels
    text = shipped.get(path).text
    assert text.count("one article, no method given</span>.") == len(amounts)
    assert "Figures of <bdi>Positiwise</bdi>" in text
    assert "A range is drawn to its middle." in text
    assert "radar" not in text.lower()


def cell(id: str, *, articles_for: int = 0, figures: tuple[Figure, ...] = ()) -> Cell:
    counts = (articles_for, articles_for, 0, 0, 0)
    return Cell((id,), id, "for", "", *counts, voices=(), figures=figures, disagreements=())


def figure(value: float, group: int = 1) -> Figure:
    quote = Quote("for", "7 s", 0, 3, "a-1", "/articles/a", False, False, {}, None, None)
    article = Reference("a", "A", None, None)
    return Figure(article, group, value, "second", f"{value} seconds", None, None, quote)


def test_bars_stay_within_the_chart_whatever_they_count():
    row = Row("a", None, "a", tuple(cell(f"o{n}", articles_for=10**n) for n in range(7)), ())
    chart = voices_chart(row, ENGLISH, most=most_articles([row]))
    assert all(bar.against_x >= 0 and bar.for_x + bar.for_ <= WIDTH for bar in chart.bars)
    assert all(len(bar.label) < 50 for bar in chart.bars)


def test_figures_that_nothing_can_be_compared_with_are_not_drawn():
    def found(*values: tuple[float, int]) -> int:
        given = tuple(cell(f"o{n}", figures=(figure(*each),)) for n, each in enumerate(values))
        return len(measurements(Row("a", None, "a", given, ()), ENGLISH))

    assert found((3.0, 1), (4.0, 1)) == 1
    assert found((3.0, 1), (4.0, 2)) == 0
    assert found((-3.0, 1), (4.0, 1)) == 0
    assert found((0.0, 1), (0.0, 1)) == 1
