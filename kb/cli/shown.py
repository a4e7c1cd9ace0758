"""Articles, passages and claims as lines of text and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.cli.output import counted, labelled, wrapped
from kb.corrections import claim_id, decision_id, stretch_id
from kb.evidence import in_sense
from kb.model import Article, Block, Claim, Decision, Passage
from kb.repeats import Repost

_WORDED = {"accept": "accepted", "add": "added by the maintainer"}


@dataclass(frozen=True, slots=True)
class View:
    """An article as `kb show` and `kb add --dry-run` show it; None leaves a part out."""

    article: Article
    passages: Sequence[Passage]
    asides: Sequence[Block] | None
    claims: Sequence[Claim] | None
    repost: Repost | None = None
    decisions: Sequence[Decision] = ()

    def json(self) -> dict[str, Any]:
        document = {**article_json(self.article), "repeats": repost_json(self.repost)}
        document["passages"] = [passage_json(passage) for passage in self.passages]
        if self.asides is not None:
            document["set_aside"] = [aside_json(each, self.article) for each in self.asides]
        if self.claims is not None:
            decided = worded(self.decisions)
            document["claims"] = [claim_json(claim, decided) for claim in self.claims]
        return document

    def lines(self) -> Iterator[str]:
        yield from article_lines(self.article)
        if self.repost:
            yield from wrapped(repost_text(self.repost), first="  ", indent="    ")
        yield from passages_lines(self.passages)
        if self.asides is not None:
            yield from asides_lines(self.asides, self.article)
        if self.claims is not None:
            yield from claims_lines(self.claims, worded(self.decisions))


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


def repost_json(repost: Repost | None) -> dict[str, Any] | None:
    """Return what an article mostly repeats, null when it repeats none."""
    return {"article": repost.article, "share": round(repost.share, 2)} if repost else None


def repost_text(repost: Repost) -> str:
    """Return what an article mostly repeats as part of a line."""
    return f"repeats {repost.article} ({100 * repost.share:.0f} % of its passages)"


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
        "damaged": passage.damage or None,
    }


def passages_lines(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield passages below their headings, each heading once."""
    section: tuple[str, ...] | None = None
    for passage in passages:
        if passage.headings != section:
            section = passage.headings
            yield from ["", *wrapped(" > ".join(section) or "(no heading)")]
        yield from ["", f"  [{passage.id}]", *note_lines(passage, indent="  ")]
        yield from text_lines(passage, indent="  ")


def text_lines(passage: Passage, *, indent: str) -> Iterable[str]:
    """Return the text of a passage, wrapped unless it is code."""
    if passage.kind == "code":
        return [indent + line for line in passage.text.splitlines()]
    return wrapped(passage.text, indent=indent)


def note_lines(passage: Passage, *, indent: str) -> Iterator[str]:
    """Yield what has to stand above damaged code, nothing above any other passage."""
    if passage.damage:
        yield from wrapped(f"Damaged in the source: {passage.damage}.", indent=indent)


def aside_json(block: Block, article: Article) -> dict[str, Any]:
    """Return what was set aside, with the reason."""
    text = article.text[block.start : block.end]
    return {
        "id": stretch_id(article.id, text),
        "reason": block.aside,
        "text": text,
        "start": block.start,
        "end": block.end,
    }


def asides_lines(blocks: Sequence[Block], article: Article) -> Iterator[str]:
    """Yield what was set aside, each with its id and the reason."""
    yield from ["", f"Set aside: {counted(len(blocks), 'part')}"]
    for block in blocks:
        text = article.text[block.start : block.end]
        line = f"[{stretch_id(article.id, text)}] ({block.aside}) {text}"
        yield from wrapped(line, first="  ", indent="    ")


def worded(decisions: Iterable[Decision]) -> Mapping[str, str]:
    """Return what is said of claims that a maintainer decided on, by their ids."""
    return {decision_id(each): _WORDED[each.kind] for each in decisions if each.kind in _WORDED}


def claim_json(claim: Claim, decided: Mapping[str, str]) -> dict[str, Any]:
    """Return a claim; `criterion` is null for an overall one, `decided` unless somebody did."""
    return {
        "id": claim_id(claim),
        "article": claim.article,
        "passage": claim.passage,
        "about": list(claim.about),
        "criterion": claim.criterion or None,
        "sense": claim.sense or None,
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
        "decided": decided.get(claim_id(claim)),
    }


def claims_lines(claims: Sequence[Claim], decided: Mapping[str, str]) -> Iterator[str]:
    """Yield claims, each with the words it is made in."""
    yield from ["", f"Claims: {counted(len(claims), 'claim')}"]
    for claim in claims:
        line = f"[{claim_id(claim)}] {claim_line(claim, decided)}"
        yield from wrapped(line, first="  ", indent="    ")


def claim_line(claim: Claim, decided: Mapping[str, str]) -> str:
    """Return a claim as one line."""
    scope = "".join(f", {id}={value}" for id, value in claim.scope)
    notes = [claim.kind] * (claim.kind != "stance") + ["hedged"] * claim.hedged
    notes += filter(None, [decided.get(claim_id(claim))])
    remark = f" ({', '.join(notes)})" if notes else ""
    subject = in_sense(claim.criterion, claim.sense) or "overall"
    return f"{claim.stance} {'+'.join(claim.about)} on {subject}{scope}{remark}: “{claim.quote}”"
