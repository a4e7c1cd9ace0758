"""ask(): the steps from a question to an answer, in order."""

import time
from collections.abc import Mapping, Sequence
from typing import Literal

from advisor import whatif, wording
from advisor.citing import Citing
from advisor.confidence import confidence
from advisor.errors import DeadlineError
from advisor.finding import find
from advisor.model import (
    NO_ADJUSTMENTS,
    Adjustments,
    Answer,
    ConditionAdvice,
    Guidance,
    Reading,
)
from advisor.reasons import Case, against, reasons
from advisor.selecting import best_claims
from advisor.understand import understand
from advisor.weigh import Weighed, weigh
from kb.errors import EmptyKnowledgeBaseError
from kb.evidence import Evidence
from kb.model import Article, Claim, State
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import atoms

MOST_PASSAGES = 20
_OPEN = ("depends", "either", "disagree")


class Deadline:
    """A budget of seconds of work for one answer; past it `check` raises instead of shortening.

    Counted is the CPU time of the thread, so that a busy machine refuses nobody. It belongs to
    the thread that made it.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        if time.thread_time() > self._end:
            raise DeadlineError(
                "Answering took too long.", remedy="Ask again in a moment, or in fewer words."
            )


def ask(
    snapshot: Snapshot,
    question: str,
    *,
    history: Sequence[str] = (),
    topic: str = "",
    limit: int = 5,
    adjustments: Adjustments = NO_ADJUSTMENTS,
    deadline: Deadline | None = None,
    without: Literal["", "rules", "claims"] = "",
) -> Answer:
    """Return the answer to `question`, with `limit` (clamped to 1-20) best passages first.

    `without` leaves the rules or the claims out of the verdict, to measure what they are worth.

    Raises:
        QuestionError: the question, its history or its adjustments cannot be used.
        UnknownTopicError: the knowledge base has no such topic.
        EmptyKnowledgeBaseError: no article was added yet.
        DeadlineError: the deadline passed between two steps.
    """
    deadline = deadline or Deadline(60.0)
    state = _filled(snapshot)
    chosen, reading = _read(snapshot, question, history, topic, adjustments)
    deadline.check()
    evidence = snapshot.evidence(chosen.id)
    rules, claims = without != "rules", without != "claims"
    weighed = weigh(reading, chosen, evidence, use_rules=rules, use_claims=claims)
    deadline.check()
    limit = max(1, min(limit, MOST_PASSAGES))
    hits = find(snapshot, reading, weighed, evidence.claims, limit=limit)
    deadline.check()
    articles = {article.id: article for article in snapshot.articles(chosen.id)}
    answered = weighed.verdict != "not_covered"
    citing = Citing(hits, role="hit" if answered else "related")
    guidance = _guidance(reading, chosen, evidence, weighed, articles, citing, len(history))
    deadline.check()
    passages = snapshot.passages_by_id(citing.passage_ids())
    return Answer(
        question=reading.question,
        answered=answered,
        reading=reading,
        guidance=guidance,
        passages=citing.shown(passages, articles),
        suggestions=tuple(_suggestions(reading, chosen, evidence.claims)),
        state=state,
    )


def _filled(snapshot: Snapshot) -> State:
    state = snapshot.state()
    if not state.passages:
        raise EmptyKnowledgeBaseError(
            "The knowledge base holds no article yet.", remedy="Add one: `kb add FILE`."
        )
    return state


def _read(
    snapshot: Snapshot,
    question: str,
    history: Sequence[str],
    topic: str,
    adjustments: Adjustments,
) -> tuple[Topic, Reading]:
    """Read the question under the topic named, or under the one it mentions most of."""
    topics = [snapshot.topic(topic)] if topic else snapshot.topics()
    readings = [
        (each, understand(question, each, snapshot, history=history, adjustments=adjustments))
        for each in topics
    ]
    return max(readings, key=lambda pair: _belonging(*pair))


def _belonging(topic: Topic, reading: Reading) -> tuple[int, int, int]:
    """Tell how much a question belongs to a topic: its options decide, then all it names."""
    kinds = [found.meaning.kind for found in topic.phrases.find(atoms(reading.question))]
    named = 2 * kinds.count("subject") + kinds.count("outside")
    named += len(reading.needs) + len(reading.conditions)
    return len(reading.options), named, -len(reading.not_covered)


def _guidance(
    reading: Reading,
    topic: Topic,
    evidence: Evidence,
    weighed: Weighed,
    articles: Mapping[str, Article],
    citing: Citing,
    earlier: int,
) -> Guidance:
    level, because = confidence(weighed, reading, topic)
    head = wording.headline(reading, topic, weighed)
    if weighed.verdict in ("not_covered", "no_verdict"):
        return Guidance(weighed.verdict, "", head, level, because, trace=weighed.trace)
    leader = weighed.option or weighed.leader or topic.option_ids[0]
    case = Case(reading, weighed, topic, articles, citing)
    return Guidance(
        verdict=weighed.verdict,
        option=weighed.option,
        headline=head,
        confidence=level,
        confidence_because=because,
        reasons=tuple(reasons(case, leader)),
        against=tuple(against(case, leader)),
        conditions=tuple(_conditions(reading, topic, evidence, weighed, citing)),
        disagreements=tuple(wording.disagreements(weighed, citing)),
        would_change=tuple(whatif.flips(reading, topic, evidence, weighed)),
        ask_back=whatif.ask_back(reading, topic, evidence, weighed, earlier=earlier),
        trace=weighed.trace,
    )


def _conditions(
    reading: Reading,
    topic: Topic,
    evidence: Evidence,
    weighed: Weighed,
    citing: Citing,
) -> list[ConditionAdvice]:
    """Return what follows from each condition, where the verdict is open.

    If a criterion was asked for, these are the conditions under which articles speak of it.
    """
    together = any(topic.criterion(need.criterion).combined for need in reading.needs)
    if weighed.verdict not in _OPEN or together:
        return []
    asked = {need.criterion for need in reading.needs if need.importance >= 1}
    scoped = [claim for claim in weighed.claims if claim.criterion in asked and claim.scope]
    found = []
    for change, outcome in whatif.conditional(reading, topic, evidence):
        id, value = change.given[0]
        claims = scoped if asked else evidence.claims
        quoted = best_claims(claims, f"{id}={value}", outcome.option, "for", most=1)
        if quoted:
            citations = tuple(citing.cite(claim) for claim in quoted)
            found.append(ConditionAdvice(change, outcome.option, citations))
    return found


def _suggestions(reading: Reading, topic: Topic, claims: Sequence[Claim]) -> list[str]:
    """Return follow-up questions on criteria that several articles speak of."""
    asked = {need.criterion for need in reading.needs}
    articles: dict[str, set[str]] = {}
    for claim in claims:
        if claim.criterion and claim.criterion not in asked:
            articles.setdefault(claim.criterion, set()).add(claim.article)
    order = sorted(articles, key=lambda id: (-len(articles[id]), id))
    if reading.not_covered:
        return list(topic.examples[:3])
    return [f"And for {topic.criterion(id).label}?" for id in order[:3]]
