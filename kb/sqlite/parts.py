"""Statements over many values: SQLite takes a limited number of parameters at a time."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

_AT_ONCE = 500  # parameters of one statement; SQLite's own limit was 999 for long


def in_parts(
    connection: sqlite3.Connection, statement: str, wanted: Iterable[Any], *values: object
) -> Iterator[Any]:
    """Yield the rows of `statement (?, …)` for each of `wanted`, a few hundred at a time."""
    keys = sorted(set(wanted))
    for first in range(0, len(keys), _AT_ONCE):
        part = keys[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        # All at once: a reader that gives up half-way leaves no statement open.
        yield from connection.execute(f"{statement} ({marks})", (*values, *part)).fetchall()
