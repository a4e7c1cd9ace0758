"""What finds misspelt words, as packed rows: numbers that near words share.

A number of a form that is gone finds nothing.
"""

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

from kb.deletions import CODE_BITS, FARTHEST, PREFIX, codes, hashes, left_out, masks
from kb.sqlite.decoding import decoding
from kb.sqlite.packing import PACKED, ROW_BITS, Keys, PackedKeys, Tables
from kb.sqlite.parts import in_parts

# A key has 63 bits at most. From the right: the id of a form, the code of what is left out of it,
# the number of its letters, and the hash of what is left.
_ID_BITS = 25
_LENGTH_BITS = 6
_OWN_BITS = _ID_BITS + CODE_BITS
_LONGEST = (1 << _LENGTH_BITS) - 1  # letters; there are no longer words
_FEW = 8_192  # keys that are not packed,
_SHARE = 8  # or one in so many
_AT_ONCE = 4_096  # forms whose keys are made together

# CROSS keeps SQLite from looking at every key that there is.
_NEW = f"""
WITH wanted (first, last, shorter, same, longer) AS (VALUES {{marks}})
SELECT d.key FROM wanted CROSS JOIN new_deletions d ON d.key BETWEEN first AND last
WHERE CASE d.key >> {_OWN_BITS} & {_LONGEST} WHEN {{letters}} THEN same ELSE
    iif(d.key >> {_OWN_BITS} & {_LONGEST} < {{letters}}, shorter, longer) END
    >> (d.key >> {_ID_BITS} & {(1 << CODE_BITS) - 1}) & 1
"""


class Reached(NamedTuple):
    """A form, and how many edits away it is found."""

    id: int
    form: str
    reach: int


def keys(topic: str, forms: Sequence[Reached]) -> Keys:
    """Return the keys under which forms are found, ascending."""
    parts = [
        np.concatenate(_keys_of_each(topic, forms[first : first + _AT_ONCE]))
        for first in range(0, len(forms), _AT_ONCE)
    ]
    return np.sort(np.concatenate(parts)) if parts else np.empty(0, np.int64)


def _keys_of_each(topic: str, forms: Sequence[Reached]) -> list[Keys]:
    alike: dict[tuple[int, int], list[Reached]] = defaultdict(list)
    for each in forms:
        alike[min(len(each.form), PREFIX), each.reach].append(each)
    found = []
    for (letters, reach), some in alike.items():
        own = np.array([_letters(len(each.form)) | each.id for each in some], np.int64)
        left = _hashes(topic, [each.form for each in some], reach)
        left |= codes(letters, reach) << _ID_BITS
        left |= own[:, None]
        found.append(left.ravel())
    return found


def _hashes(topic: str, forms: Sequence[str], reach: int = FARTHEST) -> Keys:
    """Return the smallest key of what is left of forms that are about as long."""
    return hashes(forms, crc32(topic.encode()), most=reach) << (_OWN_BITS + _LENGTH_BITS)


def _letters(count: int) -> int:
    """Return the part of a key that tells a number of letters."""
    return min(max(count, 0), _LONGEST) << _OWN_BITS


# Writing


def add_keys(connection: sqlite3.Connection, added: Keys) -> None:
    """Store keys that may be there already."""
    _held(connection).add(added)


def remove_keys(connection: sqlite3.Connection, removed: Keys) -> None:
    """Remove those of some keys that are not packed; the others must find nothing from now on."""
    _held(connection).remove(removed)


def remove_all_keys(connection: sqlite3.Connection) -> None:
    """Remove every key of every topic."""
    _held(connection).remove_all()


def _held(connection: sqlite3.Connection) -> PackedKeys:
    owners = "SELECT id FROM forms WHERE id IN"
    return PackedKeys(
        connection,
        Tables("deletions", "new_deletions", "packing", _ids, owners, _FEW, _SHARE),
    )


def _ids(some: Keys) -> Keys:
    return some & (1 << _ID_BITS) - 1


# Reading


def near(connection: sqlite3.Connection, topic: str, word: str) -> dict[int, int]:
    """Return the ids of forms that may be FARTHEST edits away from a word; some are of no form.

    They are mapped to the fewest letters that are left out of them: only forms that are found so
    many edits away are meant.
    """
    left = _hashes(topic, [word])[0]
    bounds = np.column_stack(
        [
            left | _letters(len(word) - FARTHEST),
            left | _letters(len(word) + FARTHEST) | ((1 << _OWN_BITS) - 1),
        ]
    ).tolist()
    found = _near_packed(connection, word, bounds)
    statement = _new(len(word))
    found += [key for (key,) in connection.execute(statement, [b for pair in bounds for b in pair])]
    least: dict[int, int] = {}
    for key in found:
        id, code = key & (1 << _ID_BITS) - 1, key >> _ID_BITS & (1 << CODE_BITS) - 1
        least[id] = min(left_out(code), least.get(id, FARTHEST))
    return least


@decoding
def _near_packed(
    connection: sqlite3.Connection, word: str, bounds: Sequence[tuple[int, int]]
) -> list[int]:
    ids = [first >> ROW_BITS for first, _ in bounds]
    statement = "SELECT id, keys FROM deletions WHERE id IN"
    rows = dict(map(tuple, in_parts(connection, statement, ids)))
    found = []
    for id, (first, last), mask in zip(ids, bounds, masks(len(word)), strict=True):
        for key in _between(rows.get(id, b""), id << ROW_BITS, first, last):
            letters = key >> _OWN_BITS & _LONGEST
            same = letters == len(word)
            wanted = mask.same if same else mask.shorter if letters < len(word) else mask.longer
            if wanted >> (key >> _ID_BITS & (1 << CODE_BITS) - 1) & 1:
                found.append(key)
    return found


def _between(row: bytes, start: int, first: int, last: int) -> Iterator[int]:
    """Yield the keys of a row, whose smallest one could be `start`, from one to another."""

    def packed(place: int) -> bytes:
        return row[place * PACKED : (place + 1) * PACKED]

    count = len(row) // PACKED
    wanted = (first - start).to_bytes(PACKED, "big")
    for place in range(bisect_left(range(count), wanted, key=packed), count):
        key = start + int.from_bytes(packed(place), "big")
        if key > last:
            return
        yield key


@cache
def _new(letters: int) -> str:
    """Return the statement that finds new keys of forms near a word of so many letters."""
    marks = ", ".join(
        f"(?, ?, {each.shorter}, {each.same}, {each.longer})" for each in masks(letters)
    )
    return _NEW.format(marks=marks, letters=letters)


# Checking


def are_right(connection: sqlite3.Connection, forms: Mapping[str, Sequence[Reached]]) -> bool:
    """Tell whether what is stored finds all forms, by topic, and finds them rightly."""
    packed, new = _held(connection).all()
    counts = connection.execute("SELECT new, packed FROM packing").fetchall()
    stored = np.union1d(packed, new)
    none = np.zeros(0, np.int64)
    wanted = np.concatenate([none, *(keys(topic, each) for topic, each in forms.items())])
    farthest = {t: [f._replace(reach=FARTHEST) for f in each] for t, each in forms.items()}
    most = np.concatenate([none, *(keys(topic, each) for topic, each in farthest.items())])
    there = np.array([each.id for some in forms.values() for each in some], np.int64)
    alive = stored[np.isin(stored & (1 << _ID_BITS) - 1, there)]
    (last,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'forms'"
    ).fetchone()
    return (
        [tuple(row) for row in counts] == [(len(new), len(packed))]
        and bool((np.diff(packed) > 0).all())
        and bool(np.isin(wanted, stored).all())
        and bool(np.isin(alive, most).all())
        and bool((stored & (1 << _ID_BITS) - 1 <= last).all())
    )
