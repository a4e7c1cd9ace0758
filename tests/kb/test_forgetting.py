"""kb remove --forget: nothing of an article stays in the file."""

import sqlite3
import time
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from test_cli_program import COFFEE, TEA, document, drinks, process, ran, run, written

from kb.errors import KnowledgeBaseError
from kb.store import open_store

SECRET = "Zanzibar garden owner Quentin Xylander says tea is great for studying."
WORDS = (b"Zanzibar", b"Xylander", b"zanzibar", b"xylander", b"Quentin")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    filler = "\n\n".join(f"Coffee from garden {n} is good for sleep." for n in range(40))
    ran(path, "add", *written(tmp_path, coffee=f"{COFFEE}\n{filler}"))
    ran(path, "add", *written(tmp_path, private=f"{TEA}\n\n## Who says so\n\n{SECRET}\n"))
    return path


def traces(db: Path) -> list[bytes]:
    """Return the words of the secret that stand in the file or beside it, as they are."""
    files = [each for each in db.parent.iterdir() if each.name.startswith(db.name)]
    return [word for file in files for word in WORDS if word in file.read_bytes()]


def test_the_text_is_gone_from_the_file(db):
    assert traces(db)
    assert "forgot private with 1 revision" in ran(db, "remove", "private", "--forget")
    assert traces(db) == []
    assert document(db, "check")["problems"] == []
    assert [row["id"] for row in document(db, "list")["articles"]] == ["coffee"]


def test_what_it_said_before_is_gone_too(db, tmp_path):
    ran(db, "add", *written(tmp_path, private=TEA))
    ran(db, "edit", "private", "--author", "Quentin Xylander")
    ran(db, "drop", "private", "Tea is bad for sleep")
    ran(db, "claims", "reject", document(db, "claims", "--article", "private")["claims"][0]["id"])
    ran(db, "remove", "private")
    with closing(sqlite3.connect(db)) as connection:
        kept = connection.execute("SELECT image, source FROM changes WHERE id = 'private'")
        blobs = [blob[:60] for row in kept for blob in row if blob]
    assert blobs and any(blob in db.read_bytes() for blob in blobs)
    assert "with 6 revisions" in ran(db, "remove", "private", "--forget")
    assert traces(db) == []
    assert not any(blob in db.read_bytes() for blob in blobs)
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute("SELECT kind, id, image FROM changes").fetchall()
        assert all(id != "private" for _, id, _ in rows)
        images = [zlib.decompress(image) for *_, image in rows if image]
        assert not any(word in image for word in WORDS for image in images)
    history = document(db, "history")["revisions"]
    assert "private" not in str(history)
    assert history[0]["what"] == "an article forgotten"
    assert document(db, "check")["problems"] == []


def test_forgetting_cannot_be_undone_and_stops_undoing(db):
    ran(db, "remove", "private", "--forget")
    result = run(db, "undo")
    assert result.exit_code == 1
    assert "cannot be undone: an article forgotten" in result.stderr


def test_other_articles_keep_their_history(db, tmp_path):
    ran(db, "edit", "coffee", "--title", "Beans")
    before = document(db, "history", "--article", "coffee")
    ran(db, "remove", "private", "--forget")
    assert document(db, "history", "--article", "coffee") == before
    ran(db, "undo", str(before["revisions"][0]["revision"]))
    assert document(db, "show", "coffee")["title"] == "About coffee"


def test_what_was_never_there_is_refused_and_then_nothing_is_forgotten(db):
    result = run(db, "remove", "coffee", "nothing", "--forget")
    assert result.exit_code == 1
    assert "There is no article nothing, and there was none" in result.stderr
    assert run(db, "remove", "nothing", "--forget").exit_code == 1
    assert len(document(db, "list")["articles"]) == 2


def test_copies_beside_the_file_are_named(db, tmp_path):
    ran(db, "backup", str(tmp_path / "copy.db"))
    ran(db, "restore", str(tmp_path / "copy.db"))
    result = run(db, "remove", "private", "--forget")
    assert f"{db}.before-restore" in result.stderr


def test_a_file_that_could_not_be_compacted_is_compacted_by_the_next_call(db):
    ran(db, "add", str(db.parent / "private.md"), "--id", "again")
    with closing(sqlite3.connect(db)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        with (
            closing(open_store(db)) as store,
            pytest.raises(KnowledgeBaseError, match="forgotten, but .* could not be compacted"),
        ):
            store.forget_article("private")
        remarks = document(db, "check")["remarks"]
        assert any("kb remove --forget" in each for each in remarks)
    assert run(db, "remove", "again", "--forget").exit_code == 0
    assert traces(db) == []
    assert not any("--forget" in each for each in document(db, "check")["remarks"])


def test_a_killed_forgetting_can_be_finished_with_the_same_command(db):
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE history SET uncompacted = 1")
    assert "nothing of private2 was left" in ran(db, "remove", "private2", "--forget")


def test_a_killed_forgetting_leaves_the_article_whole_or_gone(db, tmp_path):
    started = time.monotonic()
    process("--db", str(db), "list").communicate()
    seconds = time.monotonic() - started  # forgetting takes a little longer than a look
    for number in range(6):
        ran(db, "add", str(tmp_path / "private.md"))
        whole = document(db, "show", "private")
        killed = process("--db", str(db), "remove", "private", "--forget")
        time.sleep(seconds * (0.7 + 0.12 * number))
        killed.kill()
        printed, _ = killed.communicate()
        assert document(db, "check")["problems"] == []
        left = [row["id"] for row in document(db, "list")["articles"]]
        if "private" in left:
            assert not printed
            assert document(db, "show", "private") == whole
        run(db, "remove", "private", "--forget")
        assert traces(db) == []
