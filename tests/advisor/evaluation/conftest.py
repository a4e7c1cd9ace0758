"""A question file about drinks, and `advisor eval` on it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from advisor.cli import advisor

HEALTH = "Which drink is best for health?"
ROWS: list[dict[str, Any]] = [
    {
        "id": "health-1",
        "script": "health",
        "question": HEALTH,
        "kind": "which_better",
        "lean": "tea",
        "lean_ok": ["tea"],
        "must_find": [{"anchor": "Tea is good for your health"}],
        "abstain": False,
    },
    {
        "id": "health-2",
        "script": "health",
        "question": "and for taste?",
        "kind": "followup",
        "lean": "milk",
        "lean_ok": ["milk"],
        "abstain": False,
        "history": [HEALTH],
        "half": "tuned",
    },
    {
        "id": "cars",
        "question": "Is lemonade good for cars?",
        "kind": "offtopic",
        "lean": "none",
        "lean_ok": ["none"],
        "abstain": True,
        "half": "reported",
    },
    {
        "id": "kept-from-us",
        "question": "Is water healthy?",
        "kind": "compare",
        "lean": "milk",
        "lean_ok": ["milk"],
        "half": "reported",
    },
]

Eval = Callable[..., Result]
Write = Callable[..., str]


@pytest.fixture
def evaluation(knowledge_base: Path) -> Eval:
    def run(*arguments: object) -> Result:
        words = ["--db", str(knowledge_base), "eval", *map(str, arguments)]
        return CliRunner().invoke(advisor, words)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as JSON Lines and return the file's name."""

    def written(rows: list[dict[str, Any]], name: str = "questions.jsonl") -> str:
        path = tmp_path / name
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """The questions, for those who change some of them."""
    copied: list[dict[str, Any]] = json.loads(json.dumps(ROWS))
    return copied


@pytest.fixture
def questions(write: Write, rows: list[dict[str, Any]]) -> str:
    return write(rows)
