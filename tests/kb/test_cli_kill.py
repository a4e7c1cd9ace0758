"""kill -9 of kb at any moment leaves every article whole or absent."""

import random
import time
from pathlib import Path

import pytest
from test_cli_program import COFFEE, TEA, document, drinks, process, ran, written

KILLS = 15


def text(number: int, size: int) -> str:
    extra = "\n\n".join(
        f"## Part {n}\n\nTea number {number} is good for sleep." for n in range(size)
    )
    return f"{TEA}\n\n{extra}\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, coffee=COFFEE))
    return path


def test_killing_add_leaves_every_article_whole_or_absent(db, tmp_path):
    chance = random.Random(7)
    files = written(tmp_path, **{f"tea{n}": text(n, 40) for n in range(6)})
    started = time.monotonic()
    process("--db", str(db), "add", *files).communicate(timeout=60)
    seconds = time.monotonic() - started
    whole = {row["id"]: row["passages"] for row in document(db, "list")["articles"]}
    states = set()
    for round in range(1, KILLS + 1):
        files = written(tmp_path, **{f"tea{n}": text(n, 40 + round) for n in range(6)})
        added = process("--db", str(db), "add", *files)
        time.sleep(seconds * chance.uniform(0.3, 1.0))
        added.kill()
        told = added.communicate()[0].decode().splitlines()
        found = document(db, "check")
        assert found["problems"] == []
        now = {row["id"]: row["passages"] for row in document(db, "list")["articles"]}
        assert now.keys() == whole.keys()
        for line in told:  # what was acknowledged is durable
            name = line.split(":")[0].split()[1]
            assert now[name] == whole["tea0"] + round
        for n in range(6):
            assert (now[f"tea{n}"] - whole["tea0"]) in range(round + 1)
        states.add(len(told))
    assert len(states) > 2  # the kills came at different moments


def test_killing_init_leaves_no_half_knowledge_base(tmp_path):
    started = time.monotonic()
    process("--db", str(tmp_path / "whole.db"), "init").communicate()
    seconds = time.monotonic() - started
    for share in (0.6, 0.85, 0.97):
        db = tmp_path / f"{share}.db"
        made = process("--db", str(db), "init")
        time.sleep(seconds * share)
        made.kill()
        made.communicate()
        if db.exists():
            assert document(db, "check")["problems"] == []
            assert len(document(db, "list")["articles"]) >= 4
