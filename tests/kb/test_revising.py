"""Decisions that survive: re-reading, re-mining, other maintainers, and a changed topic."""

import contextlib
import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kb.corrections import claim_id, decided_on, decision_id
from kb.errors import ChangedMeanwhileError, CorrectionError, UnknownArticleError
from kb.extract.raw import Source
from kb.ingest import add, prepare
from kb.model import Claim, Decision, DecisionKind, Interest, Metadata
from kb.prepared import Basis
from kb.revising import decide, save_topic, withdraw
from kb.revising import dormant as sleeping
from kb.store import Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["kb.revising", "kb.sqlite.store", "pytest"])

TEXT = """Mate or tea

Sign in to like

Tea is cheap for everybody who drinks it in the evening.

Coffee is expensive. Tea is tasty, says everybody who has ever had a cup of it.
"""
MATE = Source("mate.txt", TEXT.encode(), url="https://example.org/mate", media_type="text/plain")
LOGIN = Decision("mate", "keep", "Sign in to like")
CHEAP = "Tea is cheap for everybody who drinks it in the evening."


@pytest.fixture
def path(tmp_path: Path, knowledge_base: Path, topic: Topic) -> Path:
    """A knowledge base with the article that is decided on."""
    path = Path(shutil.copyfile(knowledge_base, tmp_path / "own.db"))
    with closing(open_store(path)) as store:
        add(store, prepare(MATE, topic))
    return path


@pytest.fixture
def own(path: Path) -> Iterator[Store]:
    with closing(open_store(path)) as store:
        yield store


def changed(*replacements: tuple[str, str]) -> Source:
    text = TEXT
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return replace(MATE, data=text.encode())


def decisions(store: Store, article: str = "mate") -> list[Decision]:
    with store.read() as snapshot:
        return [*snapshot.decisions(article)]


def claims(store: Store) -> dict[str, Claim]:
    with store.read() as snapshot:
        return {claim_id(c): c for c in snapshot.claims("drinks") if c.article == "mate"}


def passages(store: Store) -> list[str]:
    with store.read() as snapshot:
        return [passage.text for passage in snapshot.passages("mate")]


def asides(store: Store) -> list[str]:
    with store.read() as snapshot:
        text = snapshot.article("mate").text
        return [text[block.start : block.end] for block in snapshot.asides("mate")]


def dormant(store: Store) -> set[str]:
    with store.read() as snapshot:
        return {each.quote for each in sleeping(snapshot, snapshot.article("mate"))}


def on(store: Store, quote: str, kind: DecisionKind) -> Decision:
    """Return the decision on the first claim that is made in these words."""
    return decided_on(next(c for c in claims(store).values() if c.quote == quote), kind)


# What is stored


def test_an_article_can_be_read_again_from_what_is_stored(own: Store) -> None:
    with own.read() as snapshot:
        assert snapshot.source("mate") == MATE
        assert snapshot.has_source("mate")
        assert not snapshot.has_source("cake")


def test_sources_are_compressed_and_go_with_their_article(own: Store, path: Path) -> None:
    add(own, prepare(replace(MATE, name="long.txt", data=MATE.data * 1000), parsed(own)))
    with closing(sqlite3.connect(path)) as connection:
        size = "SELECT length(data) FROM sources WHERE article = 'long'"
        assert connection.execute(size).fetchone()[0] < len(MATE.data) * 100
        own.remove_article("long")
        assert connection.execute(size).fetchone() is None


def parsed(store: Store) -> Topic:
    with store.read() as snapshot:
        return snapshot.topic("drinks")


def test_a_source_that_cannot_be_decompressed_is_found(own: Store, path: Path) -> None:
    assert list(own.check()) == []
    with closing(sqlite3.connect(path)) as connection, connection:
        (data,) = connection.execute("SELECT data FROM sources WHERE article = 'mate'").fetchone()
        broken = data[:40] + bytes([data[40] ^ 1]) + data[41:]
        connection.execute("UPDATE sources SET data = ? WHERE article = 'mate'", (broken,))
    assert list(own.check()) == ["The source of article mate cannot be read back."]


def test_a_decision_that_cannot_be_understood_is_found(own: Store, path: Path) -> None:
    decide(own, "mate", [LOGIN])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE decisions SET kind = 'burn'")
    assert list(own.check()) == ["What was decided on article mate cannot be understood."]


# Deciding


def test_what_is_kept_is_put_back_and_what_is_dropped_set_aside(own: Store) -> None:
    assert "Sign in to like" in asides(own)
    change = decide(own, "mate", [LOGIN, Decision("mate", "drop", "Coffee is expensive.")])
    assert change.passages_after == tuple(
        replace(passage, number=0) for passage in _stored_passages(own)
    )
    assert asides(own) == ["Coffee is expensive."]
    assert not any("expensive" in passage for passage in passages(own))
    assert list(own.check()) == []


def _stored_passages(store: Store) -> list:  # type: ignore[type-arg]
    with store.read() as snapshot:
        return [*snapshot.passages("mate")]


def test_deciding_leaves_text_title_and_digest_of_an_article_alone(
    own: Store, topic: Topic
) -> None:
    with own.read() as snapshot:
        before = snapshot.article("mate")
    decide(own, "mate", [LOGIN])
    with own.read() as snapshot:
        assert snapshot.article("mate") == before
    assert add(own, prepare(MATE, topic, decisions=decisions(own))).outcome == "unchanged"


def test_the_same_decision_twice_is_stored_once_and_makes_no_revision(own: Store) -> None:
    decide(own, "mate", [LOGIN])
    with own.read() as snapshot:
        before = snapshot.state().revision
    assert decide(own, "mate", [LOGIN]).decisions == ()
    with own.read() as snapshot:
        assert snapshot.state().revision == before
    assert decisions(own) == [LOGIN]


def test_what_was_taken_back_is_as_if_it_had_never_been_decided(own: Store) -> None:
    before = passages(own), asides(own), claims(own)
    reject = on(own, CHEAP, "reject")
    decide(own, "mate", [LOGIN, reject, Decision("mate", "drop", "Coffee is expensive.")])
    assert (passages(own), asides(own)) != before[:2]
    change = withdraw(own, "mate", {decision_id(each) for each in decisions(own)})
    assert len(change.withdrawn) == 3
    assert (passages(own), asides(own), claims(own)) == before
    assert decisions(own) == []


def test_something_has_to_be_left_of_an_article(own: Store) -> None:
    everything = [Decision("mate", "drop", text) for text in ("Mate or tea", *passages(own))]
    with pytest.raises(CorrectionError, match="Nothing would be left") as caught:
        decide(own, "mate", everything)
    assert "kb remove mate" in caught.value.remedy
    assert decisions(own) == []


def test_there_is_nothing_to_decide_on_an_article_that_is_not_there(own: Store) -> None:
    with pytest.raises(UnknownArticleError):
        decide(own, "cake", [LOGIN])


def test_an_article_without_a_source_is_not_read_again_but_its_claims_are_corrected(
    own: Store, path: Path, topic: Topic
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM sources")
    with pytest.raises(CorrectionError, match="without its source") as caught:
        decide(own, "mate", [LOGIN])
    assert "kb add" in caught.value.remedy
    reject = on(own, CHEAP, "reject")
    decide(own, "mate", [reject])
    assert decision_id(reject) not in claims(own)
    assert add(own, prepare(MATE, topic, decisions=[reject])).outcome == "replaced"
    decide(own, "mate", [LOGIN])
    assert decisions(own) == [reject, LOGIN]


# Surviving


def test_every_decision_survives_the_article_changed_elsewhere(own: Store, topic: Topic) -> None:
    reject, added = on(own, CHEAP, "reject"), Decision("mate", "add", "Tea is tasty", ("tea",))
    drop = Decision("mate", "drop", "Coffee is expensive.")
    made = [LOGIN, drop, reject, added]
    decide(own, "mate", made)
    again = changed(("Mate or tea\n", "Mate or tea\n\nThis is new, and it stands at the top.\n"))
    assert add(own, prepare(again, topic)).outcome == "replaced"  # it knew of no decision
    assert decisions(own) == made
    assert dormant(own) == set()
    assert "This is new, and it stands at the top." in " ".join(passages(own))
    assert asides(own) == ["Coffee is expensive."]
    assert decision_id(reject) not in claims(own)
    assert claims(own)[decision_id(added)].method == "maintainer"
    assert list(own.check()) == []


def test_a_decision_sleeps_while_its_words_are_gone_and_wakes_when_they_are_back(
    own: Store, topic: Topic
) -> None:
    reject = on(own, CHEAP, "reject")
    made = [LOGIN, Decision("mate", "drop", "Coffee is expensive."), reject]
    decide(own, "mate", made)
    told = passages(own), asides(own), claims(own).keys()
    gone = changed(("Sign in to like\n\n", ""), ("Coffee is expensive. ", ""), (CHEAP, "Tea."))
    add(own, prepare(gone, topic))
    assert decisions(own) == made
    assert dormant(own) == {each.quote for each in made}
    assert list(own.check()) == []
    add(own, prepare(MATE, topic))
    assert dormant(own) == set()
    assert (passages(own), asides(own), claims(own).keys()) == told


def test_decisions_on_claims_survive_other_words_of_the_topic(own: Store, topic: Topic) -> None:
    reject, accept = on(own, CHEAP, "reject"), on(own, "Coffee is expensive.", "accept")
    decide(own, "mate", [reject, accept])
    save_topic(own, parse_topic(topic.text.replace('"cheap", ', ""), id="drinks"))
    assert accept.quote in {claim.quote for claim in claims(own).values()}
    save_topic(own, topic)
    assert decision_id(reject) not in claims(own)
    assert decision_id(accept) in claims(own)
    assert decisions(own) == [reject, accept]


def test_removing_an_article_removes_what_was_decided_on_it(own: Store, topic: Topic) -> None:
    decide(own, "mate", [LOGIN])
    own.remove_article("mate")
    add(own, prepare(MATE, topic))
    assert decisions(own) == []


# A changed topic


def test_other_words_for_an_option_have_its_articles_read_again(own: Store, topic: Topic) -> None:
    text = TEXT + "\n\nOolong\n\nEffort: some\n\nWater\n\nEffort: none\n"
    add(own, prepare(replace(MATE, data=text.encode()), topic))
    decide(own, "mate", [LOGIN])
    other = parse_topic(
        topic.text.replace('words = ["tea"', 'words = ["oolong", "tea"'), id="drinks"
    )
    assert other.subjects != topic.subjects
    assert save_topic(own, other) == ()
    fresh = prepare(replace(MATE, data=text.encode()), other, decisions=[LOGIN])
    with own.read() as snapshot:
        stored = [replace(passage, number=0) for passage in snapshot.passages("mate")]
        assert stored == list(fresh.passages)
        assert {c for c in snapshot.claims("drinks") if c.article == "mate"} == set(fresh.claims)
    assert decisions(own) == [LOGIN]
    assert list(own.check()) == []


def test_other_words_of_a_criterion_leave_the_passages_as_they_are(
    own: Store, topic: Topic
) -> None:
    before = _stored_passages(own)
    save_topic(own, parse_topic(topic.text.replace('"cheap", ', ""), id="drinks"))
    assert _stored_passages(own) == before  # their numbers too: nothing was written anew


def test_articles_that_cannot_be_read_again_are_named_and_mined(
    own: Store, path: Path, topic: Topic
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM sources WHERE article = 'mate'")
    other = parse_topic(
        topic.text.replace('words = ["tea"', 'words = ["oolong", "tea"'), id="drinks"
    )
    assert save_topic(own, other) == ("mate",)
    assert list(own.check()) == []


def test_an_interest_in_an_option_that_is_no_more_does_not_hold_a_topic_up(
    own: Store, topic: Topic
) -> None:
    sells = Metadata(interest=Interest(("water",), "Sells water."))
    add(own, prepare(MATE, topic, metadata=sells))
    other = replace(topic, text=topic.text + "\n# less", options=topic.options[:2])
    save_topic(own, other)
    with own.read() as snapshot:
        assert snapshot.article("mate").metadata.interest == sells.interest


def test_an_article_that_is_added_while_its_topic_changes_gets_the_new_claims(
    own: Store, topic: Topic
) -> None:
    prepared = prepare(replace(MATE, name="late.txt"), topic)
    other = parse_topic(topic.text.replace('"cheap", ', ""), id="drinks")
    save_topic(own, other)
    add(own, prepared)
    with own.read() as snapshot:
        late = [claim for claim in snapshot.claims("drinks") if claim.article == "late"]
    assert set(late) == set(prepare(replace(MATE, name="late.txt"), other).claims)


# Other maintainers


def test_what_was_prepared_from_other_decisions_is_not_stored(own: Store, topic: Topic) -> None:
    prepared = prepare(changed(("cheap", "costly")), topic)
    decide(own, "mate", [LOGIN])
    with pytest.raises(ChangedMeanwhileError):
        own.put_article(prepared)
    assert decisions(own) == [LOGIN]
    assert add(own, prepared).outcome == "replaced"
    assert decisions(own) == [LOGIN]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda store, topic: add(store, prepare(changed(("cheap", "costly")), topic)),
        lambda store, topic: store.remove_article("mate"),
        lambda store, topic: store.put_topic(parse_topic(topic.text + "\n# more", id="drinks"), {}),
    ],
    ids=["another text", "no article", "another topic"],
)
def test_a_decision_is_not_stored_on_what_is_another_article_by_now(
    own: Store, topic: Topic, meanwhile: Callable[[Store, Topic], object]
) -> None:
    with own.read() as snapshot:
        digest = snapshot.article("mate").digest
    prepared = replace(prepare(MATE, topic, decisions=[LOGIN]), basis=Basis(topic.text, (), digest))
    meanwhile(own, topic)
    with pytest.raises(ChangedMeanwhileError) as caught:
        own.put_article(prepared)
    assert caught.value.remedy
    assert decisions(own) == []


def decide_one(path: Path, number: int) -> None:
    """Drop a sentence of one's own and add a claim, each in a transaction of its own."""
    with closing(open_store(path)) as store:
        sentence = f"Sentence number {number} says that tea is cheap."
        decide(store, "mate", [Decision("mate", "drop", sentence)])
        quote = f"Word {number} is here."
        decide(store, "mate", [Decision("mate", "add", quote, ("tea",), "", "for")])


def test_what_eight_maintainers_decide_at_once_is_all_kept(
    own: Store, path: Path, topic: Topic
) -> None:
    many = range(8)
    lines = [f"Sentence number {n} says that tea is cheap. Word {n} is here." for n in many]
    add(own, prepare(replace(MATE, data="\n\n".join(["Mate or tea", *lines]).encode()), topic))
    with contextlib.ExitStack() as stack:
        running = [processes.Process(target=decide_one, args=(path, n)) for n in many]
        for process in running:
            process.start()
            stack.callback(process.kill)
        add(own, prepare(replace(MATE, data="\n\n".join(["Mate", *lines]).encode()), topic))
        for process in running:
            process.join(60)
            assert process.exitcode == 0
    kinds = sorted(each.kind for each in decisions(own))
    assert kinds == ["add"] * len(many) + ["drop"] * len(many)
    assert len(asides(own)) == len(many)
    made = [claim for claim in claims(own).values() if claim.method == "maintainer"]
    assert len(made) == len(many)
    assert list(own.check()) == []
