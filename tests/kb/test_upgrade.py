"""Files of an older version: refused with the remedy, brought up to date whole or not at all."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from test_cli_program import COFFEE, TEA, document, drinks, process, ran, run, written

from kb.errors import KnowledgeBaseError
from kb.sqlite import schema
from kb.sqlite.files import version_of
from kb.sqlite.upgrading import upgrade
from kb.store import open_store

BEFORE = {
    1: "second_tables",
    2: "third_tables",
    3: "fourth_tables",
    4: "fifth_tables",
    5: "sixth_tables",
    6: "seventh_tables",
}  # what a version did not have


@pytest.fixture(params=BEFORE)
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A knowledge base as an older version wrote it: its tables, filled out of a present one.

    The index of the first two is left empty: it is not read when the file is upgraded.
    """
    present = drinks(tmp_path)
    ran(present, "add", *written(tmp_path, tea=TEA, coffee=COFFEE, tea_again=TEA))
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrations.apply(Database(connection), stop_before=BEFORE[request.param])
        connection.execute("ATTACH ? AS present", (str(present),))
        rebuilt = REBUILT if request.param < 6 else set()
        new = NEW if request.param < 3 else {"_sqlite_migrations"}
        for table in tables(connection) & tables(connection, "present") - new - rebuilt:
            held = columns(connection, "present", table)
            wanted = columns(connection, "main", table)
            values = ", ".join(name if name in held else "0" for name in wanted)
            connection.execute(f"DELETE FROM {table}")  # a migration may have filled it
            connection.execute(
                f"INSERT INTO {table} ({', '.join(wanted)}) SELECT {values} FROM present.{table}"
            )
        if request.param < 5:  # what is told by words, as if these had been taken for other ones
            connection.execute("UPDATE forms SET topical = 1 - topical")
            if '"likeness"' in columns(connection, "main", "passages"):
                connection.execute("UPDATE passages SET likeness = x'01020304'")
        if request.param == 5:
            connection.execute("UPDATE meetings SET others = x'00'")
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {request.param}")
    assert version_of(path) == request.param
    return path


NEW = {"_sqlite_migrations", "deletions"}
REBUILT = {"segments", "blocks"}


def columns(connection: sqlite3.Connection, database: str, table: str) -> list[str]:
    """Return the columns of a table that have no default of their own."""
    rows = connection.execute(f"PRAGMA {database}.table_info({table})")
    return [f'"{row[1]}"' for row in rows if row[1] != "shingles"]


def tables(connection: sqlite3.Connection, database: str = "main") -> set[str]:
    rows = connection.execute(f"SELECT name FROM {database}.sqlite_schema WHERE type = 'table'")
    return {name for (name,) in rows if not name.startswith("sqlite_")}


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.v?-backup*"))


COMMANDS = ["list", "check", "show tea", "add tea.md", "remove tea", "keep tea x", "corrections",
            "claims", "topic", "search tea"]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS)
def test_every_other_command_refuses_an_older_file_and_names_the_remedy(old, arguments):
    before = old.read_bytes()
    result = run(old, *arguments.split())
    assert result.exit_code == 1
    assert "written by an older version" in result.stderr
    assert "`kb upgrade`" in result.stderr
    assert old.read_bytes() == before


def test_an_upgraded_file_holds_what_it_held_and_a_copy_stands_beside_it(old, tmp_path):
    before, version = old.read_bytes(), version_of(old)
    printed = document(old, "upgrade")
    assert (printed["before"], printed["after"]) == (version, schema.USER_VERSION)
    assert version_of(old) == schema.USER_VERSION
    assert document(old, "check")["problems"] == []
    repeated = {row["id"]: row["repeats"] for row in document(old, "list")["articles"]}
    assert repeated == {"coffee": None, "tea": None, "tea_again": {"article": "tea", "share": 1.0}}
    (copy,) = backups(old)
    assert printed["copy"] == str(copy)
    assert version_of(copy) == version
    (tmp_path / "first.db").write_bytes(before)
    with (
        closing(sqlite3.connect(copy)) as one,
        closing(sqlite3.connect(tmp_path / "first.db")) as two,
    ):
        assert list(one.iterdump()) == list(two.iterdump())


@pytest.mark.parametrize("old", [1], indirect=True)
def test_an_upgraded_file_can_be_corrected_once_its_articles_are_added_again(old, tmp_path):
    ran(old, "upgrade")
    assert "`kb add`" in run(old, "drop", "tea", "Tea is bad for sleep").stderr
    ran(old, "claims", "reject", document(old, "claims", "--article", "tea")["claims"][0]["id"])
    ran(old, "add", str(tmp_path / "tea.md"))
    ran(old, "drop", "tea", "Tea is bad for sleep")
    assert len(document(old, "corrections")["corrections"]) == 2


@pytest.mark.parametrize("old", [5], indirect=True)
def test_what_was_done_before_an_upgrade_is_listed_and_not_undone(old):
    ran(old, "upgrade")
    history = document(old, "history")
    assert history["revisions"][0]["what"] == "upgraded from version 5"
    assert history["kept"]["after_revision"] == history["revisions"][1]["revision"]
    assert len(history["revisions"]) == 5
    for arguments in (["undo"], ["undo", "2"], ["undo", "--to", "1"]):
        assert "cannot be undone" in run(old, *arguments).stderr
    assert "not kept any more" in run(old, "diff", "1").stderr
    ran(old, "remove", "tea")
    ran(old, "undo")
    assert document(old, "check")["problems"] == []


def test_a_file_of_the_present_version_is_left_alone(tmp_path):
    path = drinks(tmp_path)
    before = path.read_bytes()
    assert "is of version" in ran(path, "upgrade")
    assert document(path, "upgrade")["copy"] is None
    assert path.read_bytes() == before
    assert backups(path) == []


def test_what_is_no_knowledge_base_is_not_upgraded(tmp_path):
    (tmp_path / "notes.db").write_text("Tea")
    result = run(tmp_path / "notes.db", "upgrade")
    assert result.exit_code == 1
    assert "no SQLite file" in result.stderr
    assert run(tmp_path / "none.db", "upgrade").exit_code == 1
    assert [file.name for file in tmp_path.iterdir()] == ["notes.db"]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(old, monkeypatch):
    version = version_of(old)

    def fail(db):
        schema.migrations.apply(db)
        raise RuntimeError

    monkeypatch.setattr(schema, "apply", fail)
    with pytest.raises(RuntimeError):
        upgrade(old)
    monkeypatch.undo()
    assert version_of(old) == version
    ran(old, "upgrade")
    assert [copy.name for copy in backups(old)] == [
        f"{old.name}.v{version}-backup",
        f"{old.name}.v{version}-backup-2",
    ]
    assert document(old, "check")["problems"] == []


def test_a_killed_upgrade_leaves_the_old_file_or_the_new_one(old, tmp_path):
    for number in range(6):
        path = Path(shutil.copyfile(old, tmp_path / f"copy{number}.db"))
        running = process("--db", str(path), "upgrade")
        time.sleep(0.25 + 0.05 * number)
        running.kill()
        running.communicate()
        ran(path, "upgrade")
        assert document(path, "check")["problems"] == []
        assert not list(tmp_path.glob(".copy*"))


def test_a_commit_that_is_not_in_the_file_itself_yet_counts(old):
    with closing(sqlite3.connect(old)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        with pytest.raises(KnowledgeBaseError, match="being read by another program"):
            upgrade(old)
    assert upgrade(old).copy is None or version_of(old) == schema.USER_VERSION
    assert len(backups(old)) == 1
    with closing(open_store(old)) as store:
        assert list(store.check()) == []
