"""A large knowledge base of the shipped topic for http.py, and the questions that are asked of it.

It holds the shipped articles and synthetic ones, read as any other article is, with their claims.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from urllib.parse import quote_plus

from judged import Text
from peers import Fts5
from printed import Progress, say
from synthetic import PASSAGES_OF_ARTICLE, Synthesis

from kb.content.shipped import shipped_articles, shipped_topics
from kb.extract.raw import Source
from kb.ingest import create, prepare
from kb.store import open_store
from kb.topic import Topic

_AT_ONCE = 50  # articles stored in one transaction


@contextmanager
def base(synthesis: Synthesis, passages: int, keep: Path | None) -> Iterator[tuple[Path, int]]:
    """Yield the folder of both servers' files, and how many passages they hold.

    Reading so many articles takes minutes: in a folder to `keep` they are made once. Whoever
    changes how articles are read, or names other texts, takes another folder.
    """
    if keep is None:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name), fill(Path(name), synthesis, passages)
        return
    folder = keep / f"{passages}-{synthesis.seed}"
    if not (folder / "fts5.db").exists():  # it is made last
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        fill(folder, synthesis, passages)
    with closing(open_store(folder / "ours.db")) as store, store.read() as snapshot:
        held = snapshot.state().passages
    yield folder, held


def fill(folder: Path, synthesis: Synthesis, passages: int) -> int:
    """Make both servers' files; return how many passages there are."""
    (topic,) = shipped_topics()
    file = folder / "ours.db"
    create(file, [(topic, shipped_articles(topic.id))])
    with closing(open_store(file)) as store:
        progress = Progress("reading articles", passages)
        sources = articles(synthesis)
        held = 0
        while held < passages:
            prepared = [prepare(next(sources), topic) for _ in range(_AT_ONCE)]
            store.put_topic(topic, {}, articles=prepared)
            with store.read() as snapshot:
                progress.step(snapshot.state().passages - held)
                held = snapshot.state().passages
        with store.read() as snapshot:
            stored = [
                Text(passage.id, article.id, article.metadata.title, passage.text)
                for article in snapshot.articles(topic.id)
                for passage in snapshot.passages(article.id)
            ]
            claims = len(snapshot.claims(topic.id))
    plain = Fts5(folder, name="plain", tokenizer="porter unicode61")
    plain.add(stored)
    plain.finish()
    say(f"{held:,} passages with {claims:,} claims.\n")
    return held


def articles(synthesis: Synthesis) -> Iterator[Source]:
    """Yield one synthetic article after the other, in Markdown."""
    number = 0
    while True:
        parts = list(synthesis.passages(number, PASSAGES_OF_ARTICLE))
        body = "\n\n".join(part.text for part in parts)
        yield Source(f"{parts[0].article}.md", f"# {parts[0].title}\n\n{body}\n".encode())
        number += PASSAGES_OF_ARTICLE


def questions(synthesis: Synthesis, passages: int, count: int) -> list[str]:
    """Return distinct paths: half ask what to choose for something, half ask for facts."""
    (topic,) = shipped_topics()
    random = Random(passages)
    facts = synthesis.questions(count, passages, kind="http")
    texts = [choice(topic, fact, random) if n % 2 else fact for n, fact in enumerate(facts)]
    return [f"/ask?q={quote_plus(text)}" for text in dict.fromkeys(texts)]


def choice(topic: Topic, fact: str, random: Random) -> str:
    """Return a question for a choice that no other one is the same as."""
    options = " or ".join(option.label for option in topic.options[:2])
    criterion = random.choice(random.choice(topic.criteria).words)
    value, words = random.choice(random.choice(topic.conditions).values)
    situation = random.choice(words or (value,))
    detail = " ".join(fact.rstrip("?").split()[-3:])
    return f"{options} for {criterion}, {situation}, with {detail}?"
