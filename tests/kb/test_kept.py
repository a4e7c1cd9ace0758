"""What readers share is of the revision that was read, and no more of it than is allowed."""

from collections.abc import Iterable, Mapping

from kb.sqlite import kept
from kb.sqlite.kept import Kept


class Table:
    """A table that counts what it is asked for; even numbers stand in it."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, keys: Iterable[int]) -> Mapping[int, str]:
        self.asked += keys
        return {key: str(key) for key in keys if key % 2 == 0}


def test_an_entry_is_read_once_a_revision_and_so_is_that_there_is_none() -> None:
    shared, table = Kept(), Table()
    for keys in ([2, 1], [4, 2, 1]):
        found = shared.look_up(7, ("t", ""), keys, table.read)
    assert found == {2: "2", 4: "4"}
    assert table.asked == [1, 2, 4]


def test_another_revision_is_read_anew() -> None:
    shared, table = Kept(), Table()
    shared.look_up(7, ("t", ""), [2], table.read)
    shared.look_up(8, ("t", ""), [2], table.read)
    assert table.asked == [2, 2]


def test_the_latest_entries_are_kept() -> None:
    shared, table = Kept(), Table()
    shared.look_up(7, ("t", ""), [0], table.read)
    shared.look_up(7, ("t", ""), range(1, kept._MOST + 1), table.read)
    table.asked.clear()
    shared.look_up(7, ("t", ""), [kept._MOST, 0], table.read)
    assert table.asked == [0]


def test_what_is_too_large_is_not_kept() -> None:
    shared, table = Kept(), Table()
    for _ in range(2):
        found = shared.look_up(7, ("t", ""), [2], table.read, keeps=lambda value: value != "2")
    assert found == {2: "2"}
    assert table.asked == [2, 2]
