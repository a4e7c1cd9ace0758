"""What the stored texts yield now: the index of one article, and the whole of it made anew."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from kb.index import ArticleIndex, index_article, topic_forms
from kb.model import Passage
from kb.segments import Segment, segments_of
from kb.sqlite.decoding import decoding
from kb.sqlite.segments import add_segments, delete_segments
from kb.sqlite.vocabulary import count_forms, forget_forms, name_forms
from kb.topic_file import parse_topic

_AT_ONCE = 8_192  # passages whose postings are held until they are stored


def index_of(connection: sqlite3.Connection, article: str) -> tuple[list[int], ArticleIndex]:
    """Return the numbers of a stored article's passages, ascending, and what the text yields."""
    text, title = connection.execute(
        "SELECT text, title FROM articles WHERE id = ?", (article,)
    ).fetchone()
    rows = connection.execute(
        'SELECT number, id, start, "end", headings FROM passages WHERE article = ? ORDER BY number',
        (article,),
    ).fetchall()
    return [row[0] for row in rows], _indexed(article, text, title, rows)


@decoding
def _indexed(
    article: str, text: str, title: str, rows: Sequence[tuple[int, str, int, int, str]]
) -> ArticleIndex:
    passages = [
        Passage(id, article, start, end, text[start:end], tuple(json.loads(headings)))
        for _, id, start, end, headings in rows
    ]
    return index_article(passages, title=title)


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Make the segments and the vocabulary of every topic anew, with what the topics name."""
    forget_forms(connection)
    for topic, text in connection.execute("SELECT id, text FROM topics ORDER BY id").fetchall():
        delete_segments(connection, topic)
        forms: Counter[str] = Counter()
        segments: list[Segment] = []
        # In the order of their numbers, which is that of the segments.
        articles = connection.execute(
            "SELECT a.id FROM articles a JOIN passages p ON p.article = a.id WHERE a.topic = ?"
            " GROUP BY a.id ORDER BY min(p.number)",
            (topic,),
        ).fetchall()
        for (article,) in articles:
            numbers, index = index_of(connection, article)
            segments += segments_of(index, numbers)
            forms.update(index.forms)
            if sum(len(each.numbers) for each in segments) > _AT_ONCE:
                add_segments(connection, topic, segments)
                segments = []
        add_segments(connection, topic, segments)
        count_forms(connection, topic, forms)
        name_forms(connection, topic, topic_forms(parse_topic(text, id=topic).vocabulary))
