"""Search: kb search, without the advisor's corrections and synonyms."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kb.cli.output import put, wrapped
from kb.cli.program import json_option, say, topic_option
from kb.cli.shown import article_json, note_lines, passage_json, text_lines
from kb.ingest import choose_topic
from kb.model import Alternative, Article, Hit, Query, QueryWord
from kb.retrieval import search as find
from kb.store import open_store
from kb.words import index_words

_MOST_WORDS = 32  # as many as a question may search for


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True)
@topic_option
@json_option
@click.pass_obj
def search(db: Path, words: tuple[str, ...], limit: int, topic: str, as_json: bool) -> None:
    """Search passages and show how they score."""
    with open_store(db).read() as snapshot:
        chosen = choose_topic(snapshot, topic)
        hits = find(snapshot, query_of(" ".join(words), topic=chosen.id), limit=limit)
        articles = {hit.passage.article: snapshot.article(hit.passage.article) for hit in hits}
    put(
        {"hits": [_json(hit, articles) for hit in hits]},
        (line for place, hit in enumerate(hits, 1) for line in _lines(place, hit, articles)),
        as_json=as_json,
    )
    if not hits:
        say("No passage holds any of these words.")


def query_of(text: str, *, topic: str) -> Query:
    """Return the words of `text` as they are; a word said twice counts twice."""
    counts = Counter(word.stem for word in index_words(text))
    first = {word.stem: word.text for word in reversed(index_words(text))}
    words = [
        QueryWord(first[stem], (Alternative(stem, 1.0),), float(count))
        for stem, count in counts.items()
    ]
    return Query(topic, tuple(words[:_MOST_WORDS]))


def _json(hit: Hit, articles: dict[str, Article]) -> dict[str, Any]:
    return {
        **passage_json(hit.passage),
        "article": article_json(articles[hit.passage.article]),
        "score": hit.score,
        "score_parts": [{"name": part.name, "value": part.value} for part in hit.parts],
        "highlights": [[span.start, span.end] for span in hit.highlights],
    }


def _lines(place: int, hit: Hit, articles: dict[str, Article]) -> Iterator[str]:
    passage = hit.passage
    title = articles[passage.article].metadata.title
    yield from wrapped(" > ".join([title, *passage.headings]), first=f"{place}. ", indent="   ")
    yield f"   [{passage.id}]"
    yield from note_lines(passage, indent="   ")
    yield from text_lines(passage, indent="   ")
    parts = " + ".join(f"{part.name} {part.value:.2f}" for part in hit.parts)
    yield from wrapped(f"score {hit.score:.2f} = {parts}", indent="   ")
    yield ""
