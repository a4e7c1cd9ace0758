"""The Store protocol: what the rest of the program asks of a knowledge base, and opening one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from kb.evidence import Evidence
from kb.extract.raw import Source
from kb.given import Given
from kb.history import History, Undoing
from kb.index import Index, Postings
from kb.model import Article, Block, Claim, Decision, Passage, Place, State
from kb.prepared import PreparedArticle, PreparedClaims, TopicBasis, Version
from kb.ranking import Scored
from kb.records import Record
from kb.repeats import Repeats, Repetition
from kb.spelling import Form
from kb.sqlite.backups import Backup, back_up
from kb.sqlite.forgetting import Forgotten
from kb.sqlite.restoring import Restored, restore
from kb.sqlite.store import SqliteStore
from kb.sqlite.upgrading import Upgrade, upgrade
from kb.statistics import Statistics
from kb.titles import Titles
from kb.topic import Topic


class Snapshot(Protocol):
    """One revision of a knowledge base, for reading; it does not change while it is open."""

    def state(self) -> State: ...

    def topics(self) -> Sequence[Topic]:
        """Every topic, by id."""

    def topic(self, id: str) -> Topic:
        """One topic.

        Raises:
            UnknownTopicError: there is none of that id.
        """

    def topic_text(self, id: str) -> str:
        """The text of one topic's file, whether it can be understood or not, "" without one."""

    def articles(self, topic: str | None = None) -> Sequence[Article]:
        """Every article, or those of one topic, by id."""

    def article(self, id: str) -> Article:
        """One article.

        Raises:
            UnknownArticleError: there is none of that id.
        """

    def articles_by_id(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """The articles of these ids that exist."""

    def titles(self, topic: str) -> Titles:
        """The titles of a topic's articles: quicker than reading their texts."""

    def asides(self, article: str) -> Sequence[Block]:
        """What was set aside when the article was read, in the order of its text."""

    def decisions(self, article: str) -> Sequence[Decision]:
        """What a maintainer decided on the article, the latest last."""

    def given(self, article: str) -> Given:
        """What a maintainer gave of the article's metadata."""

    def history(self) -> History:
        """What was done to the knowledge base up to this revision."""

    def records(self) -> Iterator[Record]:
        """Yield what everything is made from: topics, then articles, by id."""

    def statistics(self) -> Statistics:
        """How much of everything there is; every text is read."""

    def source(self, article: str) -> Source | None:
        """The bytes the article was read from, None when it was stored without them."""

    def has_source(self, article: str) -> bool:
        """Whether they are there, without reading them."""

    def versions(self, topic: str) -> Mapping[str, Version]:
        """How every article of a topic stands, by id."""

    def passages(self, article: str) -> Sequence[Passage]:
        """The passages of one article in the order of its text."""

    def headings(self, topic: str) -> Mapping[tuple[str, ...], Sequence[str]]:
        """The heading paths of a topic's passages, each with the ids of the articles it is in."""

    def passages_by_id(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        """The passages of these ids that exist."""

    def passages_by_number(self, numbers: Iterable[int]) -> Mapping[int, Passage]:
        """The passages of these numbers that exist."""

    def places_by_id(self, ids: Iterable[str]) -> Mapping[str, Place]:
        """Where the passages of these ids stand that exist: quicker than reading their texts."""

    def places_by_number(self, numbers: Iterable[int]) -> Mapping[int, Place]:
        """Where the passages of these numbers stand that exist."""

    def repeated_in(self, articles: Iterable[str]) -> Mapping[str, str]:
        """The passages of these articles that repeat another article, with that article."""

    def repetition_of(self, prepared: PreparedArticle) -> Repetition:
        """What an article would repeat of those published before it, were it stored."""

    def postings(self, topic: str, words: Iterable[str]) -> Mapping[str, Postings]:
        """The postings of those of `words` (stems) that the topic's articles hold."""

    def scored(self, topic: str, words: Iterable[str]) -> Mapping[str, Scored]:
        """What each of those words adds to the score of the passages that hold it."""

    def frequencies(self, topic: str, words: Iterable[str]) -> Mapping[str, int]:
        """How many passages hold those of `words` (stems) that any holds."""

    def index(self, topic: str) -> Index:
        """The index of a topic, good as long as the snapshot."""

    def known_forms(self, topic: str, words: Iterable[str]) -> Mapping[str, int]:
        """Those of `words`, as written, that the articles or the topic file hold.

        They are mapped to the number of passages that hold them.
        """

    def forms_near(self, topic: str, word: str) -> Sequence[Form]:
        """The known words that may be two edits away from a word; some are further."""

    def claims(self, topic: str) -> Sequence[Claim]:
        """Every claim of a topic's articles, by article and place."""

    def evidence(self, topic: str) -> Evidence:
        """The claims that are not repeated from an earlier article, counted."""

    def repeats(self, topic: str) -> Repeats:
        """What the topic's articles repeat of one another."""


class Store(Protocol):
    """A knowledge base."""

    def read(self) -> AbstractContextManager[Snapshot]:
        """Open one revision for reading.

        Raises:
            KnowledgeBaseError: the knowledge base is missing or cannot be used.
        """

    def put_topic(
        self,
        topic: Topic,
        claims: Mapping[str, Sequence[Claim]],
        *,
        articles: Sequence[PreparedArticle] = (),
        basis: TopicBasis | None = None,
        undoing: Undoing | None = None,
    ) -> None:
        """Add or replace a topic, with the claims its articles make under it, by article.

        `articles` are those that were read again; they are replaced in the same transaction.

        Here and below, `undoing` says that this takes an earlier revision back.

        Raises:
            ChangedMeanwhileError: `basis` is given and stands no more, or what shall be undone is
                not what that revision left.
        """

    def remove_topic(self, id: str, *, undoing: Undoing | None = None) -> None:
        """Remove a topic that no article belongs to.

        Raises:
            UnknownTopicError: there is none of that id.
            TopicError: articles still belong to it.
        """

    def put_article(self, prepared: PreparedArticle, *, undoing: Undoing | None = None) -> None:
        """Add an article, or replace the one of its id, in one transaction.

        Raises:
            UnknownTopicError: its topic is not there.
            ChangedMeanwhileError: its basis stands no more.
        """

    def put_claims(self, prepared: PreparedClaims, *, undoing: Undoing | None = None) -> None:
        """Replace the claims of an article and the decisions on it, in one transaction.

        Raises:
            ChangedMeanwhileError: their basis stands no more, or the article is gone.
        """

    def remove_article(self, id: str, *, undoing: Undoing | None = None) -> None:
        """Remove an article with everything that was made of it and decided on it.

        Raises:
            UnknownArticleError: there is none of that id.
        """

    def forget_article(self, id: str) -> Forgotten:
        """Remove an article with its revisions, so that its text is gone from the file.

        Raises:
            UnknownArticleError: there is none of that id, and none was there before.
            KnowledgeBaseError: it is forgotten, and the file cannot be compacted yet.
        """

    def keep_history(self, size: int) -> None:
        """Let history take at most `size` bytes of the file from now on; the oldest goes first."""

    def check(self) -> Iterator[str]:
        """Yield a sentence for everything that is wrong with the stored data itself."""

    def close(self) -> None:
        """Close what this thread has open; the store stays usable and opens it again."""


def open_store(path: Path) -> Store:
    """Return the knowledge base at `path`; it is opened, and its errors show, on first use."""
    return SqliteStore(path)


def back_up_file(path: Path, copy: Path, *, overwrite: bool = False) -> Backup:
    """Copy the knowledge base at `path`, as of one revision, while others read and write it.

    Raises:
        KnowledgeBaseError: it cannot be used, or the copy cannot be written or exists already.
    """
    return back_up(path, copy, overwrite=overwrite)


def restore_file(path: Path, copy: Path) -> Restored:
    """Put a copy, once it was verified, in the place of the knowledge base at `path`.

    Raises:
        KnowledgeBaseError: the copy is not sound, or the file cannot be replaced.
    """
    return restore(path, copy)


def upgrade_file(path: Path) -> Upgrade:
    """Bring the knowledge base at `path` up to date; a copy of what it was is kept beside it.

    Raises:
        KnowledgeBaseError: it cannot be used or written, or is newer than this program.
    """
    return upgrade(path)
