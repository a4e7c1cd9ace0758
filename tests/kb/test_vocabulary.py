"""What finds misspelt words in a file: the same whatever was packed, and whatever came and went."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kb.spelling import Form
from kb.sqlite import schema
from kb.sqlite.deletions import Reached, are_right, keys
from kb.sqlite.vocabulary import count_forms, name_forms, read_forms, read_near

WORDS = ["kettle", "kettles", "settle", "mettle", "nettle", "ketle", "pot", "pots", "samovar"]
TYPED = ["kettel", "kettle", "ettle", "ketttles", "pto", "samvar", "smvar", "sxmxvar"]


def empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply(Database(connection))
    connection.execute("INSERT INTO topics VALUES ('drinks', '')")
    return connection


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(empty()) as connection:
        yield connection


def packed(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT sum(length(keys)) / 6 FROM deletions").fetchone()
    return count or 0


def right(connection: sqlite3.Connection) -> bool:
    forms = read_forms(connection)
    return are_right(connection, {t: [f.reached for f in each] for t, each in forms.items()})


changes = st.lists(
    st.dictionaries(st.sampled_from(WORDS), st.integers(-2, 3), min_size=1), max_size=6
)


@settings(max_examples=40, deadline=None)
@given(changes, st.sampled_from([0, 40, 10_000]), st.sampled_from([0, 2, 10_000]))
def test_however_words_come_and_go_the_near_ones_are_those_of_a_new_file(
    made: list[dict[str, int]], few: int, always: int
) -> None:
    counts: Counter[str] = Counter()
    with (
        patch("kb.sqlite.deletions._FEW", few),
        patch("kb.sqlite.deletions._SHARE", 1_000_000),
        patch("kb.sqlite.vocabulary._ALWAYS", always),
        closing(empty()) as grown,
        closing(empty()) as fresh,
    ):
        for step in made:
            step = {word: max(count, -counts[word]) for word, count in step.items()}
            count_forms(grown, "drinks", step)
            counts.update(step)
            assert right(grown)
        left = {word: count for word, count in counts.items() if count}
        assert {f.form: f.frequency for f in read_forms(grown).get("drinks", ())} == left
        if always == 2:  # the first forms of a file are others then
            return
        count_forms(fresh, "drinks", left)
        for typed in TYPED:
            assert read_near(grown, "drinks", typed) == read_near(fresh, "drinks", typed)


def test_new_keys_are_packed_once_there_are_many(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    count_forms(connection, "drinks", dict.fromkeys(WORDS, 2))
    assert packed(connection) == 0
    monkeypatch.setattr("kb.sqlite.deletions._FEW", 100)
    count_forms(connection, "drinks", {"calabash": 2})
    total = sum(len(keys("drinks", [Reached(1, word, 2)])) for word in [*WORDS, "calabash"])
    (new,) = connection.execute("SELECT count(*) FROM new_deletions").fetchone()
    assert (packed(connection) + new, new <= 100) == (total, True)
    assert right(connection)


def test_what_found_words_that_are_gone_is_left_out_when_most_of_it_is(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.sqlite.deletions._FEW", 0)
    count_forms(connection, "drinks", dict.fromkeys(WORDS, 2))
    count_forms(connection, "drinks", dict.fromkeys(WORDS, -2))
    before = packed(connection)
    assert before and read_near(connection, "drinks", "kettel") == []
    for number in range(12):  # in turn all rows are packed anew
        count_forms(connection, "drinks", {"calabash" + "abcdefghijkl"[number]: 2})
    assert packed(connection) < before + 12 * 29
    assert right(connection)


def test_words_that_the_topic_names_are_found_while_they_occur_nowhere(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.sqlite.deletions._FEW", 0)
    name_forms(connection, "drinks", ["samovar"])
    assert read_near(connection, "drinks", "smvar") == [Form("samovar", 0, True)]
    count_forms(connection, "drinks", {"samovar": 1})
    name_forms(connection, "drinks", [])
    assert read_near(connection, "drinks", "smvar") == [Form("samovar", 1, False)]
    count_forms(connection, "drinks", {"samovar": -1})
    assert read_near(connection, "drinks", "smvar") == []
    assert right(connection)
