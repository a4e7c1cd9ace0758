"""What can be wrong inside a knowledge base file, each as a sentence."""

import sqlite3
from collections.abc import Iterator

from kb.sqlite.writing import digest


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence per problem of the file itself: pages, references, checksums, postings."""
    for row in connection.execute("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"The file is damaged: {row[0]}."
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"A row of {row[0]} points at a row of {row[2]} that is missing."
    yield from _changed_texts(connection)
    yield from _broken_postings(connection)


def _changed_texts(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("SELECT id, text, text_digest FROM articles ORDER BY id"):
        if digest(row["text"]) != row["text_digest"]:
            yield f"The text of article {row['id']} is not what was stored."
        places = connection.execute(
            'SELECT id, start, "end", digest FROM passages WHERE article = ?', (row["id"],)
        )
        for passage in places:
            if digest(row["text"][passage["start"] : passage["end"]]) != passage["digest"]:
                yield f"Passage {passage['id']} is not what was stored."


def _broken_postings(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT w.word, p.article FROM postings p JOIN words w ON w.id = p.word"
        " WHERE length(p.numbers) <> 4 * length(p.body)"
        " OR length(p.body) <> length(p.heading) OR length(p.body) = 0"
    )
    for row in rows:
        yield f'The postings of "{row["word"]}" in article {row["article"]} are damaged.'
