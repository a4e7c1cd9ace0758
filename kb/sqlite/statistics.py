"""Counting what a knowledge base file holds."""

import sqlite3

from kb.sqlite.history_reading import SqliteHistory
from kb.statistics import Statistics, TopicStatistics

_TOPICS = """
SELECT t.id,
    (SELECT count(*) FROM articles a WHERE a.topic = t.id),
    (SELECT coalesce(sum(s.passages), 0) FROM segments s WHERE s.topic = t.id),
    (SELECT count(*) FROM claims c JOIN articles a ON a.id = c.article WHERE a.topic = t.id),
    (SELECT count(*) FROM forms f WHERE f.topic = t.id AND f.frequency > 0)
FROM topics t ORDER BY t.id
"""


def read_statistics(connection: sqlite3.Connection) -> Statistics:
    """Return how much of everything there is; every text is read."""
    topics = connection.execute(_TOPICS).fetchall()
    pages, size, free = (
        _number(connection, f"PRAGMA {each}")
        for each in ("page_count", "page_size", "freelist_count")
    )
    return Statistics(
        topics=tuple(
            TopicStatistics(id, articles, passages, claims, _words(connection, id), forms)
            for id, articles, passages, claims, forms in topics
        ),
        corrections=_number(connection, "SELECT count(*) FROM decisions"),
        revision=_number(connection, "SELECT coalesce(max(number), 0) FROM revisions"),
        revisions=_number(connection, "SELECT count(*) FROM revisions"),
        size=pages * size,
        free=free * size,
        sources=_number(connection, "SELECT coalesce(sum(length(data)), 0) FROM sources"),
        history=SqliteHistory(connection).extent(),
    )


def _words(connection: sqlite3.Connection, topic: str) -> int:
    texts = connection.execute("SELECT text FROM articles WHERE topic = ?", (topic,))
    return sum(len(text.split()) for (text,) in texts)


def _number(connection: sqlite3.Connection, statement: str) -> int:
    return int(connection.execute(statement).fetchone()[0])
