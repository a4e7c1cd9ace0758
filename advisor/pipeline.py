"""ask(): the steps from a question to an answer, in order."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Literal

from advisor.analysed import question_atoms
from advisor.citing import Citing
from advisor.errors import DeadlineError
from advisor.finding import find, readable, stems_held
from advisor.followups import FACTUAL
from advisor.guiding import guide
from advisor.model import NO_ADJUSTMENTS, Adjustments, Answer, Reading, Role
from advisor.reasons import Case
from advisor.seeking import kind_asked, sought
from advisor.shelf import Shelf
from advisor.sources import guide_to_articles
from advisor.suggesting import suggestions
from advisor.telling import told_by
from advisor.told import NOTHING_TOLD, Told
from advisor.understand import understand
from advisor.weigh import Weighed, weigh
from kb.claims.context import mentions
from kb.errors import EmptyKnowledgeBaseError
from kb.model import Hit, State
from kb.store import Snapshot
from kb.topic import Topic

MOST_PASSAGES = 20


class Deadline:
    """A budget of seconds of work for one answer; past it `check` raises instead of shortening.

    Counted is the CPU time of the thread, so that a busy machine refuses nobody. It belongs to
    the thread that made it. No thread works longer than a clock on the wall says: that one is
    looked at first, because it asks nothing of the system.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds
        self._soonest = time.perf_counter() + seconds

    def check(self) -> None:
        if time.perf_counter() > self._soonest and time.thread_time() > self._end:
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
    judge = partial(weigh, topic=chosen, evidence=evidence, use_rules=rules, use_claims=claims)
    weighed = judge(reading)
    told = _told(snapshot, reading, weighed, chosen, history[-1] if history else "")
    if not (told or reading.articles) and (missing := _unanswered(reading, weighed)):
        unheard = tuple(each for each in reading.unheard if each in missing)
        reading = reading._replace(not_covered=missing, unheard=unheard)
        weighed = judge(reading)
    deadline.check()
    hits: list[Hit] = []
    if not (reading.courtesy or reading.articles):
        limit = max(1, min(limit, MOST_PASSAGES))
        hits = find(snapshot, reading, weighed, evidence.claims, told, limit=limit)
    deadline.check()
    articles = Shelf(snapshot, chosen.id)
    answered = weighed.verdict != "not_covered"
    role: Role = "hit" if answered else "related"
    citing = Citing(hits, role=role, passages=snapshot.passages_by_id)
    case = Case(reading, weighed, chosen, articles, citing)
    guidance = guide_to_articles(case, evidence, snapshot) if reading.articles else None
    guidance = guidance or guide(case, evidence, told, earlier=len(history))
    deadline.check()
    cited = snapshot.passages_by_id(citing.passage_ids())
    return Answer(
        question=reading.question,
        answered=answered,
        reading=reading,
        guidance=guidance,
        passages=citing.shown(cited, articles.some({each.article for each in cited.values()})),
        suggestions=tuple(suggestions(reading, guidance, chosen, evidence, cited)),
        state=state,
    )


def _told(
    snapshot: Snapshot, reading: Reading, weighed: Weighed, topic: Topic, earlier: str
) -> Told:
    """Return what articles tell of a fact that was asked for, `earlier` if only referred to."""
    if weighed.verdict != "no_verdict" or reading.sides or reading.intent not in FACTUAL:
        return NOTHING_TOLD
    wanted = sought(reading, topic, earlier)
    claims = snapshot.evidence(topic.id).claims
    passages = readable(snapshot, reading, wanted, claims)
    return told_by(passages, wanted, topic, stems_held(snapshot, wanted, passages, topic.id))


def _unanswered(reading: Reading, weighed: Weighed) -> tuple[str, ...]:
    """Return what a question for a fact turns on, in its own words, when nothing answers it.

    These are words that no article holds, or those that ask for a name, a year or an address.
    """
    if weighed.verdict != "no_verdict" or reading.sides or reading.intent not in FACTUAL:
        return ()
    asked = kind_asked(reading)
    asking = {word for text in asked for word in text.casefold().split()}
    return tuple(e for e in reading.unheard if e.casefold() not in asking) or asked


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
    if len(readings) == 1:
        return readings[0]
    return max(readings, key=lambda pair: _belonging(*pair))


def _belonging(topic: Topic, reading: Reading) -> tuple[int, int, int]:
    """Tell how much a question belongs to a topic: its options decide, then all it names.

    What only hints at a criterion counts less than a word for one.
    """
    words = question_atoms(reading.question)
    kinds = [found.meaning.kind for found in topic.phrases.find(words)]
    stated = mentions(words, topic).criteria
    named = 2 * kinds.count("subject") + kinds.count("outside")
    named += len(reading.needs) + len(stated) + len(reading.conditions)
    return len(reading.options), named, -len(reading.not_covered)
