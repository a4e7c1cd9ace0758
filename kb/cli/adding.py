"""Inputs to articles: what `kb add` does with each file, folder, URL and standard input."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kb.errors import UnreadableInputError
from kb.extract.raw import printable
from kb.extract.source import expand, read_source, slug
from kb.ingest import Added, add, choose_topic, prepare
from kb.likeness import has_little_of, shingles
from kb.model import Article, Interest, Metadata
from kb.prepared import PreparedArticle
from kb.repeats import Repost
from kb.store import Snapshot, Store
from kb.topic import Topic
from kb.words import atoms


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the maintainer says of the inputs; what is empty is left to the inputs themselves."""

    topic: str = ""
    id: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    interest_options: tuple[str, ...] = ()
    interest: str = ""
    encoding: str = ""
    allow_private: bool = False

    @property
    def metadata(self) -> Metadata:
        given = Interest(self.interest_options, self.interest)
        return Metadata(
            title=self.title,
            publisher=self.publisher,
            author=self.author,
            published=self.published,
            url=self.url,
            interest=given if self.interest else None,
        )


@dataclass(frozen=True, slots=True)
class Failed:
    """An input that did not become an article."""

    input: str
    message: str
    remedy: str


def expand_all(inputs: Iterable[str]) -> list[str | Failed]:
    """Return every input in order, a folder as its files, or as what kept it from being read."""
    return [path for given in inputs for path in _expanded(given)]


def add_all(
    store: Store, paths: Iterable[str | Failed], wishes: Wishes
) -> Iterator[Added | Failed]:
    """Store what can be read, one transaction each, and yield what became of every path.

    Raises:
        KnowledgeBaseError: the knowledge base cannot be written; what was yielded is stored.
        UnknownTopicError: the topic of the wishes is not there, or has to be chosen.
    """
    for prepared in prepare_all(store, paths, wishes):
        yield prepared if isinstance(prepared, Failed) else add(store, prepared)


def prepare_all(
    store: Store, paths: Iterable[str | Failed], wishes: Wishes
) -> Iterator[PreparedArticle | Failed]:
    """Read every path of `expand_all` and yield what it would add; nothing is written."""
    with store.read() as snapshot:
        topic = choose_topic(snapshot, wishes.topic)
    taken: dict[str, str] = {}
    for path in paths:
        if isinstance(path, Failed):
            yield path
        else:
            yield _prepared(path, store, topic, wishes, taken)


def repost_of(snapshot: Snapshot, prepared: PreparedArticle) -> Repost | None:
    """Return what a prepared article would mostly repeat, None if nothing."""
    return snapshot.repetition_of(prepared).repost


def _expanded(given: str) -> Iterator[str | Failed]:
    try:
        yield from expand([given])
    except UnreadableInputError as error:
        yield _failed(given, error)


def _prepared(
    given: str, store: Store, topic: Topic, wishes: Wishes, taken: dict[str, str]
) -> PreparedArticle | Failed:
    """Prepare one input as its maintainer decided; `taken` maps this call's ids to their inputs."""
    try:
        source = read_source(given, allow_private=wishes.allow_private)
        source = replace(source, encoding=wishes.encoding or source.encoding)
        id = wishes.id or slug(source.name)
        with store.read() as snapshot:
            decisions, said = snapshot.decisions(id), snapshot.given(id)
        prepared = prepare(
            source, topic, id=id, metadata=wishes.metadata, decisions=decisions, given=said
        )
        if not wishes.id:
            _check_same(prepared.article, store, given)
        _claim_id(prepared.article.id, given, taken)
    except UnreadableInputError as error:
        return _failed(given, error)
    return prepared


def _check_same(article: Article, store: Store, given: str) -> None:
    """Refuse to replace an article by another one that only happens to be called the same."""
    with store.read() as snapshot:
        before = snapshot.articles_by_id([article.id]).get(article.id)
    if before is None:
        return
    remedy = f"Name it with --id, for example --id {article.id}-2, or --id {article.id} to replace."
    if before.topic != article.topic:
        raise UnreadableInputError(
            f"{printable(given)} would take article {article.id} out of topic {before.topic}.",
            remedy=remedy,
        )
    if has_little_of(shingles(atoms(before.text)), shingles(atoms(article.text))):
        raise UnreadableInputError(
            f"{printable(given)} would replace {article.id}, which is another article.",
            remedy=remedy,
        )


def _claim_id(id: str, given: str, taken: dict[str, str]) -> None:
    if id in taken:
        raise UnreadableInputError(
            f"{printable(given)} would replace {printable(taken[id])}: both are called {id}.",
            remedy="Add it by itself with --id and another name.",
        )
    taken[id] = given


def _failed(given: str, error: UnreadableInputError) -> Failed:
    shown = printable(given)
    message = error.message if shown in error.message else f"{shown}: {error.message}"
    return Failed(given, message, error.remedy)
