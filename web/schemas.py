"""The JSON of /ask: what each key holds, and how an Answer becomes it. See the contract."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from advisor import model
from kb.model import Article, Passage, ScorePart, Span


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class NeedOut(_Wire):
    id: str
    importance: float


class CorrectionOut(_Wire):
    typed: str = Field(serialization_alias="from")
    read_as: str = Field(serialization_alias="to")


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
    """A quoted passage: `text` stands in the article from `start` to `end`."""

    id: str
    text: str
    section: list[str]
    start: int
    end: int
    cells: list[CellOut]
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


def answer_out(answer: model.Answer) -> AnswerOut:
    """Return what is sent for `answer`."""
    state = answer.state
    return AnswerOut(
        question=answer.question,
        answered=answer.answered,
        understood=_understood(answer.reading),
        guidance=_guidance(answer.guidance),
        passages=[_numbered(shown) for shown in answer.passages],
        suggestions=list(answer.suggestions),
        knowledge_base=KnowledgeBaseOut(
            revision=state.revision, articles=state.articles, passages=state.passages
        ),
    )


def passage_out(passage: Passage, article: Article) -> PassageOut:
    """Return what is sent for one passage by itself."""
    known = article.metadata
    interest = known.interest
    return PassageOut(
        id=passage.id,
        text=passage.text,
        section=list(passage.headings),
        start=passage.start,
        end=passage.end,
        cells=[
            CellOut(option=cell.option, start=cell.start, end=cell.end) for cell in passage.cells
        ],
        article=ArticleOut(
            id=article.id,
            title=known.title,
            publisher=known.publisher or None,
            published=known.published or None,
            url=known.url or None,
            interest=interest and InterestOut(options=list(interest.options), text=interest.text),
        ),
        link=f"/articles/{article.id}#{passage.id}",
    )


def _numbered(shown: model.ShownPassage) -> NumberedPassageOut:
    return NumberedPassageOut(
        **dict(passage_out(shown.passage, shown.article)),
        n=shown.n,
        role=shown.role,
        highlights=[_pair(span) for span in shown.highlights],
        score=shown.score,
        score_parts=_parts(shown.parts),
    )


def _understood(reading: model.Reading) -> UnderstoodOut:
    return UnderstoodOut(
        standalone=reading.standalone,
        topic=reading.topic,
        intent=reading.intent,
        options=list(reading.options),
        criteria=[NeedOut(id=need.criterion, importance=need.importance) for need in reading.needs],
        conditions=dict(reading.conditions),
        corrections=[
            CorrectionOut(typed=each.typed, read_as=each.read_as) for each in reading.corrections
        ],
        carried_over=list(reading.carried_over),
        ignored=list(reading.ignored),
        not_covered=list(reading.not_covered),
    )


def _guidance(guidance: model.Guidance) -> GuidanceOut:
    return GuidanceOut(
        verdict=guidance.verdict,
        option=guidance.option or None,
        headline=guidance.headline,
        confidence=guidance.confidence,
        confidence_because=guidance.confidence_because,
        reasons=[_reason(reason) for reason in guidance.reasons],
        against=[_reason(reason) for reason in guidance.against],
        conditions=[
            ConditionOut(
                when=_change(each.when),
                option=each.option or None,
                citations=_citations(each.citations),
            )
            for each in guidance.conditions
        ],
        disagreements=[_disagreement(each) for each in guidance.disagreements],
        would_change=[
            FlipOut(when=_change(each.when), verdict=each.verdict, option=each.option or None)
            for each in guidance.would_change
        ],
        ask_back=_ask_back(guidance.ask_back),
        trace=_trace(guidance.trace),
    )


def _ask_back(back: model.AskBack | None) -> AskBackOut | None:
    if back is None:
        return None
    return AskBackOut(question=back.question, choices=[_change(each) for each in back.choices])


def _reason(reason: model.Reason) -> ReasonOut:
    return ReasonOut(
        text=reason.text,
        favours=reason.favours or None,
        criterion=reason.criterion or None,
        rule=reason.rule or None,
        citations=_citations(reason.citations),
    )


def _disagreement(found: model.Disagreement) -> DisagreementOut:
    return DisagreementOut(
        criterion=found.criterion or None,
        between=found.between,
        strength=found.strength,
        sides=[
            SideOut(
                option=side.option,
                stance=side.stance,
                quote=side.quote,
                citation=_citation(side.citation),
            )
            for side in found.sides
        ],
    )


def _trace(trace: model.Trace) -> TraceOut:
    return TraceOut(
        fired=list(trace.fired),
        near_misses=[
            NearMissOut(rule=each.rule, missing=each.missing) for each in trace.near_misses
        ],
        support={
            each.option: SupportOut(total=each.total, parts=_parts(each.parts))
            for each in trace.support
        },
    )


def _change(change: model.Change) -> ChangeOut:
    return ChangeOut(text=change.text, given=dict(change.given), without=list(change.without))


def _citations(citations: Iterable[model.Citation]) -> list[CitationOut]:
    return [_citation(citation) for citation in citations]


def _citation(citation: model.Citation) -> CitationOut:
    return CitationOut(n=citation.n, start=citation.start, end=citation.end, quote=citation.quote)


def _parts(parts: Iterable[ScorePart]) -> list[PartOut]:
    return [PartOut(name=part.name, value=part.value) for part in parts]


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end
