"""Article, Passage, Query, Hit, Claim, Decision: the frozen types that the steps hand on.

What every question makes dozens of is a tuple: a frozen dataclass takes three times as long.

Every `start` and `end` counts Unicode code points of the article's stored text, end exclusive.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "item", "row", "code", "aside"]
PassageKind = Literal["prose", "list", "table", "code", "answer"]
Stance = Literal["for", "against", "even"]
ClaimKind = Literal["stance", "figure", "example"]
DecisionKind = Literal["keep", "drop", "reject", "accept", "add"]


class Span(NamedTuple):
    """A stretch of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One readable unit of an article in the order of its text.

    `level` is 1 (title) to 6 for a heading and the nesting depth, 0 outermost, for an item.
    `group` numbers the list or table an item or row belongs to, counted from 1; 0 otherwise.
    `cells` are a row's cells from left to right, the first one its label.
    `columns` are the header's cells in the same order, empty when the table has no header.
    `aside` is the reason a block of kind "aside" is not read as part of the article.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    group: int = 0
    cells: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text; an empty string means unknown.

    `published` is an ISO date as far as it is known (2024, 2024-03 or 2024-03-26).
    """

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    interest: "Interest | None" = None


@dataclass(frozen=True, slots=True)
class Interest:
    """What a publisher gains by its advice: the options it sells, and a sentence on it."""

    options: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What reading a source yields: clean text, its blocks in order, and metadata."""

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Article:
    """A stored document: `text` never changes, `digest` is that of the raw bytes."""

    id: str
    topic: str
    digest: str
    text: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that is about one option."""

    option: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that can be quoted alone, with the headings it stands under.

    `number` is the knowledge base's own number, 0 before it is stored.
    `headings` run from the outermost to the innermost and leave the article's title out.
    `damage` says what is wrong with code that lost something before it was stored, "" when
    nothing is known to be.
    """

    id: str
    article: str
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    kind: PassageKind = "prose"
    cells: tuple[Cell, ...] = ()
    number: int = 0
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stored passage stands, without its text; `damaged` says that it lost something.

    `sketch` tells its likes (`kb.likeness`), `number` is what the index knows it by.
    """

    id: str
    article: str
    start: int
    damaged: bool
    sketch: bytes
    number: int


class Alternative(NamedTuple):
    """A known word that may stand for a word of the question, `weight` above 0 and at most 1."""

    word: str
    weight: float


class QueryWord(NamedTuple):
    """One word of a question as typed, with the indexed words that stand for it.

    The best alternative counts in each passage; `weight` multiplies it (2.0 if asked twice).
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    weight: float = 1.0


class Query(NamedTuple):
    """A question as the index sees it."""

    topic: str
    words: tuple[QueryWord, ...]


class ScorePart(NamedTuple):
    """What one named thing added to a score."""

    name: str
    value: float


class Hit(NamedTuple):
    """A passage found for a query; `score` is the sum of its `parts`."""

    passage: Passage
    score: float
    parts: tuple[ScorePart, ...] = ()
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing an article says of an option, with the exact words it says it in.

    `about` holds option ids; several mean their combination. `criterion` is "" for an overall one.
    `scope` maps condition ids to values the claim is limited to; `limits` are scope words as
    written ("for simple requests"). A figure has `value` and `unit`. `sense` names the other
    meaning in which it speaks of its criterion, "" for the usual one.
    """

    article: str
    passage: str
    about: tuple[str, ...]
    criterion: str
    stance: Stance
    start: int
    end: int
    quote: str
    method: str
    kind: ClaimKind = "stance"
    hedged: bool = False
    scope: tuple[tuple[str, str], ...] = ()
    limits: str = ""
    value: float | None = None
    unit: str = ""
    sense: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a maintainer decided on words of an article; it outlives every reading of it.

    "keep" and "drop" say whether the words belong to the article. The other kinds are about one
    claim that is made in them, with the fields that a Claim has; "add" makes it. `claims` is the
    kind of that claim.
    """

    article: str
    kind: DecisionKind
    quote: str
    about: tuple[str, ...] = ()
    criterion: str = ""
    stance: Stance = "even"
    hedged: bool = False
    scope: tuple[tuple[str, str], ...] = ()
    claims: ClaimKind = "stance"
    limits: str = ""
    value: float | None = None
    unit: str = ""
    sense: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What a knowledge base holds at one revision."""

    revision: int
    articles: int
    passages: int
    topics: tuple[str, ...] = field(default=())
