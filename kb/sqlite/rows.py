"""Rows to the types they were made from: articles, passages, claims."""

import json
import sqlite3
from functools import lru_cache

from kb.model import Article, Cell, Claim, Interest, Metadata, Passage, Place
from kb.sqlite.decoding import decoding


@decoding
def article_of(row: sqlite3.Row) -> Article:
    options, text = tuple(json.loads(row["interest_options"])), row["interest_text"]
    metadata = Metadata(
        title=row["title"],
        publisher=row["publisher"],
        author=row["author"],
        published=row["published"],
        url=row["url"],
        interest=Interest(options, text) if text else None,
    )
    return Article(row["id"], row["topic"], row["digest"], row["text"], metadata)


@decoding
def passage_of(row: sqlite3.Row, text: str) -> Passage:
    return Passage(
        id=row["id"],
        article=row["article"],
        start=row["start"],
        end=row["end"],
        text=text,
        headings=tuple(json.loads(row["headings"])),
        kind=row["kind"],
        cells=tuple(Cell(*cell) for cell in json.loads(row["cells"])),
        number=row["number"],
        damage=row["damage"],
    )


@decoding
def place_of(row: sqlite3.Row) -> Place:
    return Place(
        row["id"],
        row["article"],
        row["start"],
        bool(row["damaged"]),
        bytes(row["likeness"]),
        row["number"],
    )


@decoding
def claim_of(row: sqlite3.Row, text: str) -> Claim:
    return Claim(
        article=row["article"],
        passage=row["passage"],
        about=_options(row["about"]),
        criterion=row["criterion"],
        stance=row["stance"],
        start=row["start"],
        end=row["end"],
        quote=text[row["start"] : row["end"]],
        method=row["method"],
        kind=row["kind"],
        hedged=bool(row["hedged"]),
        scope=_scope(row["scope"]),
        limits=row["limits"],
        value=row["value"],
        unit=row["unit"],
        sense=row["sense"],
    )


@lru_cache(maxsize=1000)  # thousands of claims are about a handful of options
def _options(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


@lru_cache(maxsize=1000)
def _scope(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(json.loads(stored).items()))
