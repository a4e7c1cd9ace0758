"""What the parts of an answer cost in CPU, in this process: what a request is made of.

A part is what its functions take without what they call of other parts.
"""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from advisor import pipeline
from advisor.pipeline import ask
from kb import retrieval
from kb.store import open_store
from web.app import COLLECTING
from web.replies import answer_json

# Where a part is entered: the modules that hold the name under which it is called.
PARTS: Sequence[tuple[str, Any, str]] = (
    ("understanding", pipeline, "understand"),
    ("search", retrieval, "rank"),
    ("search", retrieval, "rank_few"),
    ("passages and boosts", pipeline, "find"),
    ("sentences for facts", pipeline, "readable"),
    ("sentences for facts", pipeline, "stems_held"),
    ("sentences for facts", pipeline, "told_by"),
    ("weighing", pipeline, "weigh"),
    ("wording", pipeline, "guide"),
    ("wording", pipeline, "guide_to_articles"),
    ("wording", pipeline, "suggestions"),
)


class Clock:
    """CPU time of this thread by part."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inside: list[str] = []
        self._since = time.thread_time()

    def turn(self) -> None:
        """Count what was spent since the last turn on the part that is open."""
        now = time.thread_time()
        if self._inside:
            self.spent[self._inside[-1]] += now - self._since
        self._since = now

    def timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def timing(*arguments: Any, **named: Any) -> Any:
            self.turn()
            self._inside.append(part)
            try:
                return work(*arguments, **named)
            finally:
                self.turn()
                self._inside.pop()

        return timing


def parts(file: Path, warming: Sequence[str], questions: Sequence[str]) -> dict[str, float]:
    """Return the milliseconds that a question takes on the mean, by part."""
    clock = Clock()
    with closing(open_store(file)) as store:

        def answered(question: str) -> None:
            with store.read() as snapshot:
                answer = clock.timed("the rest", ask)(snapshot, question)
            clock.timed("JSON", answer_json)(answer)

        for question in warming:
            answered(question)
        gc.collect()
        gc.freeze()  # as the server does
        gc.set_threshold(*COLLECTING)
        clock.spent.clear()
        patches = [
            patch.object(module, name, clock.timed(part, getattr(module, name)))
            for part, module, name in PARTS
        ]
        for each in patches:
            each.start()
        try:
            for question in questions:
                answered(question)
        finally:
            for each in patches:
                each.stop()
    names = dict.fromkeys([*(part for part, _, _ in PARTS), "the rest", "JSON"])
    return {name: 1000 * clock.spent[name] / len(questions) for name in names}
