"""The index of one article, and of many: however it grew, it ranks like one built afresh."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.extract.raw import Source
from kb.index import holding, index_article, topic_forms
from kb.ingest import add, create, prepare
from kb.model import Alternative, Hit, Passage, Query, QueryWord
from kb.retrieval import search
from kb.store import Store, open_store
from kb.topic import Topic
from kb.words import stem


def passage(text: str, *headings: str) -> Passage:
    return Passage(f"a-{text[:20]}", "a", 0, len(text), text, headings)


# One article


def test_a_word_is_counted_in_the_text_and_in_the_headings() -> None:
    index = index_article([passage("Tea and more tea.", "Tea"), passage("Water.", "Drinks")])
    found = index.words["tea"]
    assert (found.numbers.tolist(), found.body.tolist(), found.heading.tolist()) == ([0], [2], [1])


def test_the_title_stands_over_every_passage() -> None:
    index = index_article([passage("Leaves."), passage("Pots.")], title="Tea")
    assert index.words["tea"].numbers.tolist() == [0, 1]
    assert index.words["tea"].heading.tolist() == [1, 1]


def test_lengths_leave_out_stop_words_and_the_whole_of_compounds() -> None:
    assert index_article([passage("The green-tea is good.", "About tea")]).lengths == ((3, 1),)


def test_forms_count_passages_and_not_repetitions() -> None:
    index = index_article([passage("Teas, teas, tea."), passage("Tea.")])
    assert (index.forms["teas"], index.forms["tea"]) == (1, 2)


def test_a_word_repeated_a_thousand_times_is_counted_255_times() -> None:
    assert index_article([passage("tea " * 1000)]).words["tea"].body.tolist() == [255]


def test_an_article_without_passages_has_an_empty_index() -> None:
    index = index_article([])
    assert (dict(index.words), dict(index.forms), index.lengths) == ({}, {}, ())


def test_phrases_of_a_topic_file_are_known_by_their_words() -> None:
    assert topic_forms(["Green tea", "the \u201cClub-Mate\u201d"]) == {
        "green", "tea", "club", "mate", "clubmate",
    }  # fmt: skip


# Many articles

WORDS = ("tea", "coffee", "water", "cheap", "bitter", "morning", "kettle")
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4
).map(lambda paragraphs: "\n\n## More\n\n".join(f"The {words}." for words in paragraphs))
STEPS = st.lists(st.tuples(st.sampled_from("abcd"), st.none() | TEXTS), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, topic: Topic) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    create(path, [(topic, [])])
    return path


@contextmanager
def copied(empty: Path, name: str) -> Iterator[Store]:
    path = empty.with_name(name)
    shutil.copyfile(empty, path)
    with closing(open_store(path)) as store:
        yield store


def put(store: Store, topic: Topic, id: str, text: str) -> None:
    add(store, prepare(Source(f"{id}.md", text.encode()), topic))


def ranking(store: Store, *words: str) -> list[Hit]:
    """Return everything found for `words`; a passage's number is nobody's business."""
    asked = tuple(QueryWord(word, (Alternative(stem(word), 1.0),)) for word in words)
    with store.read() as snapshot:
        hits = search(snapshot, Query("drinks", asked), limit=50, spread=False)
    return [hit._replace(passage=replace(hit.passage, number=0)) for hit in hits]


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_an_index_ranks_like_one_built_afresh_however_it_grew(
    empty: Path, topic: Topic, steps: list[tuple[str, str | None]]
) -> None:
    left: dict[str, str] = {}
    with copied(empty, "grown.db") as grown, copied(empty, "fresh.db") as fresh:
        for id, text in steps:
            if text is not None:
                put(grown, topic, id, text)
                left[id] = text
            elif left.pop(id, None) is not None:
                grown.remove_article(id)
        for id in sorted(left, reverse=True):
            put(fresh, topic, id, left[id])
        assert list(grown.check()) == []
        for words in [(word,) for word in WORDS] + [WORDS, ("more", "tea", "tea")]:
            assert ranking(grown, *words) == ranking(fresh, *words)


def test_topics_have_statistics_of_their_own(tmp_path: Path, topic: Topic) -> None:
    other = replace(topic, id="other")
    sources = [Source("a.md", b"Tea is cheap. Water is cheap.")]
    create(tmp_path / "one.db", [(topic, sources)])
    many = [Source(f"b{number}.md", b"Cheap tea and more tea.") for number in range(3)]
    create(tmp_path / "two.db", [(topic, sources), (other, many)])
    with (
        closing(open_store(tmp_path / "one.db")) as one,
        closing(open_store(tmp_path / "two.db")) as two,
    ):
        assert ranking(one, "tea", "cheap") == ranking(two, "tea", "cheap") != []


def test_passages_that_hold_all_of_some_words_are_found(empty: Path, topic: Topic) -> None:
    texts = ("tea cup", "cup", "tea", "a cup of tea", "tea pot")
    with copied(empty, "holding.db") as store:
        for place, text in enumerate(texts):
            put(store, topic, f"a{place}", text)
        store.remove_article("a0")
        with store.read() as snapshot:
            index = snapshot.index("drinks")
            (passage,) = snapshot.passages("a3")
            assert holding(index, {"tea", "cup"}).tolist() == [passage.number]
            assert len(holding(index, {"tea"})) == 3
            assert [len(holding(index, each)) for each in ({"pot", "cup"}, {"none"}, ())] == [0] * 3
