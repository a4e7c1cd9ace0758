"""What bad input to kb gets: a message with a remedy, exit code 1, and nothing lost."""

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from test_cli_program import COFFEE, DRINKS, TEA, document, drinks, process, ran, run, written


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, tea=TEA))
    return path


def refused(db: Path, *arguments: str, stdin: bytes | None = None) -> str:
    """Run `kb`, which has to fail as documented, and return what it said."""
    before = db.read_bytes() if db.is_file() else None
    result = run(db, *arguments, stdin=stdin)
    assert result.exit_code == 1, result.output
    *_, error, remedy = result.stderr.splitlines()
    assert error.startswith("Error: ")
    assert remedy.startswith("Remedy: ")
    assert len(remedy) > len("Remedy: ")
    assert before == (db.read_bytes() if db.is_file() else None)
    return result.stderr


def file_of(folder: Path, content: bytes, name: str = "bad.txt") -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


# Articles


def test_a_missing_file(db, tmp_path):
    assert "nowhere.md does not exist" in refused(db, "add", str(tmp_path / "nowhere.md"))


def test_an_empty_file(db, tmp_path):
    assert "bad.txt is empty" in refused(db, "add", file_of(tmp_path, b""))


def test_a_file_of_blanks(db, tmp_path):
    assert "bad.txt" in refused(db, "add", file_of(tmp_path, b" \n\t\n"))


def test_empty_standard_input(db):
    assert "Standard input is empty" in refused(db, "add", "-", stdin=b"")


@pytest.mark.parametrize("name", ["bad.txt", "bad.md", "bad.html"])
def test_a_binary_file(db, tmp_path, name):
    content = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20
    said = refused(db, "add", file_of(tmp_path, content, name))
    assert "binary" in said
    assert name in said


def test_a_file_of_200_mb(db, tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(200_000_000)
    assert "larger than 50 MB" in refused(db, "add", str(tmp_path / "big.txt"))


def test_an_unknown_encoding(db, tmp_path):
    said = refused(db, "add", file_of(tmp_path, b"Tea."), "--encoding", "klingon")
    assert "klingon" in said


def test_a_file_in_no_encoding_at_all(db, tmp_path):
    assert "bad.txt" in refused(db, "add", file_of(tmp_path, b"tea \x81\x8d\x8f " * 20))


def test_a_named_encoding_is_used(db, tmp_path):
    text = "Tea – “the best” – is great for studying. " * 3
    file = file_of(tmp_path, text.encode("utf-16-le"))
    ran(db, "add", file, "--encoding", "utf-16-le")
    assert "“the best”" in ran(db, "show", "bad")


@pytest.mark.parametrize("made", [os.mkfifo, lambda path: os.symlink("/etc/passwd", path)])
def test_what_is_no_regular_file(db, tmp_path, made):
    made(tmp_path / "odd.md")
    assert "odd.md" in refused(db, "add", str(tmp_path / "odd.md"))


def test_an_address_of_this_machine(db):
    assert "not public" in refused(db, "add", "http://127.0.0.1:1/tea")


def test_a_folder_without_articles(db, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "empty holds no file named" in refused(db, "add", str(tmp_path / "empty"))


# Topics


@pytest.mark.parametrize(
    "right, wrong, said",
    [
        ("words = [", "wrods = [", ["drinks.toml", "line 5", 'unknown key "wrods"', '"words"']),
        ('favours = "tea"', 'favours = "tee"', ['no option "tee"', 'Did you mean "tea"?']),
        ('name = "Drinks"', 'name = "Drinks', ["drinks.toml is not valid TOML", "line 2"]),
    ],
)
def test_a_mistake_in_a_topic_file(db, tmp_path, right, wrong, said):
    file = file_of(tmp_path, DRINKS.replace(right, wrong, 1).encode(), "drinks.toml")
    for command in ("check", "add"):
        message = refused(db, "topic", command, file)
        assert [part for part in said if part not in message] == []
    assert document(db, "topic", "show")["text"] == DRINKS


def test_a_topic_file_that_is_not_utf_8(db, tmp_path):
    assert "not UTF-8" in refused(db, "topic", "add", file_of(tmp_path, b"\xff\xfe", "x.toml"))


def test_a_topic_that_articles_belong_to_is_not_removed(db):
    assert "1 articles belong" in refused(db, "topic", "remove", "drinks")


def test_several_topics_have_to_be_told_apart(db, tmp_path):
    ran(db, "topic", "add", file_of(tmp_path, DRINKS.encode(), "food.toml"))
    said = refused(db, "add", *written(tmp_path, coffee=COFFEE))
    assert "--topic: drinks, food" in said
    ran(db, "add", str(tmp_path / "coffee.md"), "--topic", "food")


# Knowledge bases

COMMANDS = (["list"], ["show", "tea"], ["search", "tea"], ["check"], ["topic"], ["claims"])


@pytest.mark.parametrize("command", [*COMMANDS, ["remove", "tea"], ["disagreements"]], ids=" ".join)
def test_no_knowledge_base(tmp_path, command):
    assert "`kb init`" in refused(tmp_path / "none.db", *command)
    assert not list(tmp_path.iterdir())


def test_adding_without_a_knowledge_base_names_the_remedy_and_makes_none(tmp_path):
    files = written(tmp_path, tea=TEA)
    assert "`kb init`" in refused(tmp_path / "none.db", "add", *files)
    assert [file.name for file in tmp_path.iterdir()] == ["tea.md"]


def test_init_leaves_a_knowledge_base_alone_that_is_there(db):
    said = refused(db, "init", "--no-articles")
    assert "exists already" in said


def test_init_in_a_folder_that_is_not_there(tmp_path):
    assert "There is no folder" in refused(tmp_path / "no" / "new.db", "init", "--no-articles")


def every_way(db: Path, *said: str) -> None:
    """Check that every command refuses `db` and says so."""
    (db.parent / "coffee.md").write_text(COFFEE)
    for command in (*COMMANDS, ["add", str(db.parent / "coffee.md")], ["remove", "tea"]):
        message = refused(db, *command)
        assert any(part in message for part in said), (command, message)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 2000])
def test_a_file_that_is_no_knowledge_base(tmp_path, content):
    (tmp_path / "foreign.db").write_bytes(content)
    every_way(tmp_path / "foreign.db", "not a knowledge base", "of another program")


def test_a_database_of_another_program(tmp_path):
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.execute("CREATE TABLE articles (id TEXT)")
    connection.close()
    every_way(tmp_path / "foreign.db", "of another program")


def test_a_folder_instead_of_a_file(tmp_path):
    (tmp_path / "folder.db").mkdir()
    every_way(tmp_path / "folder.db", "not a regular file")


def test_a_knowledge_base_of_a_newer_version(db):
    with sqlite3.connect(db) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    every_way(db, "newer version")


def test_a_damaged_knowledge_base(db):
    content = bytearray(db.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 64] = os.urandom(64)
    db.write_bytes(content)
    for end in ("-wal", "-shm"):
        Path(f"{db}{end}").unlink(missing_ok=True)
    every_way(db, "cannot be used", "problem")


def test_a_changed_byte_of_an_article_is_found_by_check(db):
    content = db.read_bytes()
    assert Path(f"{db}-wal").stat().st_size == 0
    db.write_bytes(content.replace(b"Tea is great for", b"Tea is awful for"))
    result = run(db, "check")
    assert result.exit_code == 1
    assert "Problem: " in result.stdout
    assert "backup" in result.stderr


def test_a_read_only_knowledge_base_is_read_and_not_written(db, tmp_path):
    # Root may write anywhere, unless it gives its capabilities away.
    plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
    if plain and not shutil.which("setpriv"):
        pytest.skip("root, and no setpriv to become less")
    folder = tmp_path / "closed"
    folder.mkdir()
    shutil.copy(db, folder / "drinks.db")
    (folder / "drinks.db").chmod(0o444)
    folder.chmod(0o555)
    try:
        shown = process("--db", f"{folder}/drinks.db", "list", through=plain)
        removed = process("--db", f"{folder}/drinks.db", "remove", "tea", through=plain)
        assert shown.communicate()[0].startswith(b"tea: ")
        assert b"cannot be changed" in removed.communicate()[1]
        assert removed.returncode == 1
    finally:
        folder.chmod(0o755)


def test_a_second_writer_waits_and_succeeds(db, tmp_path):
    files = written(tmp_path, coffee=COFFEE, milk=COFFEE)
    blocker = sqlite3.connect(db, check_same_thread=False)
    blocker.execute("BEGIN IMMEDIATE")
    threading.Timer(1.0, blocker.close).start()
    writers = [process("--db", str(db), "add", file) for file in files]
    ended = [(writer.communicate(timeout=60), writer.returncode) for writer in writers]
    assert [code for _, code in ended] == [0, 0], ended
    assert [row["id"] for row in document(db, "list")["articles"]] == ["coffee", "milk", "tea"]
