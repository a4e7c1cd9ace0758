"""Task: what an engine is asked in speed.py, and what is changed, as JSON for a child process.

The parent makes it, so that the memory of the process that asks is that of the engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from judged import Text
from synthetic import PASSAGES_OF_ARTICLE, Synthesis
from typos import LEVELS, content_words, mistyped, with_typos

_QUESTIONS = 200
_WARMING = 100  # questions before the clock starts
_ARTICLES = 5  # added and removed


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, all different: to warm up, as they are, misspelt, and for the single steps.

    `words` are misspelt ones; `articles` are new ones, each as its passages.
    """

    warming: Sequence[str]
    clean: Sequence[str]
    misspelt: Sequence[str]
    steps: Sequence[str]
    words: Sequence[str]
    articles: Sequence[Sequence[Text]]


def task_of(synthesis: Synthesis, passages: int) -> Task:
    """Return a task for an index of so many passages, the same one for one seed."""
    random = Random(passages)
    others = synthesis.questions(_QUESTIONS, passages, kind="misspelt")
    steps = synthesis.questions(_QUESTIONS, passages, kind="steps")
    words = [word.group() for each in steps for word in content_words(each)]
    first = PASSAGES_OF_ARTICLE * (passages // PASSAGES_OF_ARTICLE + 1)
    last = first + _ARTICLES * PASSAGES_OF_ARTICLE
    return Task(
        warming=synthesis.questions(_WARMING, passages, kind="warming"),
        clean=synthesis.questions(_QUESTIONS, passages),
        misspelt=[with_typos(each, LEVELS[0], random) for each in others],
        steps=steps,
        words=[mistyped(word, 1 + place % 2, random) for place, word in enumerate(words)],
        articles=[
            list(synthesis.passages(number, PASSAGES_OF_ARTICLE))
            for number in range(first, last, PASSAGES_OF_ARTICLE)
        ],
    )


def read_task(table: Mapping[str, Any]) -> Task:
    """Return a task of its JSON."""
    articles = [[Text(**part) for part in article] for article in table["articles"]]
    return Task(**{**table, "articles": articles})
