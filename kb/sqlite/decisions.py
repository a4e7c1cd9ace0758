"""What a maintainer decided on an article, as rows."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, get_args

from kb.model import ClaimKind, Decision, DecisionKind, Stance
from kb.prepared import Version
from kb.sqlite.decoding import decoding
from kb.sqlite.given import read_given

_COLUMNS = (
    "article, kind, quote, about, criterion, stance, hedged, scope, claims, limits, value, unit,"
    " sense"
)


def save_decisions(
    connection: sqlite3.Connection, article: str, decisions: Sequence[Decision]
) -> None:
    """Replace the decisions on an article."""
    connection.execute("DELETE FROM decisions WHERE article = ?", (article,))
    connection.executemany(
        f"INSERT INTO decisions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article,
                each.kind,
                each.quote,
                json.dumps(each.about),
                each.criterion,
                each.stance,
                int(each.hedged),
                json.dumps(each.scope),
                each.claims,
                each.limits,
                each.value,
                each.unit,
                each.sense,
            )
            for each in decisions
        ],
    )


def read_decisions(connection: sqlite3.Connection, article: str) -> tuple[Decision, ...]:
    """Return the decisions on an article, the latest last."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM decisions WHERE article = ? ORDER BY id", (article,)
    )
    return tuple(_decision(*row) for row in rows)


def read_versions(connection: sqlite3.Connection, topic: str) -> dict[str, Version]:
    """Return how every article of a topic stands, by id."""
    rows = connection.execute(
        "SELECT id, digest FROM articles WHERE topic = ? ORDER BY id", (topic,)
    ).fetchall()
    return {
        id: Version(digest, read_decisions(connection, id), read_given(connection, id))
        for id, digest in rows
    }


@decoding
def _decision(*row: Any) -> Decision:
    article, kind, quote, about, criterion, stance, hedged, scope, claims, *rest = row
    options = tuple(map(str, json.loads(about)))
    limits = tuple((str(id), str(value)) for id, value in json.loads(scope))
    if kind not in get_args(DecisionKind) or stance not in get_args(Stance) or not quote:
        raise ValueError(kind)
    if claims not in get_args(ClaimKind):
        raise ValueError(claims)
    return Decision(
        article, kind, quote, options, criterion, stance, bool(hedged), limits, claims, *rest
    )
