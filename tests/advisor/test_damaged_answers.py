"""How-to questions: sound code comes first, and damaged code never without a note."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from advisor.cli import advisor
from kb.extract.raw import Source
from kb.ingest import create
from kb.topic import Topic

NOTE = "Damaged in the source: the indentation was lost."
SOUND = "# Kettles\n\nBoil water for tea in Python:\n\n```\ndef heat(it):\n    return it.hot\n```\n"
LOST = "# Water\n\nBoil water for tea in Python:\n\n```\ndef boil(tea):\nreturn tea.water\n```\n"
COPY = SOUND.replace("    return", "return")


@pytest.fixture
def db(tmp_path: Path, topic: Topic, sources: list[Source]) -> Path:
    path = tmp_path / "own.db"
    more = [Source("a-lost.md", LOST.encode()), Source("z-sound.md", SOUND.encode())]
    create(path, [(topic, [*sources, *more])])
    return path


def told(db: Path, *arguments: str) -> str:
    result = CliRunner().invoke(advisor, ["--db", str(db), "ask", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def code_in(reply: dict[str, Any]) -> list[tuple[str, str | None]]:
    shown = reply["passages"]
    return [(p["article"]["id"], p["damaged"]) for p in shown if "def " in p["text"]]


def test_sound_code_ranks_before_damaged_code_that_is_as_good(db):
    reply = json.loads(told(db, "How do I boil water for tea in Python?", "--json"))
    assert code_in(reply) == [("z-sound", None), ("a-lost", "the indentation was lost")]


def test_a_sound_copy_is_shown_in_the_place_of_a_damaged_original(tmp_path, topic, sources):
    path = tmp_path / "copies.db"
    more = [Source("a-copy.md", COPY.encode()), Source("z-sound.md", SOUND.encode())]
    create(path, [(topic, [*sources, *more])])
    reply = json.loads(told(path, "How do I boil water for tea in Python?", "--json"))
    assert code_in(reply)[0] == ("z-sound", None)


def test_the_note_stands_above_the_code_on_the_terminal(db):
    shown = told(db, "How do I boil water for tea in Python?")
    assert shown.count(NOTE) == 1
    assert shown.index(NOTE) < shown.index("| return tea.water")
