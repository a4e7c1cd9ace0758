"""Matrix: what the articles say of each option on each criterion, as every export tells it.

The types are those of the wire: None stands for what is unknown or does not apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.model import Stance

Side = Literal["for", "against", "both sides", "no difference"]
Summary = Literal["for", "against", "mixed", "no difference", "not covered"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that is compared."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The article that is quoted."""

    id: str
    title: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words: `text` stands in the article from `start` to `end`, in code points.

    `scope` maps the conditions it is limited to to their values, `holds_for` says these in words,
    and `limits` are the article's own words for its limits.
    """

    stance: Stance
    text: str
    start: int
    end: int
    passage: str
    link: str
    hedged: bool
    example: bool
    scope: Mapping[str, str]
    holds_for: str | None
    limits: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """What one article says in one cell: the side it is on, counting all of its `statements`.

    It has one quote, the strongest of its side; on "both sides" it has one for each. `interest`
    says what the publisher sells when that may colour what it says here.
    """

    article: Reference
    side: Side
    statements: int
    interest: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an article gives: `value` in the base unit `unit`, `written` in its own words.

    Figures of one `group` within a criterion measure the same thing; `measure` is what the article
    calls it, where a table does. `note` says when just one article gives figures on the criterion,
    and when it tells no method near them.
    """

    article: Reference
    group: int
    value: float
    unit: str | None
    written: str
    measure: str | None
    note: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Statement:
    """One side of a disagreement: what an article says of `options`, several being combined."""

    options: tuple[str, ...]
    label: str
    article: Reference
    quote: Quote


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that contradict each other; see `kb.disagreements`."""

    between: Literal["articles", "one article"]
    strength: Literal["hard", "soft"]
    sides: tuple[Statement, Statement]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one option, or of several used together, on one criterion.

    `articles` speak of it: `articles_for` it, `articles_against` it, on `both_sides`, or seeing
    `no_difference`; these four add up to it. `agreement` is "3 of 4 articles": of those that speak
    of it, how many are for it. It is None when nobody speaks of it.
    """

    options: tuple[str, ...]
    label: str
    summary: Summary
    agreement: str | None
    articles: int
    articles_for: int
    articles_against: int
    both_sides: int
    no_difference: int
    voices: tuple[Voice, ...]
    figures: tuple[Figure, ...]
    disagreements: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion, in one of its senses: a cell for every option, in their order.

    `together` holds what is said of several options used together, which is said of none alone.
    """

    id: str
    sense: str | None
    label: str
    cells: tuple[Cell, ...]
    together: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A comparison; `articles` counts those of the topic."""

    topic: str
    name: str
    articles: int
    options: tuple[Choice, ...]
    criteria: tuple[Row, ...]
