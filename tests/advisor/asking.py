"""Types of the fixtures that ask the drinks knowledge base, and how to look at what was read."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from advisor.model import Answer, Reading
from advisor.spotting import Spotted
from kb.extract.raw import Source
from kb.ingest import create
from kb.store import Snapshot, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

Asking = Callable[..., Answer]
Reads = Callable[..., Reading]
Spotting = Callable[[str], Spotted]


def needs(understood: Reading | Spotted) -> dict[str, float]:
    """Return the importance of each criterion."""
    return {need.criterion: need.importance for need in understood.needs}


@contextmanager
def two_drinks(path: Path, text: str) -> Iterator[Snapshot]:
    """Yield a knowledge base of one article with `text` on tea or coffee."""
    drinks = parse_topic(_two("Drinks", "Tea", "Coffee"), id="drinks")
    create(path, [(drinks, [Source("a.md", text.encode())])])
    with closing(open_store(path)) as store, store.read() as snapshot:
        yield snapshot


def tools_topic(tables: str) -> Topic:
    """Return a topic on saw and axe with criteria and conditions as in a topic file."""
    return parse_topic(f"{_two('Tools', 'Saw', 'Axe')}{tables}[outside]\nwords = []\n", id="tools")


def _two(name: str, *labels: str) -> str:
    """Return the text of a topic file with options of these labels and nothing else."""
    options = (
        f'[options.{label.lower()}]\nlabel = "{label}"\nwords = ["{label.lower()}s"]\n'
        for label in labels
    )
    return f'name = "{name}"\n' + "".join(options)
