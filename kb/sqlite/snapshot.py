"""Reading one revision of a knowledge base file."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

import numpy as np

from kb.errors import KnowledgeBaseError, TopicError, UnknownArticleError, UnknownTopicError
from kb.evidence import Evidence, collect
from kb.extract.raw import Source
from kb.index import Lengths, Postings
from kb.model import (
    Article,
    Block,
    Cell,
    Claim,
    Decision,
    Interest,
    Metadata,
    Passage,
    State,
)
from kb.prepared import Version
from kb.ranking import Scored, scored
from kb.repeats import Repeats, Shingled
from kb.spelling import Form
from kb.sqlite.decisions import read_decisions, read_versions
from kb.sqlite.decoding import decoding
from kb.sqlite.kept import Kept
from kb.sqlite.parts import in_parts
from kb.sqlite.repetitions import read_repetitions, read_shingled, read_sketches
from kb.sqlite.sources import read_source
from kb.topic import Topic

_SHORT = 4096  # passages up to which the postings of a word are kept: 24 kB of a word
_COLUMNS = 'p.number, p.id, p.article, p.start, p."end", p.headings, p.kind, p.cells, p.damage'
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
            " (SELECT count(*) FROM passages) AS passages"
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
            return [_article(row) for row in self._rows("SELECT * FROM articles ORDER BY id")]
        return self._kept.get(self._revision(), ("articles", topic), self._articles)

    def _articles(self, topic: str) -> Sequence[Article]:
        rows = self._rows("SELECT * FROM articles WHERE topic = ? ORDER BY id", topic)
        return tuple(_article(row) for row in rows)

    def article(self, id: str) -> Article:
        for row in self._rows("SELECT * FROM articles WHERE id = ?", id):
            return _article(row)
        raise UnknownArticleError(
            "There is no article of that id.", remedy="`kb list` shows the ids."
        )

    def asides(self, article: str) -> Sequence[Block]:
        rows = self._rows("SELECT * FROM asides WHERE article = ? ORDER BY start", article)
        return [Block("aside", row["start"], row["end"], aside=row["reason"]) for row in rows]

    @decoding
    def decisions(self, article: str) -> Sequence[Decision]:
        return read_decisions(self._connection, article)

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
        return [_passage(row, text[row["start"] : row["end"]]) for text in texts for row in rows]

    def passages_by_id(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        return self._kept.look_up(self._revision(), ("passages", "id"), ids, self._by_id)

    def _by_id(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        rows = self._in_parts(f"{_PASSAGE} WHERE p.id IN", ids)
        return {row["id"]: _passage(row, row["text"]) for row in rows}

    def passages_by_number(self, numbers: Iterable[int]) -> Mapping[int, Passage]:
        table = ("passages", "number")
        return self._kept.look_up(self._revision(), table, numbers, self._by_number)

    def _by_number(self, numbers: Iterable[int]) -> Mapping[int, Passage]:
        rows = self._in_parts(f"{_PASSAGE} WHERE p.number IN", numbers)
        return {row["number"]: _passage(row, row["text"]) for row in rows}

    def sketches(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        return self._kept.look_up(self._revision(), ("sketches", ""), ids, self._sketches)

    def _sketches(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        rows = self._in_parts("SELECT id, likeness FROM passages WHERE id IN", ids)
        return {row["id"]: row["likeness"] for row in rows}

    @decoding
    def shingled(self, article: str) -> Sequence[Shingled]:
        return read_shingled(self._connection, article)

    def sketches_of(self, topic: str) -> Mapping[str, Mapping[str, bytes]]:
        return read_sketches(self._connection, topic)

    def postings(self, topic: str, words: Iterable[str]) -> Mapping[str, Postings]:
        return self._kept.look_up(
            self._revision(),
            ("postings", topic),
            words,
            partial(self._postings, topic),
            keeps=lambda found: len(found.numbers) <= _SHORT,
        )

    def _postings(self, topic: str, words: Iterable[str]) -> Mapping[str, Postings]:
        rows = self._in_parts(
            "SELECT w.word, p.numbers, p.body, p.heading FROM words w"
            " JOIN postings p ON p.word = w.id WHERE w.topic = ? AND w.word IN",
            words,
            topic,
        )
        parts = defaultdict(list)
        for row in rows:
            parts[row["word"]].append((row["numbers"], row["body"], row["heading"]))
        found = {word: _joined(pieces) for word, pieces in parts.items()}
        if any(one.numbers[-1] >= len(self.lengths(topic).body) for one in found.values()):
            raise sqlite3.DatabaseError("a posting names a passage that was never given")
        return found

    def scored(self, topic: str, words: Iterable[str]) -> Mapping[str, Scored]:
        return self._kept.look_up(
            self._revision(),
            ("scored", topic),
            words,
            partial(self._scored, topic),
            keeps=lambda found: len(found.numbers) <= _SHORT,
        )

    def _scored(self, topic: str, words: Iterable[str]) -> Mapping[str, Scored]:
        lengths = self.lengths(topic)
        return {word: scored(each, lengths) for word, each in self.postings(topic, words).items()}

    def lengths(self, topic: str) -> Lengths:
        return self._kept.get(self._revision(), ("lengths", topic), self._lengths)

    def known_forms(self, topic: str, words: Iterable[str]) -> set[str]:
        table = ("known forms", topic)
        return set(
            self._kept.look_up(self._revision(), table, words, partial(self._known_forms, topic))
        )

    def _known_forms(self, topic: str, words: Iterable[str]) -> Mapping[str, str]:
        statement = "SELECT form FROM forms WHERE topic = ? AND form IN"
        return {row["form"]: row["form"] for row in self._in_parts(statement, words, topic)}

    def forms_near(self, topic: str, deletions: Iterable[str]) -> Sequence[Form]:
        rows = self._in_parts(
            "SELECT DISTINCT f.form, f.frequency, f.topical FROM deletions d"
            " JOIN forms f ON f.id = d.form WHERE d.topic = ? AND d.deletion IN",
            deletions,
            topic,
        )
        found = {
            row["form"]: Form(row["form"], row["frequency"], bool(row["topical"])) for row in rows
        }
        return [found[form] for form in sorted(found)]

    def claims(self, topic: str) -> Sequence[Claim]:
        return self._kept.get(self._revision(), ("claims", topic), self._claims)

    def evidence(self, topic: str) -> Evidence:
        return self._kept.get(self._revision(), ("evidence", topic), self._evidence)

    def _evidence(self, topic: str) -> Evidence:
        return collect(self.claims(topic), self.repeats(topic))

    def repeats(self, topic: str) -> Repeats:
        return self._kept.get(self._revision(), ("repeats", topic), self._repeats)

    @decoding
    def _repeats(self, topic: str) -> Repeats:
        return Repeats.of(read_repetitions(self._connection, topic))

    @decoding
    def _lengths(self, topic: str) -> Lengths:
        rows = self._connection.execute(
            "SELECT p.number, p.body_length, p.heading_length FROM passages p"
            " JOIN articles a ON a.id = p.article WHERE a.topic = ?",
            (topic,),
        ).fetchall()
        table = np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 3)
        size = int(table[:, 0].max()) + 1 if len(rows) else 1
        if size > 1 + self._one("SELECT coalesce(max(seq), 0) FROM sqlite_sequence")[0]:
            raise ValueError("a passage has a number that was never given")
        body, heading = np.zeros(size), np.zeros(size)
        body[table[:, 0]], heading[table[:, 0]] = table[:, 1], table[:, 2]
        count = max(len(rows), 1)
        return Lengths(body, heading, len(rows), body.sum() / count, heading.sum() / count)

    def _claims(self, topic: str) -> Sequence[Claim]:
        articles = self._rows("SELECT id, text FROM articles WHERE topic = ?", topic)
        texts = {row["id"]: row["text"] for row in articles}
        rows = self._rows(
            "SELECT c.* FROM claims c JOIN articles a ON a.id = c.article WHERE a.topic = ?"
            " ORDER BY c.article, c.start, c.id",
            topic,
        )
        return tuple(_claim(row, texts[row["article"]]) for row in rows)

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


@decoding
def _joined(pieces: Sequence[tuple[bytes, bytes, bytes]]) -> Postings:
    numbers = np.concatenate([np.frombuffer(piece[0], np.uint32) for piece in pieces])
    order = np.argsort(numbers)
    body = np.concatenate([np.frombuffer(piece[1], np.uint8) for piece in pieces])
    heading = np.concatenate([np.frombuffer(piece[2], np.uint8) for piece in pieces])
    return Postings(numbers[order], body[order], heading[order])


@decoding
def _article(row: sqlite3.Row) -> Article:
    options, text = tuple(json.loads(row["interest_options"])), row["interest_text"]
    metadata = Metadata(
        title=row["title"],
        publisher=row["publisher"],
        author=row["author"],
        published=row["published"],
        url=row["url"],
        interest=Interest(options, text) if text else None,
    )
    return Article(row["id"], row["topic"], row["digest"], row["text"], metadata)


@decoding
def _passage(row: sqlite3.Row, text: str) -> Passage:
    return Passage(
        id=row["id"],
        article=row["article"],
        start=row["start"],
        end=row["end"],
        text=text,
        headings=tuple(json.loads(row["headings"])),
        kind=row["kind"],
        cells=tuple(Cell(*cell) for cell in json.loads(row["cells"])),
        number=row["number"],
        damage=row["damage"],
    )


@decoding
def _claim(row: sqlite3.Row, text: str) -> Claim:
    return Claim(
        article=row["article"],
        passage=row["passage"],
        about=_options(row["about"]),
        criterion=row["criterion"],
        stance=row["stance"],
        start=row["start"],
        end=row["end"],
        quote=text[row["start"] : row["end"]],
        method=row["method"],
        kind=row["kind"],
        hedged=bool(row["hedged"]),
        scope=_scope(row["scope"]),
        limits=row["limits"],
        value=row["value"],
        unit=row["unit"],
        sense=row["sense"],
    )


@lru_cache(maxsize=1000)  # thousands of claims are about a handful of options
def _options(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


@lru_cache(maxsize=1000)
def _scope(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(json.loads(stored).items()))
