"""An answer can be taken along as Markdown or plain text, with everything it cites."""

import re

import pytest
from markdown_it import MarkdownIt
from test_start_and_answer_pages import Page, page

from web.written import Line, markdown_of, text_of

STUDY = "Which is better for studying?"
FORMATS = {"markdown": "text/markdown", "text": "text/plain"}


def written(client, format, question=STUDY, **params):
    reply = client.get("/", params={"q": question, "format": format, **params})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == f"{FORMATS[format]}; charset=utf-8"
    return reply.text


def plain(markdown):
    """The text that a reader of Markdown sees."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = [token for token in tokens if token.type == "inline"]
    pieces = [child for token in inline for child in token.children or ()]
    assert not [piece for piece in pieces if piece.type == "html_inline"]
    assert not [token for token in tokens if token.type == "html_block"]
    text = " ".join(piece.content for piece in pieces) + " ".join(
        token.content for token in tokens if token.type == "fence"
    )
    return " ".join(text.split())


@pytest.mark.parametrize("format", FORMATS)
def test_it_tells_what_the_page_tells(client, format):
    told = client.get("/ask", params={"q": STUDY}).json()
    text = written(client, format)
    seen = plain(text) if format == "markdown" else " ".join(text.split())
    guidance = told["guidance"]
    expected = [told["question"], guidance["headline"], guidance["confidence_because"]]
    expected += [each["text"] for each in (*guidance["reasons"], *guidance["against"])]
    for found in guidance["disagreements"]:
        expected += [side["quote"] for side in found["sides"]]
    for each in expected:
        assert " ".join(each.split()) in seen


@pytest.mark.parametrize("format", FORMATS)
def test_every_citation_has_its_source_with_quote_and_address(client, format):
    told = client.get("/ask", params={"q": STUDY}).json()
    text = written(client, format)
    listed = text.partition("Sources")[2].replace("\\", "")
    cited = {
        int(n) for n in re.findall(r"\[(\d+)\]", text.replace("\\", "").partition("Sources")[0])
    }
    assert cited
    for passage in told["passages"]:
        assert (f"- [{passage['n']}] " in listed) == (passage["n"] in cited)
        if passage["n"] in cited:
            assert f"http://testserver{passage['link']}" in listed
            assert passage["article"]["title"] in listed


def test_the_page_links_to_both_and_carries_the_conversation(client):
    shown = page(client, "/", q="and for sleep?", h="Is coffee good?", given="daytime:evening")
    for words, format in (("Plain text", "text"), ("Markdown", "markdown")):
        reply = client.get(shown.link(words))
        assert reply.headers["content-type"].startswith(FORMATS[format])
        assert "evening" in reply.text
        assert shown.link(words) in [button.get("data-copy") for button in shown.all("button")]


def test_without_advice_the_passages_are_told(client):
    text = written(client, "text", "Is water pure?")
    assert "said the <b onclick=alert(1)>sign</b> & the guests." in text
    assert "alert" in plain(written(client, "markdown", "Is water pure?"))


def test_what_is_not_covered_is_said(client):
    assert "cocoa" in written(client, "text", "what about cocoa?").split("\n\n")[1]


def test_headings_are_in_the_language_of_the_page(client):
    text = written(client, "text", lang="de")
    assert "Verstanden als" in text and "Quellen" in text


def test_an_unknown_format_is_the_page(client):
    assert Page(client.get("/", params={"q": STUDY, "format": "pdf"})).texts("h1")


def test_what_is_wrong_with_a_question_is_still_a_problem(client):
    assert client.get("/", params={"q": "", "format": "text"}).status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[here](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "# no heading",
        "1. no list",
        "- no item",
        "+ no item",
        "> no quote",
        "=====",
        "***",
        "a\n---\nb",
        "a | b\n--|--",
        "back\\slash and `code` and ~~gone~~ & more $x$",
        "<http://evil.example>",
    ],
)
@pytest.mark.parametrize("kind", ["title", "heading", "strong", "text", "item", "quote", "note"])
def test_markdown_in_what_is_said_stays_text(kind, text):
    seen = plain(markdown_of([Line(kind, text)]))
    assert seen == " ".join(text.split())


def test_code_is_fenced_whatever_it_holds():
    code = "```\nx = `1`\n\n    y\n````"
    (fence,) = [
        token
        for token in MarkdownIt("commonmark").parse(
            markdown_of([Line("item", "[1] A"), Line("code", code)])
        )
        if token.type == "fence"
    ]
    assert fence.content == f"{code}\n"


def test_two_quotes_of_a_passage_are_two_paragraphs():
    lines = [Line("item", "[1] A"), Line("quote", "one"), Line("quote", "two")]
    tokens = MarkdownIt("commonmark").parse(markdown_of(lines))
    assert [token.content for token in tokens if token.type == "inline"] == [
        "\\[1\\] A",
        "one",
        "two",
    ]
    assert text_of(lines) == "- [1] A\n  “one”\n\n  “two”\n"
