"""Sources to stored articles: extract, chunk, index, claims, save; one transaction per article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from kb.chunk import chunk
from kb.claims.mining import mine
from kb.errors import UnknownArticleError, UnknownTopicError, UnreadableInputError
from kb.extract.raw import Source
from kb.extract.reader import read_document
from kb.extract.source import slug
from kb.index import index_article
from kb.model import Article, Claim, Metadata, Passage
from kb.prepared import PreparedArticle
from kb.store import Snapshot, Store
from kb.topic import Topic

Outcome = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source."""

    article: str
    outcome: Outcome
    passages: int
    claims: int


def prepare(
    source: Source, topic: Topic, *, id: str = "", metadata: Metadata | None = None
) -> PreparedArticle:
    """Return all that an article adds to the knowledge base; nothing is written.

    `id` defaults to the slug of the source's name; fields set in `metadata` override what the
    document says of itself.

    Raises:
        UnreadableInputError: the source cannot be read, or holds no passage.
    """
    name = id or slug(source.name)
    document = read_document(
        source.data,
        name=source.name,
        media_type=source.media_type,
        encoding=source.encoding,
        subjects=topic.subjects,
    )
    passages = [
        _with_option_ids(p, topic) for p in chunk(document, article=name, subjects=topic.subjects)
    ]
    if not passages:
        raise UnreadableInputError(
            f"{source.name} holds nothing that can be quoted.",
            remedy="Check the file; an article needs at least one sentence of text.",
        )
    found = replace(document.metadata, url=document.metadata.url or source.url)
    known = _merged(found, metadata or Metadata(), fallback_title=source.name)
    _check_interest(known, topic)
    return PreparedArticle(
        article=Article(name, topic.id, _digest(source, known), document.text, known),
        asides=tuple(block for block in document.blocks if block.kind == "aside"),
        passages=tuple(passages),
        index=index_article(passages, title=known.title),
        claims=mine(passages, topic),
    )


def add(store: Store, prepared: PreparedArticle) -> Added:
    """Store a prepared article unless the very same is there already."""
    article = prepared.article
    with store.read() as snapshot:
        before = _stored(snapshot, article.id)
    same = before is not None and (before.digest, before.topic) == (article.digest, article.topic)
    if not same:
        store.put_article(prepared)
    outcome: Outcome = "unchanged" if same else "replaced" if before else "added"
    return Added(article.id, outcome, len(prepared.passages), len(prepared.claims))


def _stored(snapshot: Snapshot, id: str) -> Article | None:
    try:
        return snapshot.article(id)
    except UnknownArticleError:
        return None


def choose_topic(snapshot: Snapshot, id: str = "") -> Topic:
    """Return the topic named `id`, or the only one.

    Raises:
        UnknownTopicError: there is none of that id, none at all, or several to choose from.
    """
    if id:
        return snapshot.topic(id)
    topics = snapshot.topics()
    if len(topics) != 1:
        known = ", ".join(topic.id for topic in topics)
        raise UnknownTopicError(
            f"The knowledge base holds {len(topics)} topics.",
            remedy=f"Name one with --topic: {known}."
            if topics
            else "Add one: `kb topic add FILE`.",
        )
    return topics[0]


def save_topic(store: Store, topic: Topic) -> None:
    """Store a topic and mine the claims of its articles anew, in one transaction."""
    with store.read() as snapshot:
        claims = mine_again(snapshot, topic)
    store.put_topic(topic, claims)


def mine_again(snapshot: Snapshot, topic: Topic) -> Mapping[str, Sequence[Claim]]:
    """Return the claims that a topic's articles make under its present words, by article."""
    return {
        article.id: mine(snapshot.passages(article.id), topic)
        for article in snapshot.articles(topic.id)
    }


def create(path: Path, topics: Iterable[tuple[Topic, Sequence[Source]]]) -> list[Added]:
    """Create a knowledge base of topics with their articles; it appears whole or not at all.

    Raises:
        KnowledgeBaseError: `path` exists already, or its folder cannot be written.
        UnreadableInputError: an article cannot be read.
    """
    from kb.sqlite.store import create_store

    prepared = [
        (topic, [prepare(source, topic) for source in sources]) for topic, sources in topics
    ]
    added = []
    with create_store(path) as store:
        for topic, articles in prepared:
            store.put_topic(topic, {})
            added += [add(store, article) for article in articles]
    return added


def _check_interest(metadata: Metadata, topic: Topic) -> None:
    for option in metadata.interest.options if metadata.interest else ():
        if option not in topic.option_ids:
            raise UnreadableInputError(
                f'The interest names "{option}", which the topic does not compare.',
                remedy=f"Use the ids of its options: {', '.join(topic.option_ids)}.",
            )


def _digest(source: Source, metadata: Metadata) -> str:
    return sha256(source.data + repr(metadata).encode()).hexdigest()


def _merged(found: Metadata, given: Metadata, *, fallback_title: str) -> Metadata:
    return Metadata(
        title=given.title or found.title or fallback_title,
        publisher=given.publisher or found.publisher,
        author=given.author or found.author,
        published=given.published or found.published,
        url=given.url or found.url,
        interest=given.interest or found.interest,
    )


def _with_option_ids(passage: Passage, topic: Topic) -> Passage:
    """Chunking names a cell's option by the word that stands in the header; claims need its id."""
    if not passage.cells:
        return passage
    ids = {word.casefold(): option.id for option in topic.options for word in option.words}
    cells = tuple(
        replace(cell, option=ids[cell.option.casefold()])
        for cell in passage.cells
        if cell.option.casefold() in ids
    )
    return replace(passage, cells=cells)
