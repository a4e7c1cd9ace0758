"""Markdown, CSV and JSON hold the same: each is read back and compared with the matrix."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisor.comparing import compare
from advisor.exports.document import document_of, json_of
from advisor.exports.markdown import markdown_of
from advisor.exports.table import COLUMNS, csv_of
from advisor.exports.terminal import matrix_lines
from advisor.matrix import (
    Cell,
    Choice,
    Contradiction,
    Figure,
    Matrix,
    Quote,
    Reference,
    Row,
    Statement,
    Voice,
)
from kb.content.shipped import shipped_articles, shipped_topics
from kb.extract.source import read_file
from kb.ingest import create
from kb.store import open_store
from kb.topic_file import parse_topic

Fields = Mapping[str, str]
FOLDER = Path(__file__).parents[1] / "topics" / "databases"
SIDES = {"for": "for", "against": "against", "no difference": "even"}
COUNTS = ("articles", "articles_for", "articles_against", "both_sides", "no_difference")


# Fields back to the document


def reference(fields: Fields) -> dict[str, Any]:
    return {
        "id": fields["article"],
        "title": fields["title"],
        "publisher": fields.get("publisher"),
        "published": fields.get("published"),
    }


def quote(fields: Fields) -> dict[str, Any]:
    scope = fields.get("scope")
    return {
        "stance": fields["stance"],
        "text": fields["quote"],
        "start": int(fields["start"]),
        "end": int(fields["end"]),
        "passage": fields["passage"],
        "link": fields["link"],
        "hedged": "hedged" in fields,
        "example": "example" in fields,
        "scope": dict(pair.split("=") for pair in scope.split(";")) if scope else {},
        "holds_for": fields.get("holds_for"),
        "limits": fields.get("limits"),
    }


def cell(fields: Fields) -> dict[str, Any]:
    return {
        "options": fields["options"].split("+"),
        "label": fields["option_label"],
        "summary": fields["summary"],
        "agreement": fields.get("agreement"),
        **{name: int(fields[name]) for name in COUNTS},
        "voices": [],
        "figures": [],
        "disagreements": [],
    }


def voice(fields: Fields) -> dict[str, Any]:
    return {
        "article": reference(fields),
        "side": fields["side"],
        "statements": int(fields["statements"]),
        "interest": fields.get("interest"),
        "quotes": [],
    }


def figure(fields: Fields) -> dict[str, Any]:
    return {
        "article": reference(fields),
        "group": int(fields["group"]),
        "value": float(fields["value"]),
        "unit": fields.get("unit"),
        "written": fields["written"],
        "measure": fields.get("measure"),
        "note": fields.get("note"),
        "quote": quote(fields),
    }


def disagreement(fields: Fields) -> dict[str, Any]:
    return {"between": fields["between"], "strength": fields["strength"], "sides": []}


def statement(fields: Fields) -> dict[str, Any]:
    return {
        "options": fields["about"].split("+"),
        "label": fields["about_label"],
        "article": reference(fields),
        "quote": quote(fields),
    }


class Document:
    """A document that is put together from cells as they come."""

    def __init__(self, **topic: Any) -> None:
        self.content = {**topic, "options": [], "criteria": []}

    def add_cell(self, fields: Fields) -> None:
        key = {"id": fields["criterion"], "sense": fields.get("sense")}
        rows = self.content["criteria"]
        if not rows or {name: rows[-1][name] for name in key} != key:
            label = fields["criterion_label"]
            rows.append({**key, "label": label, "cells": [], "together": []})
        self.cell = cell(fields)
        rows[-1]["together" if "+" in fields["options"] else "cells"].append(self.cell)


# CSV


def read_csv(text: str) -> dict[str, Any]:
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    document: Document
    for each in lines:
        fields = {name: unguarded(field) for name, field in each.items() if field}
        kind = fields.pop("line")
        if kind == "topic":
            document = Document(
                topic=fields["topic"],
                name=fields["topic_name"],
                articles=int(fields["articles"]),
            )
        elif kind == "option":
            option = {"id": fields["options"], "label": fields["option_label"]}
            document.content["options"].append(option)
        elif kind == "cell":
            document.add_cell(fields)
        else:
            add_line(kind, fields, document.cell)
    return document.content


def add_line(kind: str, fields: Fields, cell: dict[str, Any]) -> None:
    if kind == "quote":
        voices = cell["voices"]
        if not voices or voices[-1]["article"]["id"] != fields["article"]:
            voices.append(voice(fields))
        voices[-1]["quotes"].append(quote(fields))
    elif kind == "figure":
        cell["figures"].append(figure(fields))
    else:
        assert kind == "disagreement"
        if int(fields["disagreement"]) > len(cell["disagreements"]):
            cell["disagreements"].append(disagreement(fields))
        cell["disagreements"][-1]["sides"].append(statement(fields))


def unguarded(field: str) -> str:
    """Take away the apostrophe that the documentation says to take away."""
    return field[1:] if re.match("'+[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]", field) else field


# Markdown, by what a renderer makes of it


def read_markdown(text: str) -> dict[str, Any]:
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(text))
    document = Document()
    row: Fields = {}
    counts: dict[str, Fields] = {}
    said: dict[str, Any] = {}
    for token in tokens:
        if token.type == "heading_open":
            fields = inline(next(tokens))
            if token.tag == "h1":
                document.content["name"] = fields["text"]
            elif token.tag == "h2":
                row = {"criterion": fields["code"], "criterion_label": fields["text"]}
                row |= {"sense": fields["sense"]} if "sense" in fields else {}
            else:
                document.add_cell({**row, **counts[fields["code"]]})
        elif token.type == "tr_open":
            named = table_row(tokens)
            counts[named["options"]] = named
        elif token.type == "list_item_open":
            next(tokens)
            said = add_item(inline(next(tokens)), document, said)
    order = ("topic", "name", "articles", "options", "criteria")
    return {name: document.content[name] for name in order}


def add_item(fields: Fields, document: Document, said: dict[str, Any]) -> dict[str, Any]:
    """Add one item of a list; return the one that the quotes below it belong to."""
    kind = fields.get("strong", "")
    if "topic" in fields:
        document.content["topic"] = fields["code"]
    elif "articles" in fields:
        document.content["articles"] = int(fields["articles"])
    elif "option" in fields:
        option = {"id": fields["code"], "label": fields["option"]}
        document.content["options"].append(option)
    elif kind == "figure" or kind == "disagreement":
        return {"kind": kind, "fields": fields, "sides": 0}
    elif kind:
        return {"kind": "quote", "fields": {**fields, "side": kind}}
    else:
        add_quote(fields, document.cell, said)
    return said


def add_quote(fields: Fields, cell: dict[str, Any], said: dict[str, Any]) -> None:
    found = re.fullmatch(r"/articles/(.+)\?from=(\d+)&to=(\d+)#(.+)", fields["link"])
    place = dict(zip(("article", "start", "end", "passage"), found.groups(), strict=True))
    told = {**said["fields"], **fields, **place, "quote": fields["linked"]}
    if said["kind"] == "disagreement":
        said["sides"] += 1
        number = len(cell["disagreements"]) + (said["sides"] == 1)
        told["disagreement"] = str(number)
    add_line(said["kind"], told, cell)


def table_row(tokens: Iterator[Token]) -> Fields:
    cells = []
    for token in tokens:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            cells.append(inline(token))
    names = ("summary", "agreement", *COUNTS)
    assert len(cells) == 1 + len(names), "a pipe has parted a cell"
    told = {name: cell.get("text", "") for name, cell in zip(names, cells[1:], strict=True)}
    told = {name: text for name, text in told.items() if text}
    return {"options": cells[0].get("code", ""), "option_label": cells[0]["text"], **told}


def inline(token: Token) -> dict[str, str]:
    """Return what stands under each name in italics, and the rest under "text".

    "code", "strong", "linked" and "link" are what is marked up so.
    """
    parts: dict[str, str] = defaultdict(str)
    names = ["text"]
    for child in token.children or ():
        if child.type == "text":
            parts[names[-1]] += child.content
        elif child.type == "html_inline":
            assert child.content == "<br>"
            parts[names[-1]] += "\n"
        elif child.type == "code_inline":
            parts["code"] += child.content
        elif child.type == "link_open":
            parts["link"] = str(child.attrs["href"])
            names.append("linked")
        elif child.type in ("em_open", "strong_open"):
            names.append(child.type.removesuffix("_open"))
        elif child.type in ("link_close", "strong_close"):
            names.pop()
        else:
            assert child.type == "em_close", child.type
            names.pop()
            names = [parts.pop("em").removesuffix(":").replace(" ", "_")]
    trimmed = {name: trim(name, text) for name, text in parts.items()}
    if "code" in trimmed and "option" in trimmed:
        trimmed["option"] = trimmed["option"].removesuffix(" ()")
    if "text" in trimmed:
        trimmed["text"] = trimmed["text"].removesuffix(" ()")
    return trimmed


def trim(name: str, text: str) -> str:
    """Take away the blanks around a field, which its texts never begin or end with."""
    return text if name in ("linked", "link") else text.strip(" ")


# The matrices


@pytest.fixture(scope="module")
def matrices(tmp_path_factory: pytest.TempPathFactory) -> list[Matrix]:
    """The shipped topics and the three databases, whole."""
    databases = parse_topic((FOLDER / "topic.toml").read_text(encoding="utf-8"), id="databases")
    articles = [read_file(file) for file in sorted((FOLDER / "articles").iterdir())]
    shipped = [(topic, shipped_articles(topic.id)) for topic in shipped_topics()]
    path = tmp_path_factory.mktemp("exports") / "both.db"
    create(path, [*shipped, (databases, articles)])
    with closing(open_store(path)) as store, store.read() as snapshot:
        return [compare(snapshot, topic) for topic in snapshot.topics()]


def test_json_markdown_and_csv_hold_the_same(matrices: list[Matrix]) -> None:
    for matrix in matrices:
        assert len(matrix.criteria) > 10
        document = json.loads(json_of(matrix))
        assert document == json.loads(json.dumps(document_of(matrix)))
        assert read_csv(csv_of(matrix)) == document
        assert read_markdown(markdown_of(matrix)) == document


HOSTILE = st.one_of(
    st.text("|\n\\`*_[]()<>&#~$!=+-@'\"“”,;: ab\u00e9\u4e2d\U0001f600\t", min_size=1, max_size=40),
    st.sampled_from(
        ["=HYPERLINK(1)", "+1", "-1", "@x", "'=1", "''@", "'a", "\t=1", "a|b\\|c", "<br>", "&lt;",
         "**a**", "[a](b)", "![a](b)", "<script>alert(1)</script>", "https://a.example/?b=c&d",
         "# a", "- a", "a\n\n- b", "a  \nb", "|---|", "\uff1d1", "``", "~~a~~", "a\n    b", "1. a"]
    ),
)  # fmt: skip
LINE = HOSTILE.map(lambda text: " ".join(text.split())).filter(bool)
MAYBE = st.none() | LINE
WORDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
REFERENCES = st.builds(Reference, WORDS, LINE, MAYBE, MAYBE)
STANCES = st.sampled_from(["for", "against", "even"])


@st.composite
def quoted(draw: st.DrawFn, article: str, stance: str | None = None) -> Quote:
    text = draw(HOSTILE)
    start = draw(st.integers(0, 10**6))
    passage = f"{article}-{draw(WORDS)}"
    end = start + len(text)
    return Quote(
        stance=stance or draw(STANCES),  # type: ignore[arg-type]
        text=text,
        start=start,
        end=end,
        passage=passage,
        link=f"/articles/{article}?from={start}&to={end}#{passage}",
        hedged=draw(st.booleans()),
        example=draw(st.booleans()),
        scope=draw(st.dictionaries(WORDS, WORDS, max_size=2)),
        holds_for=draw(MAYBE),
        limits=draw(MAYBE),
    )


@st.composite
def voiced(draw: st.DrawFn, article: Reference) -> Voice:
    side = draw(st.sampled_from(["for", "against", "both sides", "no difference"]))
    stances = ("for", "against") if side == "both sides" else (SIDES[side],)
    quotes = tuple(draw(quoted(article.id, stance)) for stance in stances)
    return Voice(article, side, draw(st.integers(1, 99)), draw(MAYBE), quotes)  # type: ignore[arg-type]


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    article = draw(REFERENCES)
    value = draw(st.floats(allow_nan=False, allow_infinity=False))
    written, unit, measure, note = draw(LINE), draw(MAYBE), draw(MAYBE), draw(MAYBE)
    quote = draw(quoted(article.id))
    return Figure(article, draw(st.integers(1, 9)), value, unit, written, measure, note, quote)


@st.composite
def disagreements(draw: st.DrawFn) -> Contradiction:
    between = draw(st.sampled_from(["articles", "one article"]))
    strength = draw(st.sampled_from(["hard", "soft"]))
    sides = []
    for _ in range(2):
        article = draw(REFERENCES)
        about = tuple(draw(st.lists(WORDS, min_size=1, max_size=2)))
        sides.append(Statement(about, draw(LINE), article, draw(quoted(article.id))))
    return Contradiction(between, strength, (sides[0], sides[1]))  # type: ignore[arg-type]


@st.composite
def filled(draw: st.DrawFn, options: tuple[str, ...]) -> Cell:
    articles = draw(st.lists(REFERENCES, max_size=2, unique_by=lambda each: each.id))
    summary = draw(st.sampled_from(["for", "against", "mixed", "no difference", "not covered"]))
    return Cell(
        options,
        draw(LINE),
        summary,  # type: ignore[arg-type]
        draw(MAYBE),
        *draw(st.tuples(*[st.integers(0, 9)] * 5)),
        voices=tuple(draw(voiced(article)) for article in articles),
        figures=tuple(draw(st.lists(figures(), max_size=1))),
        disagreements=tuple(draw(st.lists(disagreements(), max_size=2))),
    )


@st.composite
def any_matrix(draw: st.DrawFn) -> Matrix:
    ids = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    rows = []
    for id in draw(st.lists(WORDS, max_size=2, unique=True)):
        cells = tuple(draw(filled((option,))) for option in ids)
        together = (draw(filled(tuple(ids))),) if len(ids) > 1 and draw(st.booleans()) else ()
        rows.append(Row(id, draw(MAYBE), draw(LINE), cells, together))
    options = tuple(Choice(id, draw(LINE)) for id in ids)
    return Matrix(draw(WORDS), draw(LINE), draw(st.integers(0, 99)), options, tuple(rows))


@settings(max_examples=150, deadline=None)
@given(any_matrix())
def test_they_hold_the_same_whatever_is_written(matrix: Matrix) -> None:
    document = json.loads(json_of(matrix))
    assert read_csv(csv_of(matrix)) == document
    assert read_markdown(markdown_of(matrix)) == document
    assert all(isinstance(line, str) for line in matrix_lines(matrix))


@settings(max_examples=50, deadline=None)
@given(any_matrix())
def test_no_field_of_the_table_is_a_formula(matrix: Matrix) -> None:
    lines = list(csv.reader(io.StringIO(csv_of(matrix), newline="")))
    assert {len(line) for line in lines} == {len(COLUMNS)}
    for field in (field for line in lines for field in line):
        assert not field.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_table_is_what_rfc_4180_says(matrices: list[Matrix]) -> None:
    text = csv_of(matrices[0])
    assert text.split("\r\n")[0] == ",".join(COLUMNS)
    assert text.endswith("\r\n")


def test_every_quote_is_read_on_a_terminal(matrices: list[Matrix]) -> None:
    for matrix in matrices:
        text = " ".join(" ".join(matrix_lines(matrix)).split())
        for row in matrix.criteria:
            for each in (*row.cells, *row.together):
                for said in (quote for voice in each.voices for quote in voice.quotes):
                    assert " ".join(said.text.split()) in text
