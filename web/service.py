"""Service: what every route works with, and the one place where a question is asked."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Annotated

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, Request

from advisor.gaps import judged, missed
from advisor.model import Adjustments, Answer
from advisor.pipeline import Deadline, ask
from kb.errors import HelpfulError
from kb.learned import Asking
from kb.learned_recorder import Recorder
from kb.store import Snapshot, Store
from web.allowance import Allowance
from web.errors import OverloadError
from web.questions import Asked
from web.settings import Settings
from web.turns import turns


@dataclass(frozen=True, slots=True)
class Service:
    """A knowledge base, how it is served, and who keeps what is learned, if anything is."""

    settings: Settings
    store: Store
    recorder: Recorder | None
    allowance: Allowance  # of feedback

    def warm_up(self) -> None:
        """Load what the first question would have to wait for: word lists, topics, claims."""
        with suppress(HelpfulError), self.read() as snapshot:
            ask(snapshot, "warm up")

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Open one revision.

        Raises:
            KnowledgeBaseError: the knowledge base is missing or cannot be used.
        """
        with self.store.read() as snapshot:
            yield snapshot

    def answer(self, snapshot: Snapshot, asked: Asked) -> Answer:
        """Answer a question whole or not at all, within the deadline of the settings.

        That it is none, or an unsure one, is learned.

        Raises:
            QuestionError, UnknownTopicError, EmptyKnowledgeBaseError, DeadlineError: as `ask`.
        """
        answer = self.looked_up(snapshot, asked)
        if self.recorder is not None:
            event = missed(answer, asking_of(asked))
            if event is not None:
                self.recorder.record(event)
        return answer

    def judge(self, asked: Asked, *, helpful: bool, reason: str) -> None:
        """Learn what somebody says of the answer to a question, if anything is learned.

        Raises:
            KnowledgeBaseError, and what `answer` raises: it cannot be asked.
        """
        with self.read() as snapshot:
            answer = self.looked_up(snapshot, asked)
        if self.recorder is not None:
            event = judged(answer, asking_of(asked), helpful=helpful, reason=reason)
            self.recorder.record(event)

    def looked_up(self, snapshot: Snapshot, asked: Asked) -> Answer:
        """Answer what nobody asks now: an earlier question, or one that is only offered.

        Raises:
            QuestionError, UnknownTopicError, EmptyKnowledgeBaseError, DeadlineError: as `ask`.
        """
        return ask(
            snapshot,
            asked.question,
            history=asked.history,
            topic=asked.topic,
            limit=asked.limit,
            adjustments=Adjustments(asked.given, asked.without, asked.exact),
            deadline=Deadline(self.settings.deadline_seconds),
        )


def asking_of(asked: Asked) -> Asking:
    """Return what is asked as it is learned: without how many passages were wanted."""
    return Asking(
        asked.question, asked.history, asked.topic, asked.given, asked.without, asked.exact
    )


async def service_of(request: Request) -> Service:
    """Return the service of the application that `request` came to."""
    found = request.app.state.service
    assert isinstance(found, Service)
    return found


async def admitted(service: Annotated[Service, Depends(service_of)]) -> Service:
    """Return the service, unless too many questions wait for a thread or their turn already.

    Raises:
        OverloadError: they do.
    """
    queue = current_default_thread_limiter().statistics().tasks_waiting
    if max(queue, turns().waiting) >= service.settings.waiting:
        raise OverloadError("Too many questions are waiting.", remedy="Ask again in a second.")
    return service


AnyService = Annotated[Service, Depends(service_of)]
FreeService = Annotated[Service, Depends(admitted)]
