"""How much there is: kb stats."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kb.cli.history import extent_json, extent_line
from kb.cli.output import counted, put
from kb.cli.program import json_option
from kb.statistics import Statistics, TopicStatistics
from kb.store import open_store


@click.command()
@json_option
@click.pass_obj
def stats(db: Path, as_json: bool) -> None:
    """Count articles, passages, claims, words, bytes and revisions.

    \b
    Example: kb stats --json
    """
    with open_store(db).read() as snapshot:
        found = snapshot.statistics()
    put({"knowledge_base": str(db), **_json(found)}, _lines(found), as_json=as_json)


def _json(found: Statistics) -> dict[str, Any]:
    counts = ("articles", "passages", "claims", "words")
    return {
        **{name: sum(getattr(each, name) for each in found.topics) for name in counts},
        "corrections": found.corrections,
        "revision": found.revision,
        "revisions": found.revisions,
        "bytes": {"file": found.size, "free": found.free, "sources": found.sources},
        "history": extent_json(found.history),
        "topics": [
            {
                "id": each.id,
                **{name: getattr(each, name) for name in counts},
                "distinct_words": each.forms,
            }
            for each in found.topics
        ],
    }


def _lines(found: Statistics) -> Iterator[str]:
    for topic in found.topics:
        yield f"{topic.id}: {_content(topic)}"
    yield f"{counted(found.corrections, 'correction')}, {counted(found.revisions, 'revision')}"
    free = f", {_megabytes(found.free)} of it free" if found.free else ""
    yield f"{_megabytes(found.size)}{free}; {_megabytes(found.sources)} are sources"
    yield extent_line(found.history)


def _content(topic: TopicStatistics) -> str:
    return (
        f"{counted(topic.articles, 'article')}, {counted(topic.passages, 'passage')},"
        f" {counted(topic.claims, 'claim')}, {counted(topic.words, 'word')}"
        f" ({topic.forms:,} different ones)"
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.2f} MB"
