"""Differences: what articles and topics are made from at two revisions."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.corrections import is_about_text
from kb.errors import HelpfulError, HistoryError
from kb.history import Thing
from kb.model import Passage
from kb.prepared import Basis
from kb.records import ArticleRecord, Record
from kb.restoring import restored
from kb.store import Snapshot


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing at two revisions; None where it is not there."""

    thing: Thing
    before: Record | None
    after: Record | None


def differences(snapshot: Snapshot, first: int, last: int = 0) -> Iterator[Difference]:
    """Yield what differs between two revisions, topics first, by id; 0 is the present one.

    Raises:
        HistoryError: there is no such revision, or it is not kept any more what was then.
    """
    history = snapshot.history()
    cut = history.extent().cut
    for number in filter(None, (first, last)):
        history.revision(number)
        if number < cut:
            raise HistoryError(
                f"What was before revision {cut} is not kept any more.",
                remedy="`kb history` says how far back it is kept, and how to keep more.",
            )
    latest = snapshot.state().revision
    for thing in history.changed_after(min(first, last or latest)):
        before, after = (history.after(number, thing) for number in (first, last or latest))
        if before != after:
            yield Difference(thing, before, after)


def passages_of(snapshot: Snapshot, record: Record | None) -> tuple[Passage, ...]:
    """Return the passages that come of a record with its topic as it is now.

    There are none if that is not there, or the record cannot be read with it.
    """
    if not isinstance(record, ArticleRecord):
        return ()
    try:
        topic = snapshot.topic(record.topic)
        return restored(record, topic, Basis(topic.text)).passages
    except HelpfulError:
        return ()


def reads_alike(difference: Difference) -> bool:
    """Tell whether an article is there both times and read from the same, decided the same way."""
    before, after = difference.before, difference.after
    if not isinstance(before, ArticleRecord) or not isinstance(after, ArticleRecord):
        return False
    decided = [list(filter(is_about_text, each.decisions)) for each in (before, after)]
    return (before.source, before.made, before.topic, decided[0]) == (
        after.source,
        after.made,
        after.topic,
        decided[1],
    )
