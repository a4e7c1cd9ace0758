"""Records: what an article is made from, which is all that history, export and undo have to keep.

Text, passages, claims and index follow from a record and its topic. An article that was stored
without its source has them as part of its record.
"""

from dataclasses import dataclass

from kb.extract.raw import Source
from kb.given import Given
from kb.model import Block, Decision, Metadata, Passage


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of an article's source when it was read, for want of the source itself."""

    text: str
    asides: tuple[Block, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """All of an article that does not follow from something else; `made` unless it has a source.

    `digest` is the stored article's, "" when it comes from outside.
    """

    id: str
    topic: str
    metadata: Metadata
    given: Given
    source: Source | None
    decisions: tuple[Decision, ...]
    made: Made | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A topic: the text of its file."""

    id: str
    text: str


Record = ArticleRecord | TopicRecord
