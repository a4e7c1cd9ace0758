"""The vocabulary as rows: words as written, how often they occur, and what finds the misspelt."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.deletions import CODE_BITS, FARTHEST, PREFIX, codes, hashes, masks
from kb.spelling import Form
from kb.sqlite.parts import in_parts

# A key has 63 bits at most. From the right: the id of a form, the code of what is left out of it,
# the number of its letters, and the hash of what is left.
_ID_BITS = 25
_LENGTH_BITS = 6
_OWN_BITS = _ID_BITS + CODE_BITS
_LONGEST = (1 << _LENGTH_BITS) - 1  # letters; there are no longer words
_ALWAYS = 10_000  # forms, the first ones of a file, that are found two edits away if they are rare
_AT_ONCE = 4_096  # forms whose keys are made together

# CROSS and + keep SQLite from looking at every deletion, or form, that there is.
_NEAR = f"""
SELECT form, frequency, topical FROM forms WHERE +topic = ? AND id IN (
    WITH wanted (first, last, shorter, same, longer) AS (VALUES {{marks}})
    SELECT d.key & {(1 << _ID_BITS) - 1}
    FROM wanted CROSS JOIN deletions d ON d.key BETWEEN first AND last
    WHERE CASE d.key >> {_OWN_BITS} & {_LONGEST} WHEN {{letters}} THEN same ELSE
        iif(d.key >> {_OWN_BITS} & {_LONGEST} < {{letters}}, shorter, longer) END
        >> (d.key >> {_ID_BITS} & {(1 << CODE_BITS) - 1}) & 1
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
    _insert(connection, _keys(topic, [each for each in every if each.topical]))


def _change(
    connection: sqlite3.Connection, topic: str, changes: Iterable[tuple[_Stored, _Stored]]
) -> None:
    """Bring forms from what they are to what they shall be, and with them what finds them."""
    added: list[_Stored] = []
    removed: list[_Stored] = []
    pairs = sorted(changes, key=lambda pair: pair[0].id)
    gone = [new.id for _, new in pairs if new.frequency <= 0 and not new.topical]
    for old, new in pairs:
        is_gone = new.frequency <= 0 and not new.topical
        is_new = old.frequency <= 0 and not old.topical
        if old.reach != new.reach or is_gone or is_new:
            removed += () if is_new and not is_gone else (old,)
            added += () if is_gone else (new,)
    connection.executemany(
        "UPDATE forms SET frequency = ?, topical = ? WHERE id = ?",
        [(new.frequency, new.topical, new.id) for _, new in pairs],
    )
    connection.executemany("DELETE FROM forms WHERE id = ?", [(id,) for id in gone])
    fresh, stale = _keys(topic, added), _keys(topic, removed)
    connection.executemany(
        "DELETE FROM deletions WHERE key = ?", _rows(np.setdiff1d(stale, fresh, True))
    )
    _insert(connection, np.setdiff1d(fresh, stale, True))


def _insert(connection: sqlite3.Connection, keys: NDArray[np.int64]) -> None:
    connection.executemany("INSERT OR IGNORE INTO deletions (key) VALUES (?)", _rows(keys))


def _rows(keys: NDArray[np.int64]) -> Iterable[tuple[int]]:
    return zip(keys.tolist(), strict=True)


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
    rows = connection.execute(f"{_SELECT} WHERE topic = ?", (topic,)).fetchall()
    for first in range(0, len(rows), _AT_ONCE):
        some = list(map(_stored, rows[first : first + _AT_ONCE]))
        for each, keys in zip(some, _keys_of_each(topic, some), strict=True):
            yield each.form, each.frequency, each.topical, keys.tolist()


def _keys(topic: str, forms: Sequence[_Stored]) -> NDArray[np.int64]:
    """Return the keys under which forms are found, ascending."""
    parts = [
        np.concatenate(_keys_of_each(topic, forms[first : first + _AT_ONCE]))
        for first in range(0, len(forms), _AT_ONCE)
    ]
    return np.sort(np.concatenate(parts)) if parts else np.empty(0, np.int64)


def _keys_of_each(topic: str, forms: Sequence[_Stored]) -> list[NDArray[np.int64]]:
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, each in enumerate(forms):
        alike[min(len(each.form), PREFIX), each.reach].append(place)
    keys = [np.empty(0, np.int64)] * len(forms)
    for (letters, reach), places in alike.items():
        some = [forms[place] for place in places]
        own = np.array([_letters(len(each.form)) | each.id for each in some], np.int64)
        left = _hashes(topic, [each.form for each in some], reach)
        left |= codes(letters, reach) << _ID_BITS
        left |= own[:, None]
        for place, found in zip(places, left, strict=True):
            keys[place] = found
    return keys


def _hashes(topic: str, forms: Sequence[str], reach: int = FARTHEST) -> NDArray[np.int64]:
    """Return the smallest key of what is left of forms that are about as long."""
    return hashes(forms, crc32(topic.encode()), most=reach) << (_OWN_BITS + _LENGTH_BITS)


def _letters(count: int) -> int:
    """Return the part of a key that tells a number of letters."""
    return min(max(count, 0), _LONGEST) << _OWN_BITS


def read_near(connection: sqlite3.Connection, topic: str, word: str) -> list[Form]:
    """Return the forms that may be two edits away from a word, by their letters."""
    left = _hashes(topic, [word])[0]
    most = _letters(len(word) + FARTHEST) | ((1 << _OWN_BITS) - 1)
    firsts, lasts = left | _letters(len(word) - FARTHEST), left | most
    bounds = np.column_stack([firsts, lasts]).ravel().tolist()
    rows = connection.execute(_near(len(word)), (topic, *bounds))
    return sorted(
        (Form(form, frequency, bool(topical)) for form, frequency, topical in rows),
        key=lambda form: form.text,
    )


@cache
def _near(letters: int) -> str:
    """Return the statement that finds forms near a word of so many letters."""
    marks = ", ".join(
        f"(?, ?, {each.shorter}, {each.same}, {each.longer})" for each in masks(letters)
    )
    return _NEAR.format(marks=marks, letters=letters)
