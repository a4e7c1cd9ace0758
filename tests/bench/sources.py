"""The real texts that synthetic ones are made of: the shipped articles, and collections."""

from collections.abc import Sequence
from pathlib import Path

from judged import Text, load_texts

from kb.content.shipped import shipped_articles, shipped_topics
from kb.ingest import prepare


def shipped_texts() -> list[Text]:
    """Return the prose of the shipped articles."""
    return [
        Text(passage.id, article.id, article.metadata.title, passage.text)
        for topic in shipped_topics()
        for source in shipped_articles(topic.id)
        for prepared in (prepare(source, topic),)
        for article in (prepared.article,)
        for passage in prepared.passages
        if passage.kind == "prose"
    ]


def texts_of(folders: Sequence[Path]) -> list[Text]:
    """Return the shipped articles' prose and the documents of collections."""
    return shipped_texts() + [text for folder in folders for text in load_texts(folder)]
