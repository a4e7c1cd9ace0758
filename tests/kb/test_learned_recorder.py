"""The recorder: events are written by a thread of its own, and losing them harms nobody."""

import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest

from kb.errors import LearnedFileError
from kb.learned import Asking, Event, Limits
from kb.learned_recorder import Recorder
from kb.sqlite.learned import LearnedFile


def asked(question: str) -> Event:
    return Event("unanswered", Asking(question))


@pytest.fixture
def file(tmp_path: Path) -> LearnedFile:
    return LearnedFile(tmp_path / "drinks.learned.db")


def test_what_waits_is_written_at_the_end(file):
    recorder = Recorder(file, Limits(), clock=lambda: date(2026, 5, 1))
    assert all(recorder.record(asked(f"{n}?")) for n in range(50))
    recorder.close()
    assert len(file.read()) == 50
    assert {each.last for each in file.read()} == {"2026-05-01"}


def test_a_recorder_that_learned_nothing_leaves_no_file_and_no_thread(file):
    before = threading.active_count()
    Recorder(file, Limits()).close()
    assert not file.path.exists()
    assert threading.active_count() == before


def test_what_is_too_much_is_lost_and_nobody_waits(file):
    file.put([asked("first?")], limits=Limits(), today=date(2026, 5, 1))
    lock = sqlite3.connect(file.path, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    recorder = Recorder(file, Limits(), clock=lambda: date(2026, 5, 1))
    kept = [recorder.record(asked(f"{n}?")) for n in range(2000)]
    lock.execute("ROLLBACK")
    lock.close()
    recorder.close()
    assert kept[0] and not kept[-1]
    assert len(file.read()) == 1 + sum(kept)


def test_a_file_that_cannot_be_written_is_complained_of_once(file):
    file.path.write_text("precious words")
    heard: list[LearnedFileError] = []
    for _ in range(2):
        recorder = Recorder(file, Limits(), complain=heard.append)
        recorder.record(asked("one?"))
        recorder._write([asked("two?")])
        recorder.close()
    assert len(heard) == 2  # once for each recorder
    assert file.path.read_text() == "precious words"


def test_it_goes_on_when_the_file_is_mended(file):
    heard: list[LearnedFileError] = []
    recorder = Recorder(file, Limits(), complain=heard.append)
    file.path.mkdir()
    recorder._write([asked("lost?")])
    file.path.rmdir()
    recorder._write([asked("kept?")])
    file.path.unlink()
    recorder.record(asked("kept, too?"))
    recorder.close()
    assert [each.event.asking.question for each in file.read()] == ["kept, too?"]
    assert len(heard) == 1
