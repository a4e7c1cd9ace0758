"""Answers and passages to the types of the wire: the one place that knows both."""

from collections.abc import Iterable

from advisor import model
from kb.model import Article, Interest, Passage, ScorePart, Span
from web.schemas import (
    AnswerOut,
    ArticleOut,
    AskBackOut,
    CellOut,
    ChangeOut,
    CitationOut,
    ConditionOut,
    CorrectionOut,
    DisagreementOut,
    FlipOut,
    GuidanceOut,
    InterestOut,
    KnowledgeBaseOut,
    NearMissOut,
    NeedOut,
    NumberedPassageOut,
    PartOut,
    PassageOut,
    ReasonOut,
    SideOut,
    SupportOut,
    TraceOut,
    UnderstoodOut,
)


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
    return PassageOut(
        id=passage.id,
        text=passage.text,
        section=list(passage.headings),
        start=passage.start,
        end=passage.end,
        cells=[
            CellOut(option=cell.option, start=cell.start, end=cell.end) for cell in passage.cells
        ],
        damaged=passage.damage or None,
        article=ArticleOut(
            id=article.id,
            title=known.title,
            publisher=known.publisher or None,
            published=known.published or None,
            url=known.url or None,
            interest=_interest(known.interest),
        ),
        link=f"/articles/{article.id}#{passage.id}",
    )


def _interest(interest: Interest | None) -> InterestOut | None:
    if interest is None:
        return None
    return InterestOut(options=list(interest.options), text=interest.text)


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
        not_covered=[*reading.not_covered, *reading.beside],
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
