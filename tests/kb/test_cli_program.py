"""The kb command as a shell sees it: exit codes, streams, escapes; and what other tests run."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kb.cli.main import kb
from kb.cli.output import escaped, json_text, wrapped
from kb.ingest import create
from kb.topic_file import parse_topic

KB = [sys.executable, "-c", "from kb.cli.main import main; main()"]
DRINKS = """
name = "Drinks"
[options.tea]
label = "Tea"
words = ["tea"]
[options.coffee]
label = "Coffee"
words = ["coffee"]
[criteria.study]
label = "studying"
words = ["study", "studying"]
[criteria.sleep]
label = "sleep"
words = ["sleep", "sleeping"]
[criteria.cost]
label = "cost"
words = ["cost", "price"]
[conditions.age]
label = "age"
values = { young = ["young"], old = ["old", "elderly"] }
[[rules]]
id = "the-old-want-to-sleep"
when = { criteria = ["sleep"], conditions = { age = "old" } }
favours = "tea"
because = "Old people sleep lightly."
"""
TEA = """---
title: About tea
publisher: The Tea House
---
# About tea

## Studying

Tea is great for studying and keeps you awake.

## Sleep

Tea is bad for sleep when it is drunk at night.
"""
COFFEE = """# About coffee

## Studying

Coffee is excellent for studying, but tea is bad for studying.

## Sleep

Coffee is bad for sleep.
"""


def drinks(folder: Path) -> Path:
    """Create a knowledge base of the topic alone."""
    path = folder / "drinks.db"
    create(path, [(parse_topic(DRINKS, id="drinks"), [])])
    return path


def written(folder: Path, **texts: str) -> list[str]:
    """Write Markdown files and return their paths."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return [str(folder / f"{name}.md") for name in texts]


def run(db: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    """Run `kb` in this process."""
    return CliRunner().invoke(kb, ["--db", str(db), *arguments], input=stdin)


def ran(db: Path, *arguments: str, stdin: str | bytes | None = None) -> str:
    """Run `kb`, which has to succeed, and return what it printed for people."""
    result = run(db, *arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def document(db: Path, *arguments: str, stdin: str | bytes | None = None) -> dict:
    """Run `kb` with --json and return the one document it printed."""
    result = run(db, *arguments, "--json", stdin=stdin)
    return json.loads(result.stdout)


def process(*arguments: str, through: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """Start `kb` as a process of its own, by way of another command if need be."""
    command = [*through, *KB, *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )


def wait_until_locked(lock: Path) -> None:
    """Wait until a process has become the one writer."""
    with lock.open() as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(file, fcntl.LOCK_UN)
            time.sleep(0.02)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield *path, name


ALL = list(commands(kb))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself_and_prints_json(path, tmp_path):
    result = run(tmp_path / "none.db", *path, "--help")
    assert result.exit_code == 0
    assert "--json" in result.stdout


def test_commands_are_skins_of_at_most_15_lines():
    for path in ALL:
        command = kb
        for name in path:
            command = command.commands[name]
        callback = command.callback
        while hasattr(callback, "__wrapped__"):
            callback = callback.__wrapped__
        lines = list(dict.fromkeys(line for _, _, line in callback.__code__.co_lines() if line))
        assert len(lines) <= 15, path


def test_the_version_is_printed(tmp_path):
    assert ran(tmp_path / "none.db", "--version").startswith("kb, version ")


@pytest.mark.parametrize("wrong", ["ad", "add", "list --jsn", "search tea --limit 0"])
def test_wrong_usage_exits_with_2(wrong, tmp_path):
    result = run(tmp_path / "none.db", *wrong.split())
    assert result.exit_code == 2
    assert result.stdout == ""


def test_an_expected_failure_is_two_lines_on_stderr_and_exit_1(tmp_path):
    result = run(tmp_path / "none.db", "list")
    assert result.exit_code == 1
    assert result.stdout == ""
    message, remedy = result.stderr.splitlines()
    assert message == f"Error: There is no knowledge base at {tmp_path / 'none.db'}."
    assert remedy.startswith("Remedy: Create one with `kb init`")


def test_the_knowledge_base_may_be_named_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_DB", str(drinks(tmp_path)))
    result = CliRunner().invoke(kb, ["topic"])
    assert result.stdout == "drinks: Drinks (0 articles)\n"


def test_without_a_name_it_is_advisor_db_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ADVISOR_DB", raising=False)
    result = CliRunner().invoke(kb, ["list"])
    assert "no knowledge base at advisor.db" in result.stderr


def test_control_characters_of_a_file_name_reach_no_terminal(tmp_path):
    result = run(tmp_path / "red\x1b[31m\nblue.db", "list")
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_articles_cannot_write_terminal_commands(tmp_path):
    db = drinks(tmp_path)
    text = TEA.replace("The Tea House", "Evil \\x1b[2J").replace(
        "Tea is great", "Tea \x9b31m is great"
    )
    ran(db, "add", *written(tmp_path, tea=text))
    for arguments in (["list"], ["show", "tea"], ["search", "tea"], ["show", "tea", "--json"]):
        assert not set(ran(db, *arguments)) & {"\x1b", "\x9b", "\u202e"}


def test_text_is_escaped_but_for_line_ends():
    assert escaped("a\x1b[0m\u202eb\nc\td") == "a\\x1b[0m\\u202eb\nc   d"
    assert escaped("one\ntwo", line_ends=False) == "one\\ntwo"


def test_json_is_ascii_and_loses_nothing():
    strange = "tea \u2615 \x1b \x7f \x9b \u202e \ud800"
    assert json_text(strange).isascii()
    assert "\x7f" not in json_text(strange)
    assert json.loads(json_text(strange)) == strange


def test_lines_are_wrapped_at_the_width_of_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = list(wrapped("word " * 30 + "\n    code", indent="| "))
    assert max(map(len, lines)) <= 40
    assert lines[-1] == "|     code"


def test_a_closed_pipe_is_quiet(tmp_path):
    db = drinks(tmp_path)
    ran(db, "add", *written(tmp_path, tea=TEA + "\n\nTea is good for studying." * 3000))
    shown = process("--db", str(db), "show", "tea")
    shown.stdout.readline()
    shown.stdout.close()
    assert shown.wait(20) != 0
    assert shown.stderr.read() == b""
    shown.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_behind_stdout_is_a_sentence(tmp_path):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [*KB, "--db", str(drinks(tmp_path)), "topic"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert result.returncode == 1
    assert result.stderr.startswith("Error: The output cannot be written: No space left")
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_add_leaves_nothing_and_says_so_by_its_exit_code(tmp_path, number, code):
    db = drinks(tmp_path)
    blocker = sqlite3.connect(db)
    blocker.execute("BEGIN IMMEDIATE")  # so that the command has to wait
    added = process("--db", str(db), "add", *written(tmp_path, tea=TEA))
    wait_until_locked(Path(f"{db}.lock"))
    os.kill(added.pid, number)
    time.sleep(0.1)
    blocker.close()
    out, err = added.communicate(timeout=40)
    assert (added.returncode, out) == (code, b""), err
    assert b"Traceback" not in err
    assert document(db, "list") == {"articles": []}


@pytest.mark.parametrize(
    ("start", "loads"), [("kb.cli", "kb.cli.main"), ("advisor", "advisor.cli")]
)
def test_an_interruption_while_a_command_loads_is_no_traceback(start: str, loads: str) -> None:
    # A module of the same name that is interrupted, in the place of the one that would be loaded.
    code = (
        "import sys, types; module = types.ModuleType('x');"
        "module.__getattr__ = lambda name: (_ for _ in ()).throw(KeyboardInterrupt);"
        f"sys.modules['{loads}'] = module; from {start}.start import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")
