"""What a maintainer gave of the metadata of an article, as rows."""

import json
import sqlite3
from dataclasses import asdict

from kb.given import Given
from kb.model import Interest
from kb.sqlite.decoding import decoding


def save_given(connection: sqlite3.Connection, article: str, given: Given) -> None:
    """Replace what was given of the metadata of an article."""
    fields = {n: asdict(v) if isinstance(v, Interest) else v for n, v in given.items()}
    said = {name: value for name, value in fields.items() if value is not None}
    connection.execute("DELETE FROM given WHERE article = ?", (article,))
    if said:
        connection.execute(
            "INSERT INTO given (article, fields) VALUES (?, ?)",
            (article, json.dumps(said, ensure_ascii=False)),
        )


@decoding
def read_given(connection: sqlite3.Connection, article: str) -> Given:
    """Return what a maintainer gave of the metadata of an article."""
    row = connection.execute("SELECT fields FROM given WHERE article = ?", (article,)).fetchone()
    if row is None:
        return Given()
    known = json.loads(row[0])
    interest = known.get("interest")
    if interest is not None:
        known["interest"] = Interest(tuple(map(str, interest["options"])), str(interest["text"]))
    return Given(**known)
