"""The knowledge base file: what a write leaves, what readers see, which files are refused."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import (
    KnowledgeBaseError,
    TopicError,
    UnknownArticleError,
    UnknownTopicError,
    UnreadableInputError,
)
from kb.extract.raw import Source
from kb.ingest import add, create, prepare
from kb.model import Claim, State
from kb.revising import save_topic
from kb.sqlite.store import SqliteStore, create_store
from kb.store import Snapshot, Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

TABLES = ("articles", "passages", "segments", "forms", "new_deletions", "claims", "asides")
MATE = Source("mate.md", b"# Mate\n\nMate is bitter. Tea is cheaper than a yerba calabash.")


@pytest.fixture
def path(tmp_path: Path, knowledge_base: Path) -> Path:
    """A knowledge base that a test may change."""
    return Path(shutil.copyfile(knowledge_base, tmp_path / "own.db"))


@pytest.fixture
def own(path: Path) -> Iterator[Store]:
    with closing(open_store(path)) as store:
        yield store


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        count = "SELECT count(*) FROM {}"
        return {table: connection.execute(count.format(table)).fetchone()[0] for table in TABLES}


def state(store: Store) -> State:
    with store.read() as snapshot:
        return snapshot.state()


def changed(path: Path, *statements: str) -> None:
    """Change a file behind the store's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def refused(store: Store) -> KnowledgeBaseError:
    with pytest.raises(KnowledgeBaseError) as caught, store.read():
        pass
    assert caught.value.remedy and "\n" not in caught.value.message
    return caught.value


# Writing


def test_an_article_comes_back_as_it_was_put(own: Store, topic: Topic) -> None:
    prepared = prepare(MATE, topic)
    own.put_article(prepared)
    with own.read() as snapshot:
        assert snapshot.article("mate") == prepared.article
        found = [replace(passage, number=0) for passage in snapshot.passages("mate")]
        assert found == list(prepared.passages)
        assert [c for c in snapshot.claims("drinks") if c.article == "mate"] == list(
            prepared.claims
        )
        assert tuple(snapshot.asides("mate")) == prepared.asides


def test_replacing_an_article_keeps_one_copy(own: Store, path: Path, topic: Topic) -> None:
    add(own, prepare(MATE, topic))
    before = rows(path)
    for _ in range(3):
        own.put_article(prepare(MATE, topic))
    assert rows(path) == before
    assert list(own.check()) == []


def test_removing_an_article_leaves_no_rows(own: Store, path: Path, topic: Topic) -> None:
    before = rows(path)
    add(own, prepare(MATE, topic))
    grown = {table for table, count in rows(path).items() if count > before[table]}
    assert grown >= set(TABLES) - {"asides", "segments"}
    own.remove_article("mate")
    assert rows(path) == before
    assert list(own.check()) == []


def test_removing_every_article_leaves_the_words_of_the_topic(own: Store, path: Path) -> None:
    with own.read() as snapshot:
        ids = [article.id for article in snapshot.articles()]
    for id in ids:
        own.remove_article(id)
    left = {table for table, count in rows(path).items() if count}
    assert left == {"forms", "new_deletions"}
    with own.read() as snapshot:
        assert set(snapshot.known_forms("drinks", ["tea", "kettle"])) == {"tea"}


def test_an_article_may_move_to_another_topic(own: Store, path: Path, topic: Topic) -> None:
    own.put_topic(replace(topic, id="other"), {})
    own.put_article(prepare(MATE, topic))
    own.put_article(prepare(MATE, replace(topic, id="other")))
    with own.read() as snapshot:
        assert [article.id for article in snapshot.articles("other")] == ["mate"]
        assert "mate" not in [article.id for article in snapshot.articles("drinks")]
        assert not snapshot.postings("drinks", ["calabash"])
        assert snapshot.postings("other", ["calabash"])
    assert list(own.check()) == []


def test_an_article_of_an_unknown_topic_is_refused(own: Store, topic: Topic) -> None:
    with pytest.raises(UnknownTopicError, match="no topic cakes"):
        own.put_article(prepare(MATE, replace(topic, id="cakes")))


def test_every_write_is_one_revision(own: Store, topic: Topic) -> None:
    before = state(own).revision
    own.put_article(prepare(MATE, topic))
    own.remove_article("mate")
    own.put_topic(topic, {})
    assert state(own).revision == before + 3


def test_a_write_that_fails_changes_nothing(own: Store, path: Path, topic: Topic) -> None:
    before, revision = rows(path), state(own).revision
    prepared = prepare(MATE, topic)
    broken = replace(prepared, passages=(*prepared.passages, *prepared.passages))
    with pytest.raises(ValueError, match="zip"):
        own.put_article(broken)
    assert (rows(path), state(own).revision) == (before, revision)


def test_what_was_written_is_in_the_file_itself(own: Store, path: Path, topic: Topic) -> None:
    add(own, prepare(MATE, topic))
    with own.read() as snapshot:  # a reader keeps the -wal file from vanishing
        assert snapshot.article("mate")
        copy = shutil.copyfile(path, path.with_name("copy.db"))
    with closing(open_store(Path(copy))) as copied, copied.read() as snapshot:
        assert snapshot.article("mate")


def test_changed_words_of_a_topic_find_other_claims(own: Store, topic: Topic) -> None:
    with own.read() as snapshot:
        before = {(claim.criterion, claim.quote) for claim in snapshot.claims("drinks")}
    text = topic.text.replace('words = ["price", "cheap"', 'words = ["kettle", "price", "cheap"')
    text = text.replace('"taste", "tasty", "flavour"', '"tasty"')
    save_topic(own, parse_topic(text, id="drinks"))
    with own.read() as snapshot:
        after = {(claim.criterion, claim.quote) for claim in snapshot.claims("drinks")}
        assert snapshot.topic("drinks").text == text
    assert any(criterion == "taste" for criterion, _ in before - after)
    assert list(own.check()) == []


def test_claims_of_an_article_removed_meanwhile_are_left_out(own: Store, topic: Topic) -> None:
    claims = prepare(MATE, topic).claims
    own.put_topic(topic, {"mate": claims})
    with own.read() as snapshot:
        assert not [claim for claim in snapshot.claims("drinks") if claim.article == "mate"]


def test_a_topic_with_articles_cannot_be_removed(own: Store) -> None:
    with pytest.raises(TopicError, match="3 articles belong"):
        own.remove_topic("drinks")


def test_a_removed_topic_leaves_no_rows(own: Store, path: Path, topic: Topic) -> None:
    before = rows(path)
    own.put_topic(replace(topic, id="other"), {})
    assert rows(path)["new_deletions"] > before["new_deletions"]
    own.remove_topic("other")
    assert rows(path) == before


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda store: store.remove_article("cake"), UnknownArticleError),
        (lambda store: store.remove_topic("cake"), UnknownTopicError),
    ],
)
def test_what_is_not_there_cannot_be_removed(own: Store, ask, error) -> None:  # type: ignore[no-untyped-def]
    revision = state(own).revision
    with pytest.raises(error):
        ask(own)
    assert state(own).revision == revision


# Reading


def test_what_is_not_there_is_named_with_what_is(snapshot: Snapshot) -> None:
    with pytest.raises(UnknownTopicError) as caught:
        snapshot.topic("cakes")
    assert "drinks" in caught.value.remedy
    with pytest.raises(UnknownArticleError):
        snapshot.article("cake")


def test_passages_are_found_by_id_and_by_number(snapshot: Snapshot) -> None:
    passages = [p for article in snapshot.articles() for p in snapshot.passages(article.id)]
    assert snapshot.passages_by_id([p.id for p in passages] + ["gone"]) == {
        passage.id: passage for passage in passages
    }
    assert snapshot.passages_by_number([p.number for p in passages] * 2 + [999_999]) == {
        passage.number: passage for passage in passages
    }
    assert snapshot.passages_by_id([]) == {}


def test_thousands_of_words_may_be_asked_for_at_once(snapshot: Snapshot) -> None:
    words = [f"word{number}" for number in range(3000)]
    assert set(snapshot.postings("drinks", [*words, "tea"])) == {"tea"}
    assert set(snapshot.known_forms("drinks", [*words, "tea"])) == {"tea"}


def test_a_quote_stands_character_for_character_in_its_article(snapshot: Snapshot) -> None:
    claims = snapshot.claims("drinks")
    assert claims
    for claim in claims:
        assert snapshot.article(claim.article).text[claim.start : claim.end] == claim.quote


def test_offsets_count_characters_and_not_bytes(own: Store, topic: Topic) -> None:
    add(own, prepare(Source("umlaut.md", "# Tée\n\n\U0001f375 Tée. Tea is cheap.".encode()), topic))
    with own.read() as snapshot:
        assert [p.text for p in snapshot.passages("umlaut")] == ["\U0001f375 Tée. Tea is cheap."]


def test_an_open_snapshot_does_not_change(own: Store, path: Path, topic: Topic) -> None:
    with closing(open_store(path)) as writer, own.read() as snapshot:
        before = snapshot.state()
        writer.put_article(prepare(MATE, topic))
        assert snapshot.state() == before
        assert len(snapshot.articles()) == 3
    assert state(own).articles == 4


def test_a_thread_has_its_own_connection(own: Store, topic: Topic) -> None:
    ready = threading.Barrier(4, timeout=20)

    def look(_: int) -> int:
        with own.read() as snapshot:
            ready.wait()
            return len(snapshot.passages("a-cup-of-tea"))

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(look, range(4)))) == 1


def test_a_commit_of_another_process_is_seen_without_reopening(own: Store, path: Path) -> None:
    before = state(own)
    program = (
        "import sys, pathlib, kb.store\n"
        "kb.store.open_store(pathlib.Path(sys.argv[1])).remove_article('coffee-first')"
    )
    with own.read() as snapshot:
        assert snapshot.index("drinks").passages == before.passages
    subprocess.run([sys.executable, "-c", program, path], check=True)
    after = state(own)
    assert (after.revision, after.articles) == (before.revision + 1, before.articles - 1)
    with own.read() as snapshot:
        assert snapshot.index("drinks").passages == after.passages
        assert "coffee-first" not in {claim.article for claim in snapshot.claims("drinks")}


def test_what_was_looked_up_is_looked_up_again_after_a_commit_elsewhere(
    own: Store, path: Path, topic: Topic
) -> None:
    words = {"calabash", "tea"}
    with own.read() as snapshot:
        before = snapshot.postings("drinks", words)
        assert set(before) == {"tea"} and not snapshot.known_forms("drinks", {"calabash"})
        shown = snapshot.passages_by_number(before["tea"].numbers.tolist())
    with closing(open_store(path)) as writer:
        writer.put_article(prepare(MATE, topic))
        writer.remove_article(next(iter(shown.values())).article)
    with own.read() as snapshot:
        after = snapshot.postings("drinks", words)
        assert set(after) == words and snapshot.known_forms("drinks", {"calabash"})
        left = snapshot.passages_by_id(passage.id for passage in shown.values())
        assert 0 < len(left) < len(shown)
        assert {each.id for each in snapshot.articles("drinks")} >= {"mate"}
        (found,) = snapshot.passages_by_number(after["calabash"].numbers.tolist()).values()
        assert found.article == "mate" and found.id in snapshot.places_by_id([found.id])


def test_a_topic_is_parsed_once_until_its_text_changes(own: Store, topic: Topic) -> None:
    with own.read() as snapshot:
        first = snapshot.topic("drinks")
    with own.read() as snapshot:
        assert snapshot.topic("drinks") is first
    own.put_topic(parse_topic(topic.text.replace('"Water"', '"Spring"'), id="drinks"), {})
    with own.read() as snapshot:
        assert snapshot.topic("drinks").option("water").label == "Spring"


def test_a_replaced_file_is_noticed_even_at_the_same_revision(
    own: Store, path: Path, topic: Topic
) -> None:
    create(
        path.with_name("new.db"),
        [(topic, [MATE, replace(MATE, name="b.md"), Source("c.md", b"Tea.")])],
    )
    before = state(own)
    with own.read() as snapshot:
        assert snapshot.claims("drinks") and snapshot.index("drinks").passages == before.passages
    os.replace(path.with_name("new.db"), path)
    with own.read() as snapshot:
        assert snapshot.state().revision == before.revision
        assert [article.id for article in snapshot.articles()] == ["b", "c", "mate"]
        assert snapshot.index("drinks").passages == snapshot.state().passages == 3
        assert {claim.article for claim in snapshot.claims("drinks")} <= {"b", "c", "mate"}
    assert list(own.check()) == []


def test_a_deleted_file_is_missed_and_a_new_one_found(
    own: Store, path: Path, knowledge_base: Path
) -> None:
    before = state(own)
    path.unlink()
    assert "There is no knowledge base" in refused(own).message
    shutil.copyfile(knowledge_base, path)
    assert state(own) == before


def test_a_closed_store_opens_again(own: Store) -> None:
    before = state(own)
    own.close()
    own.close()
    assert state(own) == before


# Creating


def test_a_new_knowledge_base_is_whole_and_alone_in_its_folder(
    tmp_path: Path, topic: Topic
) -> None:
    added = create(tmp_path / "new.db", [(topic, [MATE])])
    assert [(item.article, item.outcome) for item in added] == [("mate", "added")]
    assert sorted(os.listdir(tmp_path)) == ["new.db", "new.db.lock"]
    with closing(open_store(tmp_path / "new.db")) as store:
        assert state(store).articles == 1
        assert list(store.check()) == []


def test_an_existing_file_is_never_overwritten(path: Path, topic: Topic) -> None:
    before = path.read_bytes()
    with pytest.raises(KnowledgeBaseError, match="exists already"):
        create(path, [(topic, [])])
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_creation_that_fails_leaves_nothing_behind(tmp_path: Path, topic: Topic) -> None:
    with pytest.raises(UnreadableInputError):
        create(tmp_path / "new.db", [(topic, [MATE, Source("empty.md", b"#")])])
    assert os.listdir(tmp_path) == []


def test_a_creation_that_is_broken_off_leaves_nothing_behind(tmp_path: Path, topic: Topic) -> None:
    with pytest.raises(KeyboardInterrupt), create_store(tmp_path / "new.db") as store:
        store.put_topic(topic, {})
        add(store, prepare(MATE, topic))
        raise KeyboardInterrupt
    assert os.listdir(tmp_path) == []


def test_leftovers_of_a_dead_creator_and_of_a_deleted_file_do_no_harm(
    tmp_path: Path, topic: Topic
) -> None:
    create(tmp_path / "new.db", [(topic, [MATE])])
    with closing(SqliteStore(tmp_path / "new.db")) as store, store.read():
        pass  # leaves -wal and -shm
    (tmp_path / "new.db").unlink()
    for name in (".new.db.123.new", ".new.db.123.new-wal", "new.db-wal"):
        (tmp_path / name).write_bytes(b"leftover")
    create(tmp_path / "new.db", [(topic, [])])
    assert sorted(os.listdir(tmp_path)) == ["new.db", "new.db.lock"]
    with closing(open_store(tmp_path / "new.db")) as store:
        assert state(store).articles == 0


def test_a_missing_folder_is_named(tmp_path: Path, topic: Topic) -> None:
    with pytest.raises(KnowledgeBaseError, match="There is no folder"):
        create(tmp_path / "nowhere" / "new.db", [(topic, [])])


# Refusing


def header(path: Path, offset: int, number: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(number.to_bytes(4, "big"))


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")


UNUSABLE = {
    "no SQLite file": (lambda path: path.write_bytes(b"Dear diary, " * 100), "no SQLite file"),
    "an empty file": (lambda path: path.write_bytes(b""), "no SQLite file"),
    "a beginning only": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "another program"),
    "another program's": (foreign, "another program"),
    "a directory": (lambda path: path.mkdir(), "not a regular file"),
    "a FIFO": (lambda path: os.mkfifo(path), "not a regular file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_is_no_knowledge_base_is_refused_and_not_touched(
    tmp_path: Path, topic: Topic, kind: str
) -> None:
    make, message = UNUSABLE[kind]
    path = tmp_path / "foreign.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    store = open_store(path)
    assert message in refused(store).message
    for write in (lambda: store.put_topic(topic, {}), lambda: store.remove_article("mate")):
        with pytest.raises(KnowledgeBaseError, match=message):
            write()
    with pytest.raises(KnowledgeBaseError, match=message):
        list(store.check())
    assert (path.read_bytes() if path.is_file() else None) == before
    assert os.listdir(tmp_path) == ["foreign.db"]


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    store = open_store(tmp_path / "missing.db")
    assert "kb init" in refused(store).remedy
    with pytest.raises(KnowledgeBaseError, match="There is no knowledge base"):
        store.remove_article("mate")
    assert os.listdir(tmp_path) == []


def test_a_file_of_a_newer_version_is_refused_and_not_touched(path: Path) -> None:
    header(path, 60, 99)
    before = path.read_bytes()
    error = refused(open_store(path))
    assert "format 99" in error.message and "Upgrade" in error.remedy
    with pytest.raises(KnowledgeBaseError, match="format 99"):
        open_store(path).remove_article("coffee-first")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_file_of_an_older_version_is_refused_and_not_touched(path: Path) -> None:
    header(path, 60, 1)
    before = path.read_bytes()
    error = refused(open_store(path))
    assert "format 1" in error.message and "kb upgrade" in error.remedy
    with pytest.raises(KnowledgeBaseError, match="format 1"):
        open_store(path).remove_article("coffee-first")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


# Checking


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE articles SET text = replace(text, 'cheap', 'chaep')", "is not what was stored"),
        ("UPDATE passages SET start = start + 1", "is not what was stored"),
        ("UPDATE passages SET headings = '[\"Cake\"]'", "is not what its text yields"),
        ("UPDATE passages SET headings = 'oops'", "malformed"),
        ("UPDATE passages SET likeness = x''", "is not what its text yields"),
        ("UPDATE segments SET body_lengths = zeroblob(passages)", "is not what its text yields"),
        ("UPDATE segments SET numbers = x'01'", "malformed"),
        ("UPDATE segments SET dead = x'0000'", "counts its passages wrongly"),
        ("UPDATE segments SET passages = passages - 1", "counts its passages wrongly"),
        ("UPDATE segments SET topic = 'gone'", "is not what its text yields"),
        ("DELETE FROM segments", "is not what its text yields"),
        ("DELETE FROM blocks WHERE id % 2 = 0", "is not what its text yields"),
        ("UPDATE blocks SET body = zeroblob(length(body))", "is not what its text yields"),
        ("UPDATE blocks SET places = x'01'", "malformed"),
        ("UPDATE blocks SET places = CAST(x'ffff' || substr(places, 3) AS BLOB)", "malformed"),
        ("UPDATE blocks SET words = zeroblob(length(words))", "is not what its text yields"),
        ("UPDATE forms SET frequency = frequency + 1", "The vocabulary of topic drinks"),
        ("UPDATE forms SET topical = 0", "The vocabulary of topic drinks"),
        ("DELETE FROM new_deletions WHERE key % 100 = 0", "What finds misspelt words"),
        ("INSERT INTO new_deletions VALUES (7)", "What finds misspelt words"),
        ("INSERT INTO deletions VALUES (7, x'000000000007')", "What finds misspelt words"),
        ("INSERT INTO deletions VALUES (7, x'07')", "malformed"),
        ("UPDATE packing SET new = 0", "What finds misspelt words"),
        ("UPDATE claims SET stance = 'fro'", "fits no passage"),
        ("UPDATE claims SET start = 9999", "fits no passage"),
        ("UPDATE claims SET about = '[\"cake\"]'", "fits no passage"),
        ("UPDATE claims SET about = '['", "malformed"),
        ("UPDATE topics SET text = 'name = '", "stored topic drinks cannot be read"),
        ("UPDATE passages SET article = 'gone'", "points at a row of articles that is missing"),
    ],
)
def test_a_value_that_was_changed_is_found(
    own: Store, path: Path, statement: str, sentence: str
) -> None:
    assert list(own.check()) == []
    changed(path, statement)
    assert any(sentence in found for found in own.check())


def test_a_stored_value_that_makes_no_sense_is_a_damaged_file(own: Store, path: Path) -> None:
    changed(path, "UPDATE passages SET cells = '{'")
    with pytest.raises(KnowledgeBaseError, match="malformed") as caught, own.read() as snapshot:
        snapshot.passages("coffee-first")
    assert "kb check" in caught.value.remedy


def test_a_stored_topic_that_breaks_the_rules_names_the_way_out(own: Store, path: Path) -> None:
    changed(path, "UPDATE topics SET text = 'name = 1'")
    with (
        pytest.raises(KnowledgeBaseError, match="drinks cannot be read") as caught,
        own.read() as snapshot,
    ):
        snapshot.topics()
    assert "kb topic" in caught.value.remedy


def test_claims_that_a_reader_knows_follow_every_change(
    own: Store, path: Path, topic: Topic
) -> None:
    def read(store: Store) -> list[Claim]:
        with store.read() as snapshot:
            return list(snapshot.claims("drinks"))

    def fresh() -> list[Claim]:
        with closing(open_store(path)) as store:
            return read(store)

    before = read(own)
    quotes = []
    for price in ("cheap", "expensive", " expensive"):
        text = f"# Mate\n\nTea is {price}. Coffee is healthy."
        own.put_article(prepare(Source("mate.md", text.encode()), topic))
        assert read(own) == fresh()
        quotes.append([claim.quote for claim in read(own) if claim.article == "mate"])
    assert all(quotes)
    assert quotes[0] != quotes[1]
    own.remove_article("mate")
    assert read(own) == before == fresh()


def test_heading_paths_are_told_with_their_articles(snapshot: Snapshot) -> None:
    found = snapshot.headings("drinks")
    for article in snapshot.articles("drinks"):
        for passage in snapshot.passages(article.id):
            assert article.id in found[passage.headings]
    assert snapshot.headings("nothing") == {}
