"""From a source to a stored article: what is prepared, what is written, what is left alone."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import UnknownTopicError, UnreadableInputError
from kb.extract.raw import Source
from kb.ingest import Added, add, choose_topic, create, prepare
from kb.model import Cell, Interest, Metadata
from kb.revising import save_topic
from kb.store import Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

MATE = Source("mate.md", b"# Mate\n\nMate is bitter. Tea is cheaper than a calabash.")


@pytest.fixture
def own(tmp_path: Path, knowledge_base: Path) -> Iterator[Store]:
    path = Path(shutil.copyfile(knowledge_base, tmp_path / "own.db"))
    with closing(open_store(path)) as store:
        yield store


def revision(store: Store) -> int:
    with store.read() as snapshot:
        return snapshot.state().revision


# Preparing


def test_an_article_is_called_after_its_file(topic: Topic) -> None:
    assert prepare(MATE, topic).article.id == "mate"
    assert prepare(MATE, topic, id="yerba").article.id == "yerba"


def test_every_passage_is_a_stretch_of_the_text(topic: Topic, sources: list[Source]) -> None:
    for source in sources:
        prepared = prepare(source, topic)
        for passage in prepared.passages:
            assert prepared.article.text[passage.start : passage.end] == passage.text
        assert len(prepared.index.lengths) == len(prepared.passages)


def test_every_claim_quotes_its_own_passage(topic: Topic, sources: list[Source]) -> None:
    for source in sources:
        prepared = prepare(source, topic)
        passages = {passage.id: passage for passage in prepared.passages}
        for claim in prepared.claims:
            passage = passages[claim.passage]
            assert passage.start <= claim.start < claim.end <= passage.end
            assert prepared.article.text[claim.start : claim.end] == claim.quote


def test_the_same_source_is_prepared_the_same_way_twice(
    topic: Topic, sources: list[Source]
) -> None:
    for source in sources:
        assert repr(prepare(source, topic)) == repr(prepare(source, topic))


def test_given_metadata_is_cleaned_as_the_text_is(topic: Topic) -> None:
    marks = "\u0301" * 40
    given = Metadata(
        title="Ma\u202ete\n", publisher=f"a{marks}", interest=Interest(("tea",), "sells\x07 it")
    )
    known = prepare(MATE, topic, metadata=given).article.metadata
    assert known == Metadata(
        title="Mate", publisher=f"a{marks[:4]}", interest=Interest(("tea",), "sells it")
    )


def test_given_metadata_overrides_what_the_document_says(
    topic: Topic, sources: list[Source]
) -> None:
    tea = sources[0]
    given = Metadata(
        title="Leaves", url="https://example.org/", interest=Interest(("tea",), "Sells")
    )
    assert prepare(tea, topic).article.metadata == Metadata(
        title="A cup of tea", author="Mina Example", published="2024-03-26"
    )
    assert prepare(tea, topic, metadata=given).article.metadata == replace(
        given, author="Mina Example", published="2024-03-26"
    )


def test_an_article_without_a_title_is_called_after_its_file(topic: Topic) -> None:
    found = prepare(Source("note.md", b"Tea is cheap."), topic)
    assert found.article.metadata.title == "note.md"


def test_the_address_of_a_page_is_kept(topic: Topic) -> None:
    found = prepare(replace(MATE, url="https://example.org/mate"), topic)
    assert found.article.metadata.url == "https://example.org/mate"


def test_table_cells_are_about_options_by_id(topic: Topic, sources: list[Source]) -> None:
    prepared = prepare(sources[2], topic)
    cells = [cell for passage in prepared.passages for cell in passage.cells]
    assert {cell.option for cell in cells} == {"tea", "coffee", "water"}
    coffee = next(cell for cell in cells if cell.option == "coffee")
    assert isinstance(coffee, Cell)
    assert prepared.article.text[coffee.start : coffee.end] == "expensive"


@pytest.mark.parametrize("data", [b"# Tea\n", b"<!-- nothing -->", b"\n\n"])
def test_what_holds_nothing_to_quote_is_refused(topic: Topic, data: bytes) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        prepare(Source("empty.md", data), topic)
    assert caught.value.remedy


def test_stored_text_holds_no_controls_and_no_bidi_marks(topic: Topic) -> None:
    data = "# Tea\n\nTea\u202e is che\u200bap\ufeff.\x1b[31m".encode()
    text = prepare(Source("tea.md", data), topic).article.text
    assert not set(text) & set("\u202e\u200b\ufeff\x1b")


# Adding


def test_a_new_article_is_added(own: Store, topic: Topic) -> None:
    prepared = prepare(MATE, topic)
    assert add(own, prepared) == Added("mate", "added", 1, len(prepared.claims))


def test_an_unchanged_article_is_not_written_and_makes_no_revision(
    own: Store, topic: Topic, sources: list[Source]
) -> None:
    before = revision(own)
    for source in sources:
        assert add(own, prepare(source, topic)).outcome == "unchanged"
    assert revision(own) == before


def test_a_changed_article_is_replaced(own: Store, topic: Topic) -> None:
    add(own, prepare(MATE, topic))
    before = revision(own)
    assert (
        add(own, prepare(replace(MATE, data=MATE.data + b" Indeed."), topic)).outcome == "replaced"
    )
    assert revision(own) == before + 1


def test_changed_metadata_is_a_change(own: Store, topic: Topic) -> None:
    add(own, prepare(MATE, topic))
    assert add(own, prepare(MATE, topic, metadata=Metadata(title="Yerba"))).outcome == "replaced"
    with own.read() as snapshot:
        assert snapshot.article("mate").metadata.title == "Yerba"


def test_another_topic_is_a_change(own: Store, topic: Topic) -> None:
    other = replace(topic, id="other")
    own.put_topic(other, {})
    add(own, prepare(MATE, topic))
    assert add(own, prepare(MATE, other)).outcome == "replaced"


# Topics


def test_the_only_topic_need_not_be_named(own: Store, topic: Topic) -> None:
    with own.read() as snapshot:
        assert choose_topic(snapshot).id == choose_topic(snapshot, "drinks").id == "drinks"
    own.put_topic(replace(topic, id="other"), {})
    with own.read() as snapshot, pytest.raises(UnknownTopicError) as caught:
        choose_topic(snapshot)
    assert "drinks, other" in caught.value.remedy


def test_without_a_topic_the_way_to_add_one_is_told(tmp_path: Path) -> None:
    create(tmp_path / "bare.db", [])
    with (
        closing(open_store(tmp_path / "bare.db")) as store,
        store.read() as snapshot,
        pytest.raises(UnknownTopicError) as caught,
    ):
        choose_topic(snapshot)
    assert "kb topic add" in caught.value.remedy


def test_a_saved_topic_has_the_claims_of_its_present_words(own: Store, topic: Topic) -> None:
    def about_price() -> int:
        with own.read() as snapshot:
            return sum(claim.criterion == "price" for claim in snapshot.claims("drinks"))

    before = about_price()
    save_topic(own, parse_topic(topic.text.replace('"cheap", ', ""), id="drinks"))
    assert about_price() < before
    save_topic(own, topic)
    assert about_price() == before


def test_a_saved_topic_has_the_claims_of_a_topic_read_at_first(
    own: Store, store: Store, topic: Topic
) -> None:
    save_topic(own, topic)
    with own.read() as saved, store.read() as built:
        assert saved.claims("drinks") == built.claims("drinks")


def test_creating_stores_every_source_of_every_topic(tmp_path: Path, topic: Topic) -> None:
    other = replace(topic, id="other")
    added = create(
        tmp_path / "two.db", [(topic, [MATE]), (other, [Source("tea.md", b"Tea is cheap.")])]
    )
    assert [(item.article, item.outcome) for item in added] == [("mate", "added"), ("tea", "added")]
    with closing(open_store(tmp_path / "two.db")) as store, store.read() as snapshot:
        assert [article.topic for article in snapshot.articles()] == ["drinks", "other"]
