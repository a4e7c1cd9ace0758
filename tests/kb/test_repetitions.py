"""What articles repeat, kept beside them: always what comparing everything anew would find."""

import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import KnowledgeBaseError
from kb.extract.raw import Source
from kb.ingest import create, prepare
from kb.likeness import sketch
from kb.prepared import PreparedArticle
from kb.repeats import Repeats
from kb.reposts import find_repeats
from kb.sketches import meetings
from kb.sqlite.alike import _TABLES, sketches_are_right
from kb.sqlite.repetitions import are_right
from kb.store import Store, open_store
from kb.topic import Topic

WORDS = ("tea", "coffee", "water", "cup", "pot", "leaf", "bean", "tap", "warm", "cold", "strong")
RNG = random.Random(5)
PARAGRAPHS = [
    " ".join(RNG.choice(WORDS) + str(RNG.randrange(4)) for _ in range(30)).capitalize() + "."
    for _ in range(7)
]
# Some quote others: a stretch, or most of what they hold.
PARAGRAPHS += [
    f"{PARAGRAPHS[0][:90]} {PARAGRAPHS[5]} {PARAGRAPHS[6]}",
    f"{PARAGRAPHS[6]} {PARAGRAPHS[1][:99]} {PARAGRAPHS[4]} {PARAGRAPHS[0][40:140]}",
]
IDS = ("ale", "bun", "cake", "dill", "egg")


# Which passages are compared with which


def naive(
    published: Mapping[str, str], sketches: Mapping[str, Sequence[bytes]]
) -> set[tuple[str, int, str, int, int]]:
    """Return the meetings of all passages, found with plain loops."""
    order = sorted(published, key=lambda id: (not published[id], published[id], id))
    held = {id: [set(np.frombuffer(s, "<u4").tolist()) for s in sketches[id]] for id in order}
    found: set[tuple[str, int, str, int, int]] = set()
    for rank, article in enumerate(order):
        for place, values in enumerate(held[article]):
            shared = [
                (-len(values & its_values), other_rank, its)
                for other_rank, other in enumerate(order[:rank])
                for its, its_values in enumerate(held[other])
            ]
            least = min(4, max(1, len(values)))
            most = sorted(each for each in shared if -each[0] >= least)[:4]
            found |= {(article, place, order[other], its, -n) for n, other, its in most}
    return found


values = st.lists(st.integers(0, 12), max_size=8).map(
    lambda v: sketch(np.array(v, dtype=np.uint32))
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("", "2020", "2021")), st.lists(values, max_size=4)), max_size=9
    )
)
@pytest.mark.parametrize("at_once", [1, 20, 2_000_000])  # shared values counted together
def test_meetings_are_those_that_plain_loops_find(
    at_once: int, articles: Sequence[tuple[str, list[bytes]]]
) -> None:
    published = {f"a{n}": date for n, (date, _) in enumerate(articles)}
    sketches = {f"a{n}": found for n, (_, found) in enumerate(articles)}
    with patch("kb.alike._AT_ONCE", at_once):
        found = meetings(published, sketches)
    assert len(found) == len(set(found))
    assert {tuple(each) for each in found} == naive(published, sketches)


# What is stored


def prepared(topic: Topic, id: str, numbers: Sequence[int], date: str) -> PreparedArticle:
    text = "\n\n".join(f"## Part {place}\n\n{PARAGRAPHS[n]}" for place, n in enumerate(numbers))
    dated = f"---\npublished: {date}\n---\n{text}" if date else text
    return prepare(Source(f"{id}.md", dated.encode()), topic, id=id)


def anew(articles: Mapping[str, PreparedArticle]) -> Repeats:
    return find_repeats(
        {id: each.article.metadata.published for id, each in articles.items()},
        {id: each.index.sketches for id, each in articles.items()},
        {id: each.shingled for id, each in articles.items()}.__getitem__,
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, topic: Topic) -> Path:
    path = tmp_path_factory.mktemp("repetitions") / "own.db"
    create(path, [(topic, [])])
    return path


steps = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(IDS),
            st.lists(st.integers(0, len(PARAGRAPHS) - 1), min_size=1, max_size=4),
            st.sampled_from(("", "2020", "2022")),
        ),
        st.sampled_from(IDS),
    ),
    max_size=9,
)


@pytest.mark.parametrize(
    ("at_once", "few"),  # passages whose likes are looked for together; values that are not packed
    [(2, 8192), (8192, 30), (8192, 0)],
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_whatever_is_added_replaced_and_removed_what_is_stored_is_what_is_found_anew(
    empty: Path, topic: Topic, at_once: int, few: int, made: list[tuple[str, list[int], str] | str]
) -> None:
    articles: dict[str, PreparedArticle] = {}
    packed = _TABLES._replace(few=few, share=1_000_000)
    with (
        patch("kb.sqlite.repetitions._AT_ONCE", at_once),
        patch("kb.sqlite.alike._TABLES", packed),
        patch("kb.sqlite.alike._FEWEST", at_once),
        patch("kb.sqlite.packing._RANGES", at_once),
        closing(open_store(empty)) as store,
    ):
        for step in made:
            if isinstance(step, tuple):
                articles[step[0]] = prepared(topic, *step)
                store.put_article(articles[step[0]])
            elif articles.pop(step, None):
                store.remove_article(step)
            with store.read() as snapshot:
                assert snapshot.repeats("drinks") == anew(articles)
        with closing(sqlite3.connect(empty)) as connection:
            assert are_right(connection, "drinks")
            assert sketches_are_right(connection)
        for id in articles:
            store.remove_article(id)
        with closing(sqlite3.connect(empty)) as connection:
            assert sketches_are_right(connection)
            assert connection.execute("SELECT count(*) FROM meetings").fetchone() == (0,)
            assert connection.execute("SELECT count(*) FROM repetitions").fetchone() == (0,)


@pytest.fixture
def own(tmp_path: Path, topic: Topic) -> Store:
    """A knowledge base where bun repeats ale, and cake both."""
    path = tmp_path / "own.db"
    create(path, [(topic, [])])
    store = open_store(path)
    for id in ("cake", "bun", "ale"):
        store.put_article(prepared(topic, id, (0, 1, 2), ""))
    return store


def reposts(store: Store, topic: str = "drinks") -> dict[str, str]:
    with store.read() as snapshot:
        return {id: each.article for id, each in snapshot.repeats(topic).reposts.items()}


def test_the_copies_of_a_removed_original_repeat_the_next_one(own: Store) -> None:
    with closing(own):
        assert reposts(own) == {"bun": "ale", "cake": "ale"}
        own.remove_article("ale")
        assert reposts(own) == {"cake": "bun"}


def test_an_article_that_moves_to_another_topic_repeats_nothing_there(
    own: Store, topic: Topic
) -> None:
    with closing(own):
        meals = replace(topic, id="meals")
        own.put_topic(meals, {})
        own.put_article(prepared(meals, "ale", (0, 1, 2), ""))
        assert (reposts(own), reposts(own, "meals")) == ({"cake": "bun"}, {})
        assert list(own.check()) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE repetitions SET spans = '[[0, 5]]'",
        "DELETE FROM repetitions WHERE article = 'bun'",
        "UPDATE meetings SET others = x'00' WHERE passage = 4",
        "UPDATE meetings SET others = CAST(x'02' || substr(others, 2) AS BLOB) WHERE passage = 4",
        "UPDATE meetings SET others = CAST(x'ff' || substr(others, 2) AS BLOB)",
        "UPDATE repetitions SET passages = 'x'",
        "UPDATE bars SET shared = randomblob(4096)",
        "UPDATE bars SET shared = x'00'",
        "DELETE FROM new_sketches WHERE key = (SELECT max(key) FROM new_sketches)",
        "INSERT INTO sketches VALUES (1, x'000000000001')",
        "UPDATE sketches_packing SET new = 0",
    ],
)
def test_what_is_stored_of_repetitions_is_checked(own: Store, damage: str, tmp_path: Path) -> None:
    with closing(own):
        assert list(own.check()) == []
        with closing(sqlite3.connect(tmp_path / "own.db")) as connection, connection:
            connection.execute(damage)
        assert len(list(own.check())) == 1


@pytest.mark.parametrize(
    ("damage", "change"),
    [
        ('"end" = start', lambda own, dill: own.put_article(dill)),
        ("likeness = x'00'", lambda own, dill: own.remove_article("ale")),
    ],
    ids=["a passage without words", "half a sketch"],
)
def test_nothing_is_changed_that_has_to_do_with_a_damaged_article(
    own: Store,
    topic: Topic,
    damage: str,
    change: Callable[[Store, PreparedArticle], None],
    tmp_path: Path,
) -> None:
    with closing(own):
        with closing(sqlite3.connect(tmp_path / "own.db")) as connection, connection:
            connection.execute(f"UPDATE passages SET {damage} WHERE article = 'ale'")
        with pytest.raises(KnowledgeBaseError, match="malformed|cannot be used"):
            change(own, prepared(topic, "dill", (0, 1, 2), ""))
        assert list(own.check())
