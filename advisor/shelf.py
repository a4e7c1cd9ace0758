"""The articles that one answer speaks of: each is read when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping

from kb.model import Article
from kb.store import Snapshot

_LONGEST_NAME = 60  # characters of a title that stands for its article


class Shelf(Mapping[str, Article]):
    """The articles of a topic, by id."""

    def __init__(self, snapshot: Snapshot, topic: str) -> None:
        self._snapshot = snapshot
        self._topic = topic
        self._names: dict[str, str] = {}

    def __getitem__(self, id: str) -> Article:
        return self._snapshot.articles_by_id([id])[id]

    def __iter__(self) -> Iterator[str]:
        return (article.id for article in self._snapshot.articles(self._topic))

    def __len__(self) -> int:
        return len(self._snapshot.articles(self._topic))

    def all(self) -> list[Article]:
        """Return all of them, by id."""
        return list(self._snapshot.articles(self._topic))

    def some(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Return those of `ids`, read together."""
        return self._snapshot.articles_by_id(ids)

    def name(self, id: str) -> str:
        """Return how an article is called: its publisher, or its title in quotation marks.

        A title is shortened to what stands before its first colon or question mark, unless another
        article would be called the same.
        """
        if id not in self._names:
            known = self[id].metadata
            title = self._snapshot.titles(self._topic).called(known.title)
            self._names[id] = known.publisher or f"“{_cut(title.strip())}”"
        return self._names[id]


def _cut(title: str) -> str:
    """Return a title, cut between words when it is long."""
    if len(title) <= _LONGEST_NAME:
        return title
    return title[: _LONGEST_NAME + 1].rsplit(" ", 1)[0] + "…"
