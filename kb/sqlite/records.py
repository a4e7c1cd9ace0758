"""What an article is made from, out of the rows."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from kb.model import Block
from kb.records import ArticleRecord, Made, Record, TopicRecord
from kb.sqlite.decisions import read_decisions
from kb.sqlite.decoding import decoding
from kb.sqlite.given import read_given
from kb.sqlite.rows import article_of, passage_of
from kb.sqlite.sources import read_empty_source, read_source


def read_records(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield what every topic and every article is made from, by id."""
    for id, text in connection.execute("SELECT id, text FROM topics ORDER BY id").fetchall():
        yield TopicRecord(id, text)
    for (id,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall():
        record = read_record(connection, id)
        if record is not None:
            yield record


@decoding
def read_record(
    connection: sqlite3.Connection, id: str, with_data: bool = True
) -> ArticleRecord | None:
    """Return what an article is made from, None when there is none of that id.

    Unless it is `with_data` the bytes of its source are left out, which are its digest's matter.
    """
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("SELECT * FROM articles WHERE id = ?", (id,)).fetchone()
    if row is None:
        return None
    article = article_of(row)
    source = (read_source if with_data else read_empty_source)(connection, id)
    return ArticleRecord(
        id,
        article.topic,
        article.metadata,
        read_given(connection, id),
        source,
        read_decisions(connection, id),
        _read_made(cursor, id, article.text) if source is None else None,
        article.digest,
    )


def _read_made(cursor: sqlite3.Cursor, article: str, text: str) -> Made:
    asides = cursor.execute("SELECT * FROM asides WHERE article = ? ORDER BY start", (article,))
    set_aside = [Block("aside", row["start"], row["end"], aside=row["reason"]) for row in asides]
    rows = cursor.execute("SELECT * FROM passages WHERE article = ? ORDER BY start", (article,))
    passages = [passage_of(row, text[row["start"] : row["end"]]) for row in rows]
    # A number is the file's matter, not the article's.
    return Made(text, tuple(set_aside), tuple(replace(each, number=0) for each in passages))
