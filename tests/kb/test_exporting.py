"""kb export and kb import: a round trip is byte for byte the same, in lines and in Markdown."""

import json
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_cli_program import COFFEE, DRINKS, TEA, document, drinks, process, ran, run, written

from kb.exports.markdown import markdown_of, record_in
from kb.extract.raw import Source
from kb.given import Given
from kb.model import Decision, Interest, Metadata
from kb.record_shapes import record_document, record_of
from kb.records import ArticleRecord

PAGE = (
    "<html><head><title>Tea &amp; more</title></head><body><nav>Home</nav><article><h1>Tea</h1>"
    "<p>Th\xe9 is great for studying, and tea is good for sleep.</p></article></body></html>"
)


@pytest.fixture
def db(tmp_path: Path, filled: Path) -> Path:
    """A knowledge base that a test may change."""
    return Path(shutil.copyfile(filled, tmp_path / "drinks.db"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with sources of every kind, corrections, edits and two topics."""
    tmp_path = tmp_path_factory.mktemp("filled")
    path = drinks(tmp_path)
    (tmp_path / "other.toml").write_text(DRINKS.replace("Drinks", "Other"), encoding="utf-8")
    ran(path, "topic", "add", str(tmp_path / "other.toml"))
    add = ("add", "--topic", "drinks")
    ran(path, *add, *written(tmp_path, tea=TEA, coffee=COFFEE))
    (tmp_path / "page.html").write_bytes(PAGE.encode("latin-1"))
    ran(path, *add, str(tmp_path / "page.html"), "--encoding", "latin-1", "--published", "2024-03")
    (tmp_path / "wide.txt").write_bytes("Tea is great for studying.\n".encode("utf-16"))
    (tmp_path / "lines.md").write_bytes(b"# Tea\r\n\r\nTea is bad for sleep.\r\n---\r\nEnd")
    ran(path, *add, str(tmp_path / "wide.txt"), str(tmp_path / "lines.md"))
    ran(path, "add", "--topic", "other", "-", "--id", "piped", stdin="Coffee is bad for sleep.\n")
    ran(path, "edit", "tea", "--title", 'Tea: "a" \u2028 test', "--author", "")
    ran(path, "edit", "coffee", "--interest", "Sells tea", "--interest-options", "tea")
    ran(path, "drop", "tea", "keeps you awake")
    ran(
        path,
        "claims",
        "reject",
        document(path, "claims", "--topic", "drinks", "--article", "coffee")["claims"][0]["id"],
    )
    ran(path, "claims", "add", "coffee", "Coffee is bad for sleep", "--option", "coffee",
        "--stance", "against", "--criterion", "sleep", "--when", "age=old", "--hedged")  # fmt: skip
    return path


def told(db: Path) -> dict:
    """Return all that follows from what is exported."""
    shown = [row["id"] for row in document(db, "list")["articles"]]
    return {
        **{id: document(db, "show", id, "--claims", "--furniture") for id in shown},
        "corrections": document(db, "corrections"),
        "disagreements": document(db, "disagreements", "--topic", "drinks"),
        "list": document(db, "list"),
    }


@pytest.mark.parametrize("kind", ["lines", "markdown", "stdin"])
def test_a_round_trip_is_identical(db, tmp_path, kind):
    if kind == "markdown":
        ran(db, "export", "--markdown", str(tmp_path / "out"))
    else:
        ran(db, "export", str(tmp_path / "out"))
    again = tmp_path / "again.db"
    given = "-" if kind == "stdin" else str(tmp_path / "out")
    data = (tmp_path / "out").read_bytes() if kind == "stdin" else None
    printed = document(again, "import", given, stdin=data)
    assert {each["outcome"] for each in printed["imported"]} == {"added"}
    assert ran(again, "export") == ran(db, "export")
    assert told(again) == told(db)
    assert document(again, "check")["problems"] == []


def test_an_export_is_the_same_for_the_same(db, tmp_path):
    before = ran(db, "export")
    ran(db, "edit", "tea", "--publisher", "Another")
    assert ran(db, "export") != before
    ran(db, "undo")
    assert ran(db, "export") == before
    for name in ("one", "two"):
        ran(db, "export", "--markdown", str(tmp_path / name))
    same = subprocess.run(["diff", "-r", str(tmp_path / "one"), str(tmp_path / "two")])
    assert same.returncode == 0


def test_an_export_holds_no_revision_and_no_time(db):
    words = ran(db, "export")
    assert "revision" not in words
    assert document(db, "history")["revisions"][0]["made_at"][:10] not in words


def test_what_is_there_and_the_same_is_left_alone(db, tmp_path):
    ran(db, "export", str(tmp_path / "out"))
    ran(db, "edit", "tea", "--title", "Changed")
    revision = document(db, "check")["revision"]
    printed = document(db, "import", str(tmp_path / "out"))
    outcomes = {each.get("article"): each["outcome"] for each in printed["imported"]}
    assert outcomes["tea"] == "replaced"
    assert set(outcomes.values()) == {"replaced", "unchanged"}
    assert document(db, "check")["revision"] == revision + 1
    ran(db, "undo")
    assert document(db, "show", "tea")["title"] == "Changed"


def test_a_markdown_article_can_be_edited_in_its_folder(db, tmp_path):
    folder = tmp_path / "out"
    ran(db, "export", "--markdown", str(folder))
    file = folder / "articles/coffee.md"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("---\nid: coffee\ntopic: drinks\ntitle: About coffee\n")
    assert text.endswith(COFFEE)
    file.write_text(text.replace("excellent", "quite bad").replace("About", "On"), encoding="utf-8")
    ran(db, "import", str(folder))
    shown = document(db, "show", "coffee")
    assert shown["title"] == "On coffee"
    assert "quite bad" in str(shown["passages"])


def test_a_hand_written_file_needs_no_more_than_its_topic(db, tmp_path):
    folder = tmp_path / "out"
    ran(db, "export", "--markdown", str(folder))
    text = (
        "---\ntopic: drinks\ntitle: New\npublished: 2024-03-26\n---\nTea is great for studying.\n"
    )
    (folder / "articles/new.md").write_text(text, encoding="utf-8")
    ran(db, "import", str(folder))
    assert document(db, "show", "new")["published"] == "2024-03-26"


def test_the_copy_of_a_page_that_is_only_to_be_read_is_not_edited_in_vain(db, tmp_path):
    folder = tmp_path / "out"
    ran(db, "export", "--markdown", str(folder))
    file = folder / "articles/page.md"
    file.write_bytes(file.read_bytes() + b"More.")
    result = run(db, "import", str(folder))
    assert result.exit_code == 1
    assert "page.md: Its text was edited" in result.stderr
    assert (folder / "sources/page.html").read_bytes() == PAGE.encode("latin-1")


def test_an_export_is_replaced_only_when_told_and_nothing_else_is(db, tmp_path):
    folder = tmp_path / "out"
    ran(db, "export", "--markdown", str(folder))
    (folder / "README").write_text("Mine")
    assert "not empty" in run(db, "export", "--markdown", str(folder)).stderr
    ran(db, "remove", "tea", "page")
    ran(db, "export", "--markdown", "--overwrite", str(folder))
    assert not (folder / "articles/tea.md").exists()
    assert not (folder / "sources/page.html").exists()
    assert (folder / "README").read_text() == "Mine"
    ran(db, "export", str(tmp_path / "lines"))
    assert "there already" in run(db, "export", str(tmp_path / "lines")).stderr
    ran(db, "export", "--overwrite", str(tmp_path / "lines"))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.md").write_text("Dear")
    result = run(db, "export", "--markdown", "--overwrite", str(mine))
    assert "no export that could be replaced" in result.stderr
    assert [each.name for each in mine.iterdir()] == ["letter.md"]


def first_lines(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")


def one_line_less(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:3] + lines[4:]), encoding="utf-8")


def half_a_line(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def no_json(file: Path) -> None:
    file.write_text("Tea is great.\n")


def no_export(file: Path) -> None:
    file.write_text('{"tea": "great"}\n')


def newer(file: Path) -> None:
    file.write_text('{"format": "advisor-export", "version": 2}\n')


def empty(file: Path) -> None:
    file.write_bytes(b"")


def changed(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def unknown_key(file: Path) -> None:
    changed(file, '"corrections"', '"correction"')


def wild_id(file: Path) -> None:
    changed(file, '"id": "coffee"', '"id": "../coffee"')


def wrong_kind(file: Path) -> None:
    changed(file, '"kind": "reject"', '"kind": "rejekt"')


def no_bytes(file: Path) -> None:
    changed(file, '"base64": "', '"base64": "*')


def surrogate(file: Path) -> None:
    changed(file, "About coffee", "About \\ud800 coffee")


@pytest.mark.parametrize(
    "spoil",
    [first_lines, one_line_less, half_a_line, no_json, no_export, newer, empty, unknown_key,
     wild_id, wrong_kind, no_bytes, surrogate],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_what_is_no_whole_export_changes_nothing(db, tmp_path, spoil):
    file = tmp_path / "out"
    ran(db, "export", str(file))
    spoil(file)
    result = run(tmp_path / "new.db", "import", str(file))
    assert result.exit_code == 1, result.output
    assert len(result.stderr.splitlines()) == 2
    assert not (tmp_path / "new.db").exists()
    revision = document(db, "check")["revision"]
    assert run(db, "import", str(file)).exit_code == 1
    assert document(db, "check")["revision"] == revision


@pytest.mark.parametrize(
    "head",
    [
        "a: &x 1\nid: tea",
        "id: coffee",
        "title: [1, 2]",
        "source: tea",
        "source: {name: tea.md, kept_in: ../../secret}",
        "corrections: [{kind: keep}]",
        "- tea",
        "title: a: b",
        "topics: drinks",
        "[" * 50,
    ],
)
def test_front_matter_that_cannot_be_meant_names_the_file(db, tmp_path, head):
    folder = tmp_path / "out"
    ran(db, "export", "--markdown", str(folder))
    (folder / "articles/tea.md").write_text(f"---\n{head}\n---\nTea is great.\n", encoding="utf-8")
    revision = document(db, "check")["revision"]
    result = run(db, "import", str(folder))
    assert result.exit_code == 1
    assert "tea.md" in result.stderr
    assert len(result.stderr.splitlines()) == 2
    assert document(db, "check")["revision"] == revision


def test_a_half_written_folder_is_no_export(db, tmp_path):
    folder = tmp_path / "out"
    ran(db, "export", "--markdown", str(folder))
    (folder / "advisor-export.json").unlink()
    assert "no whole export" in run(db, "import", str(folder)).stderr
    ran(db, "export", "--markdown", "--overwrite", str(folder))  # what is left of a killed one
    ran(db, "import", str(folder))


def test_an_article_that_cannot_be_read_does_not_stop_the_others(db, tmp_path):
    file = tmp_path / "out"
    ran(db, "export", str(file))
    changed(file, '"topic": "other"', '"topic": "drinks"')
    changed(file, "Coffee is bad for sleep.\\n", "\\n")
    result = run(tmp_path / "new.db", "import", str(file))
    assert result.exit_code == 1
    assert "Not imported: article piped." in result.stderr
    assert len(document(tmp_path / "new.db", "list")["articles"]) == 5


@pytest.mark.parametrize("out", ["none/out", "drinks.db", ""])
@pytest.mark.parametrize("flags", [[], ["--markdown"]])
def test_an_export_that_cannot_be_written_is_a_sentence(db, tmp_path, monkeypatch, out, flags):
    monkeypatch.chdir(tmp_path)
    before = db.read_bytes()
    result = run(db, "export", *flags, str(tmp_path / out))
    assert db.read_bytes() == before
    if result.exit_code == 0:
        assert flags and (tmp_path / out / "advisor-export.json").exists()
    else:
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("given", ["none", "fifo", "wide.txt"])
def test_what_cannot_be_imported_is_a_sentence(db, tmp_path, given):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "wide.txt").write_bytes("Tea is great for studying.\n".encode("utf-16"))
    result = run(db, "import", str(tmp_path / given))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2


def test_an_article_without_its_source_makes_the_round_trip_in_lines(db, tmp_path):
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("DELETE FROM sources WHERE article = 'tea'")
    ran(db, "export", str(tmp_path / "out"))
    again = tmp_path / "again.db"
    ran(again, "import", str(tmp_path / "out"))
    assert ran(again, "export") == ran(db, "export")
    assert told(again) == told(db)
    assert document(again, "check")["problems"] == []
    result = run(db, "export", "--markdown", str(tmp_path / "folder"))
    assert "stored without its source" in result.stderr


def test_killing_an_import_leaves_no_half_knowledge_base(db, tmp_path):
    ran(db, "export", str(tmp_path / "out"))
    whole = ran(db, "export")
    started = time.monotonic()
    process("--db", str(db), "list").communicate()
    seconds = time.monotonic() - started
    for number in range(4):
        new = tmp_path / f"new{number}.db"
        running = process("--db", str(new), "import", str(tmp_path / "out"))
        time.sleep(seconds * (0.8 + 0.4 * number))
        running.kill()
        running.communicate()
        assert not new.exists() or ran(new, "export") == whole


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
optional = st.none() | texts


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.tuples(texts, texts, texts, texts, texts),
    st.tuples(optional, optional, optional, optional, optional),
    st.none() | st.tuples(st.lists(texts, max_size=2), texts.filter(bool)),
    st.lists(st.tuples(texts.filter(bool), texts, st.none() | st.floats(-9, 9)), max_size=3),
    st.binary(max_size=60)
    | texts.map(str.encode)
    | texts.map(lambda t: f"---\n{t}\n---\n".encode()),
    texts,
)
def test_every_record_is_the_same_after_both_ways(
    metadata, said, interest, corrections, data, name
):
    record = ArticleRecord(
        "tea",
        "drinks",
        Metadata(*metadata, Interest(tuple(interest[0]), interest[1]) if interest else None),
        Given(*said),
        Source(name, data, url="https://example.org/é"),
        tuple(
            Decision("tea", "add", quote, ("tea",), criterion, scope=(("age", "old"),), value=value)
            for quote, criterion, value in corrections
        ),
    )
    lines = json.loads(json.dumps(record_document(record)))
    assert record_of(lines, data) == record
    file = markdown_of(record, "text")
    assert record_in(file.content, "tea", file.kept) == record


def test_a_folder_can_be_copied(db, tmp_path):
    ran(db, "export", "--markdown", str(tmp_path / "out"))
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    ran(tmp_path / "new.db", "import", str(tmp_path / "copy"))
    assert ran(tmp_path / "new.db", "export") == ran(db, "export")
