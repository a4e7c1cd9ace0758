"""kill -9 of kb at any moment leaves every article whole or absent."""

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from test_cli_program import COFFEE, TEA, document, drinks, process, ran, written

KILLS = 15
PASSAGES = 2  # of the tea article before it grows


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


def whole_articles(db: Path) -> dict[str, int]:
    """Return how many passages each article has, after checking that nothing is damaged."""
    assert document(db, "check")["problems"] == []
    return {row["id"]: row["passages"] for row in document(db, "list")["articles"]}


def test_killing_add_leaves_every_article_whole_or_absent(db, tmp_path):
    chance = random.Random(7)
    acknowledged = set()
    for round in range(1, KILLS + 1):
        parts = 20 + 5 * round
        files = written(tmp_path, **{f"tea{n}": text(n, parts) for n in range(6)})
        added = process("--db", str(db), "add", *files)
        told = [added.stdout.readline() for _ in range(chance.randrange(6))]
        time.sleep(chance.uniform(0, 0.1))  # about as long as one article takes
        added.kill()
        told += added.stdout.readlines()
        added.communicate()
        now = whole_articles(db)
        assert now.pop("coffee") == 2
        # What was acknowledged is there, and whatever is there is one whole version.
        assert {line.decode().split(":")[0].split()[1] for line in told} <= now.keys()
        for n in range(6):
            versions = {PASSAGES + 20 + 5 * earlier for earlier in range(1, round + 1)}
            latest = {PASSAGES + parts} if n < len(told) else versions | {None}
            assert now.get(f"tea{n}") in latest
        acknowledged.add(len(told))
    assert len(acknowledged) > 3  # the kills came at different moments


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


@pytest.mark.parametrize("command", ["drop", "claims reject"])
def test_killing_a_decision_leaves_the_article_as_it_was_or_as_decided(db, tmp_path, command):
    chance = random.Random(11)
    parts = (f"## Part {n}\n\nTea from garden {n} is good for sleep." for n in range(60))
    ran(db, "add", *written(tmp_path, tea="\n\n".join([TEA, *parts])))
    started = time.monotonic()
    process("--db", str(db), "list").communicate()
    seconds = time.monotonic() - started  # a decision takes a little longer than a look
    outcomes = []
    for _ in range(KILLS // 2):
        before = document(db, "show", "tea", "--claims")
        decided = document(db, "corrections")["corrections"]
        part = chance.choice(before["claims" if command == "claims reject" else "passages"])
        made = process(
            "--db", str(db), *command.split(), *["tea"] * (command == "drop"), part["id"]
        )
        time.sleep(seconds * chance.uniform(0.5, 1.3))
        made.kill()
        printed, _ = made.communicate()
        after, now = document(db, "show", "tea", "--claims"), document(db, "corrections")
        assert document(db, "check")["problems"] == []
        outcomes.append(len(now["corrections"]) - len(decided))
        assert outcomes[-1] or not printed  # what was acknowledged is kept
        gone = {each["id"] for each in [*before["passages"], *before["claims"]]}
        gone -= {each["id"] for each in [*after["passages"], *after["claims"]]}
        assert (part["id"] in gone) == bool(gone) == bool(outcomes[-1])
    assert set(outcomes) <= {0, 1}


def test_killing_keep_leaves_the_text_set_aside_or_put_back(db, tmp_path):
    chance = random.Random(13)
    parts = (f"## Part {n}\n\nTea from garden {n} is good for sleep." for n in range(40))
    ran(db, "add", *written(tmp_path, tea="\n\n".join([TEA, *parts])))
    whole = len(document(db, "show", "tea")["passages"])
    texts = [f"Tea from garden {n} is good for sleep." for n in range(KILLS // 2)]
    ran(db, "drop", "tea", *texts)
    started = time.monotonic()
    process("--db", str(db), "list").communicate()
    seconds = time.monotonic() - started
    for text in texts:
        made = process("--db", str(db), "keep", "tea", text)
        time.sleep(seconds * chance.uniform(0.6, 1.4))
        made.kill()
        printed, _ = made.communicate()
        found = document(db, "corrections")["corrections"]
        kinds = Counter(each["kind"] for each in found)
        assert kinds.total() == len(texts)
        assert len(document(db, "show", "tea")["passages"]) == whole - kinds["drop"]
        decided = {each["quote"]: each["kind"] for each in found}
        assert decided[text] == "keep" or not printed  # what was acknowledged is kept
        assert document(db, "check")["problems"] == []
