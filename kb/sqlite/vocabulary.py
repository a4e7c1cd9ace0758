"""The vocabulary as rows: words as written, how often they occur, and which are near another."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from kb.spelling import Form
from kb.sqlite.deletions import (
    Reached,
    add_keys,
    keys,
    near,
    remove_all_keys,
    remove_keys,
)
from kb.sqlite.packing import Keys
from kb.sqlite.parts import in_parts

_ALWAYS = 10_000  # forms, the first ones of a file, that are found two edits away if they are rare
_SELECT = "SELECT id, form, frequency, topical FROM forms"


class Stored(NamedTuple):
    """A form as it stands in its row."""

    id: int
    form: str
    frequency: int
    topical: int

    @property
    def reach(self) -> int:
        """How many edits away it is found: one, if it is one of very many that occur once."""
        return 2 if self.frequency > 1 or self.topical or self.id <= _ALWAYS else 1

    @property
    def reached(self) -> Reached:
        return Reached(self.id, self.form, self.reach)


def count_forms(connection: sqlite3.Connection, topic: str, forms: Mapping[str, int]) -> None:
    """Add to, or subtract from, the number of passages that forms stand in.

    New forms are added with what finds them, and those that stand nowhere any more are removed.
    """
    changes = {form: count for form, count in forms.items() if count}
    known = _known(connection, topic, changes)
    pairs = [
        (each, Stored(each.id, each.form, each.frequency + changes[each.form], each.topical))
        for each in known
    ]
    new = changes.keys() - {each.form for each in known}
    rows = [(form, changes[form], 0) for form in sorted(new) if changes[form] > 0]
    _change(connection, topic, pairs, _added(connection, topic, rows))


def name_forms(connection: sqlite3.Connection, topic: str, named: Collection[str]) -> None:
    """Mark the forms that the topic's file names; no others are marked."""
    rows = connection.execute(f"{_SELECT} WHERE topic = ? AND topical", (topic,)).fetchall()
    pairs = [
        (each, each._replace(topical=0)) for each in map(_stored, rows) if each.form not in named
    ]
    known = _known(connection, topic, named)
    pairs += [(each, each._replace(topical=1)) for each in known if not each.topical]
    new = sorted(set(named) - {each.form for each in known})
    _change(connection, topic, pairs, _added(connection, topic, [(form, 0, 1) for form in new]))


def forget_forms(connection: sqlite3.Connection) -> None:
    """Remove every form of every topic, but for those that its file names: they occur nowhere."""
    connection.execute("DELETE FROM forms WHERE NOT topical")
    connection.execute("UPDATE forms SET frequency = 0")
    remove_all_keys(connection)
    for topic, some in read_forms(connection).items():
        add_keys(connection, keys(topic, [each.reached for each in some]))


def read_forms(connection: sqlite3.Connection) -> dict[str, list[Stored]]:
    """Return the forms of every topic."""
    found: dict[str, list[Stored]] = {}
    for topic, *row in connection.execute("SELECT topic, id, form, frequency, topical FROM forms"):
        found.setdefault(topic, []).append(Stored(*row))
    return found


def _change(
    connection: sqlite3.Connection,
    topic: str,
    pairs: Sequence[tuple[Stored, Stored]],
    new: Sequence[Stored],
) -> None:
    """Bring forms from what they are to what they shall be, and with them what finds them."""
    gone = [old for old, each in pairs if each.frequency <= 0 and not each.topical]
    changed = [(old, each) for old, each in pairs if each.frequency > 0 or each.topical]
    connection.executemany(
        "UPDATE forms SET frequency = ?2, topical = ?3 WHERE id = ?1",
        sorted((each.id, each.frequency, each.topical) for _, each in changed),
    )
    connection.executemany("DELETE FROM forms WHERE id = ?", [(each.id,) for each in gone])
    remove_keys(connection, keys(topic, [each.reached for each in gone]))
    remove_keys(connection, _gained(topic, [(b, a) for a, b in changed if b.reach < a.reach]))
    add_keys(connection, keys(topic, [each.reached for each in new]))
    add_keys(connection, _gained(topic, [(a, b) for a, b in changed if b.reach > a.reach]))


def _gained(topic: str, pairs: Sequence[tuple[Stored, Stored]]) -> Keys:
    """Return the keys that the second of each two forms has and the first has not."""
    less = keys(topic, [before.reached for before, _ in pairs])
    return np.setdiff1d(keys(topic, [each.reached for _, each in pairs]), less, assume_unique=True)


def _added(
    connection: sqlite3.Connection, topic: str, rows: Sequence[tuple[str, int, int]]
) -> list[Stored]:
    """Add forms that stand nowhere yet, with their frequency and whether they are named.

    No id is used twice, because what finds a form that is gone may still be there.
    """
    (last,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'forms'"
    ).fetchone()
    new = [Stored(id, *row) for id, row in enumerate(rows, last + 1)]
    connection.executemany(
        "INSERT INTO forms (topic, id, form, frequency, topical) VALUES (?, ?, ?, ?, ?)",
        [(topic, *each) for each in new],
    )
    return new


def _known(connection: sqlite3.Connection, topic: str, forms: Iterable[str]) -> list[Stored]:
    rows = in_parts(connection, f"{_SELECT} WHERE topic = ? AND form IN", forms, topic)
    return list(map(_stored, rows))


def _stored(row: Sequence[Any]) -> Stored:
    return Stored(*row)


def read_near(connection: sqlite3.Connection, topic: str, word: str) -> list[Form]:
    """Return the forms that may be two edits away from a word, by their letters."""
    left_out = near(connection, topic, word)
    # + keeps SQLite from looking at every form of the topic.
    rows = in_parts(connection, f"{_SELECT} WHERE +topic = ? AND id IN", left_out, topic)
    found = [each for each in map(_stored, rows) if left_out[each.id] <= each.reach]
    return sorted(
        (Form(each.form, each.frequency, bool(each.topical)) for each in found),
        key=lambda form: form.text,
    )
