"""kb backup and kb restore: whole copies, verified before they replace anything."""

import os
import shutil
import sqlite3
import stat
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from test_cli_program import COFFEE, TEA, document, drinks, process, ran, run, written

from kb.sqlite import schema
from kb.store import open_store


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, tea=TEA))
    return path


@pytest.fixture
def copy(db: Path, tmp_path: Path) -> Path:
    """A copy from before the coffee was added."""
    path = tmp_path / "copy.db"
    ran(db, "backup", str(path))
    ran(db, "add", *written(tmp_path, coffee=COFFEE))
    return path


def ids(db: Path) -> list[str]:
    return [row["id"] for row in document(db, "list")["articles"]]


def leftovers(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".")]


def test_a_backup_is_one_sound_file_that_holds_the_same(db, tmp_path):
    printed = document(db, "backup", str(tmp_path / "copy.db"))
    assert (printed["articles"], printed["revision"]) == (1, 2)
    assert printed["bytes"] == (tmp_path / "copy.db").stat().st_size
    assert [each.name for each in tmp_path.glob("copy.db*")] == ["copy.db"]
    assert document(tmp_path / "copy.db", "check")["problems"] == []
    assert ran(tmp_path / "copy.db", "export") == ran(db, "export")
    assert leftovers(tmp_path) == []


def test_a_backup_is_made_while_others_read_and_write(db, tmp_path):
    stop = threading.Event()

    def write() -> None:
        with closing(open_store(db)) as store:
            while not stop.is_set():
                store.keep_history(10**8)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with closing(open_store(db)) as store, store.read():
            for number in range(3):
                ran(db, "backup", str(tmp_path / f"copy{number}.db"))
                assert document(tmp_path / f"copy{number}.db", "check")["problems"] == []
    finally:
        stop.set()
        writer.join()


def test_a_backup_does_not_overwrite_unless_told_to(db, tmp_path):
    (tmp_path / "copy.db").write_text("Mine")
    result = run(db, "backup", str(tmp_path / "copy.db"))
    assert result.exit_code == 1
    assert "--overwrite" in result.stderr
    assert (tmp_path / "copy.db").read_text() == "Mine"
    ran(db, "backup", str(tmp_path / "copy.db"), "--overwrite")
    assert ids(tmp_path / "copy.db") == ["tea"]


def test_a_backup_is_as_private_as_the_file(db, tmp_path):
    db.chmod(0o600)
    ran(db, "backup", str(tmp_path / "copy.db"))
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("where", ["none/copy.db", "drinks.db", "folder", "link.db"])
def test_a_backup_that_cannot_be_written_is_a_sentence(db, tmp_path, where):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.db").symlink_to(db)
    before = db.read_bytes()
    result = run(db, "backup", str(tmp_path / where), "--overwrite")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 2
    assert db.read_bytes() == before


def test_what_was_backed_up_comes_back_and_the_other_file_is_kept(db, copy, tmp_path):
    before = ran(copy, "export")
    printed = document(db, "restore", str(copy))
    assert ids(db) == ["tea"]
    assert ran(db, "export") == before
    assert document(db, "check")["problems"] == []
    aside = Path(printed["aside"])
    assert aside.name == "drinks.db.before-restore"
    assert ids(aside) == ["coffee", "tea"]
    latest = document(db, "history")["revisions"][0]
    assert latest["what"] == "restored from copy.db"
    assert latest["revision"] == printed["revision"] == 4  # later than all of both
    assert leftovers(tmp_path) == []
    ran(db, "restore", str(aside))
    assert ids(db) == ["coffee", "tea"]
    assert Path(f"{db}.before-restore-2").exists()


def test_a_restored_file_can_be_changed_and_undone_up_to_the_restoring(db, copy, tmp_path):
    ran(db, "restore", str(copy))
    ran(db, "edit", "tea", "--title", "A")
    ran(db, "undo")
    result = run(db, "undo")
    assert "cannot be undone: restored from copy.db" in result.stderr
    ran(db, "undo", "2")
    assert ids(db) == []


def test_a_missing_file_is_restored_too(db, copy):
    for each in db.parent.glob("drinks.db*"):
        each.unlink()
    assert document(db, "restore", str(copy))["aside"] is None
    assert ids(db) == ["tea"]


def test_a_file_of_an_older_version_is_brought_up_to_date_on_the_way(db, tmp_path):
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        schema.migrations.apply(Database(connection), stop_before="seventh_tables")
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 6")
    before = old.read_bytes()
    assert "was of version 6" in ran(db, "restore", str(old))
    assert ids(db) == []
    assert old.read_bytes() == before


def damaged_page(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    for place in range(4096 * 3, len(data), 4096 * 7):
        data[place : place + 200] = bytes(200)
    copy.write_bytes(data)


def changed_text(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE articles SET text = replace(text, 'great', 'awful')")


def changed_quote(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute('UPDATE claims SET start = start + 1000, "end" = "end" + 1000')


def trigger(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM articles; END"
        )


def cut(copy: Path) -> None:
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2)


def foreign(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("PRAGMA application_id = 7")


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {schema.USER_VERSION + 1}")


def no_sqlite(copy: Path) -> None:
    copy.write_text("Tea is great.")


def missing(copy: Path) -> None:
    copy.unlink()


@pytest.mark.parametrize(
    "spoil",
    [damaged_page, changed_text, changed_quote, trigger, cut, foreign, newer, no_sqlite, missing],
    ids=lambda each: each.__name__,
)
def test_a_copy_that_is_not_sound_replaces_nothing(db, copy, tmp_path, spoil):
    spoil(copy)
    before = db.read_bytes(), db.stat().st_ino
    result = run(db, "restore", str(copy))
    assert result.exit_code == 1, result.output
    assert len(result.stderr.splitlines()) == 2
    assert (db.read_bytes(), db.stat().st_ino) == before
    assert ids(db) == ["coffee", "tea"]
    assert leftovers(tmp_path) == []
    assert not list(tmp_path.glob("*.before-restore*"))


def test_a_damaged_file_is_replaced_and_kept_as_it_is(db, copy):
    damaged_page(db)
    before = db.read_bytes()
    printed = document(db, "restore", str(copy))
    assert Path(printed["aside"]).read_bytes() == before
    assert ids(db) == ["tea"]


def test_what_is_no_knowledge_base_is_not_replaced(copy, tmp_path):
    (tmp_path / "notes.txt").write_text("Mine")
    result = run(tmp_path / "notes.txt", "restore", str(copy))
    assert result.exit_code == 1
    assert "Move it away" in result.stderr
    assert (tmp_path / "notes.txt").read_text() == "Mine"


def test_the_knowledge_base_itself_is_no_backup_of_it(db, tmp_path):
    (tmp_path / "link.db").hardlink_to(db)
    for name in ("drinks.db", "link.db"):
        result = run(db, "restore", str(tmp_path / name))
        assert "is the knowledge base itself" in result.stderr


def test_a_link_stays_a_link(db, copy, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(db)
    ran(link, "restore", str(copy))
    assert link.is_symlink()
    assert ids(db) == ["tea"]


def test_who_reads_goes_on_with_what_was_restored(db, copy):
    with closing(open_store(db)) as store:
        with store.read() as snapshot:
            assert [each.id for each in snapshot.articles()] == ["coffee", "tea"]
            first = snapshot.state().revision
        ran(db, "restore", str(copy))
        with store.read() as snapshot:
            assert [each.id for each in snapshot.articles()] == ["tea"]
            assert snapshot.state().revision > first
        ran(db, "edit", "tea", "--title", "A")
        with store.read() as snapshot:
            assert snapshot.article("tea").metadata.title == "A"
            assert list(snapshot.postings("drinks", ["studi"]))


def test_who_is_in_the_midst_of_reading_reads_on_in_the_old_file(db, copy):
    with closing(open_store(db)) as store:
        with store.read() as snapshot:
            assert len(snapshot.articles()) == 2
            ran(db, "restore", str(copy))
            assert len(snapshot.articles()) == 2
        with store.read() as snapshot:
            assert len(snapshot.articles()) == 1


def test_a_killed_restoring_leaves_the_old_file_or_the_new_one(db, copy, tmp_path):
    started = time.monotonic()
    process("--db", str(db), "list").communicate()
    seconds = time.monotonic() - started  # restoring takes a little longer than a look
    seen = set()
    for number in range(8):
        path = Path(shutil.copyfile(db, tmp_path / f"own{number}.db"))
        running = process("--db", str(path), "restore", str(copy))
        time.sleep(seconds * (0.6 + 0.12 * number))
        running.kill()
        printed, _ = running.communicate()
        found = ids(path)
        assert found in (["tea"], ["coffee", "tea"])
        assert found == ["tea"] or not printed
        assert document(path, "check")["problems"] == []
        seen.add(len(found))
        ran(path, "restore", str(copy))
        assert ids(path) == ["tea"]
        assert not [each for each in leftovers(tmp_path) if f"own{number}" in each]
    assert os.path.exists(copy)
