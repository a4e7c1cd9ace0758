"""A re-post is named as one wherever a maintainer looks at an article."""

from pathlib import Path

import pytest
from test_cli_program import COFFEE, TEA, document, drinks, ran, written

NOTE = "repeats tea (100 % of its passages)"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """The knowledge base of two articles."""
    db = drinks(tmp_path)
    ran(db, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))
    return db


@pytest.fixture
def copy(tmp_path: Path) -> str:
    (file,) = written(tmp_path, tea_again=TEA)
    return file


def test_adding_a_re_post_says_so(db: Path, copy: str) -> None:
    assert ran(db, "add", copy).splitlines()[-1] == f"tea_again {NOTE}: they add no voice"


def test_adding_articles_of_their_own_says_nothing(tmp_path: Path) -> None:
    db = drinks(tmp_path)
    assert "repeats" not in ran(db, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))


def test_a_dry_run_says_so_too(db: Path, copy: str) -> None:
    assert f"  {NOTE}" in ran(db, "add", copy, "--dry-run").splitlines()
    assert "tea_again" not in ran(db, "list")


def test_the_list_and_the_article_show_it(db: Path, copy: str) -> None:
    ran(db, "add", copy)
    *others, last = ran(db, "list").replace("\n  ", " ").splitlines()
    assert NOTE in last and not any(NOTE in line for line in others)
    assert f"  {NOTE}" in ran(db, "show", "tea_again").splitlines()
    assert NOTE not in ran(db, "show", "tea")


@pytest.mark.parametrize("command", [["add", "COPY", "--dry-run"], ["add", "COPY"], ["list"]])
def test_programs_are_told_of_it(db: Path, copy: str, command: list[str]) -> None:
    if "COPY" not in command:
        ran(db, "add", copy)
    rows = document(db, *(copy if part == "COPY" else part for part in command))["articles"]
    assert rows[-1]["repeats"] == {"article": "tea", "share": 1.0}
    assert [row["repeats"] for row in rows[:-1]] == [None] * (len(rows) - 1)


def test_a_check_remarks_on_it(db: Path, copy: str) -> None:
    ran(db, "add", copy)
    remark = f"Article tea_again of topic drinks {NOTE}: they add no voice."
    assert document(db, "check")["remarks"].count(remark) == 1


def test_a_re_post_adds_no_disagreement_but_its_claims_are_listed(db: Path, copy: str) -> None:
    before = document(db, "disagreements")
    assert before["disagreements"]
    ran(db, "add", copy)
    assert document(db, "disagreements") == before
    assert document(db, "claims", "--article", "tea_again")["claims"]


def test_an_earlier_date_makes_the_article_that_is_added_the_original(db: Path, copy: str) -> None:
    told = ran(db, "add", copy, "--published", "2020").splitlines()
    assert told[-1] == "tea repeats tea_again (100 % of its passages): they add no voice"
    rows = {row["id"]: row["repeats"] for row in document(db, "list")["articles"]}
    assert rows == {
        "coffee": None,
        "tea": {"article": "tea_again", "share": 1.0},
        "tea_again": None,
    }
