"""Undoing: a revision taken back by another one, as long as what it made still stands."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.errors import HistoryError
from kb.history import Change, History, Revision, Thing, Undoing
from kb.ingest import repeated
from kb.prepared import Basis, PreparedArticle, PreparedClaims
from kb.records import ArticleRecord, TopicRecord
from kb.restoring import relabelled, restored
from kb.revising import remade, save_topic
from kb.store import Snapshot, Store
from kb.topic_file import parse_topic


def undo(store: Store, number: int = 0) -> Revision:
    """Take a revision back, the latest one that can be without a number, and return it.

    What it changed is made from the same as before. That is a new revision, which can be undone
    too. The latest one is never itself an undoing: undoing again goes further back.

    Raises:
        HistoryError: there is no such revision, it is undone already, what it changed was changed
            again since, or what that was before is not kept any more.
        TopicError: the topic that it would remove has articles, or one is not understood any more.
    """
    if not number:
        with store.read() as snapshot:
            number = _latest(snapshot.history()).number
    chosen = number  # once: what somebody else does meanwhile is not meant
    return repeated(lambda: _undo(store, chosen))


def undo_since(store: Store, number: int) -> Iterator[Revision]:
    """Take back all that was done after a revision, the latest first; yield each that was.

    Raises:
        HistoryError: one of them cannot be undone; nothing was, if that could be known.
    """
    with store.read() as snapshot:
        history = snapshot.history()
        history.revision(number)
        later = [
            each
            for each in history.revisions()
            if each.number > number and not each.undone and not each.undoes > number
        ]
    for each in later:
        _check_kept(each)
    for each in later:
        yield undo(store, each.number)


def _undo(store: Store, number: int) -> Revision:
    with store.read() as snapshot:
        history = snapshot.history()
        revision = history.revision(number)
        change = _check_kept(revision)
        thing = change.thing
        if revision.undone:
            raise HistoryError(
                f"Revision {revision.number} is undone already.",
                remedy="To do it again, undo the revision that undid it: see `kb history`.",
            )
        if history.state(thing) != change.became:
            _refuse(history, revision, thing)
        act = _way_back(snapshot, revision, change)
    act(store)
    return revision


def _latest(history: History) -> Revision:
    for revision in history.revisions(limit=1, undoable=True):
        return revision
    raise HistoryError("There is nothing to undo.", remedy="`kb history` lists what was done.")


def _check_kept(revision: Revision) -> Change:
    change = revision.change
    if change is None:
        raise HistoryError(
            f"Revision {revision.number} cannot be undone: {revision.what}.",
            remedy="Bring back a copy of the file with `kb restore FILE`, or name a revision.",
        )
    if not change.kept:
        raise HistoryError(
            f"What {change.thing} was before revision {revision.number} is not kept any more.",
            remedy="`kb history` says how far back it is kept, and how to keep more.",
        )
    return change


def _refuse(history: History, revision: Revision, thing: Thing) -> None:
    later = [e.number for e in history.revisions(thing=thing) if e.number > revision.number]
    by = f" by revision {later[0]}" if later else ""
    raise HistoryError(
        f"The {thing} was changed again since revision {revision.number}{by}.",
        remedy=f"Undo what came later first, or all of it: `kb undo --to {revision.number - 1}`.",
    )


def _way_back(snapshot: Snapshot, revision: Revision, change: Change) -> Callable[[Store], object]:
    """Return what brings back what a thing was before a revision."""
    thing, undoing = change.thing, Undoing(revision.number, change.became)
    before = snapshot.history().after(revision.number - 1, thing)
    if isinstance(before, TopicRecord):
        topic = parse_topic(before.text, id=before.id)
        return lambda store: save_topic(store, topic, undoing=undoing)
    if before is None and thing.kind == "topic":
        return lambda store: store.remove_topic(thing.id, undoing=undoing)
    if before is None:
        return lambda store: store.remove_article(thing.id, undoing=undoing)
    made = _article_before(snapshot, before)
    if isinstance(made, PreparedClaims):
        return lambda store: store.put_claims(made, undoing=undoing)
    return lambda store: store.put_article(made, undoing=undoing)


def _article_before(snapshot: Snapshot, before: ArticleRecord) -> PreparedArticle | PreparedClaims:
    """Return an article as it was; it is read again only if that is needed."""
    if before.topic not in snapshot.state().topics:
        raise HistoryError(
            f"Topic {before.topic}, which article {before.id} belonged to, is not there.",
            remedy="Undo its removal first, or add it with `kb topic add`.",
        )
    topic = snapshot.topic(before.topic)
    now = snapshot.history().present(Thing("article", before.id))
    if not isinstance(now, ArticleRecord):
        return restored(before, topic, Basis(topic.text))
    known = {"metadata": before.metadata, "given": before.given, "digest": before.digest}
    if replace(now, decisions=before.decisions) == before:
        return remade(snapshot, snapshot.article(now.id), now.decisions, before.decisions)
    if replace(now, **known) == before:  # type: ignore[arg-type]
        article = snapshot.article(now.id)
        return relabelled(snapshot, article, before.metadata, before.given, before.digest)
    return restored(before, topic, Basis(topic.text, now.decisions, given=now.given))
