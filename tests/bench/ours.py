"""Our engine as an Engine: from a question as typed to passages, by the path that /ask takes.

A question is understood, with its misspelt words corrected, and the passages of its query are
searched; what comes after that, the verdict, is left out.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from clocks import timed
from judged import Text

from advisor.corrections import correct
from advisor.model import NO_ADJUSTMENTS, Adjustments
from advisor.understand import LONGEST_QUESTION, understand
from kb.index import index_article
from kb.ingest import create
from kb.model import Article, Metadata, Passage, Query
from kb.prepared import Basis, PreparedArticle
from kb.retrieval import search
from kb.store import open_store
from kb.topic_file import parse_topic
from kb.words import atoms

# The least that a topic has to hold; no article and no question has these words.
TOPIC = parse_topic(
    """
name = "A collection"
[options.one]
label = "One"
words = ["qqxoneqqx"]
[options.other]
label = "Other"
words = ["qqxotherqqx"]
""",
    id="collection",
)
_PAUSE = "\n\n"
_TABLES = {
    "texts": ("articles",),
    "passages": ("passages",),
    "postings": ("segments", "blocks"),
    "sketches": ("sketches", "new_sketches", "sketches_packing"),
    "repetitions": ("meetings", "bars", "repetitions"),
    "words": ("forms",),
    "spelling": ("deletions", "new_deletions", "packing"),
}


class Ours:
    """The knowledge base in one file."""

    def __init__(self, folder: Path, *, name: str = "ours", corrects: bool = True) -> None:
        self.name = name
        self._corrects = corrects
        self._path = folder / "ours.db"
        if not self._path.exists():
            create(self._path, [(TOPIC, [])])
        self.store = open_store(self._path)
        with self.store.read() as snapshot:
            self.topic = snapshot.topics()[0]

    def add(self, texts: Sequence[Text]) -> None:
        self.save(self.prepared(texts))

    def prepared(self, texts: Sequence[Text]) -> list[PreparedArticle]:
        """Return passages as articles with their part of the index: the index step alone."""
        articles = groupby(texts, key=lambda each: each.article)
        return [prepared_article(list(parts)) for _, parts in articles]

    def save(self, articles: Sequence[PreparedArticle]) -> None:
        """Store many articles in one transaction."""
        self.store.put_topic(self.topic, {}, articles=articles)

    def finish(self) -> None:
        self.store.close()

    def search(self, question: str, limit: int) -> list[tuple[str, str]]:
        """Return what `Engine.search` does, for as much of a question as /ask accepts."""
        question = question[:LONGEST_QUESTION]
        with self.store.read() as snapshot:
            reading = understand(
                question, self.topic, snapshot, adjustments=self._adjustments(question)
            )
            hits = search(snapshot, reading.query, limit=limit)
        return [(hit.passage.id, hit.passage.text) for hit in hits]

    def _adjustments(self, question: str) -> Adjustments:
        if self._corrects:
            return NO_ADJUSTMENTS
        return Adjustments(exact=tuple(word.text for word in atoms(question)))

    def read(self, question: str) -> Query:
        """Return what is searched for: the first of the two steps of `search`."""
        with self.store.read() as snapshot:
            return understand(question, self.topic, snapshot).query

    def find(self, query: Query, limit: int) -> list[tuple[str, str]]:
        """Return what a query finds: the second step."""
        with self.store.read() as snapshot:
            hits = search(snapshot, query, limit=limit)
        return [(hit.passage.id, hit.passage.text) for hit in hits]

    def correction_seconds(self, words: Sequence[str]) -> list[float]:
        """Return the CPU seconds that the correction of each word alone takes."""
        with self.store.read() as snapshot:
            correct("warm up", self.topic, snapshot)
            return [timed(correct, word, self.topic, snapshot)[1].cpu for word in words]

    def put(self, texts: Sequence[Text]) -> None:
        self.store.put_article(prepared_article(texts))

    def remove(self, article: str) -> None:
        self.store.remove_article(article)

    def disk(self) -> dict[str, int]:
        """Return the bytes of the file by what they hold, nothing where SQLite cannot tell."""
        with closing(sqlite3.connect(self._path)) as connection:
            try:
                rows = connection.execute(
                    "SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d"
                    " JOIN sqlite_schema s ON s.name = d.name GROUP BY s.tbl_name"
                )
                sizes = dict(rows.fetchall())
            except sqlite3.OperationalError:  # dbstat is not compiled in
                return {}
        found = {
            part: sum(sizes.pop(table, 0) for table in tables) for part, tables in _TABLES.items()
        }
        return found | {"other": self._path.stat().st_size - sum(found.values())}


def prepared_article(parts: Sequence[Text]) -> PreparedArticle:
    """Return an article whose passages are given, instead of being read out of a source."""
    first = parts[0]
    text = _PAUSE.join(part.text for part in parts)
    passages = []
    start = 0
    for part in parts:
        end = start + len(part.text)
        passages.append(Passage(part.id, first.article, start, end, part.text))
        start = end + len(_PAUSE)
    return PreparedArticle(
        article=Article(
            first.article,
            TOPIC.id,
            sha256(text.encode()).hexdigest(),
            text,
            Metadata(title=first.title),
        ),
        asides=(),
        passages=tuple(passages),
        index=index_article(passages, title=first.title),
        claims=(),
        source=None,
        decisions=(),
        basis=Basis(TOPIC.text),
    )
