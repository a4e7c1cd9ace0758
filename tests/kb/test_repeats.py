"""Re-posts and quotations: who said it first, what is repeated, and whose voice it is."""

import random
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.chunk import passage_id
from kb.disagreements import conflicts
from kb.evidence import Evidence, collect
from kb.extract.raw import Source
from kb.extract.source import read_file
from kb.index import index_article
from kb.ingest import add, create, prepare
from kb.likeness import shingles, sketch
from kb.model import Alternative, Claim, Metadata, Passage, Query, QueryWord, Span
from kb.prepared import PreparedArticle
from kb.repeats import NO_REPEATS, Repeats, Repost, Shingled
from kb.reposts import find_repeats
from kb.retrieval import search
from kb.store import Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic
from kb.words import atoms, index_words

LETTER = (
    "Tea is cheap and needs nothing but a kettle. It keeps for months in a dry place, and a pot of"
    " it is made in four minutes, which no other drink of this kind can say of itself."
)
OWN = (
    "We tried nine kinds of coffee over the winter. Most of them were dear, two were stale when"
    " they came, and only the one from the corner shop was drunk to the last bean by everybody."
)
WATER = (
    "The tap is never shut. Whoever wants water has it at once, cold or warm, and pays next to"
    " nothing, while bottles have to be carried home and brought back to the shop afterwards."
)
SHORT = "Steep learning curve"


def passages(article: str, texts: Sequence[str]) -> list[Passage]:
    made, start = [], 0
    for text in texts:
        made.append(Passage(passage_id(article, text), article, start, start + len(text), text))
        start += len(text) + 2
    return made


def shingled(passages: Sequence[Passage]) -> list[Shingled]:
    return [Shingled(each, shingles(atoms(each.text))) for each in passages]


def sketches(passages: Sequence[Passage]) -> list[bytes]:
    return [sketch(each.shingles) for each in shingled(passages)]


def repeats(dates: dict[str, str] | None = None, **articles: Sequence[str]) -> Repeats:
    """Return what articles of these passages repeat, with their dates where they have one."""
    cut = {id: passages(id, texts) for id, texts in articles.items()}
    return find_repeats(
        {id: (dates or {}).get(id, "") for id in cut},
        {id: sketches(found) for id, found in cut.items()},
        {id: shingled(found) for id, found in cut.items()}.__getitem__,
    )


def repeated(found: Repeats) -> set[tuple[str, str]]:
    """Return (copy, original) by article."""
    return {(id.rpartition("-")[0], original) for id, original in found.passages.items()}


def changed(text: str, *, every: int) -> str:
    words = text.split()
    words[every - 1 :: every] = ["something"] * len(words[every - 1 :: every])
    return " ".join(words)


# Who said it first


@pytest.mark.parametrize(
    ("dates", "original"),
    [
        ({}, "a"),
        ({"b": "2024"}, "b"),
        ({"a": "2024-03-02", "b": "2024-03-01"}, "b"),
        ({"a": "2023", "b": "2024-03"}, "a"),
        ({"a": "2024", "b": "2024"}, "a"),
    ],
    ids=["by id", "a known date first", "the earlier date", "years and months", "equal dates"],
)
def test_the_original_is_what_was_published_first(dates: dict[str, str], original: str) -> None:
    (copy,) = {"a", "b"} - {original}
    assert repeated(repeats(dates, a=[LETTER], b=[LETTER])) == {(copy, original)}


def test_without_the_original_the_next_one_is_it() -> None:
    assert repeated(repeats(a=[LETTER], b=[LETTER], c=[LETTER])) == {("b", "a"), ("c", "a")}
    assert repeated(repeats(b=[LETTER], c=[LETTER])) == {("c", "b")}


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_adding_is_no_matter(order: list[str]) -> None:
    every = {"a": [LETTER, OWN], "b": [changed(LETTER, every=9)], "c": [OWN, WATER], "d": [WATER]}
    assert repeats(**{id: every[id] for id in order}) == repeats(**every)


# What is repeated


@pytest.mark.parametrize(
    "copy",
    [
        [changed(LETTER, every=7), changed(OWN, every=7)],
        [LETTER, OWN[: len(OWN) * 2 // 3]],
        [f"{LETTER}\n{OWN}"],
        [*re.split(r"(?<=\.) ", LETTER), *re.split(r"(?<=\.) ", OWN)],
        [LETTER.upper().replace(",", " –"), OWN.replace(" ", "\n")],
    ],
    ids=["words replaced", "cut at the end", "joined", "parted", "other marks"],
)
def test_a_re_post_is_recognised(copy: list[str]) -> None:
    found = repeats(original=[LETTER, OWN], repost=copy)
    assert found.reposts == {"repost": Repost("original", 1.0)}
    assert len(found.passages) == len(copy)


def test_two_articles_on_one_thing_are_no_re_posts() -> None:
    other = "You only need boiling water for tea. The leaves are not dear, and dry ones last long."
    assert repeats(a=[LETTER], b=[other]) == NO_REPEATS


def test_the_editor_s_own_words_in_a_re_post_are_his_own() -> None:
    found = repeats(original=[LETTER, OWN], repost=[LETTER, WATER, OWN])
    assert {id for id in found.passages} == {
        passage_id("repost", LETTER),
        passage_id("repost", OWN),
    }
    assert found.reposts["repost"].share == pytest.approx(2 / 3)


def test_a_quoted_paragraph_is_recognised_in_an_article_of_another_s_own() -> None:
    found = repeats(a=[OWN, LETTER], b=[WATER, LETTER, WATER[::-1]])
    assert found.passages == {passage_id("b", LETTER): "a"}
    assert found.reposts == {}


@pytest.mark.parametrize("own", [[WATER, OWN], [WATER, OWN, OWN[::-1], WATER[::-1]]])
def test_a_paragraph_quoted_inside_a_longer_passage_is_a_stretch_of_it(own: list[str]) -> None:
    text = " ".join([own[0], LETTER, *own[1:]])
    (stretch,) = repeats(a=[LETTER], b=[text, *own]).spans["b"]
    assert text[stretch.start : stretch.end] in LETTER
    assert stretch.end - stretch.start > 0.95 * len(LETTER)


def test_few_words_that_are_the_same_are_chance() -> None:
    assert repeats(a=[SHORT, LETTER], b=[SHORT, OWN]) == NO_REPEATS


def test_few_words_of_a_re_post_are_repeated_like_the_rest() -> None:
    assert len(repeats(a=[SHORT, LETTER], b=[SHORT, LETTER]).passages) == 2


def test_an_article_of_few_words_is_a_re_post_of_one_of_just_these() -> None:
    assert repeated(repeats(a=[SHORT], b=["steep learning curve!"], c=["Steep curve"])) == {
        ("b", "a")
    }


def test_an_article_that_repeats_itself_is_no_re_post() -> None:
    assert repeats(a=[LETTER, OWN, LETTER]) == NO_REPEATS


def test_articles_without_words_repeat_nothing() -> None:
    assert repeats(a=["…"], b=["…"]) == repeats() == NO_REPEATS


def test_thousands_of_equal_passages_all_lead_to_the_first() -> None:
    found = repeats(**{f"a{number:04}": [LETTER] for number in range(2000)})
    assert set(found.passages.values()) == {"a0000"}
    assert len(found.passages) == 1999


# Whose voice it is


def claim(article: str, start: int, end: int, stance: str = "for") -> Claim:
    return Claim(article, "p", ("tea",), "price", stance, start, end, "", "test")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "echoed"),
    [
        (10, 20, True),
        (0, 10, False),
        (4, 14, False),
        (6, 14, True),
        (18, 40, True),
        (25, 29, False),
    ],
)
def test_a_claim_is_an_echo_when_most_of_its_words_are_repeated(
    start: int, end: int, echoed: bool
) -> None:
    found = Repeats(spans={"b": (Span(9, 22), Span(30, 42))})
    assert found.echoed(claim("b", start, end)) is echoed
    assert not found.echoed(claim("a", start, end))


def test_an_echo_has_no_voice_and_makes_no_conflict() -> None:
    found = Repeats(spans={"b": (Span(0, 50),)})
    said = [claim("a", 0, 9), claim("b", 0, 9), claim("b", 10, 19, "against"), claim("b", 60, 69)]
    evidence = collect(said, found)
    assert evidence.heard.of("tea", "price") == {"a": 1.0, "b": 1.0}  # b's own words are its own
    assert conflicts(evidence.claims) == []
    assert collect(said[:3], found).heard.articles("price") == {"a"}


# Articles as they are


DATABASES = Path(__file__).parents[1] / "topics" / "databases"


@pytest.fixture(scope="module")
def databases() -> Topic:
    return parse_topic((DATABASES / "topic.toml").read_text(encoding="utf-8"), id="databases")


@pytest.fixture(scope="module")
def files() -> list[Source]:
    return [read_file(file) for file in sorted((DATABASES / "articles").iterdir())]


@pytest.fixture(scope="module")
def prepared(databases: Topic, files: list[Source]) -> list[PreparedArticle]:
    return [prepare(file, databases) for file in files]


def of(articles: Sequence[PreparedArticle]) -> tuple[Repeats, Evidence]:
    texts = {each.article.id: each.shingled for each in articles}
    known = {each.article.id: each.index.sketches for each in articles}
    dates = {each.article.id: each.article.metadata.published for each in articles}
    found = find_repeats(dates, known, texts.__getitem__)
    return found, collect([claim for each in articles for claim in each.claims], found)


def test_articles_on_one_topic_by_different_people_repeat_nothing(
    prepared: list[PreparedArticle],
) -> None:
    assert of(prepared)[0] == NO_REPEATS


Edit = Callable[[str], str]


def cut(share: float) -> Edit:
    def edit(text: str) -> str:
        paragraphs = text.split("\n\n")
        return "\n\n".join(paragraphs[: max(1, round(share * len(paragraphs)))])

    return edit


EDITS: dict[str, Edit] = {
    "quoted": lambda text: text.replace('"', "”").replace("'", "’"),
    "shouted": lambda text: text.replace(".\n", "!\n"),
    "spaced": lambda text: text.replace("\n\n", "\n\n\n"),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    number=st.integers(0, 5),
    edits=st.lists(st.sampled_from(sorted(EDITS)), unique=True),
    kept=st.floats(0.3, 1.0),
    place=st.integers(0, 6),
)
def test_an_added_copy_never_changes_a_voice(
    databases: Topic,
    files: list[Source],
    prepared: list[PreparedArticle],
    number: int,
    edits: list[str],
    kept: float,
    place: int,
) -> None:
    text = files[number].data.decode()
    for edit in (cut(kept), *map(EDITS.__getitem__, edits)):
        text = edit(text)
    copy = prepare(replace(files[number], name="zz-copy", data=text.encode()), databases)
    found, evidence = of([*prepared[:place], copy, *prepared[place:]])
    _, before = of(prepared)
    assert evidence.heard == before.heard
    assert evidence.claims == before.claims or set(evidence.claims) == set(before.claims)
    assert conflicts(evidence.claims) == conflicts(before.claims)
    assert found.reposts["zz-copy"].article == prepared[number].article.id


@pytest.mark.parametrize("number", range(6))
def test_a_copy_with_every_twentieth_word_replaced_changes_no_voice(
    databases: Topic, files: list[Source], prepared: list[PreparedArticle], number: int
) -> None:
    rng = random.Random(number)
    text = re.sub(
        r"\b[a-z]{3,}\b",
        lambda word: "something" if rng.random() < 0.05 else word.group(),
        files[number].data.decode(),
    )
    copy = prepare(replace(files[number], name="zz-copy", data=text.encode()), databases)
    _, evidence = of([*prepared, copy])
    assert evidence.heard == of(prepared)[1].heard


# In the knowledge base


@pytest.fixture
def doubled(tmp_path: Path, topic: Topic, sources: list[Source]) -> Store:
    """The drinks with a copy of the first article, which is by name before its original."""
    path = tmp_path / "doubled.db"
    create(path, [(topic, sources)])
    store = open_store(path)
    add(
        store,
        prepare(replace(sources[0], name="a-copy"), topic, metadata=Metadata(published="2025")),
    )
    return store


def query(text: str) -> Query:
    words = [QueryWord(w.text, (Alternative(w.stem, 1.0),)) for w in index_words(text)]
    return Query("drinks", tuple(words))


def test_the_evidence_is_that_of_the_original(doubled: Store, store: Store) -> None:
    with closing(doubled), doubled.read() as twice, store.read() as once:
        assert len(twice.claims("drinks")) > len(once.claims("drinks"))
        assert twice.evidence("drinks") == once.evidence("drinks")
        assert twice.repeats("drinks").reposts == {"a-copy": Repost("a-cup-of-tea", 1.0)}
        assert once.repeats("drinks") == NO_REPEATS


@pytest.mark.parametrize("question", ["tea", "cheap kettle", "rich flavour of coffee"])
@pytest.mark.parametrize("limit", [1, 3, 20])
def test_of_a_passage_and_its_copy_the_original_is_shown(
    doubled: Store, question: str, limit: int
) -> None:
    with closing(doubled), doubled.read() as snapshot:
        hits = search(snapshot, query(question), limit=limit)
        assert "a-cup-of-tea" in {hit.passage.article for hit in hits}
        assert "a-copy" not in {hit.passage.article for hit in hits}


def test_the_place_of_a_copy_goes_to_another_passage(tmp_path: Path, topic: Topic) -> None:
    path = tmp_path / "many.db"
    same = [Source(f"copy{number:02}", f"# Tea\n\n{LETTER}".encode()) for number in range(60)]
    other = Source("other", f"# Drinks\n\n{OWN} {WATER} Now and then there was tea.".encode())
    create(path, [(topic, [*same, other])])
    with closing(open_store(path)) as store, store.read() as snapshot:
        hits = search(snapshot, query("tea"), limit=2)
    assert [hit.passage.article for hit in hits] == ["copy00", "other"]


def test_the_same_paragraph_twice_in_an_article_is_shown_once(tmp_path: Path, topic: Topic) -> None:
    path = tmp_path / "twice.db"
    text = f"# Drinks\n\n## First\n\n{LETTER}\n\n## Second\n\n{LETTER}\n"
    create(path, [(topic, [Source("twice", text.encode())])])
    with closing(open_store(path)) as store, store.read() as snapshot:
        assert len(snapshot.passages("twice")) == 2
        assert len(search(snapshot, query("tea"))) == 1


def test_a_stored_sketch_is_checked(doubled: Store, tmp_path: Path) -> None:
    with closing(doubled):
        assert list(doubled.check()) == []
        with closing(sqlite3.connect(tmp_path / "doubled.db")) as connection:
            connection.execute("UPDATE passages SET likeness = x'00000000' WHERE number = 1")
            connection.commit()
        assert list(doubled.check()) == [
            "The index of article a-cup-of-tea is not what its text yields.",
            "What finds repetitions is not what the sketches of the passages yield.",
            "What the articles of topic drinks repeat is not what their texts yield.",
        ]


def test_an_index_holds_a_sketch_for_every_passage(prepared: list[PreparedArticle]) -> None:
    for each in prepared:
        index = index_article(each.passages)
        assert index.sketches == tuple(sketch(shingles(atoms(p.text))) for p in each.passages)
