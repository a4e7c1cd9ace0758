"""Reading the index of a file: its segments one by one, in groups or as one hold the same."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from kb.extract.raw import Source
from kb.ingest import prepare
from kb.model import Alternative, Hit, Query, QueryWord
from kb.retrieval import search
from kb.store import open_store
from kb.topic import Topic

STEMS = ("tea", "mate", "coffe", "cheap", "water", "cocoa")


@pytest.fixture
def path(tmp_path: Path, knowledge_base: Path, topic: Topic) -> Path:
    """A knowledge base of several segments, one of which has a dead passage."""
    path = Path(shutil.copyfile(knowledge_base, tmp_path / "own.db"))
    with closing(open_store(path)) as store:
        for times in (8, 3, 1):
            text = "# Mate\n\nMate is a cheap water.\n\n## Tea\n\nTea is hot.\n\n" * times
            store.put_article(prepare(Source(f"mate{times}.md", text.encode()), topic))
        store.put_article(prepare(Source("mate3.md", b"# Mate\n\nCoffee and mate."), topic))
    return path


Found = tuple[Mapping[str, list[tuple[int, int, int]]], list[Hit], int]


def found(path: Path, *, group: int = 1 << 20, kept: int = 1 << 20) -> Found:
    """Return postings, the hits of a question, and in how many parts the index was read."""
    query = Query("drinks", tuple(QueryWord(s, (Alternative(s, 1.0),)) for s in STEMS))
    with (
        patch.multiple("kb.sqlite.searching", _GROUP=group, _LIST_BYTES=kept),
        closing(open_store(path)) as store,
        store.read() as snapshot,
    ):
        postings = snapshot.postings("drinks", STEMS)
        rows = {
            stem: [
                (int(number), int(body), 0 if each.heading is None else int(each.heading[place]))
                for place, (number, body) in enumerate(zip(each.numbers, each.body, strict=True))
            ]
            for stem, each in postings.items()
        }
        parts = snapshot.index("drinks").find(STEMS)
        return rows, search(snapshot, query, limit=5), len(parts)


@pytest.mark.parametrize("group", [1, 12])
def test_segments_in_groups_hold_what_they_hold_as_one(path: Path, group: int) -> None:
    *whole, one = found(path)
    *parted, several = found(path, group=group)
    assert (one, several > 1) == (1, True)
    assert parted == whole
    postings, hits = whole
    assert set(postings) == set(STEMS) - {"cocoa"} and hits
    numbers = [number for number, _, _ in postings["mate"]]
    assert numbers == sorted(set(numbers)) and any(h for _, _, h in postings["mate"])


def test_postings_that_there_is_no_room_for_are_read_again(path: Path) -> None:
    assert found(path, kept=0) == found(path)
