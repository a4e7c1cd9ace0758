"""Statistics: how much of everything a knowledge base holds."""

from dataclasses import dataclass

from kb.history import Extent


@dataclass(frozen=True, slots=True)
class TopicStatistics:
    """How much a topic holds: `words` are counted in the texts, `forms` are different words."""

    id: str
    articles: int
    passages: int
    claims: int
    words: int
    forms: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much a knowledge base holds; sizes are in bytes.

    `size` is that of the file, of which `free` is not used, `sources` what the articles were read
    from take, and `history.size` what is kept for undoing. `revision` is the latest number.
    """

    topics: tuple[TopicStatistics, ...]
    corrections: int
    revision: int
    revisions: int
    size: int
    free: int
    sources: int
    history: Extent
