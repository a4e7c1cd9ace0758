"""Revising: stored articles read or mined again, because a decision or their topic changed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kb.corrections import decided, decision_id, is_about_text, is_dormant
from kb.errors import CorrectionError, KnowledgeBaseError
from kb.history import Undoing
from kb.ingest import claims_of, made_of, read, repeated
from kb.model import Article, Claim, Decision, Passage
from kb.prepared import Basis, PreparedArticle, PreparedClaims, TopicBasis, Version
from kb.store import Snapshot, Store
from kb.topic import Topic

_Remade = dict[tuple[str, Version], PreparedArticle | tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of the decisions on one article made of it.

    `decisions` are those that were made, `withdrawn` those that no longer stand, replaced ones
    included; there are none of both when nothing changed.
    """

    article: str
    decisions: tuple[Decision, ...]
    withdrawn: tuple[Decision, ...]
    passages_before: tuple[Passage, ...]
    passages_after: tuple[Passage, ...]
    claims_before: int
    claims_after: int


def decide(store: Store, article: str, new: Sequence[Decision]) -> Change:
    """Store what a maintainer decided on an article, with all that follows from it.

    Raises:
        UnknownArticleError: there is none of that id.
        CorrectionError: it would have to be read again and has no source, or nothing is left of it.
    """
    return repeated(lambda: _change(store, article, lambda before: decided(before, new)))


def withdraw(store: Store, article: str, ids: Collection[str]) -> Change:
    """Take back the decisions of these ids on an article; the rules alone decide again.

    Raises:
        UnknownArticleError: there is none of that id.
        CorrectionError: it would have to be read again and has no source.
    """

    def left(before: Sequence[Decision]) -> tuple[Decision, ...]:
        return tuple(each for each in before if decision_id(each) not in ids)

    return repeated(lambda: _change(store, article, left))


def dormant(snapshot: Snapshot, article: Article) -> tuple[Decision, ...]:
    """Return the decisions on an article that do nothing at present; see `is_dormant`."""
    decisions = snapshot.decisions(article.id)
    if not decisions:
        return ()
    topic, passages = snapshot.topic(article.topic), snapshot.passages(article.id)
    return tuple(each for each in decisions if is_dormant(each, topic, article.text, passages))


def _change(
    store: Store, id: str, make: Callable[[Sequence[Decision]], tuple[Decision, ...]]
) -> Change:
    with store.read() as snapshot:
        article = snapshot.article(id)
        before, after = snapshot.decisions(id), make(snapshot.decisions(id))
        passages = tuple(snapshot.passages(id))
        claims = sum(claim.article == id for claim in snapshot.claims(article.topic))
        made = tuple(each for each in after if each not in before)
        gone = tuple(each for each in before if each not in after)
        if not made and not gone:
            return Change(id, (), (), passages, passages, claims, claims)
        new = remade(snapshot, article, before, after)
    if isinstance(new, PreparedClaims):
        store.put_claims(new)
        return Change(id, made, gone, passages, passages, claims, len(new.claims))
    store.put_article(new)
    return Change(id, made, gone, passages, new.passages, claims, len(new.claims))


def remade(
    snapshot: Snapshot, article: Article, before: Sequence[Decision], after: Sequence[Decision]
) -> PreparedArticle | PreparedClaims:
    """Return the article under changed decisions: read again only if they change what is read."""
    topic = snapshot.topic(article.topic)
    basis = Basis(topic.text, tuple(before), article.digest, snapshot.given(article.id))
    read = [list(filter(is_about_text, decisions)) for decisions in (before, after)]
    if read[0] != read[1]:
        return replace(read_again(snapshot, article, topic, after), basis=basis)
    claims = claims_of(snapshot.passages(article.id), topic, after)
    return PreparedClaims(article.id, claims, tuple(after), basis)


def read_again(
    snapshot: Snapshot, article: Article, topic: Topic, decisions: Sequence[Decision]
) -> PreparedArticle:
    """Return a stored article prepared anew from its source; what is known of it stays.

    Raises:
        CorrectionError: it was stored without a source, or nothing is left of it.
    """
    source = snapshot.source(article.id)
    if source is None:
        raise CorrectionError(
            f"Article {article.id} was stored without its source and cannot be read again.",
            remedy="Add the article again with `kb add`; then decide on its text.",
        )
    document = read(source, topic, decisions)
    prepared = made_of(replace(article, text=document.text), document, topic, decisions)
    if not prepared.passages:
        raise CorrectionError(
            f"Nothing would be left of article {article.id}.",
            remedy=f"Keep a part of it, or remove it: `kb remove {article.id}`.",
        )
    return replace(prepared, source=source, given=snapshot.given(article.id))


def save_topic(store: Store, topic: Topic, *, undoing: Undoing | None = None) -> tuple[str, ...]:
    """Store a topic with what its articles say under its present words, in one transaction.

    Other words for the options change how articles are read, so that they are read again from
    their sources; for other changes it is enough to mine their claims anew. The ids of those
    articles are returned that ought to be read again and have no source.
    """
    known: _Remade = {}  # what one attempt made is good for the next one
    return repeated(lambda: _save_topic(store, topic, known, undoing))


def _save_topic(
    store: Store, topic: Topic, known: _Remade, undoing: Undoing | None
) -> tuple[str, ...]:
    with store.read() as snapshot:
        basis = TopicBasis(snapshot.topic_text(topic.id), snapshot.versions(topic.id))
        again = bool(basis.text) and _subjects(snapshot, topic.id) != topic.subjects
        missing = [id for id in basis.articles if again and not snapshot.has_source(id)]
        for id, version in basis.articles.items():
            reads = again and id not in missing
            made = known.get((id, version))
            if made is None or isinstance(made, PreparedArticle) != reads:
                known[id, version] = (
                    read_again(snapshot, snapshot.article(id), topic, version.decisions)
                    if reads
                    else claims_of(snapshot.passages(id), topic, version.decisions)
                )
    present = {id: known[id, version] for id, version in basis.articles.items()}
    store.put_topic(
        topic,
        {id: made for id, made in present.items() if not isinstance(made, PreparedArticle)},
        articles=[made for made in present.values() if isinstance(made, PreparedArticle)],
        basis=basis,
        undoing=undoing,
    )
    return tuple(missing)


def _subjects(snapshot: Snapshot, topic: str) -> tuple[str, ...] | None:
    """Return the option words of a stored topic, None when it cannot be understood any more."""
    try:
        return snapshot.topic(topic).subjects
    except KnowledgeBaseError:
        return None
