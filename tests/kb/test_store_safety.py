"""Killed writers, parallel writers, full disks and damaged pages: no half article, no traceback.

Other processes are real ones, forked off a server that has imported what they need.
"""

import contextlib
import fcntl
import multiprocessing
import os
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kb.errors import HelpfulError, KnowledgeBaseError
from kb.extract.raw import Source
from kb.index import index_article
from kb.ingest import add, prepare
from kb.model import Alternative, Passage, Query, QueryWord
from kb.retrieval import search
from kb.sqlite import segments
from kb.sqlite.files import writer_lock
from kb.store import Snapshot, open_store
from kb.topic import Topic

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["kb.ingest", "kb.sqlite.store", "pytest"])

ARTICLES = 4
PARAGRAPHS = 6


@pytest.fixture
def path(tmp_path: Path, knowledge_base: Path) -> Path:
    """A knowledge base that a test may change."""
    return Path(shutil.copyfile(knowledge_base, tmp_path / "own.db"))


@contextlib.contextmanager
def started(
    act: Callable[..., None], *values: Any
) -> Iterator[multiprocessing.process.BaseProcess]:
    process = processes.Process(target=act, args=values)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def text_of(version: int) -> bytes:
    """Return an article every paragraph of which holds the same number."""
    says = f"Tea number {version} is cheap. Coffee number {version} is expensive by comparison."
    return ("# Numbers\n\n" + "\n\n## Next\n\n".join([says] * PARAGRAPHS)).encode()


def is_whole(snapshot: Snapshot, id: str) -> bool:
    """True when an article has all its passages, and all of them are of one version."""
    passages = snapshot.passages(id)
    versions = {passage.text.split()[2] for passage in passages}
    word = QueryWord("number", (Alternative("number", 1.0),))
    hits = search(snapshot, Query("drinks", (word,)), limit=1000, spread=False)
    found = [hit for hit in hits if hit.passage.article == id]
    return len(versions) == 1 and len(passages) == len(found) == PARAGRAPHS


# Killed writers


def churn(path: Path, topic: Topic, seed: int, news: Connection) -> None:
    """Add, replace and remove articles for ever; tell what is done once it is done."""
    chance = random.Random(seed)
    store = open_store(path)
    versions = {seed * 1000 + n: f"number-{chance.randrange(ARTICLES)}" for n in range(24)}
    ready = {v: prepare(Source(f"{id}.md", text_of(v)), topic) for v, id in versions.items()}
    news.send(("ready", 0))
    while True:
        for version, prepared in ready.items():
            id = prepared.article.id
            news.send((id, None))
            if chance.random() < 0.3:
                with contextlib.suppress(HelpfulError):
                    store.remove_article(id)
                news.send((id, 0))
            else:
                store.put_article(prepared)
                news.send((id, version))


def told(news: Connection, known: dict[str, int | None]) -> None:
    """Note every piece of news: a version, 0 for removed, None for under way."""
    with contextlib.suppress(EOFError):
        while news.poll():
            id, version = news.recv()
            known[id] = version


def test_a_killed_writer_leaves_every_article_whole(path: Path, topic: Topic) -> None:
    known: dict[str, int | None] = {}
    chance = random.Random(1)
    for seed in range(1, 21):
        reader, writer = processes.Pipe(duplex=False)
        with started(churn, path, topic, seed, writer) as process:
            writer.close()
            assert reader.recv() == ("ready", 0)
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            process.join()
        told(reader, known)
        reader.close()
        with closing(open_store(path)) as store:
            assert list(store.check()) == []
            with store.read() as snapshot:
                stored = {a.id: a.text for a in snapshot.articles() if a.id.startswith("number")}
                assert all(is_whole(snapshot, id) for id in stored)
        for id, version in known.items():
            if version is not None:  # acknowledged, and nothing begun since
                assert (f"number {version} " in stored[id]) if version else id not in stored
        known = {id: version for id, version in known.items() if version is not None}
    assert known


def stop_in_a_merge(path: Path, topic: Topic, news: Connection) -> None:
    """Add articles until two segments are merged; stop when the old ones are gone."""

    def insert(*values: Any) -> None:
        if deleted:
            news.send(("merging", id))
            time.sleep(60)
        inserted(*values)

    deleted: list[int] = []
    inserted, delete = segments._insert, segments._delete
    segments._insert = insert
    segments._delete = lambda connection, id: (deleted.append(id), delete(connection, id))  # type: ignore[func-returns-value]
    with closing(open_store(path)) as store:
        for version in range(1, 9):
            id = f"number-{version}"
            add(store, prepare(Source(f"{id}.md", text_of(version)), topic))
            news.send(("added", id))


def test_a_merge_that_is_killed_half_way_loses_nothing(path: Path, topic: Topic) -> None:
    reader, writer = processes.Pipe(duplex=False)
    stored = []
    with (
        started(stop_in_a_merge, path, topic, writer) as process,
        closing(open_store(path)) as store,
    ):
        while (news := reader.recv())[0] == "added":
            stored.append(news[1])
        with store.read() as snapshot:  # a merge that is under way is in nobody's way
            assert all(is_whole(snapshot, id) for id in stored)
            assert news[1] not in {article.id for article in snapshot.articles()}
        process.kill()
        process.join()
        assert list(store.check()) == []
        with store.read() as snapshot:
            assert all(is_whole(snapshot, id) for id in stored)
        add(store, prepare(Source(f"{news[1]}.md", text_of(7)), topic))
        assert list(store.check()) == []
    reader.close()
    writer.close()


# Parallel writers


def add_three(path: Path, topic: Topic, writer: int) -> None:
    with closing(open_store(path)) as store:
        for number in range(3):
            name = f"number-{writer}-{number}.md"
            add(store, prepare(Source(name, text_of(100 + writer)), topic))


def test_six_writers_all_succeed_while_readers_see_whole_articles(path: Path, topic: Topic) -> None:
    looks = 0
    with contextlib.ExitStack() as running, closing(open_store(path)) as store:
        writers = [running.enter_context(started(add_three, path, topic, n)) for n in range(6)]
        while any(writer.is_alive() for writer in writers):
            with store.read() as snapshot:
                ids = [a.id for a in snapshot.articles() if a.id.startswith("number")]
                assert all(is_whole(snapshot, id) for id in ids)
            looks += 1
        assert [writer.exitcode for writer in writers] == [0] * 6
        with store.read() as snapshot:
            assert len(snapshot.articles()) == 3 + 6 * 3
        assert list(store.check()) == []
    assert looks


def test_a_second_writer_waits_for_the_first(path: Path, topic: Topic) -> None:
    with started(add_three, path, topic, 1) as second:
        with writer_lock(path):
            second.join(timeout=0.7)
            assert second.is_alive()
        second.join(timeout=20)
        assert second.exitcode == 0


def hold(path: Path, news: Connection) -> None:
    with writer_lock(path):
        news.send("held")
        time.sleep(60)


def test_the_lock_of_a_dead_writer_is_free(path: Path) -> None:
    reader, writer = processes.Pipe(duplex=False)
    with started(hold, path, writer):
        assert reader.recv() == "held"
    with writer_lock(path):
        pass
    reader.close()
    writer.close()


def test_a_link_to_the_file_has_the_same_lock(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with (
        writer_lock(link),
        path.with_name("own.db.lock").open("rb") as lock,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert os.listdir(link.parent) == ["link.db"]


# No room, no permission


def write_in_little_room(path: Path, topic: Topic, news: Connection) -> None:
    size = path.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, size // 4))
    with closing(open_store(path)) as store:
        try:
            add(store, prepare(Source("number-1.md", text_of(7) * 40), topic))
        except HelpfulError as error:
            news.send((type(error), error.message, error.remedy))


def test_a_file_that_may_not_grow_is_an_error_and_keeps_what_it_holds(
    path: Path, topic: Topic
) -> None:
    reader, writer = processes.Pipe(duplex=False)
    with started(write_in_little_room, path, topic, writer) as process:
        process.join(timeout=20)
        assert process.exitcode == 0
        assert reader.poll()
        kind, message, remedy = reader.recv()
    reader.close()
    writer.close()
    assert kind is KnowledgeBaseError and str(path) in message and "room" in remedy
    with closing(open_store(path)) as store:
        assert list(store.check()) == []
        with store.read() as snapshot:
            assert len(snapshot.articles()) == 3


def look_as_nobody(path: Path, news: Connection) -> None:
    # Loads the word lists and what numpy loads late, which may lie where nobody may look.
    index_article([Passage("tea-1", "tea", 0, 3, "Tea")])
    np.unique(np.arange(2))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    with closing(open_store(path)) as store:
        with store.read() as snapshot:
            news.send(snapshot.state().articles)
        news.send(list(store.check()))
        try:
            store.remove_article("coffee-first")
        except HelpfulError as error:
            news.send(error.message)


def test_a_file_in_a_read_only_folder_can_be_read_and_not_written(knowledge_base: Path) -> None:
    reader, writer = processes.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder:  # nobody may enter pytest's own
        copy = Path(shutil.copyfile(knowledge_base, Path(folder) / "own.db"))
        copy.chmod(0o444)
        Path(folder).chmod(0o555)
        with started(look_as_nobody, copy, writer) as process:
            process.join(timeout=20)
            assert process.exitcode == 0
        assert (reader.recv(), reader.recv()) == (3, [])
        assert "cannot be changed" in reader.recv()
        assert os.listdir(folder) == ["own.db"]
    reader.close()
    writer.close()


# Damage


def read_all(path: Path) -> str:
    """Read whatever can be read; return what `check` says."""
    with closing(open_store(path)) as store:
        with contextlib.suppress(KnowledgeBaseError), store.read() as snapshot:
            snapshot.topics()
            for article in snapshot.articles():
                snapshot.passages(article.id)
                snapshot.asides(article.id)
            snapshot.claims("drinks")
            words = tuple(QueryWord(w, (Alternative(w, 1.0),)) for w in ("tea", "price", "cheap"))
            search(snapshot, Query("drinks", words))
            snapshot.known_forms("drinks", ["tea"])
            snapshot.forms_near("drinks", "coffe")
        try:
            return " ".join(store.check())
        except KnowledgeBaseError as error:
            return error.message


@pytest.mark.parametrize("seed", range(40))
def test_damaged_pages_are_an_error_or_a_sentence(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 8, 200])):
        place = chance.randrange(100, len(content))
        length = chance.choice([1, 16, 400])
        content[place : place + length] = chance.randbytes(len(content[place : place + length]))
    path.write_bytes(content)
    read_all(path)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_an_error(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))
    assert read_all(path)


def test_a_file_cut_short_while_it_is_read_does_not_kill_the_reader(path: Path) -> None:
    with closing(open_store(path)) as store:
        with store.read() as snapshot:
            assert snapshot.state().articles == 3
        os.truncate(path, path.stat().st_size // 3)
        with pytest.raises(KnowledgeBaseError), store.read() as snapshot:
            for article in snapshot.articles():
                snapshot.passages(article.id)
            snapshot.claims("drinks")


def places_of(content: bytes, *texts: bytes) -> list[int]:
    return [at + len(text) // 2 for text in texts if (at := content.find(text)) >= 0]


def test_one_flipped_bit_of_a_text_is_found(path: Path) -> None:
    content = path.read_bytes()
    places = places_of(content, b"needs nothing but a kettle", b"Some caf", b"plain filter coffee")
    assert len(places) == 3
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 1
        path.write_bytes(damaged)
        assert "is not what was stored" in read_all(path)
