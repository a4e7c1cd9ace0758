"""HTML -> blocks: the main text of a page, its tables and its metadata."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableInputError
from kb.extract.web.html import declared_charset, read_html
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


def test_the_main_text_is_read_and_what_stands_around_it_is_set_aside():
    document = read_html(PAGE)
    assert quotes(document, "heading") == [
        "Tea vs Coffee", "Tea", "Side by side", "Brewing", "Is tea cold?",
    ]  # fmt: skip
    asides = [
        (block.aside, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "aside"
    ]
    assert asides == [
        ("navigation", "Home All our posts"),
        ("newsletter form", "Subscribe to our newsletter for more tea"),
        ("comments", "First! What a strange comparison this is."),
        ("footer", "All rights reserved"),
    ]


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


def test_what_a_maintainer_keeps_or_drops_changes_sides():
    document = read_html(PAGE, kept=["All rights reserved"], dropped=["Cheap per cup"])
    assert "All rights reserved" in quotes(document, "paragraph")
    assert "Cheap per cup" in quotes(document, "aside")


@pytest.mark.parametrize(
    ("body", "kind", "texts"),
    [
        ("<p>Tea<br>is hot<br><br>and wet", "paragraph", ["Tea\nis hot", "and wet"]),
        ("<p><b>Strong points</b></p>", "heading", ["Strong points"]),
        ("<div class=card-title>Strong points</div>", "heading", ["Strong points"]),
        ("<div class='note note-title'>Note</div>", "heading", []),
        ("<dl><dt>Tea<dd>hot<dt>Ice:<dd>cold", "item", ["Tea: hot", "Ice: cold"]),
        ("<dl><dt>Tea<dt>Chai<dd>hot</dl>", "item", ["Tea, Chai: hot"]),
        ("<dl><dt>Chai<dd><ul><li>hot</ul></dl>", "item", ["Chai", "hot"]),
        ("<dl><dt>Is it hot?<dd>Yes, it is.</dl>", "paragraph", ["Yes, it is."]),
        ("<button>Is it hot?</button>", "heading", ["Is it hot?"]),
        ("<button>Play</button>", "aside", ["Play"]),
        ("<p>Press <button>Play</button> now</p>", "paragraph", ["Press Play now"]),
        ("<p>- hot<br>- wet</p>", "item", ["hot", "wet"]),
        ("<p>Two <a>cups</a><a>pots</a>", "paragraph", ["Two cups pots"]),
        ("<p>The <span>read</span><span>May</span>", "paragraph", ["The read May"]),
        ("<p>The <code><span>a</span><span>B</span></code>", "paragraph", ["The aB"]),
        ("<p><a>Up</a> <a>Down</a></p>", "aside", ["Up Down"]),
        ("<ul><li><p>Tea</p><p>is hot</p><li>and wet", "item", ["Tea\nis hot", "and wet"]),
        ("<pre>a\n  <b>b</b><br>c</pre>", "code", ["a\n  b\nc"]),
        ("<blockquote>Hot!<footer>Ann</footer></blockquote>", "paragraph", ["Hot!", "Ann"]),
    ],
)
def test_elements_keep_their_form(body, kind, texts):
    page = f"<html><body><article><h1>Tea</h1><pre>{LONG}</pre>{body}</article></body></html>"
    found = [text for text in quotes(read_html(page), kind) if text not in ("Tea", LONG.strip())]
    assert found == texts


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th>A<th>B<th>C<tr><td rowspan=2>x<td>1<td>2<tr><td colspan=2>3",
            ["x | 1 | 2", "x | 3 | 3"],
        ),
        ("<tr><td>A<td>B<tr><td>1<td><img alt=yes>", ["A | B", "1 | yes"]),
        ("<tr><td><b>A</b><td><b>B</b><tr><td>1<td>2", ["1 | 2"]),
        ("<thead><tr><td>A<td>B<tbody><tr><td>1<td><p>2<p>3", ["1 | 2 3"]),
        ("<tr><td colspan=9999999999>A<tr><td>1<td>2", ["A", "1 | 2"]),
        ("<tr><th colspan=2>A<tr><th>x<td>1<tr><th>y<td>2", ["A", "x | 1", "y | 2"]),
    ],
)
def test_cells_that_span_others_are_told_in_each_row(table, rows):
    page = f"<html><body><article><h1>Tea</h1><p>{LONG}</p><table>{table}</table></article>"
    assert quotes(read_html(page), "row") == rows


@pytest.mark.parametrize(
    "fact",
    [
        "<p>It provides a secure cookies feature.</p>",
        "<p class=cookies>It provides a secure cookies feature.</p>",
        "<div class=feature-social><p>It has a login with social accounts.</p></div>",
        "<table><tr><th>A<th>B<tr><td class=rating>It has<td class=share>a market share</table>",
        f"<div class=share><p>{LONG}</p></div>",
        "<p>Short.</p>",
        "<ul><li>It is <a href=x>hot</a>, as <a href=y>they</a> say</li></ul>",
        "<aside class=tip><p>Boil the water first.</p></aside>",
        "<section><h2>Related costs</h2><p>A kettle is needed too.</p></section>",
        "<h2>More in common than you think</h2><p>Both are hot.</p>",
    ],
)
def test_a_fact_in_the_main_text_is_not_set_aside(fact):
    page = f"<html><body><article><h1>Tea</h1><p>{LONG}</p>{fact}<p>{LONG}</p></article></body>"
    assert quotes(read_html(page), "aside") == []


def test_a_form_around_the_whole_page_is_no_furniture():
    page = PAGE.replace("<article>", "<form><article>").replace("</article>", "</article></form>")
    assert quotes(read_html(page), "heading") == quotes(read_html(PAGE), "heading")


def test_hidden_answers_that_a_button_opens_are_read():
    button = '<button aria-expanded="false" aria-controls="a">Is it hot?</button>'
    page = PAGE.replace("<h2>Tea</h2>", button + '<p id="a" hidden>Yes!</p><p hidden>No!</p>')
    assert "Is it hot?\n\nYes!" in read_html(page).text
    assert "No!" not in read_html(page).text


WEB = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<th rowspan=2>",
     "</table>", "<pre>", "</pre>", "<h2>", "</h2>", "<nav>", "</nav>", "<b>", "</b>", "<a>",
     "</a>", "<dl>", "<dt>", "<dd>", "</dl>", "<details>", "<summary>", "</details>", "<button>",
     "</button>", "<div class=share>", "</div>", "<form><input type=email>", "</form>", "tea",
     "<br>", "hot.", "wet?", "- dry", "<td colspan=3>", "<blockquote>", "<option>", "<article>",
     "</article>"]
)  # fmt: skip


@given(st.lists(WEB, max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_elements_give_ordered_blocks_and_lose_no_word(parts):
    body = " ".join(parts)
    document = read_html(f"<html><body><h1>Tea</h1><p>{LONG}</p>{body}</body></html>")
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
        end = block.end
    for word in ("tea", "hot", "wet", "dry"):
        assert len(re.findall(rf"\b{word}\b", document.text)) >= len(
            re.findall(rf"\b{word}\b", re.sub(r"<[^>]*>", "", body))
        )


@pytest.mark.parametrize(
    "body",
    [
        "<p>x" * 100_000,
        "<ul>" + "<li>x" * 100_000,
        "x<br>" * 100_000,
        "<dl>" + "<dt>a<dd>b" * 50_000,
        "<h2>Related posts</h2>" * 50_000,
        "<form>" + "<input type=email>" * 50_000,
        "<div class=post><p>tea is hot</div>" * 30_000,
        "<table><tr>" + "<td rowspan=60000 colspan=1000>tea" * 1000 + "<tr><td>x" * 30_000,
        "<table><tr><td>" * 80 + "x" + "</table>" * 80,
        "<p>" + "tea " * 1_200_000,
        '<div class="' + "a-b " * 1_000_000 + '">x</div>',
    ],
    ids=lambda body: body[:16],
)
def test_a_hundred_thousand_elements_and_long_lines_are_read(body):
    document = read_html(f"<html><body><article><h1>Tea</h1><p>{LONG}</p>{body}")
    assert len(document.text) < 5_500_000


@pytest.mark.parametrize("page", ["<ul><li>" * 1000, "<dl>" + "<dt>x" * 1000, "<p>x</p>" * 150_000])
def test_what_is_nested_too_deeply_or_too_large_is_refused(page):
    with pytest.raises(UnreadableInputError, match="nested too deeply") as caught:
        read_html(f"<html><body><article><p>{LONG}</p>{page}")
    assert "Copy the article's text" in caught.value.remedy


@pytest.mark.parametrize("sign", ["<", "&", "<a", "<!--", "&#0;", "<p", "]]>", "<?", "\x00"])
def test_a_hundred_thousand_repeated_characters_end(sign):
    page = f"<html><body><article><p>{LONG}</p>{sign * (100_000 // len(sign))}</article>"
    try:
        read_html(page)
    except UnreadableInputError as error:
        assert error.remedy
