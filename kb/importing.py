"""Importing: records of an export become topics and articles, each in a transaction of its own."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from kb.errors import HelpfulError, KnowledgeBaseError, RecordError
from kb.extract.clean import clean
from kb.given import given_in
from kb.history import Thing
from kb.ingest import repeated
from kb.model import Metadata
from kb.prepared import Basis
from kb.records import ArticleRecord, Record, TopicRecord
from kb.restoring import restored
from kb.revising import save_topic
from kb.store import Store, open_store
from kb.topic_file import parse_topic

Outcome = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a topic or an article."""

    thing: Thing
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Refused:
    """A topic or an article that could not be imported, and why."""

    thing: Thing
    message: str
    remedy: str


def import_records(store: Store, records: Iterable[Record]) -> Iterator[Imported | Refused]:
    """Store what records describe and yield what became of each; what is the same stays.

    Articles are read and mined anew. What is in the knowledge base and not in the export stays.

    Raises:
        KnowledgeBaseError: the knowledge base cannot be written; what was yielded is stored.
    """
    for record in records:
        thing = Thing("topic" if isinstance(record, TopicRecord) else "article", record.id)
        try:
            yield Imported(thing, _put(store, record))
        except KnowledgeBaseError:
            raise
        except HelpfulError as error:
            yield Refused(thing, error.message, error.remedy)


def _put(store: Store, record: Record) -> Outcome:
    if isinstance(record, TopicRecord):
        return _put_topic(store, record)
    return repeated(lambda: _put_article(store, record))


def _put_topic(store: Store, record: TopicRecord) -> Outcome:
    with store.read() as snapshot:
        before = snapshot.topic_text(record.id)
    if before == record.text:
        return "unchanged"
    save_topic(store, parse_topic(record.text, id=record.id))
    return "replaced" if before else "added"


def _put_article(store: Store, record: ArticleRecord) -> Outcome:
    record = _cleaned(record)
    with store.read() as snapshot:
        if record.topic not in snapshot.state().topics:
            raise RecordError(
                f"There is no topic {record.topic}, which article {record.id} belongs to.",
                remedy="Import it with its topic, or add that with `kb topic add`.",
            )
        topic = snapshot.topic(record.topic)
        before = snapshot.history().present(Thing("article", record.id))
    if not isinstance(before, ArticleRecord):
        store.put_article(restored(record, topic, Basis(topic.text)))
        return "added"
    if replace(before, digest="") == record:
        return "unchanged"
    basis = Basis(topic.text, before.decisions, given=before.given)
    store.put_article(restored(record, topic, basis))
    return "replaced"


def _cleaned(record: ArticleRecord) -> ArticleRecord:
    """Return a record with clean metadata: what is exported is, and who wrote this is unknown.

    Raises:
        RecordError: the text of an article without its source has what no cleaned text has.
    """
    made = record.made
    if made and "".join(clean(made.text).split()) != "".join(made.text.split()):
        raise RecordError(
            f"The text of article {record.id} holds control characters or the like.",
            remedy="Add the article again with `kb add`, which leaves them out.",
        )
    known = given_in(record.metadata).each(clean)
    return replace(record, metadata=known.over(Metadata()), given=record.given.each(clean))


@contextmanager
def opened_or_created(path: Path) -> Iterator[Store]:
    """Yield the knowledge base at `path`, or a new one that appears there when the block succeeds.

    Raises:
        KnowledgeBaseError: it cannot be used, or its folder cannot be written.
    """
    if path.exists():
        with closing(open_store(path)) as store:
            yield store
        return
    from kb.sqlite.store import create_store

    with create_store(path) as created:
        yield created
