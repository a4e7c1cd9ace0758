"""Feedback: words that the best passages share order what was found, and find nothing new."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb.extract.raw import Source
from kb.feedback import fed_back, shared_words, taken_for_good
from kb.ingest import create
from kb.model import Alternative, Query, QueryWord
from kb.retrieval import search
from kb.store import Store, open_store
from kb.topic_file import parse_topic
from kb.words import stem


def asked(*words: str) -> Query:
    return Query("drinks", tuple(QueryWord(w, (Alternative(stem(w), 1.0),)) for w in words))


def test_what_two_of_the_best_passages_hold_is_shared() -> None:
    best = [(2.0, ["tea", "milk", "cup"]), (1.0, ["milk", "tea"]), (1.0, ["water"])]
    shares = shared_words(best)
    assert list(shares) == ["tea", "milk"] or list(shares) == ["milk", "tea"]
    assert shares["tea"] == pytest.approx(2 / 4 * 1 / 3 + 1 / 4 * 1 / 2)


def test_what_more_of_them_hold_comes_first_and_ten_words_are_enough() -> None:
    words = [f"w{n:02}" for n in range(30)]
    shares = shared_words([(1.0, [*words, "zz"]), (1.0, [*words, "zz"]), (1.0, ["zz"])])
    assert list(shares) == ["zz", *words[:9]]


def test_nothing_is_shared_by_one_passage_or_by_none() -> None:
    assert shared_words([]) == {}
    assert shared_words([(1.0, ["tea", "tea"])]) == {}
    assert shared_words([(1.0, []), (1.0, ["tea"])]) == {}


def test_shared_words_weigh_a_part_of_the_question_together() -> None:
    more = fed_back(asked("tea", "milk"), {"cup": 0.2, "jug": 0.1}, {"cup": 5, "jug": 5}, 500)
    weights = {word.typed: word.weight for word in more.words}
    assert weights["cup"] == pytest.approx(2 * weights["jug"])
    assert sum(weights.values()) == pytest.approx(0.15 * 2)


def test_a_word_that_no_passage_holds_any_more_is_left_out() -> None:
    assert fed_back(asked("tea"), {"cup": 0.2}, {}, 500).words == ()


def test_of_few_passages_the_best_are_not_taken_for_good() -> None:
    assert [taken_for_good(passages) for passages in (0, 199, 200, 499, 10**6)] == [0, 0, 2, 4, 5]


TOPIC = parse_topic(
    'name = "Drinks"\n[options.tea]\nlabel = "Tea"\nwords = ["tea"]\n'
    '[options.coffee]\nlabel = "Coffee"\nwords = ["coffee"]\n',
    id="drinks",
)
TEXTS = [
    "Kettles and tannin make tea strong in winter evenings.",
    "Tannin from kettles is why tea tastes of leather.",
    "Some tea was sold beside a harbour by sailors.",
    "A tea was named after kettles by its maker.",
    "Kettles and tannin without that drink.",
]


@pytest.fixture
def drinks(tmp_path: Path) -> Iterator[Store]:
    others = [f"Nothing{n} grows{n} beside{n} rivers{n} of{n} sand{n}." for n in range(200)]
    texts = enumerate([*TEXTS, *others])
    sources = [Source(f"a{number:03}.txt", text.encode()) for number, text in texts]
    create(tmp_path / "drinks.db", [(TOPIC, sources)])
    with closing(open_store(tmp_path / "drinks.db")) as store:
        yield store


def test_it_orders_what_was_found_and_finds_nothing_new(drinks: Store) -> None:
    with drinks.read() as snapshot:
        hits = search(snapshot, asked("tea"), limit=10, spread=False)
    found = [hit.passage.text for hit in hits]
    assert set(found) == set(TEXTS[:4])
    assert found.index(TEXTS[3]) < found.index(TEXTS[2])
    for hit in hits:
        assert hit.score == sum(part.value for part in hit.parts)
    assert {part.name for part in hits[0].parts} == {"tea", "words of the best passages"}
