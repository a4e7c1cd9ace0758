"""Undoing: whatever was done is taken back, and the export is byte for byte what it was."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from test_cli_program import COFFEE, DRINKS, TEA

from kb.corrections import decided_on, decision_id
from kb.editing import edit
from kb.errors import CorrectionError, HistoryError, TopicError
from kb.exports.lines import export_lines
from kb.extract.raw import Source
from kb.given import NO_INTEREST, Given
from kb.history import Thing
from kb.ingest import add, create, prepare
from kb.model import Decision, Interest
from kb.revising import decide, save_topic, withdraw
from kb.store import Store, open_store
from kb.topic_file import parse_topic
from kb.undoing import undo, undo_since

TEXTS = {"tea": TEA, "coffee": COFFEE, "both": f"{TEA}\n{COFFEE}"}
PAGE = """<html><head><title>Tea &amp; more</title></head><body><nav>Home</nav><article>
<h1>Tea</h1><p>Tea is great for studying, and tea is good for sleep.</p></article></body></html>"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "drinks.db"
    create(path, [(parse_topic(DRINKS, id="drinks"), [])])
    with closing(open_store(path)) as store:
        yield store


def put(store: Store, id: str, text: str, name: str = "", **metadata: str) -> None:
    with store.read() as snapshot:
        topic, decisions = snapshot.topic("drinks"), snapshot.decisions(id)
        given = snapshot.given(id).updated(Given(**metadata))
        before = snapshot.given(id)
    source = Source(name or f"{id}.md", text.encode())
    prepared = prepare(source, topic, id=id, decisions=decisions, given=given)
    add(store, replace(prepared, basis=replace(prepared.basis, given=before)))


def exported(store: Store) -> str:
    with store.read() as snapshot:
        return "".join(export_lines(snapshot.records()))


def whole(store: Store) -> list[object]:
    """Return all that follows from what is exported."""
    with store.read() as snapshot:
        return [
            [
                article,
                snapshot.asides(article.id),
                [replace(each, number=0) for each in snapshot.passages(article.id)],
                [claim for claim in snapshot.claims("drinks") if claim.article == article.id],
                snapshot.repeats("drinks").reposts.get(article.id),
                snapshot.known_forms("drinks", ["tea", "chai", "garden", "studying"]),
            ]
            for article in snapshot.articles()
        ]


# One step of a maintainer's each; nothing is done where there is nothing to do it on.


def adds(store: Store, chance: random.Random) -> None:
    id = chance.choice(list(TEXTS))
    put(store, id, TEXTS[id] + f"\nTea from garden {chance.randrange(9)} is good for sleep.\n")


def adds_a_page(store: Store, chance: random.Random) -> None:
    put(store, "page", PAGE.replace("more", str(chance.randrange(9))), "page.html")


def removes(store: Store, chance: random.Random) -> None:
    if ids := present(store):
        store.remove_article(chance.choice(ids))


def edits(store: Store, chance: random.Random) -> None:
    for id in present(store)[:1]:
        interest = chance.choice([None, NO_INTEREST, Interest(("tea",), "Sells tea.")])
        given = Given(title=chance.choice(["A", "B"]), author="", interest=interest)
        edit(store, id, given, reset=chance.choice([(), ("published",)]))


def decides(store: Store, chance: random.Random) -> None:
    for id in present(store)[:1]:
        with store.read() as snapshot:
            claims = [claim for claim in snapshot.claims("drinks") if claim.article == id]
            passage = chance.choice(snapshot.passages(id))
        kind = chance.choice(["reject", "accept", "add"])
        decisions = [decided_on(claim, kind) for claim in claims[:1]]
        if chance.random() < 0.5:
            decisions = [Decision(id, chance.choice(["keep", "drop"]), passage.text[:20])]
        with suppress(CorrectionError):  # nothing would be left of it
            decide(store, id, decisions)


def withdraws(store: Store, chance: random.Random) -> None:
    for id in present(store):
        with store.read() as snapshot:
            decisions = snapshot.decisions(id)
        if decisions:
            withdraw(store, id, [decision_id(chance.choice(decisions))])


def changes_the_topic(store: Store, chance: random.Random) -> None:
    words = chance.choice(['["tea"]', '["tea", "chai"]', '["tea", "garden"]'])
    text = DRINKS.replace('["tea"]', words)
    text = text.replace("studying", chance.choice(["studying", "exams"]))
    save_topic(store, parse_topic(text, id="drinks"))


def adds_and_removes_a_topic(store: Store, chance: random.Random) -> None:
    with store.read() as snapshot:
        known = snapshot.state().topics
    if "other" in known:
        store.remove_topic("other")
    else:
        save_topic(store, parse_topic(DRINKS, id="other"))


STEPS = [adds, adds, adds_a_page, removes, edits, decides, decides, withdraws, changes_the_topic,
         adds_and_removes_a_topic]  # fmt: skip


def present(store: Store) -> list[str]:
    with store.read() as snapshot:
        return [article.id for article in snapshot.articles()]


def revision(store: Store) -> int:
    with store.read() as snapshot:
        return snapshot.state().revision


@pytest.mark.parametrize("seed", range(6))
def test_undoing_step_by_step_brings_back_every_export_byte_for_byte(store, seed):
    chance = random.Random(seed)
    states = {revision(store): (exported(store), whole(store))}
    for _ in range(14):
        chance.choice(STEPS)(store, chance)
        states[revision(store)] = exported(store), whole(store)
    last = revision(store)
    assert last > 8
    for number in range(last, 1, -1):
        before = max(each for each in states if each < number)
        assert undo(store).number == number
        if before == number - 1:
            assert (exported(store), whole(store)) == states[before]
    assert list(store.check()) == []
    for number in range(last + 1, revision(store) + 1):
        undo(store, revision(store) - 2 * (number - last - 1))  # what was undone is done again
    assert (exported(store), whole(store)) == states[last]
    assert list(store.check()) == []


def test_all_since_a_revision_is_undone_whatever_was_undone_meanwhile(store):
    put(store, "tea", TEA)
    put(store, "coffee", COFFEE)
    then, before = revision(store), exported(store)
    edit(store, "tea", Given(title="A"))
    put(store, "both", TEXTS["both"])
    undo(store)
    undo(store, then)  # from before
    assert {"both", "coffee"}.isdisjoint(present(store))
    undone = [each.number for each in undo_since(store, then)]
    assert undone == [then + 4, then + 1]  # what was undone since needs nothing
    assert exported(store) == before
    assert list(undo_since(store, revision(store))) == []


def test_a_revision_in_the_middle_is_undone_alone(store):
    put(store, "tea", TEA)
    put(store, "coffee", COFFEE)
    edit(store, "tea", Given(title="A"))
    undo(store, 3)
    assert present(store) == ["tea"]
    with store.read() as snapshot:
        assert snapshot.article("tea").metadata.title == "A"


def test_what_was_changed_again_is_not_undone_and_the_later_revision_is_named(store):
    put(store, "tea", TEA)
    edit(store, "tea", Given(title="A"))
    edit(store, "tea", Given(title="B"))
    before = exported(store)
    with pytest.raises(HistoryError, match="changed again since revision 3 by revision 4") as found:
        undo(store, 3)
    assert "kb undo --to 2" in found.value.remedy
    assert exported(store) == before
    undo(store, 4)
    undo(store, 3)  # the later one is undone: it stands as revision 3 left it


def test_a_revision_is_undone_once(store):
    put(store, "tea", TEA)
    undo(store, 2)
    with pytest.raises(HistoryError, match="undone already"):
        undo(store, 2)
    with pytest.raises(HistoryError, match="no revision 99"):
        undo(store, 99)
    with pytest.raises(HistoryError, match="no revision 99"):
        list(undo_since(store, 99))


def test_undoing_the_undoing_does_it_again(store):
    put(store, "tea", TEA)
    before = exported(store)
    undo(store)
    undo(store, 3)
    assert exported(store) == before
    assert undo(store).number == 2  # which is in force again


def test_there_is_an_end_to_undoing(store):
    put(store, "tea", TEA)
    undo(store)
    undo(store)
    with pytest.raises(HistoryError, match="nothing to undo"):
        undo(store)


def test_a_topic_with_articles_stays_and_an_article_waits_for_its_topic(store):
    put(store, "tea", TEA)
    with pytest.raises(TopicError, match="1 articles belong"):
        undo(store, 1)
    store.remove_article("tea")
    store.remove_topic("drinks")
    with pytest.raises(HistoryError, match="Topic drinks, which article tea belonged to"):
        undo(store, 3)
    undo(store, 4)
    undo(store, 3)
    assert present(store) == ["tea"]


def test_an_article_without_its_source_comes_back_from_what_was_made_of_it(store):
    with store.read() as snapshot:
        topic = snapshot.topic("drinks")
    add(store, replace(prepare(Source("tea.md", TEA.encode()), topic, id="tea"), source=None))
    edit(store, "tea", Given(author="Ann"))
    states = exported(store), whole(store)
    store.remove_article("tea")
    undo(store)
    assert (exported(store), whole(store)) == states
    assert list(store.check()) == []


def test_an_undoing_is_refused_when_others_were_quicker(store, monkeypatch):
    put(store, "tea", TEA)
    put_article = store.put_article

    def interrupted(prepared, *, undoing=None):
        monkeypatch.undo()
        edit(store, "tea", Given(title="Mine"))
        put_article(prepared, undoing=undoing)

    edit(store, "tea", Given(title="A"))
    monkeypatch.setattr(store, "put_article", interrupted)
    with pytest.raises(HistoryError, match="changed again since"):
        undo(store)
    with store.read() as snapshot:
        assert snapshot.article("tea").metadata.title == "Mine"


# How much is kept


def test_the_oldest_states_go_when_history_takes_more_than_it_may(store):
    for number in range(8):
        put(store, "tea", f"{TEA}\n{random.Random(number).randbytes(2000).hex()}\n")
    with store.read() as snapshot:
        size = snapshot.history().extent().size
    assert size > 8000
    store.keep_history(size // 2)
    with store.read() as snapshot:
        history = snapshot.history()
        extent = history.extent()
        kept = [each.change.kept for each in history.revisions() if each.change]
        assert extent.size <= extent.most == size // 2
        assert kept == sorted(kept, reverse=True) or kept[-2:] == [True, True]  # additions
        assert history.revision(extent.cut).change.kept is False
        assert history.revision(extent.cut + 1).change.kept is True
    assert list(store.check()) == []
    before = exported(store)
    with pytest.raises(HistoryError, match="not kept any more"):
        list(undo_since(store, 2))
    assert exported(store) == before  # it is known before anything is undone
    put(store, "tea", f"{TEA}\n{random.Random(99).randbytes(2000).hex()}\n")
    with store.read() as snapshot:
        assert snapshot.history().extent().cut > extent.cut
    undo(store)


def test_nothing_is_kept_if_nothing_may_be(store):
    store.keep_history(0)
    put(store, "tea", TEA)
    edit(store, "tea", Given(title="A"))
    with pytest.raises(HistoryError, match="not kept any more"):
        undo(store)
    undo_added = revision(store)
    put(store, "coffee", COFFEE)
    assert undo(store).number == undo_added + 1  # an addition needs nothing
    assert list(store.check()) == []


def test_adding_an_article_keeps_nothing_of_it_twice(store):
    put(store, "tea", TEA)
    with store.read() as snapshot:
        assert snapshot.history().extent().size == 0
    edit(store, "tea", Given(title="A"))  # the source is the same
    with store.read() as snapshot:
        assert 0 < snapshot.history().extent().size < 500


def test_who_and_when_stand_with_every_revision(store, monkeypatch):
    monkeypatch.setenv("LOGNAME", "ann")
    put(store, "tea", TEA)
    with store.read() as snapshot:
        history = snapshot.history()
        (added,) = history.revisions(thing=Thing("article", "tea"))
        assert (added.who, added.what) == ("ann", "article tea added")
        assert added.made_at.endswith("+00:00")
        assert [each.number for each in history.revisions(limit=1)] == [2]


def test_a_damaged_state_is_found_by_the_check(store):
    put(store, "tea", TEA)
    put(store, "tea", TEXTS["both"])
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE changes SET source = x'00' WHERE source IS NOT NULL")
    assert any("revision 3 changed is not what was stored" in each for each in store.check())
