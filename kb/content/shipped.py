"""The topics and articles that come with the program."""

from pathlib import Path

from kb.extract.raw import Source
from kb.topic import Topic
from kb.topic_file import parse_topic

_FOLDER = Path(__file__).parent


def shipped_topics() -> list[Topic]:
    """Return every shipped topic, by id (its folder's name)."""
    return [
        parse_topic(file.read_text(encoding="utf-8"), id=file.parent.name, file=str(file))
        for file in sorted(_FOLDER.glob("*/topic.toml"))
    ]


def shipped_articles(topic: str) -> list[Source]:
    """Return the articles shipped with a topic, by name."""
    files = sorted((_FOLDER / topic / "articles").glob("*.md"))
    return [Source(file.name, file.read_bytes()) for file in files]
