"""Reading one revision of a knowledge base file."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

from kb.errors import KnowledgeBaseError, TopicError, UnknownArticleError, UnknownTopicError
from kb.evidence import Evidence, collect
from kb.extract.raw import Source
from kb.given import Given
from kb.index import Index, Postings
from kb.model import Article, Block, Claim, Decision, Passage, Place, State
from kb.prepared import PreparedArticle, Version
from kb.ranking import Scored, scored
from kb.records import Record
from kb.repeats import Repeats, Repetition
from kb.spelling import Form
from kb.sqlite.decisions import read_decisions, read_versions
from kb.sqlite.decoding import decoding
from kb.sqlite.given import read_given
from kb.sqlite.history_reading import SqliteHistory
from kb.sqlite.kept import Kept, Key, StoredClaims
from kb.sqlite.parts import in_parts
from kb.sqlite.records import read_records
from kb.sqlite.repetitions import (
    read_echoes,
    read_repeated,
    read_repetitions,
    repetition_of,
)
from kb.sqlite.rows import article_of, passage_of, place_of
from kb.sqlite.searching import SqliteIndex, Standings, whole_postings
from kb.sqlite.sources import read_source
from kb.sqlite.statistics import read_statistics
from kb.sqlite.vocabulary import read_near
from kb.statistics import Statistics
from kb.telling import frequencies
from kb.titles import Titles
from kb.topic import Topic

_SHORT = 4096  # passages up to which the postings of a word are kept: 24 kB of a word
_PASSAGES = 4096  # that are kept, about 2 kB each
_PLACES = 16384  # that are kept, about 500 bytes each: candidates are many more than hits
_ARTICLES = 500  # whose texts are kept
_COLUMNS = 'p.number, p.id, p.article, p.start, p."end", p.headings, p.kind, p.cells, p.damage'
_PLACE = "SELECT number, id, article, start, damage <> '' AS damaged, likeness FROM passages"
_PASSAGE = f"""
SELECT {_COLUMNS}, substr(a.text, p.start + 1, p."end" - p.start) AS text
FROM passages p JOIN articles a ON a.id = p.article
"""


class SqliteSnapshot:
    """A Snapshot over an open read transaction; what is costly to read is kept per revision."""

    def __init__(self, connection: sqlite3.Connection, kept: Kept) -> None:
        self._connection = connection
        self._kept = kept
        self._number: int | None = None

    def state(self) -> State:
        return self._kept.get(self._revision(), ("state", ""), self._state)

    def _state(self, _: str) -> State:
        row = self._one(
            "SELECT (SELECT count(*) FROM articles) AS articles,"
            " (SELECT coalesce(sum(passages), 0) FROM segments) AS passages"
        )
        topics = tuple(row["id"] for row in self._rows("SELECT id FROM topics ORDER BY id"))
        return State(self._revision(), row["articles"], row["passages"], topics)

    def _revision(self) -> int:
        """Return the number of the revision; within one read transaction it is always the same."""
        if self._number is None:
            self._number = int(self._one("SELECT coalesce(max(number), 0) FROM revisions")[0])
        return self._number

    def topics(self) -> Sequence[Topic]:
        return self._kept.get(self._revision(), ("topics", ""), self._topics)

    def _topics(self, _: str) -> Sequence[Topic]:
        return tuple(
            self._topic(row["id"], row["text"])
            for row in self._rows("SELECT id, text FROM topics ORDER BY id")
        )

    def topic(self, id: str) -> Topic:
        for row in self._rows("SELECT id, text FROM topics WHERE id = ?", id):
            return self._topic(row["id"], row["text"])
        known = ", ".join(self.state().topics) or "none"
        raise UnknownTopicError("There is no topic of that name.", remedy=f"Topics here: {known}.")

    def topic_text(self, id: str) -> str:
        rows = self._rows("SELECT text FROM topics WHERE id = ?", id)
        return next((str(row["text"]) for row in rows), "")

    def _topic(self, id: str, text: str) -> Topic:
        try:
            return self._kept.topic(id, text)
        except TopicError as error:
            raise KnowledgeBaseError(
                f"The stored topic {id} cannot be read. {error.message}",
                remedy=f"Load its file again with `kb topic`. {error.remedy}",
            ) from error

    def articles(self, topic: str | None = None) -> Sequence[Article]:
        if topic is None:
            rows = self._rows("SELECT * FROM articles ORDER BY id")
        else:
            rows = self._rows("SELECT * FROM articles WHERE topic = ? ORDER BY id", topic)
        return [article_of(row) for row in rows]

    def article(self, id: str) -> Article:
        for row in self._rows("SELECT * FROM articles WHERE id = ?", id):
            return article_of(row)
        raise UnknownArticleError(
            "There is no article of that id.", remedy="`kb list` shows the ids."
        )

    def articles_by_id(self, ids: Iterable[str]) -> Mapping[str, Article]:
        return self._kept.look_up(
            self._revision(), ("articles", "id"), ids, self._articles_by_id, most=_ARTICLES
        )

    def _articles_by_id(self, ids: Iterable[str]) -> Mapping[str, Article]:
        rows = self._in_parts("SELECT * FROM articles WHERE id IN", ids)
        return {row["id"]: article_of(row) for row in rows}

    def titles(self, topic: str) -> Titles:
        return self._kept.get(self._revision(), ("titles", topic), self._titles)

    def _titles(self, topic: str) -> Titles:
        rows = self._rows("SELECT title FROM articles WHERE topic = ?", topic)
        return Titles(row["title"] for row in rows)

    def asides(self, article: str) -> Sequence[Block]:
        rows = self._rows("SELECT * FROM asides WHERE article = ? ORDER BY start", article)
        return [Block("aside", row["start"], row["end"], aside=row["reason"]) for row in rows]

    @decoding
    def decisions(self, article: str) -> Sequence[Decision]:
        return read_decisions(self._connection, article)

    def given(self, article: str) -> Given:
        return read_given(self._connection, article)

    def records(self) -> Iterator[Record]:
        return read_records(self._connection)

    def statistics(self) -> Statistics:
        return read_statistics(self._connection)

    def history(self) -> SqliteHistory:
        return SqliteHistory(self._connection)

    @decoding
    def source(self, article: str) -> Source | None:
        return read_source(self._connection, article)

    def has_source(self, article: str) -> bool:
        return any(self._rows("SELECT 1 FROM sources WHERE article = ?", article))

    @decoding
    def versions(self, topic: str) -> Mapping[str, Version]:
        return read_versions(self._connection, topic)

    def passages(self, article: str) -> Sequence[Passage]:
        # The text is read once: SQLite would count its characters anew for every passage.
        texts = [
            row["text"] for row in self._rows("SELECT text FROM articles WHERE id = ?", article)
        ]
        statement = f"SELECT {_COLUMNS} FROM passages p WHERE p.article = ? ORDER BY p.start"
        rows = self._rows(statement, article)
        return [passage_of(row, text[row["start"] : row["end"]]) for text in texts for row in rows]

    @decoding
    def headings(self, topic: str) -> Mapping[tuple[str, ...], Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(
            "SELECT DISTINCT p.headings, p.article FROM passages p"
            " JOIN articles a ON a.id = p.article WHERE a.topic = ?",
            topic,
        ):
            found[row["headings"]].append(row["article"])
        return {tuple(json.loads(path)): articles for path, articles in found.items()}

    def passages_by_id(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        return self._kept.look_up(
            self._revision(), ("passages", "id"), ids, self._by_id, most=_PASSAGES
        )

    def _by_id(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        rows = self._in_parts(f"{_PASSAGE} WHERE p.id IN", ids)
        return {row["id"]: passage_of(row, row["text"]) for row in rows}

    def passages_by_number(self, numbers: Iterable[int]) -> Mapping[int, Passage]:
        table = ("passages", "number")
        return self._kept.look_up(self._revision(), table, numbers, self._by_number, most=_PASSAGES)

    def _by_number(self, numbers: Iterable[int]) -> Mapping[int, Passage]:
        rows = self._in_parts(f"{_PASSAGE} WHERE p.number IN", numbers)
        return {row["number"]: passage_of(row, row["text"]) for row in rows}

    def places_by_id(self, ids: Iterable[str]) -> Mapping[str, Place]:
        return self._kept.look_up(
            self._revision(), ("places", "id"), ids, partial(self._places, "id")
        )

    def places_by_number(self, numbers: Iterable[int]) -> Mapping[int, Place]:
        return self._kept.look_up(
            self._revision(),
            ("places", "number"),
            numbers,
            partial(self._places, "number"),
            most=_PLACES,
        )

    def _places(self, column: str, wanted: Iterable[Key]) -> Mapping[Key, Place]:
        rows = self._in_parts(f"{_PLACE} WHERE {column} IN", wanted)
        return {row[column]: place_of(row) for row in rows}

    def repeated_in(self, articles: Iterable[str]) -> Mapping[str, str]:
        found = self._kept.look_up(self._revision(), ("repeated", ""), articles, self._repeated_in)
        return {id: other for each in found.values() for id, other in each.items()}

    def _repeated_in(self, articles: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        return read_repeated(self._connection, articles)

    def repetition_of(self, prepared: PreparedArticle) -> Repetition:
        return repetition_of(self._connection, prepared)

    def index(self, topic: str) -> Index:
        standings = self._kept.get(self._revision(), ("index", topic), self._standings)
        return SqliteIndex(self._connection, self._kept.segments, standings)

    def _standings(self, topic: str) -> Standings:
        return self._kept.segments.standings(self._connection, topic)

    def postings(self, topic: str, words: Iterable[str]) -> Mapping[str, Postings]:
        return self._kept.look_up(
            self._revision(),
            ("postings", topic),
            words,
            lambda wanted: whole_postings(self.index(topic).find(list(wanted))),
            keeps=lambda found: len(found.numbers) <= _SHORT,
        )

    def scored(self, topic: str, words: Iterable[str]) -> Mapping[str, Scored]:
        return self._kept.look_up(
            self._revision(),
            ("scored", topic),
            words,
            partial(self._scored, topic),
            keeps=lambda found: len(found.numbers) <= _SHORT,
        )

    def _scored(self, topic: str, words: Iterable[str]) -> Mapping[str, Scored]:
        index = self.index(topic)
        return scored(index.find(list(words)), index.passages)

    def frequencies(self, topic: str, words: Iterable[str]) -> Mapping[str, int]:
        return self._kept.look_up(
            self._revision(),
            ("frequencies", topic),
            words,
            lambda wanted: frequencies(self.index(topic).find(list(wanted))),
        )

    def known_forms(self, topic: str, words: Iterable[str]) -> Mapping[str, int]:
        table = ("known forms", topic)
        return self._kept.look_up(self._revision(), table, words, partial(self._known_forms, topic))

    def _known_forms(self, topic: str, words: Iterable[str]) -> Mapping[str, int]:
        statement = "SELECT form, frequency FROM forms WHERE topic = ? AND form IN"
        return {row[0]: row[1] for row in self._in_parts(statement, words, topic)}

    def forms_near(self, topic: str, word: str) -> Sequence[Form]:
        return read_near(self._connection, topic, word)

    def claims(self, topic: str) -> Sequence[Claim]:
        return self._kept.get(self._revision(), ("claims", topic), self._claims)

    def evidence(self, topic: str) -> Evidence:
        return self._kept.get(self._revision(), ("evidence", topic), self._evidence)

    def _evidence(self, topic: str) -> Evidence:
        echoes = Repeats(spans=read_echoes(self._connection, topic))
        return collect(self.claims(topic), echoes)

    def repeats(self, topic: str) -> Repeats:
        return self._kept.get(self._revision(), ("repeats", topic), self._repeats)

    @decoding
    def _repeats(self, topic: str) -> Repeats:
        return Repeats.of(read_repetitions(self._connection, topic))

    def _claims(self, topic: str) -> Sequence[Claim]:
        rows = self._rows(
            "SELECT a.digest, c.* FROM claims c JOIN articles a ON a.id = c.article"
            " WHERE a.topic = ? ORDER BY c.article, c.start, c.id",
            topic,
        )
        stored = {
            article: StoredClaims(list(each))
            for article, each in groupby(rows, key=itemgetter("article"))
        }
        return self._kept.claims(topic, stored, self._texts)

    def _texts(self, articles: Iterable[str]) -> Mapping[str, str]:
        rows = self._in_parts("SELECT id, text FROM articles WHERE id IN", articles)
        return {row["id"]: row["text"] for row in rows}

    def _one(self, statement: str) -> sqlite3.Row:
        return next(self._rows(statement))

    def _rows(self, statement: str, *values: object) -> Iterator[sqlite3.Row]:
        try:
            return self._connection.execute(statement, values)
        except UnicodeDecodeError as error:
            raise _malformed_tables() from error

    def _in_parts(
        self, statement: str, wanted: Iterable[object], *values: object
    ) -> Iterator[sqlite3.Row]:
        try:
            yield from in_parts(self._connection, statement, wanted, *values)
        except UnicodeDecodeError as error:
            raise _malformed_tables() from error


def _malformed_tables() -> sqlite3.DatabaseError:
    """Return the error that SQLite wanted to raise: its message holds damaged letters."""
    return sqlite3.DatabaseError("the tables are malformed")
