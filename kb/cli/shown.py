"""Articles, passages and claims as lines of text and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kb.cli.output import counted, labelled, wrapped
from kb.model import Article, Block, Claim, Passage


@dataclass(frozen=True, slots=True)
class View:
    """An article as `kb show` and `kb add --dry-run` show it; None leaves a part out."""

    article: Article
    passages: Sequence[Passage]
    asides: Sequence[Block] | None
    claims: Sequence[Claim] | None

    def json(self) -> dict[str, Any]:
        document = article_json(self.article)
        document["passages"] = [passage_json(passage) for passage in self.passages]
        if self.asides is not None:
            document["set_aside"] = [aside_json(each, self.article.text) for each in self.asides]
        if self.claims is not None:
            document["claims"] = [claim_json(claim) for claim in self.claims]
        return document

    def lines(self) -> Iterator[str]:
        yield from article_lines(self.article)
        yield from passages_lines(self.passages)
        if self.asides is not None:
            yield from asides_lines(self.asides, self.article.text)
        if self.claims is not None:
            yield from claims_lines(self.claims)


def article_json(article: Article) -> dict[str, Any]:
    """Return an article without its text; what is unknown is null."""
    known = article.metadata
    interest = known.interest
    return {
        "id": article.id,
        "topic": article.topic,
        "title": known.title,
        "publisher": known.publisher or None,
        "author": known.author or None,
        "published": known.published or None,
        "url": known.url or None,
        "interest": interest and {"options": list(interest.options), "text": interest.text},
    }


def article_lines(article: Article) -> Iterator[str]:
    """Yield what is known of an article."""
    known = article.metadata
    yield f"{article.id}: {known.title}"
    yield from labelled(
        [
            ("  topic", article.topic),
            ("  publisher", known.publisher),
            ("  author", known.author),
            ("  published", known.published),
            ("  url", known.url),
            ("  interest", known.interest and known.interest.text),
        ]
    )


def passage_json(passage: Passage) -> dict[str, Any]:
    """Return a passage under the names that /ask uses."""
    return {
        "id": passage.id,
        "article": passage.article,
        "text": passage.text,
        "section": list(passage.headings),
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
        "cells": [
            {"option": cell.option, "start": cell.start, "end": cell.end} for cell in passage.cells
        ],
    }


def passages_lines(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield passages below their headings, each heading once."""
    section: tuple[str, ...] | None = None
    for passage in passages:
        if passage.headings != section:
            section = passage.headings
            yield from ["", *wrapped(" > ".join(section) or "(no heading)")]
        yield from ["", f"  [{passage.id}]", *text_lines(passage, indent="  ")]


def text_lines(passage: Passage, *, indent: str) -> Iterable[str]:
    """Return the text of a passage, wrapped unless it is code."""
    if passage.kind == "code":
        return [indent + line for line in passage.text.splitlines()]
    return wrapped(passage.text, indent=indent)


def aside_json(block: Block, text: str) -> dict[str, Any]:
    """Return what was set aside, with the reason."""
    return {
        "reason": block.aside,
        "text": text[block.start : block.end],
        "start": block.start,
        "end": block.end,
    }


def asides_lines(blocks: Sequence[Block], text: str) -> Iterator[str]:
    """Yield what was set aside, each with the reason."""
    yield from ["", f"Set aside: {counted(len(blocks), 'part')}"]
    for block in blocks:
        yield from wrapped(
            f"({block.aside}) {text[block.start : block.end]}", first="  ", indent="    "
        )


def claim_json(claim: Claim) -> dict[str, Any]:
    """Return a claim; `criterion` is null for an overall one."""
    return {
        "article": claim.article,
        "passage": claim.passage,
        "about": list(claim.about),
        "criterion": claim.criterion or None,
        "stance": claim.stance,
        "kind": claim.kind,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "method": claim.method,
        "hedged": claim.hedged,
        "scope": dict(claim.scope),
        "limits": claim.limits or None,
        "value": claim.value,
        "unit": claim.unit or None,
    }


def claims_lines(claims: Sequence[Claim]) -> Iterator[str]:
    """Yield claims, each with the words it is made in."""
    yield from ["", f"Claims: {counted(len(claims), 'claim')}"]
    for claim in claims:
        yield from wrapped(claim_line(claim), first="  ", indent="    ")


def claim_line(claim: Claim) -> str:
    """Return a claim as one line."""
    scope = "".join(f", {id}={value}" for id, value in claim.scope)
    notes = [claim.kind] * (claim.kind != "stance") + ["hedged"] * claim.hedged
    remark = f" ({', '.join(notes)})" if notes else ""
    subject = claim.criterion or "overall"
    return f"{claim.stance} {'+'.join(claim.about)} on {subject}{scope}{remark}: “{claim.quote}”"
