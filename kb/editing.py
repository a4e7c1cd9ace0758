"""Editing: what a maintainer says of an article's metadata, in the place of what it says itself."""

from dataclasses import dataclass

from kb.errors import CorrectionError
from kb.extract.raw import Source
from kb.given import Given
from kb.ingest import digest_of, found_metadata, line_of, read, repeated
from kb.model import Article, Metadata
from kb.restoring import relabelled
from kb.store import Snapshot, Store


@dataclass(frozen=True, slots=True)
class Edited:
    """The metadata of an article before and after; `given` is what a maintainer said of it."""

    article: str
    before: Metadata
    after: Metadata
    given: Given


def edit(store: Store, id: str, said: Given, *, reset: tuple[str, ...] = ()) -> Edited:
    """Change the metadata of an article, which stays so when the article is added again.

    The fields of `reset` are again what the document says of itself.

    Raises:
        UnknownArticleError: there is none of that id.
        UnreadableInputError: the interest is in an option that the topic does not compare.
        CorrectionError: a field shall be reset, and the article's source is missing.
    """
    line = said.each(line_of)
    return repeated(lambda: _edit(store, id, line, reset))


def _edit(store: Store, id: str, said: Given, reset: tuple[str, ...]) -> Edited:
    with store.read() as snapshot:
        article, before = snapshot.article(id), snapshot.given(id)
        given = before.without(reset).updated(said)
        source = snapshot.source(id)
        found = _found(snapshot, article, source) if reset else article.metadata
        metadata = given.over(found)
        edited = Edited(id, article.metadata, metadata, given)
        if given == before and metadata == article.metadata:
            return edited
        digest = digest_of(source or Source("", article.text.encode()), metadata)
        prepared = relabelled(snapshot, article, metadata, given, digest)
    store.put_article(prepared)
    return edited


def _found(snapshot: Snapshot, article: Article, source: Source | None) -> Metadata:
    """Return what the document says of itself."""
    if source is None:
        raise CorrectionError(
            f"Article {article.id} was stored without its source, which would have to be read.",
            remedy="Say what it shall be instead, or add the article again with `kb add`.",
        )
    topic, decisions = snapshot.topic(article.topic), snapshot.decisions(article.id)
    return found_metadata(read(source, topic, decisions), source)
