"""The JSON of /ask: what each key holds; see the contract. `web/replies.py` fills it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from advisor import model


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class NeedOut(_Wire):
    id: str
    importance: float


class CorrectionOut(_Wire):
    typed: str = Field(alias="from")
    read_as: str = Field(alias="to")


class UnderstoodOut(_Wire):
    standalone: str
    topic: str
    intent: model.Intent
    options: list[str]
    criteria: list[NeedOut]
    conditions: dict[str, str]
    corrections: list[CorrectionOut]
    carried_over: list[str]
    ignored: list[str]
    not_covered: list[str]


class CitationOut(_Wire):
    """`start` and `end` count code points of the article's text; `n` numbers the passage."""

    n: int
    start: int
    end: int
    quote: str


class ChangeOut(_Wire):
    text: str
    given: dict[str, str]
    without: list[str]


class ReasonOut(_Wire):
    text: str
    favours: str | None
    criterion: str | None
    rule: str | None
    citations: list[CitationOut]


class ConditionOut(_Wire):
    when: ChangeOut
    option: str | None
    citations: list[CitationOut]


class SideOut(_Wire):
    option: str
    stance: Literal["for", "against", "even"]
    quote: str
    citation: CitationOut


class DisagreementOut(_Wire):
    criterion: str | None
    between: Literal["articles", "one article"]
    strength: Literal["hard", "soft"]
    sides: list[SideOut]


class FlipOut(_Wire):
    when: ChangeOut
    verdict: model.Verdict
    option: str | None


class AskBackOut(_Wire):
    question: str
    choices: list[ChangeOut]


class NearMissOut(_Wire):
    rule: str
    missing: str


class PartOut(_Wire):
    name: str
    value: float


class SupportOut(_Wire):
    total: float
    parts: list[PartOut]


class TraceOut(_Wire):
    fired: list[str]
    near_misses: list[NearMissOut]
    support: dict[str, SupportOut]


class GuidanceOut(_Wire):
    verdict: model.Verdict
    option: str | None
    headline: str
    confidence: model.Confidence
    confidence_because: str
    reasons: list[ReasonOut]
    against: list[ReasonOut]
    conditions: list[ConditionOut]
    disagreements: list[DisagreementOut]
    would_change: list[FlipOut]
    ask_back: AskBackOut | None
    trace: TraceOut


class CellOut(_Wire):
    option: str
    start: int
    end: int


class InterestOut(_Wire):
    options: list[str]
    text: str


class ArticleOut(_Wire):
    id: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    interest: InterestOut | None


class PassageOut(_Wire):
    """A quoted passage: `text` stands in the article from `start` to `end`.

    `damaged` says what is wrong with code that lost something before it was stored: show it with
    the text, which does not work as it stands.
    """

    id: str
    text: str
    section: list[str]
    start: int
    end: int
    cells: list[CellOut]
    damaged: str | None
    article: ArticleOut
    link: str


class NumberedPassageOut(PassageOut):
    """A passage of an answer; `highlights` are relative to `text`."""

    n: int
    role: model.Role
    highlights: list[tuple[int, int]]
    score: float
    score_parts: list[PartOut]


class KnowledgeBaseOut(_Wire):
    revision: int
    articles: int
    passages: int


class AnswerOut(_Wire):
    """The reply to one question; all keys are always present."""

    question: str
    answered: bool
    understood: UnderstoodOut
    guidance: GuidanceOut
    passages: list[NumberedPassageOut]
    suggestions: list[str]
    knowledge_base: KnowledgeBaseOut
