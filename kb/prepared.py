"""PreparedArticle: everything one article adds to the knowledge base."""

from dataclasses import dataclass

from kb.index import ArticleIndex
from kb.model import Article, Block, Claim, Passage


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """Everything one article adds to the knowledge base, made before the transaction begins."""

    article: Article
    asides: tuple[Block, ...]
    passages: tuple[Passage, ...]
    index: ArticleIndex
    claims: tuple[Claim, ...]
