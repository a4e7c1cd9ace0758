"""The engines people would use instead: FTS5, bm25s and tantivy, each as its users set it up.

Titles are a field of their own, or part of the text where an engine has no fields. A question is
the disjunction of its words. Stop words are left out of it, which every one of them gains by.
"""

import re
import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from engine import Opening
from judged import Text

from kb.lexicon.english import stop_words

_WORD = re.compile(r"\w+")


def words_of(question: str) -> list[str]:
    """Return the words of a question that are searched for; stop words if there is nothing else."""
    words = _WORD.findall(question.lower())
    return [word for word in words if word not in stop_words()] or words


class Fts5:
    """SQLite's own full-text search, ranked by its bm25()."""

    def __init__(self, folder: Path, *, name: str, tokenizer: str, title: float = 1.0) -> None:
        self.name = name
        self._rows: dict[str, tuple[int, int]] = {}  # of the articles that were put
        self._weights = f"0.0, 0.0, {title}, 1.0"
        self._connection = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5("
            f"id UNINDEXED, article UNINDEXED, title, text, tokenize='{tokenizer}')"
        )

    def add(self, texts: Sequence[Text]) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO texts (id, article, title, text) VALUES (?, ?, ?, ?)",
            [(each.id, each.article, each.title, each.text) for each in texts],
        )
        self._connection.execute("COMMIT")

    def finish(self) -> None:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def search(self, question: str, limit: int) -> list[tuple[str, str]]:
        terms = self._terms(words_of(question))
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        return self._connection.execute(
            "SELECT id, text FROM texts WHERE texts MATCH ?"
            f" ORDER BY bm25(texts, {self._weights}) LIMIT ?",
            (match, limit),
        ).fetchall()

    def _terms(self, words: list[str]) -> list[str]:
        return words

    def put(self, texts: Sequence[Text]) -> None:
        self.add(texts)
        (last,) = self._connection.execute("SELECT max(rowid) FROM texts").fetchone()
        self._rows[texts[0].article] = (last - len(texts) + 1, last)

    def remove(self, article: str) -> None:
        # By rowid: every row would be read to find an article by its name.
        rows = self._rows.pop(article)
        self._connection.execute("DELETE FROM texts WHERE rowid BETWEEN ? AND ?", rows)


class Fts5Trigrams(Fts5):
    """FTS5 with its trigram tokenizer, which finds words by any three letters they share."""

    def _terms(self, words: list[str]) -> list[str]:
        return [word[at : at + 3] for word in words for at in range(len(word) - 2)]


class Bm25s:
    """bm25s: sparse arrays of scores computed in advance, all of them in memory.

    It has no fields: a title counts as often as it is written, `title` times.
    """

    def __init__(self, folder: Path, *, name: str = "bm25s", title: int = 1) -> None:
        import bm25s
        import Stemmer

        self.name, self._title = name, title
        self._folder = folder / "bm25s"
        self._tokens = partial(
            bm25s.tokenize,
            stopwords=sorted(stop_words()),
            stemmer=Stemmer.Stemmer("english"),
            show_progress=False,
        )
        self._texts: list[Text] = []
        self._index: Any = None

    def add(self, texts: Sequence[Text]) -> None:
        self._texts += texts

    def finish(self) -> None:
        import bm25s

        index = bm25s.BM25()
        texts = [" ".join([t.title] * self._title + [t.text]) for t in self._texts]
        index.index(self._tokens(texts), show_progress=False)
        corpus = [{"id": t.id, "text": t.text} for t in self._texts]
        index.save(self._folder, corpus=corpus, show_progress=False)
        self._texts = []

    def search(self, question: str, limit: int) -> list[tuple[str, str]]:
        index = self._opened()
        found, scores = index.retrieve(
            self._tokens([question]), k=min(limit, index.scores["num_docs"]), show_progress=False
        )
        pairs = zip(found[0], scores[0], strict=True)
        return [(row["id"], row["text"]) for row, score in pairs if score > 0]

    def _opened(self) -> Any:
        import bm25s

        if self._index is None:
            self._index = bm25s.BM25.load(self._folder, load_corpus=True, show_progress=False)
        return self._index


class Tantivy:
    """tantivy, a search library in Rust, with its English stemmer and one thread."""

    def __init__(
        self, folder: Path, *, name: str = "tantivy", title: float = 1.0, edits: int = 0
    ) -> None:
        import tantivy

        self.name = name
        self._library = tantivy
        self._title = title
        self._edits = edits
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        schema.add_text_field("article", stored=True, tokenizer_name="raw")
        schema.add_text_field("title", stored=True, tokenizer_name="en_stem")
        schema.add_text_field("text", stored=True, tokenizer_name="en_stem")
        path = folder / "tantivy"
        path.mkdir(exist_ok=True)
        self._index = tantivy.Index(schema.build(), path=str(path))
        self._writer: Any = None
        self._searcher: Any = None

    def add(self, texts: Sequence[Text]) -> None:
        writer = self._writing()
        for each in texts:
            writer.add_document(
                self._library.Document(
                    id=each.id, article=each.article, title=each.title, text=each.text
                )
            )

    def finish(self) -> None:
        self._writing().commit()
        self._writing().wait_merging_threads()
        self._writer = self._searcher = None

    def search(self, question: str, limit: int) -> list[tuple[str, str]]:
        if self._searcher is None:
            self._index.reload()
            self._searcher = self._index.searcher()
        fuzzy = (False, self._edits, True)
        query = self._index.parse_query(
            " ".join(words_of(question)),
            ["title", "text"],
            field_boosts={"title": self._title},
            fuzzy_fields={"title": fuzzy, "text": fuzzy} if self._edits else {},
        )
        found = self._searcher.search(query, limit).hits
        documents = (self._searcher.doc(address) for _, address in found)
        return [(each["id"][0], each["text"][0]) for each in documents]

    def put(self, texts: Sequence[Text]) -> None:
        self.add(texts)
        self._commit()

    def remove(self, article: str) -> None:
        self._writing().delete_documents("article", article)
        self._commit()

    def _commit(self) -> None:
        self._writing().commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _writing(self) -> Any:
        self._writer = self._writer or self._index.writer(heap_size=128_000_000, num_threads=1)
        return self._writer


PEERS: dict[str, Opening] = {
    "FTS5 unicode61": partial(Fts5, name="FTS5 unicode61", tokenizer="unicode61"),
    "FTS5 porter": partial(Fts5, name="FTS5 porter", tokenizer="porter unicode61"),
    "bm25s": Bm25s,
    "tantivy": Tantivy,
}

# The same with what makes them stronger: the title counted twice, or words that are alike.
STRONGER: dict[str, Opening] = {
    "FTS5 porter, title x2": partial(
        Fts5, name="FTS5 porter, title x2", tokenizer="porter unicode61", title=2.0
    ),
    "FTS5 trigram": partial(Fts5Trigrams, name="FTS5 trigram", tokenizer="trigram"),
    "bm25s, title x2": partial(Bm25s, name="bm25s, title x2", title=2),
    "tantivy, title x2": partial(Tantivy, name="tantivy, title x2", title=2.0),
    "tantivy, fuzzy": partial(Tantivy, name="tantivy, fuzzy", edits=1),
}
