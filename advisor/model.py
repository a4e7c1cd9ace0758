"""Reading, Reason, Guidance, Answer: what advisor's steps hand to one another, all frozen.

What every question makes several of is a tuple: a frozen dataclass takes three times as long.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kb.model import Article, Passage, Query, ScorePart, Span, Stance, State

Intent = Literal[
    "choose", "compare", "suitability", "fact", "definition", "howto", "list", "unclear"
]
Verdict = Literal["lean", "either", "depends", "disagree", "not_covered", "no_verdict"]
Confidence = Literal["low", "medium", "high"]
Role = Literal["hit", "cited", "related"]
Courtesy = Literal["", "greeting", "thanks"]
Whether = Literal["", "good", "bad", "able", "fit", "unfit"]
AboutArticles = Literal["", "list", "agreement", "common"]


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What the asker set by hand: conditions given, parts taken out, corrections undone.

    `without` entries are "criterion:ID", "condition:ID" or "option:ID".
    """

    given: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


NO_ADJUSTMENTS = Adjustments()


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as another one."""

    typed: str
    read_as: str


class Need(NamedTuple):
    """A criterion that matters to the asker, and how much.

    `importance` is 3.0 (required), 1.0 (wanted), 0.25 (implied by a condition) or negative
    (unwanted). `sense` is the other meaning in which a question speaks of its criterion, "" for
    the usual one.
    """

    criterion: str
    importance: float
    sense: str = ""


class Reading(NamedTuple):
    """A question understood.

    `standalone` is the question with what earlier questions contributed, in words. `options`
    are those the question is about, empty when it names none; `asked_options` counts as named
    by the asker. `conditions` maps condition ids to values. `carried_over` names what earlier
    questions contributed, `ignored` the words that were too long to be used and the orders that
    were set aside, `not_covered` what was asked about and stands in no article. `explain` is
    true for "why?", `feasible` when the asker wants to know whether it can be done, not with
    which option. `sides` says whether strong ("for") or weak ("against") points were asked for,
    `news` are the criteria and conditions that a follow-up adds: what it is about.
    `indifferent` is true when the asker wants to know whether the choice matters for it at all,
    `weak_end` when which of them has less of what is good ("which is heavier", "which should I
    not use"). `doubted` are the options of "why not X?". `whether` is set when a yes or no is
    asked for of one option: whether it is "good" at something ("is X secure?"), "bad" at it ("is
    X hard to learn?"), "able" to do it ("can X do it?"), or whether it is "fit" for what was named
    ("is X enough for it?") or "unfit" ("is X overkill for it?"). `courtesy` is set when nothing was
    asked ("hello"). `unheard` are the words of a question for a fact that stand in no article.
    `articles` is set when the articles themselves are asked about: which they are, whether they
    agree, what they see in common. `beside` is what stands in no article and decides nothing,
    since enough else was named: a third option, a regulation; `guessed` is true when a need was
    taken from such a name. `foreign` is true for a text that seems to be in another language.
    """

    question: str
    standalone: str
    topic: str
    intent: Intent
    options: tuple[str, ...]
    needs: tuple[Need, ...]
    conditions: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...]
    carried_over: tuple[str, ...]
    ignored: tuple[str, ...]
    not_covered: tuple[str, ...]
    query: Query
    explain: bool = False
    feasible: bool = False
    sides: tuple[Stance, ...] = ()
    news: tuple[str, ...] = ()
    indifferent: bool = False
    weak_end: bool = False
    doubted: tuple[str, ...] = ()
    whether: Whether = ""
    courtesy: Courtesy = ""
    unheard: tuple[str, ...] = ()
    articles: AboutArticles = ""
    beside: tuple[str, ...] = ()
    guessed: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of a stored passage: `quote` equals the article's text from `start` to `end`.

    `n` is the number under which the answer shows the passage.
    """

    n: int
    article: str
    passage: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of advice; `rule` is the id of the rule whose own reasoning it is, or ""."""

    text: str
    favours: str
    criterion: str
    rule: str
    citations: tuple[Citation, ...]


class Change(NamedTuple):
    """A change of the question that can be clicked: conditions to set or parts to take out."""

    text: str
    given: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionAdvice:
    """Which option follows when a condition holds."""

    when: Change
    option: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement."""

    option: str
    stance: Stance
    quote: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two statements about one criterion that contradict each other."""

    criterion: str
    between: Literal["articles", "one article"]
    strength: Literal["hard", "soft"]
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Flip:
    """A change that leads to another verdict; it was asked, not guessed."""

    when: Change
    verdict: Verdict
    option: str


@dataclass(frozen=True, slots=True)
class AskBack:
    """A question to the asker whose answer can turn the verdict."""

    question: str
    choices: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that would have fired but for one condition."""

    rule: str
    missing: str


class Support(NamedTuple):
    """What speaks for an option: `total` is the sum of its `parts`."""

    option: str
    total: float
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """How the verdict came about."""

    fired: tuple[str, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    support: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """The advice. `option` is set when `verdict` is "lean", else ""."""

    verdict: Verdict
    option: str
    headline: str
    confidence: Confidence
    confidence_because: str
    reasons: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    conditions: tuple[ConditionAdvice, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    would_change: tuple[Flip, ...] = ()
    ask_back: AskBack | None = None
    trace: Trace = Trace()


class ShownPassage(NamedTuple):
    """A numbered passage of an answer with where it comes from."""

    n: int
    role: Role
    passage: Passage
    article: Article
    score: float
    parts: tuple[ScorePart, ...]
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is said in reply to one question."""

    question: str
    answered: bool
    reading: Reading
    guidance: Guidance
    passages: tuple[ShownPassage, ...]
    suggestions: tuple[str, ...]
    state: State
