"""Whole web pages: every fact is read as main text, all junk is set aside, no word is lost."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from kb.chunk import chunk
from kb.claims.mining import mine
from kb.extract.reader import read_document
from kb.extract.web.html import read_html
from kb.model import Document
from kb.topic import Topic
from kb.topic_file import parse_topic

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, Any] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))
DATABASES = Path(__file__).parents[1] / "topics" / "databases" / "topic.toml"
SUBJECTS = ("PostgreSQL", "MySQL", "SQLite", "Cassandra", "MongoDB", "Redis", "Kafka", "RabbitMQ")
UNSEEN = ("script", "style", "noscript", "template", "dialog")


def read(name: str) -> Document:
    page = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return read_html(page, subjects=SUBJECTS)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def visible(name: str) -> str:
    """Return the text of a page's body without what browsers never show."""
    body = html.document_fromstring((PAGES / f"{name}.html").read_text(encoding="utf-8")).body
    for element in body.xpath("//*[@hidden and not(@role='region')]"):
        element.drop_tree()
    for element in list(body.iter(*UNSEEN)):
        element.drop_tree()
    return "\n".join(body.itertext())


def test_every_page_has_its_expectations():
    assert {page.stem for page in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_fact_stands_in_a_passage(name):
    document = read(name)
    passages = [passage.text for passage in chunk(document, article=name, subjects=SUBJECTS)]
    missing = [
        fact for fact in EXPECTED[name]["facts"] if not any(fact in text for text in passages)
    ]
    assert missing == []
    assert document.metadata.title == EXPECTED[name]["title"]


@pytest.mark.parametrize("name", EXPECTED)
def test_facts_stand_in_the_order_of_the_page(name):
    text = read(name).text
    places = [text.find(fact) for fact in EXPECTED[name]["facts"]]
    assert -1 not in places and places == sorted(places)


@pytest.mark.parametrize("name", EXPECTED)
def test_all_junk_is_set_aside_with_its_reason(name):
    document = read(name)
    asides = [
        (document.text[block.start : block.end], block.aside)
        for block in document.blocks
        if block.kind == "aside"
    ]
    missing = [
        (junk, reason)
        for junk, reason in EXPECTED[name]["junk"]
        if not any(junk in text and reason == why for text, why in asides)
    ]
    assert missing == []
    passages = "\n".join(passage.text for passage in chunk(document, article=name))
    labels = [junk for junk, _ in EXPECTED[name]["junk"] if len(junk.split()) > 2]
    assert [junk for junk in labels if junk in passages] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_every_visible_word_of_the_body_is_in_the_text(name):
    assert words(visible(name)) - words(read(name).text) == Counter()


@pytest.mark.parametrize("name", EXPECTED)
def test_blocks_are_ordered_disjoint_and_leave_out_no_more_than_the_headers_of_tables(name):
    document = read(name)
    between, end = [], 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        between.append(document.text[end : block.start])
        end = block.end
    headers = words(" ".join(" ".join(block.columns) for block in document.blocks))
    assert set(words(" ".join(between))) <= set(headers)
    assert not document.text[end:].strip()


def test_what_scripts_and_hidden_elements_hold_is_not_read():
    text = read("blog_with_sidebar").text
    for unseen in ("not shown", "unseen draft", "switch on scripts", "color"):
        assert unseen not in text


@pytest.fixture(scope="module")
def databases() -> Topic:
    return parse_topic(DATABASES.read_text(encoding="utf-8"), id="databases")


@pytest.mark.parametrize("name", ["blog_with_sidebar", "comparison_table"])
def test_a_page_and_its_pasted_text_make_about_the_same_claims(name, databases):
    def claims(suffix: str) -> set[tuple[object, ...]]:
        file = PAGES / f"{name}{suffix}"
        document = read_document(file.read_bytes(), name=file.name, subjects=databases.subjects)
        passages = chunk(document, article=name, subjects=databases.subjects)
        return {
            (claim.about, claim.criterion, claim.stance, claim.kind)
            for claim in mine(passages, databases)
        }

    page, pasted = claims(".html"), claims(".txt")
    assert len(page) > 5
    assert len(page & pasted) >= 0.8 * len(page | pasted), (page - pasted, pasted - page)
