"""HTML -> blocks: the main text of a page, its tables and its metadata."""

import pytest

from kb.errors import UnreadableInputError
from kb.extract.html import declared_charset, read_html
from kb.model import Document

LONG = "Both drinks have friends in every office, and this page compares them at length. " * 4
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Tea vs Coffee | Brew</title>
<meta name="author" content="Ann Lee"><meta property="og:site_name" content="Brew">
<meta property="article:published_time" content="2024-05-01T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/blog">All our posts</a></nav>
<article><h1>Tea vs Coffee</h1><p>{LONG}</p>
<h2>Tea</h2><ul><li>Calms <ul><li>in the evening</li></ul></li><li>Cheap per cup</li></ul>
<h2>Side by side</h2>
<table><tr><th>Aspect</th><th>Tea</th><th>Coffee</th></tr>
<tr><td>Caffeine</td><td>Little</td><td>Much</td></tr>
<tr><td>Used for</td><td><ul><li>rest</li><li>guests</li></ul></td><td>work</td></tr></table>
<h3>Brewing</h3><p>Brew it like this in the kitchen:</p><pre><code># boil first
water = kettle.boil()
pour(water)</code></pre>
<details><summary>Is tea cold?</summary><p>Only in summer, and then with ice.</p></details>
<div class="newsletter"><p>Subscribe to our newsletter for more tea</p></div></article>
<div class="comments"><p>First! What a strange comparison this is.</p></div>
<footer>All rights reserved</footer></body></html>"""


def quotes(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_the_main_text_is_read_and_what_stands_around_it_is_not():
    document = read_html(PAGE)
    assert quotes(document, "heading") == [
        "Tea vs Coffee", "Tea", "Side by side", "Brewing", "Is tea cold?",
    ]  # fmt: skip
    for junk in ("Home", "newsletter", "First!", "rights reserved"):
        assert junk not in document.text


def test_lists_and_code_keep_their_form():
    document = read_html(PAGE)
    assert quotes(document, "item") == ["Calms", "in the evening", "Cheap per cup"]
    assert quotes(document, "code") == ["# boil first\nwater = kettle.boil()\npour(water)"]


def test_tables_keep_cells_columns_and_lists_in_cells():
    rows = [block for block in read_html(PAGE).blocks if block.kind == "row"]
    text = read_html(PAGE).text
    assert [[text[c.start : c.end] for c in row.cells] for row in rows] == [
        ["Caffeine", "Little", "Much"],
        ["Used for", "rest; guests", "work"],
    ]
    assert rows[0].columns == ("Aspect", "Tea", "Coffee")


def test_a_table_without_header_cells_loses_no_row():
    page = PAGE.replace("<th>", "<td>").replace("</th>", "</td>")
    document = read_html(page, subjects=("tea", "coffee"))
    assert [b.columns for b in document.blocks if b.kind == "row"] == [
        ("Aspect", "Tea", "Coffee")
    ] * 2
    bare = read_html(page.replace("Aspect", "Heat").replace("<td>Tea<", "<td>Hot<"))
    assert len(quotes(bare, "row")) == 3


def test_the_head_gives_the_metadata():
    found = read_html(PAGE, url="https://brew.example/tea").metadata
    assert (found.title, found.publisher, found.author) == ("Tea vs Coffee", "Brew", "Ann Lee")
    assert (found.published, found.url) == ("2024-05-01", "https://brew.example/tea")


def test_the_declared_charset_is_used():
    page = PAGE.replace("utf-8", "windows-1252").replace("Calms", "Calms – naïvely")
    assert declared_charset(page.encode("cp1252")) == "windows-1252"
    assert "Calms – naïvely" in read_html(page.encode("cp1252")).text


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<html><body><nav>Home</nav></body></html>", "<"]
)
def test_a_page_without_main_text_is_refused_with_a_remedy(page):
    with pytest.raises(UnreadableInputError) as caught:
        read_html(page)
    assert "copy the article's text" in caught.value.remedy


@pytest.mark.parametrize(
    "tag", ["<div>", "<ul><li>", "<b>", "<table><tr><td>", "<blockquote>", "<svg>"]
)
def test_elements_a_thousand_deep_do_not_crash(tag):
    page = f"<html><body><article><p>{LONG}</p>" + tag * 1000 + "x</article></body></html>"
    try:
        assert read_html(page).text
    except UnreadableInputError as error:
        assert error.remedy


def test_tags_in_scripts_do_not_count_as_depth():
    script = "<script>" + "var a = '<div>';" * 1000 + "</script>"
    assert read_html(PAGE.replace("<article>", script + "<article>")).text


@pytest.mark.parametrize("sign", ["<", "&", "<a", "<!--", "&#0;", "<p", "]]>", "<?", "\x00"])
def test_a_hundred_thousand_repeated_characters_end(sign):
    page = f"<html><body><article><p>{LONG}</p>{sign * (100_000 // len(sign))}</article>"
    try:
        read_html(page)
    except UnreadableInputError as error:
        assert error.remedy
