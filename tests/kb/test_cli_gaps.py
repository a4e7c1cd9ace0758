"""kb gaps: listed, closed and forgotten, with the exit codes that are documented."""

import json
from datetime import date
from pathlib import Path

import pytest
from test_cli_program import COFFEE, TEA, document, drinks, ran, run, written

from kb.learned import Asking, Event, Limits, learned_path
from kb.learned_recorder import today
from kb.sqlite.learned import LearnedFile

KOSHER = Event("unanswered", Asking("Is tea kosher?", (), "drinks"), ("kosher",), "Not covered.")
KOSHER_TOO = Event("unanswered", Asking("kosher tea", (), "drinks"), ("kosher",), "Not covered.")
SLEEP = Event(
    "disliked", Asking("And at night?", ("Is tea good?",), "drinks"), (), "Tea is.", "I am old"
)
LOW = Event("low", Asking("Which one for a bakery?", (), "drinks"), (), "Tea, perhaps.")
LIKED = Event("liked", Asking("Is tea good?", (), "drinks"), (), "Tea is.")


def learn(db: Path, *events: Event, day: date | None = None) -> LearnedFile:
    file = LearnedFile(learned_path(db))
    file.put(events, limits=Limits(), today=day or today())
    return file


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))
    return path


@pytest.fixture
def full(db: Path) -> Path:
    learn(db, KOSHER, KOSHER, KOSHER_TOO, SLEEP, LOW, LIKED)
    return db


def test_without_any_question_it_says_why_and_ends_in_3(db):
    result = run(db, "gaps")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "advisor serve" in result.stderr
    assert document(db, "gaps") == {"gaps": []}
    assert not learned_path(db).exists()


def test_groups_are_listed_with_what_a_maintainer_needs(full):
    text = ran(full, "gaps")
    first, second, third = text.strip().split("\n\n")
    assert "Is tea kosher?" in first
    assert "3 times: 3 unanswered" in first
    assert "not covered: kosher" in first
    assert "also: kosher tea" in first
    assert "near: About tea" in first
    assert "asked after: Is tea good?" in second
    assert "disliked: “I am old”" in second
    assert "the answer was: Tea is." in second
    assert "1 time: 1 with low confidence" in third
    assert "liked" not in third


def test_the_document_has_the_documented_shape(full):
    first, second, third = document(full, "gaps")["gaps"]
    assert set(first) == {
        "id", "question", "open", "topic", "asked", "last", "missing", "reasons", "questions",
        "nearest",
    }  # fmt: skip
    assert first["asked"] == {"unanswered": 3, "low": 0, "disliked": 0, "liked": 0}
    assert first["missing"] == ["kosher"]
    assert first["questions"][0]["times"] == 2
    assert second["reasons"] == ["I am old"]
    assert second["questions"][0]["history"] == ["Is tea good?"]
    assert all(each["article"]["id"] and each["text"] for each in first["nearest"])
    assert third["open"] is True


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--kind", "disliked"], ["And at night?"]),
        (["--limit", "1"], ["Is tea kosher?"]),
        (["--topic", "drinks"], ["Is tea kosher?", "And at night?", "Which one for a bakery?"]),
    ],
)
def test_groups_are_chosen(full, options, found):
    listed = document(full, "gaps", *options)["gaps"]
    assert [each["question"] for each in listed] == found


def test_what_a_limit_leaves_out_is_said(full):
    assert "2 more groups" in run(full, "gaps", "--limit", "1").stderr


def test_a_group_is_closed_by_the_beginning_of_its_id_and_listed_as_closed(full):
    id = document(full, "gaps")["gaps"][0]["id"]
    assert ran(full, "gaps", "--close", id[:4]) == f"closed [{id}] Is tea kosher?\n"
    assert "kosher" not in ran(full, "gaps")
    assert "kosher" in ran(full, "gaps", "--closed")
    again = document(full, "gaps", "--close", id)["closed"]
    assert again == [{"id": id, "question": "Is tea kosher?", "closed": 0}]
    learn(full, KOSHER_TOO)
    (reopened,) = [gap for gap in document(full, "gaps")["gaps"] if gap["question"] == "kosher tea"]
    assert reopened["asked"]["unanswered"] == 2


def test_several_groups_are_closed_or_none(full):
    ids = [gap["id"] for gap in document(full, "gaps")["gaps"]]
    failed = run(full, "gaps", "--close", ids[0], "--close", "zzz")
    assert failed.exit_code == 1
    assert "Remedy: List them with `kb gaps`." in failed.stderr
    assert len(document(full, "gaps")["gaps"]) == 3
    ran(full, "gaps", "--close", ids[0], "--close", ids[1])
    assert len(document(full, "gaps")["gaps"]) == 1
    closed = run(full, "gaps", "--close", ids[2])
    assert closed.exit_code == 0
    nothing = run(full, "gaps")
    assert nothing.exit_code == 3
    assert "No question is open." in nothing.stderr


def test_an_id_that_begins_several_is_refused(full):
    result = run(full, "gaps", "--close", "")
    assert result.exit_code == 1


def test_everything_is_forgotten(full):
    assert ran(full, "gaps", "--clear") == "forgot 5 questions\n"
    assert run(full, "gaps").exit_code == 3
    assert document(full, "gaps", "--clear") == {"forgotten": 0}
    assert b"kosher" not in learned_path(full).read_bytes()


def test_closing_and_forgetting_at_once_is_wrong_usage(full):
    assert run(full, "gaps", "--clear", "--close", "ab").exit_code == 2
    assert run(full, "gaps", "--kind", "liked").exit_code == 2


def test_an_unknown_topic_is_an_error(full):
    assert run(full, "gaps", "--topic", "milk").exit_code == 1


@pytest.mark.parametrize("command", [["gaps"], ["gaps", "--clear"], ["topic", "suggest"]])
def test_a_file_that_is_none_of_ours_is_an_error_and_stays(db, command):
    learned_path(db).write_text("precious words")
    result = run(db, *command)
    assert result.exit_code == 1
    assert "Remedy: Move the file away" in result.stderr
    assert learned_path(db).read_text() == "precious words"


def test_what_people_typed_cannot_command_the_terminal(db):
    asking = Asking("evil \u202e \x1b]0;title\x07 question", (), "drinks")
    learn(db, Event("disliked", asking, (), "x", "\x9b31m"))
    text = run(db, "gaps").output
    assert "\x1b" not in text and "\u202e" not in text and "\x9b" not in text


def test_a_file_in_a_folder_that_cannot_be_written_is_still_listed(full):
    folder = full.parent
    learned_path(full).chmod(0o400)
    folder.chmod(0o500)
    try:
        assert "kosher" in ran(full, "gaps")
    finally:
        folder.chmod(0o700)


def test_questions_of_an_unknown_topic_are_near_to_something_nevertheless(db):
    learn(db, Event("disliked", Asking("Does tea keep you awake at night?")))
    assert document(db, "gaps")["gaps"][0]["nearest"]
    assert json.loads(run(db, "gaps", "--json").stdout)
