"""The vocabulary as rows: words as written, how often they occur, and what finds the misspelt."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from zlib import crc32

from kb.spelling import Form, deletions
from kb.sqlite.parts import in_parts

_FORM_BITS = 28  # of a key: the id of a form; above it 32 bits are the hash of a deletion
_FORM = (1 << _FORM_BITS) - 1

_NEAR = f"""
WITH wanted (first) AS (VALUES {{}})
SELECT f.form, f.frequency, f.topical FROM wanted
JOIN deletions d ON d.key BETWEEN wanted.first AND wanted.first + {_FORM}
JOIN forms f ON f.id = d.key & {_FORM} WHERE f.topic = ?
"""


def count_forms(connection: sqlite3.Connection, topic: str, forms: Mapping[str, int]) -> None:
    """Add to, or subtract from, the number of passages that forms stand in.

    New forms are added with what finds them, and those that stand nowhere any more are removed.
    """
    ids = form_ids(connection, topic, [form for form, count in forms.items() if count > 0])
    ids |= _known(connection, topic, [form for form, count in forms.items() if count < 0])
    changes = sorted((ids[form], count) for form, count in forms.items() if count and form in ids)
    connection.executemany(
        "UPDATE forms SET frequency = frequency + ? WHERE id = ?",
        [(count, id) for id, count in changes],
    )
    _drop_unused(connection, [id for id, count in changes if count < 0])


def name_forms(connection: sqlite3.Connection, topic: str, named: Collection[str]) -> None:
    """Mark the forms that the topic's file names; no others are marked."""
    rows = connection.execute("SELECT form, id FROM forms WHERE topic = ? AND topical", (topic,))
    before = dict(map(tuple, rows))
    new = form_ids(connection, topic, [form for form in named if form not in before])
    old = [id for form, id in before.items() if form not in named]
    connection.executemany(
        "UPDATE forms SET topical = 1 WHERE id = ?", [(i,) for i in new.values()]
    )
    connection.executemany("UPDATE forms SET topical = 0 WHERE id = ?", [(id,) for id in old])
    _drop_unused(connection, old)


def form_ids(connection: sqlite3.Connection, topic: str, forms: Iterable[str]) -> dict[str, int]:
    """Return the ids of `forms`, adding those that are new together with their deletions."""
    wanted = set(forms)
    known = _known(connection, topic, wanted)
    new = sorted(wanted - known.keys())
    connection.executemany(
        "INSERT INTO forms (topic, form, frequency, topical) VALUES (?, ?, 0, 0)",
        [(topic, form) for form in new],
    )
    added = _known(connection, topic, new)
    connection.executemany(
        "INSERT INTO deletions (key) VALUES (?)",
        [(key,) for key in sorted(k for form, id in added.items() for k in keys(topic, form, id))],
    )
    return known | added


def _known(connection: sqlite3.Connection, topic: str, forms: Iterable[str]) -> dict[str, int]:
    rows = in_parts(
        connection, "SELECT form, id FROM forms WHERE topic = ? AND form IN", forms, topic
    )
    return dict(map(tuple, rows))


def _drop_unused(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    rows = in_parts(
        connection,
        "SELECT id, topic, form FROM forms WHERE frequency <= 0 AND NOT topical AND id IN",
        ids,
    )
    unused = [tuple(row) for row in rows]
    connection.executemany(
        "DELETE FROM deletions WHERE key = ?",
        [(key,) for id, topic, form in unused for key in keys(topic, form, id)],
    )
    connection.executemany("DELETE FROM forms WHERE id = ?", [(id,) for id, _, _ in unused])


def keys(topic: str, form: str, id: int) -> list[int]:
    """Return the keys under which a form is found, ascending."""
    return [first | id for first in _firsts(topic, deletions(form))]


def _firsts(topic: str, left: Iterable[str]) -> list[int]:
    """Return the smallest key of each deletion, ascending; two of them seldom share one."""
    start = crc32(topic.encode())
    return sorted({crc32(each.encode(), start) << _FORM_BITS for each in left})


def read_near(connection: sqlite3.Connection, topic: str, left: Iterable[str]) -> list[Form]:
    """Return the forms that have one of some deletions, by their letters."""
    firsts = _firsts(topic, left)
    rows = connection.execute(_NEAR.format(", ".join(["(?)"] * len(firsts))), (*firsts, topic))
    found = {form: Form(form, frequency, bool(topical)) for form, frequency, topical in rows}
    return [found[form] for form in sorted(found)]


def forget_forms(connection: sqlite3.Connection, topic: str) -> None:
    """Count every form of a topic 0 times; those that its file names are found anew."""
    connection.execute("UPDATE forms SET frequency = 0 WHERE topic = ?", (topic,))
    rows = connection.execute("SELECT form, id FROM forms WHERE topic = ? AND topical", (topic,))
    connection.executemany(
        "INSERT OR IGNORE INTO deletions (key) VALUES (?)",
        [(key,) for form, id in rows.fetchall() for key in keys(topic, form, id)],
    )
    rows = connection.execute("SELECT id FROM forms WHERE topic = ? AND NOT topical", (topic,))
    _drop_unused(connection, [id for (id,) in rows.fetchall()])
