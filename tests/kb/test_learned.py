"""The second file: events are kept, counted, cleaned, bounded, and nothing foreign is touched."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from kb.errors import LearnedFileError
from kb.learned import Asking, Event, Limits, cleaned, learned_path
from kb.sqlite.learned import LearnedFile

DAY = date(2026, 5, 1)
LIMITS = Limits()


@pytest.fixture
def file(tmp_path: Path) -> LearnedFile:
    return LearnedFile(tmp_path / "drinks.learned.db")


def unanswered(question: str, *missing: str) -> Event:
    return Event("unanswered", Asking(question), missing)


def put(file: LearnedFile, *events: Event, day: date = DAY, limits: Limits = LIMITS) -> None:
    file.put(events, limits=limits, today=day)


def questions(file: LearnedFile) -> list[str]:
    return [each.event.asking.question for each in file.read()]


@pytest.mark.parametrize(
    ("db", "learned"),
    [
        ("advisor.db", "advisor.learned.db"),
        ("kept", "kept.learned.db"),
        ("a.sqlite", "a.sqlite.learned.db"),
    ],
)
def test_the_file_stands_beside_the_knowledge_base(tmp_path, db, learned):
    assert learned_path(tmp_path / db) == tmp_path / learned


def test_the_file_stands_beside_what_a_link_leads_to(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "real" / "drinks.db")
    assert learned_path(tmp_path / "link.db") == tmp_path / "real" / "drinks.learned.db"


def test_an_event_comes_out_as_it_went_in(file):
    asking = Asking(
        "and cocoa?", ("tea or coffee?",), "drinks", (("age", "old"),), ("option:tea",), ("coco",)
    )
    event = Event("disliked", asking, ("cocoa",), "Tea: the articles lean.", "I asked for cocoa")
    put(file, event)
    (kept,) = file.read()
    assert kept.event == event
    assert (kept.times, kept.first, kept.last, kept.closed) == (1, "2026-05-01", "2026-05-01", "")


def test_no_file_holds_nothing_and_none_is_made_by_looking(file):
    assert file.read() == []
    assert (file.clear(), file.close([1], today=DAY)) == (0, 0)
    assert not file.path.exists()


def test_the_same_event_is_counted_and_another_is_not(file):
    put(file, unanswered("cocoa?"), unanswered("cocoa?"), unanswered("milk?"))
    put(file, unanswered("cocoa?"), day=DAY + timedelta(3))
    found = {each.event.asking.question: each for each in file.read()}
    assert {question: each.times for question, each in found.items()} == {"cocoa?": 3, "milk?": 1}
    assert (found["cocoa?"].first, found["cocoa?"].last) == ("2026-05-01", "2026-05-04")


def test_a_follow_up_is_another_question_than_the_same_words_alone(file):
    put(file, unanswered("and cocoa?"), Event("unanswered", Asking("and cocoa?", ("tea?",))))
    assert [each.times for each in file.read()] == [1, 1]


def test_what_is_closed_is_opened_by_happening_again(file):
    put(file, unanswered("cocoa?"), unanswered("milk?"))
    ids = [each.id for each in file.read()]
    assert file.close(ids, today=DAY) == 2
    assert file.close(ids, today=DAY) == 0
    put(file, unanswered("milk?"))
    assert [each.closed for each in file.read()] == ["2026-05-01", ""]


def test_texts_are_cleaned_and_cut():
    event = cleaned(
        Event(
            "disliked", Asking("a\u202eb\x00\n c" + "d" * 5000), reason="no\r\n\x1b[2J" + "e" * 900
        )
    )
    assert event.asking.question.startswith("ab cdd")
    assert len(event.asking.question) == 2000
    assert event.reason.startswith("no [2Je")
    assert len(event.reason) == 500


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("write to jo.doe+x@example.org please", "write to [mail] please"),
        ("call +49 (170) 123-4567 now", "call [number] now"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("a team of 12 with 20000 users in 2024", "a team of 12 with 20000 users in 2024"),
        ("version 3.11.7 or 10.0.0.1", "version 3.11.7 or 10.0.0.1"),
    ],
)
def test_whom_a_question_is_from_is_not_kept(text, kept):
    assert cleaned(unanswered(text)).asking.question == kept


def test_what_is_old_is_let_go(file):
    put(file, unanswered("old?"))
    put(file, unanswered("young?"), day=DAY + timedelta(90))
    assert questions(file) == ["old?", "young?"]
    put(file, unanswered("young?"), day=DAY + timedelta(91))
    assert questions(file) == ["young?"]


def test_of_too_many_the_longest_unasked_are_let_go(file):
    few = Limits(events=3)
    put(file, *map(unanswered, "abc"), limits=few)
    put(file, unanswered("a"), day=DAY + timedelta(1), limits=few)
    put(file, unanswered("d"), day=DAY + timedelta(1), limits=few)
    assert questions(file) == ["a", "c", "d"]


def test_the_file_stays_small_whatever_is_asked(file):
    small = Limits(kilobytes=200)
    for start in range(0, 400, 50):
        put(
            file,
            *(unanswered(f"{n} " + "long words " * 180) for n in range(start, start + 50)),
            limits=small,
        )
        assert file.path.stat().st_size <= 220 * 1024
    assert any(question.startswith("399 ") for question in questions(file))


def test_what_is_forgotten_is_gone_from_the_file(file):
    put(file, unanswered("where is my zebra?"))
    assert b"zebra" in file.path.read_bytes()
    assert file.clear() == 1
    assert b"zebra" not in file.path.read_bytes()
    assert file.read() == []


def test_only_its_owner_reads_the_file(file):
    put(file, unanswered("cocoa?"))
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE precious (text)")
    connection.close()


def newer(path: Path) -> None:
    put(LearnedFile(path), unanswered("cocoa?"))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9")
    connection.close()


def damaged(path: Path) -> None:
    put(LearnedFile(path), *(unanswered(f"{n} " + "word " * 300) for n in range(30)))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


BROKEN = {
    "text": lambda path: path.write_text("precious words"),
    "folder": lambda path: path.mkdir(),
    "pipe": lambda path: os.mkfifo(path),
    "dangling link": lambda path: path.symlink_to(path.parent / "nowhere"),
    "foreign": foreign,
    "newer": newer,
    "damaged": damaged,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_used_is_refused_and_left_as_it_is(file, name):
    BROKEN[name](file.path)
    before = file.path.read_bytes() if file.path.is_file() else b""
    with pytest.raises(LearnedFileError) as caught:
        put(file, unanswered("milk?"))
    assert "answers do not need it" in caught.value.remedy
    with pytest.raises(LearnedFileError):
        file.read()
    assert (file.path.read_bytes() if file.path.is_file() else b"") == before


def test_words_that_are_no_list_any_more_are_damage(file):
    put(file, unanswered("cocoa?"))
    connection = sqlite3.connect(file.path)
    with connection:
        connection.execute("UPDATE events SET around = '{'")
    connection.close()
    with pytest.raises(LearnedFileError):
        file.read()


def test_an_empty_file_is_begun_anew(file):
    file.path.touch()
    assert file.read() == []
    put(file, unanswered("cocoa?"))
    assert questions(file) == ["cocoa?"]


def test_a_file_that_is_just_begun_is_never_seen_half(tmp_path):
    for number in range(20):
        file = LearnedFile(tmp_path / f"{number}.learned.db")
        writer = threading.Thread(target=put, args=(file, unanswered("cocoa?")))
        writer.start()
        while writer.is_alive():
            assert questions(file) in ([], ["cocoa?"])
        writer.join()
        assert questions(file) == ["cocoa?"]


def test_of_two_servers_that_begin_a_file_each_keeps_its_questions(tmp_path):
    file = LearnedFile(tmp_path / "drinks.learned.db")
    writers = [
        threading.Thread(target=put, args=(LearnedFile(file.path), unanswered(f"{n}?")))
        for n in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(questions(file)) == ["0?", "1?"]
    assert [each.name for each in tmp_path.iterdir()] == [file.path.name]


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE events SET question = question || 'half', key = randomblob(12)")
os._exit(9)
"""


def test_what_a_killed_writer_left_half_is_not_read(file):
    put(file, *(unanswered(f"{n} " + "word " * 300) for n in range(30)))
    before = questions(file)
    subprocess.run([sys.executable, "-c", KILLED, str(file.path)], check=False)
    assert Path(f"{file.path}-journal").exists()
    assert questions(file) == before


def test_a_file_that_another_program_is_writing_is_read_and_refuses_writes(file, monkeypatch):
    monkeypatch.setattr("kb.sqlite.learned._WAIT_SECONDS", 0.05)
    put(file, unanswered("cocoa?"))
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LearnedFileError):
        put(file, unanswered("milk?"))
    assert questions(file) == ["cocoa?"]
    other.execute("ROLLBACK")
    other.close()
    put(file, unanswered("milk?"))
    assert questions(file) == ["cocoa?", "milk?"]
