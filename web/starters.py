"""Starters: questions to begin with, each of which this knowledge base has an answer to."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from advisor.phrasing import phrase
from kb.errors import HelpfulError
from kb.model import State
from kb.store import Snapshot
from kb.topic import Topic
from web.questions import Asked
from web.service import Service

MOST = 6
_TRIED = 12  # questions that are asked to find those with an answer


def starters(service: Service, snapshot: Snapshot, topic: Topic) -> Sequence[str]:
    """Return at most MOST questions: the topic's own, then on what most articles speak of.

    They are asked once for each state of the knowledge base.
    """
    found = _kept(service, snapshot.state(), topic.text)
    if topic.id not in found:
        found[topic.id] = tuple(islice(_answered(service, snapshot, topic), MOST))
    return found[topic.id]


@lru_cache(maxsize=16)
def _kept(service: Service, state: State, topic_text: str) -> dict[str, Sequence[str]]:
    """Return where the starters are kept that were found in one state, by topic."""
    return {}


def _answered(service: Service, snapshot: Snapshot, topic: Topic) -> Iterator[str]:
    for question in islice(_candidates(snapshot, topic), _TRIED):
        try:
            answer = service.looked_up(snapshot, Asked(question, topic=topic.id))
        except HelpfulError:  # there is no article yet, or it takes too long
            continue
        if answer.answered:
            yield question


def _candidates(snapshot: Snapshot, topic: Topic) -> Iterator[str]:
    """Yield the topic's examples, then for which option criteria speak, the best covered first."""
    yield from topic.examples
    for criterion in snapshot.evidence(topic.id).criteria:
        yield f"Which is better{phrase([criterion], topic)}?"
