"""Sources to stored articles: extract, chunk, index, claims, save; one transaction per article."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from kb.chunk import chunk
from kb.claims.mining import mine
from kb.corrections import corrected, fitting, quotes
from kb.errors import (
    ChangedMeanwhileError,
    UnknownArticleError,
    UnknownTopicError,
    UnreadableInputError,
)
from kb.extract.clean import clean
from kb.extract.raw import Source
from kb.extract.reader import read_document
from kb.extract.source import slug
from kb.given import NOTHING, Given, given_in
from kb.index import index_article
from kb.model import Article, Claim, Decision, Document, Metadata, Passage
from kb.prepared import Basis, PreparedArticle
from kb.store import Snapshot, Store
from kb.topic import Topic

ATTEMPTS = 40  # of storing what others change at the same time; each round stores one of them

Outcome = Literal["added", "replaced", "unchanged"]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source."""

    article: str
    outcome: Outcome
    passages: int
    claims: int


def prepare(
    source: Source,
    topic: Topic,
    *,
    id: str = "",
    metadata: Metadata | None = None,
    decisions: Sequence[Decision] = (),
    given: Given = NOTHING,
) -> PreparedArticle:
    """Return all that an article adds to the knowledge base; nothing is written.

    `id` defaults to the slug of the source's name. `decisions` are all that a maintainer has made
    on this article, and `given` what was said of its metadata before; fields set in `metadata` are
    said now. Both override what the document says of itself.

    Raises:
        UnreadableInputError: the source cannot be read, or holds no passage.
    """
    name = id or slug(source.name)
    document = read(source, topic, decisions)
    said = given.updated(given_in(metadata or Metadata()).each(line_of))
    known = said.over(found_metadata(document, source))
    article = Article(name, topic.id, digest_of(source, known), document.text, known)
    prepared = made_of(article, document, topic, decisions)
    if not prepared.passages:
        raise UnreadableInputError(
            f"{source.name} holds nothing that can be quoted.",
            remedy="Check the file; an article needs at least one sentence of text.",
        )
    check_interest(known, topic)
    basis = Basis(topic.text, tuple(decisions), given=given)
    return replace(prepared, source=source, given=said, basis=basis)


def found_metadata(document: Document, source: Source) -> Metadata:
    """Return what a document, and where it came from, say of it; the title is never empty."""
    known = document.metadata
    return replace(known, title=known.title or source.name, url=known.url or source.url)


def read(source: Source, topic: Topic, decisions: Sequence[Decision]) -> Document:
    """Return a source read with the words of a topic and as a maintainer decided.

    Raises:
        UnreadableInputError: it cannot be read.
    """
    return read_document(
        source.data,
        name=source.name,
        media_type=source.media_type,
        encoding=source.encoding,
        subjects=topic.subjects,
        kept=quotes(decisions, "keep"),
        dropped=quotes(decisions, "drop"),
    )


def made_of(
    article: Article, document: Document, topic: Topic, decisions: Sequence[Decision]
) -> PreparedArticle:
    """Return what an article adds, of what its source was read as; there may be no passage."""
    passages = [
        _with_option_ids(passage, topic)
        for passage in chunk(document, article=article.id, subjects=topic.subjects)
    ]
    return PreparedArticle(
        article=article,
        asides=tuple(block for block in document.blocks if block.kind == "aside"),
        passages=tuple(passages),
        index=index_article(passages, title=article.metadata.title),
        claims=claims_of(passages, topic, decisions),
        source=None,
        decisions=tuple(decisions),
        basis=Basis(topic.text, tuple(decisions)),
    )


def claims_of(
    passages: Sequence[Passage], topic: Topic, decisions: Sequence[Decision]
) -> tuple[Claim, ...]:
    """Return the claims of one article's passages, corrected as its maintainer decided."""
    return corrected(mine(passages, topic), fitting(decisions, topic), passages)


def add(store: Store, prepared: PreparedArticle) -> Added:
    """Store a prepared article unless the very same is there already.

    If its topic changed since, or what is decided on it, it is prepared anew.
    """
    article = prepared.article
    with store.read() as snapshot:
        before = _stored(snapshot, article.id)
        whole = before is not None and snapshot.has_source(article.id)
        stands = snapshot.given(article.id) == prepared.given
    same = before is not None and (before.digest, before.topic) == (article.digest, article.topic)
    outcome: Outcome = "replaced" if before else "added"
    if same and whole and stands:
        outcome = "unchanged"
    if outcome != "unchanged":
        prepared = _put(store, prepared)
    return Added(article.id, outcome, len(prepared.passages), len(prepared.claims))


def _put(store: Store, prepared: PreparedArticle) -> PreparedArticle:
    def attempt() -> PreparedArticle:
        nonlocal prepared
        try:
            store.put_article(prepared)
        except ChangedMeanwhileError:
            prepared = _prepared_again(store, prepared)
            raise
        return prepared

    return repeated(attempt)


def _prepared_again(store: Store, prepared: PreparedArticle) -> PreparedArticle:
    """Prepare the same from what the knowledge base holds now."""
    article = prepared.article
    if prepared.source is None:
        return prepared
    with store.read() as snapshot:
        topic, decisions = snapshot.topic(article.topic), snapshot.decisions(article.id)
        given = snapshot.given(article.id)
    said = prepared.given.since(prepared.basis.given)
    again = prepare(
        prepared.source, topic, id=article.id, decisions=decisions, given=given.updated(said)
    )
    return replace(again, basis=replace(again.basis, given=given))


def repeated(attempt: Callable[[], Result]) -> Result:
    """Return what `attempt` returns; it is made again when others were quicker.

    Raises:
        ChangedMeanwhileError: they were so every time.
    """
    for _ in range(ATTEMPTS - 1):
        with suppress(ChangedMeanwhileError):
            return attempt()
    return attempt()


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


def check_interest(metadata: Metadata, topic: Topic) -> None:
    """Refuse an interest in an option that the topic does not compare.

    Raises:
        UnreadableInputError: it has none of that id.
    """
    for option in metadata.interest.options if metadata.interest else ():
        if option not in topic.option_ids:
            raise UnreadableInputError(
                f'The interest names "{option}", which the topic does not compare.',
                remedy=f"Use the ids of its options: {', '.join(topic.option_ids)}.",
            )


def digest_of(source: Source, metadata: Metadata) -> str:
    """Return the digest of an article that was read from `source`."""
    return sha256(source.data + repr(metadata).encode()).hexdigest()


def line_of(text: str) -> str:
    """Return what is given by hand, cleaned as the text of a document is, as one line."""
    return " ".join(clean(text).split())


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
