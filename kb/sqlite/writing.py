"""Writing one article or topic inside the caller's transaction."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import numpy as np

from kb.index import ArticleIndex, topic_forms
from kb.model import Article, Claim, Passage
from kb.prepared import PreparedArticle
from kb.spelling import deletions
from kb.sqlite.decisions import save_decisions
from kb.sqlite.parts import in_parts
from kb.sqlite.sources import Packed, save_source
from kb.topic import Topic

_WORDS_OF = "SELECT word FROM postings WHERE article = ?"
_FORMS_OF = "SELECT form FROM form_counts WHERE article = ?"


def digest(text: str) -> str:
    """Return the checksum that `kb check` compares stored text with."""
    return sha256(text.encode()).hexdigest()


def save_topic(connection: sqlite3.Connection, topic: Topic) -> None:
    connection.execute(
        "INSERT INTO topics (id, text) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET text = excluded.text",
        (topic.id, topic.text),
    )
    connection.execute("UPDATE forms SET topical = 0 WHERE topic = ?", (topic.id,))
    ids = _form_ids(connection, topic.id, topic_forms(topic.vocabulary))
    connection.executemany(
        "UPDATE forms SET topical = 1 WHERE id = ?", [(id,) for id in ids.values()]
    )
    connection.execute(
        "DELETE FROM forms WHERE topic = ? AND frequency <= 0 AND topical = 0", (topic.id,)
    )


def delete_topic(connection: sqlite3.Connection, id: str) -> None:
    """Delete a topic without articles."""
    connection.execute("DELETE FROM forms WHERE topic = ?", (id,))
    connection.execute("DELETE FROM words WHERE topic = ?", (id,))
    connection.execute("DELETE FROM topics WHERE id = ?", (id,))


def delete_article(connection: sqlite3.Connection, id: str) -> None:
    """Delete an article, if there, with all that was made of it."""
    _drop_unused(connection, *_clear(connection, id))


def put_article(
    connection: sqlite3.Connection, prepared: PreparedArticle, source: Packed | None
) -> None:
    """Insert an article in the place of the one of its id, if there.

    What is no longer used goes last: most words of an article outlive its replacement.
    """
    words, forms = _clear(connection, prepared.article.id)
    _save_article(connection, prepared)
    if source is not None:
        save_source(connection, prepared.article.id, source)
    _drop_unused(connection, words, forms)


def _clear(connection: sqlite3.Connection, id: str) -> tuple[list[int], list[int]]:
    """Delete an article's rows; return the words and forms that it used, which may be left over."""
    words = [row[0] for row in connection.execute(_WORDS_OF, (id,))]
    forms = [row[0] for row in connection.execute(_FORMS_OF, (id,))]
    connection.execute(
        "UPDATE forms SET frequency = forms.frequency - c.frequency FROM form_counts c"
        " WHERE c.article = ? AND forms.id = c.form",
        (id,),
    )
    connection.execute("DELETE FROM articles WHERE id = ?", (id,))
    return words, forms


def _drop_unused(
    connection: sqlite3.Connection, words: Iterable[int], forms: Iterable[int]
) -> None:
    connection.executemany(
        "DELETE FROM words WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM postings p WHERE p.word = ?1)",
        [(word,) for word in words],
    )
    connection.executemany(
        "DELETE FROM forms WHERE id = ? AND frequency <= 0 AND topical = 0",
        [(form,) for form in forms],
    )


def _save_article(connection: sqlite3.Connection, prepared: PreparedArticle) -> None:
    article = prepared.article
    _insert_article(connection, article)
    connection.executemany(
        'INSERT INTO asides (article, start, "end", reason) VALUES (?, ?, ?, ?)',
        [(article.id, block.start, block.end, block.aside) for block in prepared.asides],
    )
    numbers = [
        _insert_passage(connection, passage, lengths, likeness)
        for passage, lengths, *likeness in zip(
            prepared.passages,
            prepared.index.lengths,
            prepared.index.sketches,
            prepared.index.shingles,
            strict=True,
        )
    ]
    _save_postings(connection, article, prepared.index, numbers)
    _save_forms(connection, article, prepared.index.forms)
    save_claims(connection, article.id, prepared.claims)
    save_decisions(connection, article.id, prepared.decisions)


def save_claims(connection: sqlite3.Connection, article: str, claims: Sequence[Claim]) -> None:
    """Replace the claims of an article."""
    connection.execute("DELETE FROM claims WHERE article = ?", (article,))
    connection.executemany(
        'INSERT INTO claims (article, passage, about, criterion, stance, start, "end", method,'
        " kind, hedged, scope, limits, value, unit, sense)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                claim.article,
                claim.passage,
                json.dumps(claim.about),
                claim.criterion,
                claim.stance,
                claim.start,
                claim.end,
                claim.method,
                claim.kind,
                int(claim.hedged),
                json.dumps(dict(claim.scope)),
                claim.limits,
                claim.value,
                claim.unit,
                claim.sense,
            )
            for claim in claims
        ],
    )


def _insert_article(connection: sqlite3.Connection, article: Article) -> None:
    metadata = article.metadata
    interest = metadata.interest
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.topic,
            article.digest,
            article.text,
            digest(article.text),
            metadata.title,
            metadata.publisher,
            metadata.author,
            metadata.published,
            metadata.url,
            json.dumps(interest.options if interest else ()),
            interest.text if interest else "",
        ),
    )


def _insert_passage(
    connection: sqlite3.Connection,
    passage: Passage,
    lengths: tuple[int, int],
    likeness: Iterable[bytes],
) -> int:
    cursor = connection.execute(
        'INSERT INTO passages (id, article, start, "end", headings, kind, cells, digest,'
        " body_length, heading_length, damage, likeness, shingles)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            passage.id,
            passage.article,
            passage.start,
            passage.end,
            json.dumps(passage.headings, ensure_ascii=False),
            passage.kind,
            json.dumps([(cell.option, cell.start, cell.end) for cell in passage.cells]),
            digest(passage.text),
            *lengths,
            passage.damage,
            *likeness,
        ),
    )
    return int(cursor.lastrowid or 0)


def _save_postings(
    connection: sqlite3.Connection, article: Article, index: ArticleIndex, numbers: Sequence[int]
) -> None:
    table = np.array(numbers, dtype=np.uint32)
    connection.executemany(
        "INSERT OR IGNORE INTO words (topic, word) VALUES (?, ?)",
        [(article.topic, word) for word in index.words],
    )
    ids = _ids(connection, "SELECT word, id FROM words", "word", article.topic, index.words)
    connection.executemany(
        "INSERT INTO postings (word, article, numbers, body, heading) VALUES (?, ?, ?, ?, ?)",
        [
            (
                ids[word],
                article.id,
                table[postings.numbers].tobytes(),
                postings.body.tobytes(),
                postings.heading.tobytes(),
            )
            for word, postings in index.words.items()
        ],
    )


def _save_forms(connection: sqlite3.Connection, article: Article, forms: Mapping[str, int]) -> None:
    ids = _form_ids(connection, article.topic, forms)
    connection.executemany(
        "UPDATE forms SET frequency = frequency + ? WHERE id = ?",
        [(count, ids[form]) for form, count in forms.items()],
    )
    connection.executemany(
        "INSERT INTO form_counts (article, form, frequency) VALUES (?, ?, ?)",
        [(article.id, ids[form], count) for form, count in forms.items()],
    )


def _form_ids(connection: sqlite3.Connection, topic: str, forms: Iterable[str]) -> dict[str, int]:
    """Return the ids of `forms`, adding those that are new together with their deletions."""
    wanted = set(forms)
    known = _ids(connection, "SELECT form, id FROM forms", "form", topic, wanted)
    new = sorted(wanted - known.keys())
    connection.executemany(
        "INSERT INTO forms (topic, form, frequency, topical) VALUES (?, ?, 0, 0)",
        [(topic, form) for form in new],
    )
    known |= _ids(connection, "SELECT form, id FROM forms", "form", topic, new)
    connection.executemany(
        "INSERT INTO deletions (topic, deletion, form) VALUES (?, ?, ?)",
        [(topic, deletion, known[form]) for form in new for deletion in sorted(deletions(form))],
    )
    return known


def _ids(
    connection: sqlite3.Connection, statement: str, column: str, topic: str, names: Iterable[str]
) -> dict[str, int]:
    """Return the ids of those of `names` that are there: the vocabulary is not read whole."""
    rows = in_parts(connection, f"{statement} WHERE topic = ? AND {column} IN", names, topic)
    return dict(map(tuple, rows))
