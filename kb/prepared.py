"""PreparedArticle: everything one article adds to the knowledge base, and what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.extract.raw import Source
from kb.given import Given
from kb.index import ArticleIndex
from kb.model import Article, Block, Claim, Decision, Passage
from kb.repeats import Shingled


@dataclass(frozen=True, slots=True)
class Version:
    """What a stored article was made from: what was read, and what was decided and given of it.

    Its passages and claims follow from this and from the topic's text.
    """

    digest: str
    decisions: tuple[Decision, ...] = ()
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class Basis:
    """What a change of one article was made from; it is stored only while that still stands.

    `topic` is the text of the article's topic. `digest` is that of the article as it was read out
    of the knowledge base, "" when it comes from outside and may take the place of any.
    """

    topic: str
    decisions: tuple[Decision, ...] = ()
    digest: str = ""
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class TopicBasis:
    """The same for a change of a topic: its text, "" if it is new, and all of its articles."""

    text: str
    articles: Mapping[str, Version]


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """Everything one article adds to the knowledge base, made before the transaction begins.

    `decisions`, and what is `given` of its metadata, are all that stand for the article from now
    on. Without a `source` it cannot be read again.
    """

    article: Article
    asides: tuple[Block, ...]
    passages: tuple[Passage, ...]
    index: ArticleIndex
    claims: tuple[Claim, ...]
    source: Source | None
    decisions: tuple[Decision, ...]
    basis: Basis
    given: Given = Given()

    @property
    def shingled(self) -> list[Shingled]:
        """The passages with their shingles."""
        return [Shingled(*e) for e in zip(self.passages, self.index.shingles, strict=True)]


@dataclass(frozen=True, slots=True)
class PreparedClaims:
    """The claims of a stored article found anew, with all decisions that stand from now on."""

    article: str
    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    basis: Basis
