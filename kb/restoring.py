"""Restoring: records back to articles, as what history keeps and an export holds is put back."""

from dataclasses import replace

from kb.errors import RecordError
from kb.extract.raw import Source
from kb.given import Given
from kb.index import index_article
from kb.ingest import check_interest, claims_of, digest_of, made_of, read
from kb.model import Article, Metadata
from kb.prepared import Basis, PreparedArticle
from kb.records import ArticleRecord
from kb.store import Snapshot
from kb.topic import Topic


def restored(record: ArticleRecord, topic: Topic, basis: Basis) -> PreparedArticle:
    """Return the article that a record describes, read and mined with a topic as it is now.

    Raises:
        UnreadableInputError: its source cannot be read, or its interest is in an unknown option.
        RecordError: nothing is left of it.
    """
    source, decisions = record.source, record.decisions
    check_interest(record.metadata, topic)
    digest = record.digest or (digest_of(source, record.metadata) if source else "")
    article = Article(record.id, topic.id, digest, "", record.metadata)
    if source is None:
        return _remade(article, record, topic, basis)
    document = read(source, topic, decisions)
    prepared = made_of(replace(article, text=document.text), document, topic, decisions)
    if not prepared.passages:
        raise RecordError(
            f"Nothing would be left of article {record.id}.",
            remedy="Look at its source and its corrections.",
        )
    return replace(prepared, source=source, given=record.given, basis=basis)


def _remade(article: Article, record: ArticleRecord, topic: Topic, basis: Basis) -> PreparedArticle:
    """Return an article that was stored without its source: all but its claims is kept."""
    made = record.made
    if made is None:
        raise RecordError(
            f"Article {record.id} has neither a source nor a text.",
            remedy="Export it again: one of both is lost.",
        )
    digest = article.digest or digest_of(Source("", made.text.encode()), record.metadata)
    return PreparedArticle(
        article=replace(article, text=made.text, digest=digest),
        asides=made.asides,
        passages=made.passages,
        index=index_article(made.passages, title=record.metadata.title),
        claims=claims_of(made.passages, topic, record.decisions),
        source=None,
        decisions=record.decisions,
        basis=basis,
        given=record.given,
    )


def relabelled(
    snapshot: Snapshot, article: Article, metadata: Metadata, given: Given, digest: str
) -> PreparedArticle:
    """Return a stored article under other metadata; it is not read again, and its claims stay.

    Raises:
        UnreadableInputError: the interest is in an option that the topic does not compare.
    """
    id, topic = article.id, snapshot.topic(article.topic)
    check_interest(metadata, topic)
    passages, decisions = tuple(snapshot.passages(id)), tuple(snapshot.decisions(id))
    return PreparedArticle(
        article=replace(article, metadata=metadata, digest=digest),
        asides=tuple(snapshot.asides(id)),
        passages=passages,
        index=index_article(passages, title=metadata.title),
        claims=tuple(claim for claim in snapshot.claims(topic.id) if claim.article == id),
        source=snapshot.source(id),
        decisions=decisions,
        basis=Basis(topic.text, decisions, article.digest, snapshot.given(id)),
        given=given,
    )
