"""compare(): claims to the matrix of options and criteria, every claim counted where it belongs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.choosing import chosen_criteria, chosen_options
from advisor.matrix import (
    Cell,
    Choice,
    Contradiction,
    Figure,
    Matrix,
    Quote,
    Reference,
    Row,
    Side,
    Statement,
    Summary,
    Voice,
)
from advisor.measures import Measured, is_figure, measured
from advisor.phrasing import labels_of, subject_label
from advisor.selecting import best_claims
from kb.disagreements import Conflict, conflicts
from kb.errors import EmptyKnowledgeBaseError
from kb.evidence import Evidence, Subject, in_sense, voices
from kb.model import Article, Claim, Passage, Stance
from kb.store import Snapshot
from kb.topic import Criterion, Topic

_SIDES: tuple[Side, ...] = ("for", "against", "both sides", "no difference")
_TOGETHER = "+"  # between the ids of options used together


@dataclass(frozen=True, slots=True)
class _Known:
    """What every cell is made from; `passages` are those of articles that give figures."""

    topic: Topic
    evidence: Evidence
    articles: Mapping[str, Article]
    passages: Mapping[str, Sequence[Passage]]


def compare(
    snapshot: Snapshot, topic: Topic, *, options: Sequence[str] = (), criteria: Sequence[str] = ()
) -> Matrix:
    """Return what the articles of `topic` say of its options on its criteria.

    Options and criteria are named by id, label or any word of the topic and come in the order
    they are named in. Without names they are all of them in the order of the topic file, and of
    the criteria those that an article speaks of. A criterion has a row for each of its senses
    that an article speaks in. A claim without a criterion is in no cell.

    Raises:
        ComparisonError: a name stands for no option or criterion, or for several.
        EmptyKnowledgeBaseError: the topic has no article yet.
    """
    chosen = chosen_options(topic, options)
    wanted = chosen_criteria(topic, criteria)
    articles = {article.id: article for article in snapshot.articles(topic.id)}
    if not articles:
        raise EmptyKnowledgeBaseError(
            "There is no article to compare from yet.", remedy="Add one: `kb add FILE`."
        )
    evidence = snapshot.evidence(topic.id)
    measuring = sorted({claim.article for claim in evidence.claims if is_figure(claim)})
    passages = {id: snapshot.passages(id) for id in measuring}
    known = _Known(topic, evidence, articles, passages)
    ids = [option.id for option in chosen]
    return Matrix(
        topic=topic.id,
        name=topic.name,
        articles=len(articles),
        options=tuple(Choice(option.id, option.label) for option in chosen),
        criteria=tuple(
            _row(criterion, sense, ids, known)
            for criterion in wanted
            for sense in _senses(criterion, evidence, named=bool(criteria))
        ),
    )


def _senses(criterion: Criterion, evidence: Evidence, *, named: bool) -> list[str]:
    """Return the senses that articles speak in, the usual one ("") first.

    A criterion that is named has a row even when nobody speaks of it.
    """
    senses = ["", *(sense for sense, _ in criterion.senses)]
    spoken = [each for each in senses if evidence.by_subject.get(in_sense(criterion.id, each))]
    return spoken or [""] * named


def _row(criterion: Criterion, sense: str, options: Sequence[str], known: _Known) -> Row:
    subject = in_sense(criterion.id, sense)
    claims = known.evidence.by_subject.get(subject, ())
    found = conflicts(claims)
    told = measured(claims, known.passages)
    used = {claim.about for claim in claims if len(claim.about) > 1}
    combined = sorted(about for about in used if set(about) <= set(options))

    def cell(about: tuple[str, ...]) -> Cell:
        return _cell(about, subject, claims, found, told, known)

    return Row(
        id=criterion.id,
        sense=sense or None,
        label=subject_label(subject, known.topic),
        cells=tuple(cell((id,)) for id in options),
        together=tuple(cell(about) for about in combined),
    )


def _cell(
    about: tuple[str, ...],
    subject: Subject,
    claims: Iterable[Claim],
    found: Iterable[Conflict],
    told: Mapping[Claim, Measured],
    known: _Known,
) -> Cell:
    own = [claim for claim in claims if claim.about == about]
    heard = tuple(_voices(about, subject, own, known))
    counts = Counter(voice.side for voice in heard)
    return Cell(
        options=about,
        label=_label(about, known.topic),
        summary=_summary(counts),
        agreement=_agreement(counts["for"], len(heard)),
        articles=len(heard),
        articles_for=counts["for"],
        articles_against=counts["against"],
        both_sides=counts["both sides"],
        no_difference=counts["no difference"],
        voices=heard,
        figures=tuple(_figure(claim, told[claim], known) for claim in own if claim in told),
        disagreements=tuple(
            _contradiction(each, known)
            for each in found
            if about in (each.first.about, each.second.about)
        ),
    )


def _label(about: Sequence[str], topic: Topic) -> str:
    return labels_of(about, topic) + " together" * (len(about) > 1)


def _agreement(number: int, articles: int) -> str | None:
    return f"{number} of {articles} article{'s' * (articles != 1)}" if articles else None


def _summary(counts: Mapping[Side, int]) -> Summary:
    """Return what the articles say together; one that sees no difference contradicts nobody."""
    if not sum(counts.values()):
        return "not covered"
    if counts["both sides"] or (counts["for"] and counts["against"]):
        return "mixed"
    return "for" if counts["for"] else "against" if counts["against"] else "no difference"


def _voices(
    about: tuple[str, ...], subject: Subject, claims: Sequence[Claim], known: _Known
) -> Iterator[Voice]:
    """Yield what each article says, those for it first; several options count as one of its own."""
    name = _TOGETHER.join(about)
    named = {replace(claim, about=(name,)): claim for claim in claims}
    balances = voices(named).of(name, subject)
    stances = {id: {c.stance for c in claims if c.article == id} for id in balances}
    sides = {id: _side(balance, stances[id]) for id, balance in balances.items()}
    best = {
        stance: {
            claim.article: named[claim]
            for claim in best_claims(named, subject, name, stance, most=len(balances))
        }
        for stance in ("for", "against", "even")
    }
    for id in sorted(sides, key=lambda id: (_SIDES.index(sides[id]), id)):
        quoted = [best[stance][id] for stance in _quoted(sides[id])]
        yield Voice(
            article=_reference(known.articles[id]),
            side=sides[id],
            statements=sum(claim.article == id for claim in claims),
            interest=_interest(known.articles[id], about, sides[id]),
            quotes=tuple(_quote(claim, known.topic) for claim in quoted),
        )


def _side(balance: float, stances: set[Stance]) -> Side:
    if balance:
        return "for" if balance > 0 else "against"
    return "both sides" if {"for", "against"} <= stances else "no difference"


def _quoted(side: Side) -> tuple[Stance, ...]:
    """Return of which stance a quote is shown."""
    if side == "for" or side == "against":
        return (side,)
    return ("for", "against") if side == "both sides" else ("even",)


def _interest(article: Article, about: Sequence[str], side: Side) -> str | None:
    """Return what a publisher sells if it is what it praises here, or a rival of what it blames."""
    interest = article.metadata.interest
    if interest is None or not interest.options:
        return None
    sold = bool(set(interest.options) & set(about))
    return interest.text if sold != (side == "against") else None


def _reference(article: Article) -> Reference:
    known = article.metadata
    return Reference(article.id, known.title, known.publisher or None, known.published or None)


def _quote(claim: Claim, topic: Topic) -> Quote:
    labels = [topic.condition(id).value_label(value) for id, value in claim.scope]
    place = f"from={claim.start}&to={claim.end}#{claim.passage}"
    return Quote(
        stance=claim.stance,
        text=claim.quote,
        start=claim.start,
        end=claim.end,
        passage=claim.passage,
        link=f"/articles/{claim.article}?{place}",
        hedged=claim.hedged,
        example=claim.kind == "example",
        scope=dict(claim.scope),
        holds_for=", ".join(labels) or None,
        limits=claim.limits or None,
    )


def _figure(claim: Claim, told: Measured, known: _Known) -> Figure:
    assert claim.value is not None
    return Figure(
        article=_reference(known.articles[claim.article]),
        group=told.group,
        value=claim.value,
        unit=claim.unit or None,
        written=told.written,
        measure=told.measure or None,
        note=told.note or None,
        quote=_quote(claim, known.topic),
    )


def _contradiction(found: Conflict, known: _Known) -> Contradiction:
    first, second = (
        Statement(
            side.about,
            _label(side.about, known.topic),
            _reference(known.articles[side.article]),
            _quote(side, known.topic),
        )
        for side in (found.first, found.second)
    )
    return Contradiction(found.between, found.strength, (first, second))
