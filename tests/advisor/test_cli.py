"""The advisor command: answers on a terminal, and the server's start."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli import advisor
from kb.extract.raw import Source
from kb.ingest import add, create, prepare
from kb.store import open_store
from kb.topic_file import parse_topic

DRINKS = """
name = "Drinks"
[options.tea]
label = "Green tea"
words = ["tea"]
[options.coffee]
label = "Black coffee"
words = ["coffee"]
[criteria.study]
label = "studying"
words = ["study", "studying"]
[criteria.sleep]
label = "good sleep"
words = ["sleep", "sleeping"]
[conditions.age]
label = "age"
values = { young = ["young"], old = ["old", "elderly"] }
[[rules]]
id = "young-people-study"
when = { criteria = ["study"], conditions = { age = "young" } }
favours = "coffee"
weight = 3
because = "Who is young studies at night."
"""
ARTICLES = {
    "house.md": """---
title: All about tea
publisher: The Tea House
---
## Studying

Tea is good for studying. Coffee is bad for studying.

## Sleep

Tea is bad for sleep.
""",
    "bar.md": """# All about coffee

## Studying

Coffee is good for studying. Tea is good for studying, too.

## Sleep

Coffee is bad for sleep. Tea is good for sleep.
""",
    "street.md": "# Street\n\n## Studying\n\nTea is great for studying.\n",
}
STUDY = "Which is better for studying?"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of drinks; no test changes it."""
    path = tmp_path_factory.mktemp("drinks") / "drinks.db"
    create(path, [(parse_topic(DRINKS, id="drinks"), [])])
    store = open_store(path)
    with store.read() as snapshot:
        topic = snapshot.topic("drinks")
    for name, text in ARTICLES.items():
        add(store, prepare(Source(name, text.encode()), topic))
    return path


def run(db: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(advisor, ["--db", str(db), *arguments], input=stdin)


def said(db: Path, *arguments: str, stdin: str | bytes | None = None) -> str:
    result = run(db, "ask", *arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def document(db: Path, *arguments: str) -> dict:
    return json.loads(said(db, *arguments, "--json"))


# ask


def test_an_answer_begins_with_its_verdict_and_ends_with_what_it_quotes(db):
    lines = said(db, STUDY).splitlines()
    assert lines[0].startswith("Green tea")
    assert lines[1].startswith("Confidence: ")
    titles = [line for line in lines if line and not line.startswith((" ", "["))]
    assert titles[2:4] == ["Why", "Against"]
    assert "The articles disagree" in titles
    assert any(line.startswith("[1] ") for line in lines)
    assert "(The Tea House)" in "".join(lines)


def test_every_mark_of_an_answer_names_a_passage_that_is_shown(db):
    answer = document(db, STUDY)
    shown = {passage["n"] for passage in answer["passages"]}
    text = said(db, STUDY)
    for reason in answer["guidance"]["reasons"]:
        for citation in reason["citations"]:
            assert citation["n"] in shown
            assert f"[{citation['n']}]" in text


def test_labels_are_shown_instead_of_ids(db):
    text = said(db, "Is tea or coffee better for sleep?")
    assert "good sleep" in text
    assert "for tea " not in text


def test_the_document_is_what_the_server_sends(db):
    answer = document(db, STUDY)
    assert set(answer) == {
        "question",
        "answered",
        "understood",
        "guidance",
        "passages",
        "suggestions",
        "knowledge_base",
    }
    assert answer["guidance"]["option"] == "tea"


def test_a_question_needs_no_quotes_and_may_come_from_standard_input(db):
    assert said(db, *STUDY.split()) == said(db, STUDY) == said(db, "-", stdin=STUDY + "\n")


def test_a_correction_is_shown_and_can_be_undone(db):
    assert 'Read "studing" as "study' in said(db, "tea or coffee for studing?")
    assert "Read " not in said(db, "tea or coffee for studing?", "--exact", "studing")


def test_a_follow_up_carries_over_what_was_asked_before(db):
    answer = document(db, "and for sleep?", "--after", "Is tea good for studying?")
    assert answer["understood"]["options"] == ["tea"]
    assert "From before: " in said(db, "and for sleep?", "--after", "Is tea good for studying?")


def test_conditions_are_given_and_parts_are_taken_out(db):
    given = document(db, STUDY, "--given", "age=young")["understood"]
    assert given["conditions"] == {"age": "young"}
    without = document(db, STUDY, "--without", "criterion:study")["understood"]
    assert without["criteria"] == []


def test_the_reasoning_of_a_rule_is_marked_as_its_own(db):
    text = said(db, "coffee or tea for studying, for young people?")
    if "Who is young" in text:
        assert "(our own reasoning, rule young-people-study)" in " ".join(text.split())


def test_as_many_hits_as_wanted_are_shown(db):
    hits = [p for p in document(db, STUDY, "--limit", "1")["passages"] if p["role"] == "hit"]
    assert len(hits) == 1


@pytest.mark.parametrize(
    "arguments, code, part",
    [
        ([""], 1, "empty"),
        (["tea " * 501], 1, "2,000 characters"),
        ([STUDY, "--given", "age=ancient"], 1, "`given`"),
        ([STUDY, "--given", "age"], 2, "CONDITION=VALUE"),
        ([STUDY, "--topic", "food"], 1, "Topics here: drinks"),
        ([STUDY, "--limit", "99"], 2, "--limit"),
        ([STUDY, *["--after", "why?"] * 9], 1, "8 earlier questions"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(db, arguments, code, part):
    result = run(db, "ask", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert part in result.stderr


@pytest.mark.parametrize(
    "question",
    [
        "\x00\x1b[31m tea \u202e?",
        '"tea" OR 1=1; DROP TABLE articles; -- NEAR(tea',
        "🍵🍵🍵 or ☕?",
        "שלום tea",
        "???",
        "\ud800 tea",
    ],
)
def test_odd_questions_are_answered_and_reach_no_terminal_raw(db, question):
    text = said(db, question)
    assert all(each.isprintable() or each == "\n" for each in text)


def test_what_is_no_text_on_standard_input_is_answered_or_refused(db):
    result = run(db, "ask", "-", stdin=bytes(range(128, 256)) * 4)
    assert result.exit_code in (0, 1)
    assert run(db, "ask", "-", stdin=b"").exit_code == 1
    assert run(db, "ask", "-", stdin=b"tea " * 100_000).exit_code == 1


def test_a_first_question_makes_the_shipped_knowledge_base_and_says_so(tmp_path):
    result = run(tmp_path / "new.db", "ask", "Which one is easier to learn?")
    assert result.exit_code == 0
    assert result.stderr.startswith(f"Created {tmp_path / 'new.db'} with ")
    assert "Created" not in result.stdout
    assert run(tmp_path / "new.db", "ask", "Which one is easier to learn?").stderr == ""


def test_two_first_questions_at_once_are_both_answered(tmp_path):
    start = "from advisor.cli import main; main()"
    command = [sys.executable, "-c", start, "--db", str(tmp_path / "new.db"), "ask", "Why?"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    assert [each.communicate() and each.returncode for each in both] == [0, 0]


def test_a_knowledge_base_without_articles_is_named(tmp_path):
    create(tmp_path / "empty.db", [(parse_topic(DRINKS, id="drinks"), [])])
    result = run(tmp_path / "empty.db", "ask", STUDY)
    assert result.exit_code == 1
    assert "kb add" in result.stderr


# serve


def test_other_machines_need_open():
    result = run(Path("none.db"), "serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "--open" in result.stderr
    assert not Path("none.db").exists()


def test_a_port_in_use_is_a_sentence(db):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run(db, "serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "Remedy: " in result.stderr


def test_the_server_makes_the_knowledge_base_and_prints_its_address(tmp_path):
    start = "from advisor.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        start,
        "--db",
        str(tmp_path / "new.db"),
        "serve",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        watchdog = threading.Timer(30, server.kill)
        watchdog.start()
        created, listening = server.stderr.readline(), server.stderr.readline()
        address = next(word for word in listening.split() if word.startswith("http://"))
        with urllib.request.urlopen(f"{address}/readyz") as ready:
            assert ready.status == 200
        os.kill(server.pid, signal.SIGINT)
        rest = server.stderr.read()
        watchdog.cancel()
    assert created.startswith("Created ")
    assert "http://127.0.0.1:" in address
    assert "Traceback" not in rest
    assert server.returncode in (0, 130)


# all of them


@pytest.mark.parametrize("name", ["ask", "eval", "serve"])
def test_every_command_explains_itself(name):
    assert run(Path("none.db"), name, "--help").exit_code == 0
