"""The vocabulary as rows: words as written, how often they occur, and what finds the misspelt."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from kb.spelling import FARTHEST, Form, deletions
from kb.sqlite.parts import in_parts

_ID_BITS = 25  # of a key, which has 63: the id of a form
_LENGTH_BITS = 6  # above them the number of its letters; the rest is the hash of a deletion
_ID = (1 << _ID_BITS) - 1
_LONGEST = (1 << _LENGTH_BITS) - 1  # letters; longer forms count as this long
_ALWAYS = 50_000  # forms, the first ones of a file, that are found two edits away if they are rare

# CROSS and + keep SQLite from looking at every deletion, or form, that there is.
_NEAR = f"""
SELECT form, frequency, topical FROM forms WHERE +topic = ? AND id IN (
    WITH wanted (first, last) AS (VALUES {{}})
    SELECT d.key & {_ID} FROM wanted CROSS JOIN deletions d ON d.key BETWEEN first AND last
)
"""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A form as it stands in its row."""

    id: int
    form: str
    frequency: int
    topical: int

    @property
    def reach(self) -> int:
        """How many edits away it is found: one, if it is one of very many that occur once."""
        return 2 if self.frequency > 1 or self.topical or self.id <= _ALWAYS else 1


def count_forms(connection: sqlite3.Connection, topic: str, forms: Mapping[str, int]) -> None:
    """Add to, or subtract from, the number of passages that forms stand in.

    New forms are added with what finds them, and those that stand nowhere any more are removed.
    """
    changes = {form: count for form, count in forms.items() if count}
    before = _known(connection, topic, changes)
    new = sorted(form for form, count in changes.items() if count > 0 and form not in before)
    before |= _added(connection, topic, new)
    _change(
        connection,
        topic,
        [
            (each, replace(each, frequency=each.frequency + changes[each.form]))
            for each in before.values()
        ],
    )


def name_forms(connection: sqlite3.Connection, topic: str, named: Collection[str]) -> None:
    """Mark the forms that the topic's file names; no others are marked."""
    rows = connection.execute(f"{_SELECT} WHERE topic = ? AND topical", (topic,))
    old = [each for each in map(_stored, rows) if each.form not in named]
    known = _known(connection, topic, named)
    known |= _added(connection, topic, sorted(set(named) - known.keys()))
    changes = [(each, replace(each, topical=1)) for each in known.values() if not each.topical]
    _change(connection, topic, changes + [(each, replace(each, topical=0)) for each in old])


def forget_forms(connection: sqlite3.Connection, topic: str) -> None:
    """Count every form of a topic 0 times; those that its file names are found anew."""
    rows = connection.execute(f"{_SELECT} WHERE topic = ?", (topic,))
    every = [replace(_stored(row), frequency=0) for row in rows]
    connection.execute("UPDATE forms SET frequency = 0 WHERE topic = ?", (topic,))
    _change(connection, topic, [(each, each) for each in every if not each.topical])
    found = [key for each in every if each.topical for key in _keys(topic, each)]
    connection.executemany(
        "INSERT OR IGNORE INTO deletions (key) VALUES (?)", [(key,) for key in sorted(found)]
    )


def _change(
    connection: sqlite3.Connection, topic: str, changes: Iterable[tuple[_Stored, _Stored]]
) -> None:
    """Bring forms from what they are to what they shall be, and with them what finds them."""
    added: set[int] = set()
    removed: set[int] = set()
    pairs = sorted(changes, key=lambda pair: pair[0].id)
    gone = [new.id for _, new in pairs if new.frequency <= 0 and not new.topical]
    for old, new in pairs:
        is_gone = new.frequency <= 0 and not new.topical
        is_new = old.frequency <= 0 and not old.topical
        if old.reach != new.reach or is_gone or is_new:
            removed.update(() if is_new and not is_gone else _keys(topic, old))
            added.update(() if is_gone else _keys(topic, new))
    connection.executemany(
        "UPDATE forms SET frequency = ?, topical = ? WHERE id = ?",
        [(new.frequency, new.topical, new.id) for _, new in pairs],
    )
    connection.executemany("DELETE FROM forms WHERE id = ?", [(id,) for id in gone])
    connection.executemany(
        "DELETE FROM deletions WHERE key = ?", [(key,) for key in sorted(removed - added)]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO deletions (key) VALUES (?)",
        [(key,) for key in sorted(added - removed)],
    )


def _added(connection: sqlite3.Connection, topic: str, new: Sequence[str]) -> dict[str, _Stored]:
    """Add forms that stand nowhere yet; nothing finds them until they are counted or named."""
    connection.executemany(
        "INSERT INTO forms (topic, form, frequency, topical) VALUES (?, ?, 0, 0)",
        [(topic, form) for form in new],
    )
    return _known(connection, topic, new)


_SELECT = "SELECT id, form, frequency, topical FROM forms"


def _known(connection: sqlite3.Connection, topic: str, forms: Iterable[str]) -> dict[str, _Stored]:
    rows = in_parts(connection, f"{_SELECT} WHERE topic = ? AND form IN", forms, topic)
    return {each.form: each for each in map(_stored, rows)}


def _stored(row: Sequence[Any]) -> _Stored:
    return _Stored(*row)


def read_keys(
    connection: sqlite3.Connection, topic: str
) -> Iterator[tuple[str, int, int, list[int]]]:
    """Yield the forms of a topic, how often they occur, whether they are named, and their keys."""
    for row in connection.execute(f"{_SELECT} WHERE topic = ?", (topic,)).fetchall():
        each = _stored(row)
        yield each.form, each.frequency, each.topical, _keys(topic, each)


def _keys(topic: str, each: _Stored) -> list[int]:
    """Return the keys under which a form is found."""
    own = min(len(each.form), _LONGEST) << _ID_BITS | each.id
    return [first | own for first in _firsts(topic, deletions(each.form, most=each.reach))]


def _firsts(topic: str, left: Iterable[str]) -> list[int]:
    """Return the smallest key of each deletion, ascending; two of them seldom share one."""
    start = crc32(topic.encode())
    bits = _ID_BITS + _LENGTH_BITS
    return sorted({crc32(each.encode(), start) << bits for each in left})


def read_near(
    connection: sqlite3.Connection, topic: str, left: Iterable[str], *, letters: int = 0
) -> list[Form]:
    """Return the forms that have one of some deletions, by their letters.

    With the number of `letters` of a word, only forms that may be two edits away from it.
    """
    low, high = (letters - FARTHEST, letters + FARTHEST) if letters else (0, _LONGEST)
    least, most = min(max(low, 0), _LONGEST) << _ID_BITS, min(high, _LONGEST) << _ID_BITS | _ID
    ranges = [bound for first in _firsts(topic, left) for bound in (first | least, first | most)]
    marks = ", ".join(["(?, ?)"] * (len(ranges) // 2))
    rows = connection.execute(_NEAR.format(marks), (topic, *ranges))
    return sorted(
        (Form(form, frequency, bool(topical)) for form, frequency, topical in rows),
        key=lambda form: form.text,
    )
