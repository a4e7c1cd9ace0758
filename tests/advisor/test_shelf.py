"""How the articles of an answer are found and called."""

from contextlib import closing
from pathlib import Path

from advisor.shelf import Shelf
from kb.extract.raw import Source
from kb.ingest import create
from kb.store import Snapshot, open_store
from kb.topic import Topic

LONG = "A very long title that goes on and on about everything that can be drunk at all"


def test_an_article_is_called_by_its_publisher_or_by_its_title(
    tmp_path: Path, topic: Topic
) -> None:
    heads = {
        "a": "title: 'Tea: a life'",
        "b": "title: 'Tea: a book'",
        "c": "title: 'Coffee? A book'",
        "d": f"title: {LONG}",
        "e": "title: Water\npublisher: Wells",
    }
    sources = [
        Source(f"{id}.md", f"---\n{head}\n---\n\nTea is good, says {id}.".encode())
        for id, head in heads.items()
    ]
    create(tmp_path / "named.db", [(topic, sources)])
    with closing(open_store(tmp_path / "named.db")) as store, store.read() as snapshot:
        shelf = Shelf(snapshot, topic.id)
        assert {id: shelf.name(id) for id in shelf} == {
            "a": "“Tea: a life”",
            "b": "“Tea: a book”",
            "c": "“Coffee”",
            "d": "“A very long title that goes on and on about everything that…”",
            "e": "Wells",
        }


def test_a_shelf_holds_the_articles_of_the_topic(snapshot: Snapshot) -> None:
    shelf = Shelf(snapshot, "drinks")
    articles = snapshot.articles("drinks")
    assert dict(shelf) == {article.id: article for article in articles}
    assert len(shelf) == len(articles)
    assert shelf.all() == articles
    assert dict(shelf.some(["nothing", articles[0].id])) == {articles[0].id: articles[0]}
