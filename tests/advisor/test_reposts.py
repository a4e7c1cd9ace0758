"""A shipped article posted again under another name: it is one voice, and no answer changes."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.model import Answer
from advisor.pipeline import ask
from kb.content.shipped import shipped_articles, shipped_topics
from kb.extract.raw import Source
from kb.ingest import add, create, prepare
from kb.store import Snapshot, Store, open_store

QUESTIONS = [
    "Which is better for a REST API?",
    "Which one is easier to learn?",
    "And what about security?",
    "Who is faster?",
    "A team of three has six weeks and needs a login and an admin page.",
    "Flask or Django for a beginner?",
    "Which one scales better?",
    "Should I take Django for a small blog?",
    "Which has the larger community?",
    "Is Flask good for prototypes?",
    "What about testing?",
    "Which is more flexible?",
    "Flask or Django for a big team with a complex product?",
]


def reposted(source: Source, id: str, published: str) -> Source:
    """Return an article with words replaced, other line breaks, and the end cut off.

    Every 25th longer word of its paragraphs is another one; short lines stay as they are.
    """
    rng = random.Random(source.name)
    head, body = re.fullmatch(r"(---\n.*?\n---\n)(.*)", source.data.decode(), re.DOTALL).groups()
    head = re.sub(r"published:.*\n", "", head).replace("---\n", f"---\npublished: {published}\n", 1)
    paragraphs = body.split("\n\n")
    for place, text in enumerate(paragraphs):
        if len(text.split()) > 15:
            text = re.sub(
                r"\b[a-z]{4,}\b", lambda w: "else" if rng.random() < 0.04 else w.group(), text
            )
            paragraphs[place] = re.sub(r"(?<=[a-z]) (?=of |and )", "\n", text)
    kept = "\n\n".join(paragraphs[: len(paragraphs) * 5 // 6])
    return replace(source, name=id, data=(head + kept).encode())


def told(answer: Answer) -> dict[str, object]:
    guidance = answer.guidance
    return {
        "verdict": (guidance.verdict, guidance.option, guidance.headline),
        "support": (guidance.trace.support, guidance.trace.fired),
        "confidence": (guidance.confidence, guidance.confidence_because),
        "reasons": [reason.text for reason in (*guidance.reasons, *guidance.against)],
        "disagreements": [
            (each.criterion, each.between, each.strength, [side.quote for side in each.sides])
            for each in guidance.disagreements
        ],
        "would change": guidance.would_change,
    }


def answers(snapshot: Snapshot) -> Mapping[str, Answer]:
    return {question: ask(snapshot, question) for question in QUESTIONS}


@pytest.fixture(scope="module")
def sources() -> Sequence[Source]:
    (topic,) = shipped_topics()
    return shipped_articles(topic.id)


def shipped(path: Path) -> Store:
    create(path, [(topic, shipped_articles(topic.id)) for topic in shipped_topics()])
    return open_store(path)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("alone") / "alone.db"
    with closing(shipped(path)) as store, store.read() as snapshot:
        yield snapshot


# The first of the ids sorts before all originals; a later date makes it the copy all the same.
@pytest.mark.parametrize("id", ["a-second-post", "zz-second-post"])
@pytest.mark.parametrize("number", range(4))
def test_a_re_post_changes_no_voice_no_support_and_no_disagreement(
    tmp_path: Path, alone: Snapshot, sources: Sequence[Source], number: int, id: str
) -> None:
    (topic,) = shipped_topics()
    original = prepare(sources[number], topic).article
    if id < original.id and not original.metadata.published:
        pytest.skip("of two articles without a date the first by id is the original")
    copy = prepare(reposted(sources[number], id, published="2026"), topic)
    if not original.metadata.published:
        undated = replace(copy.article.metadata, published="")
        copy = replace(copy, article=replace(copy.article, metadata=undated))
    with closing(shipped(tmp_path / "twice.db")) as store:
        add(store, copy)
        with store.read() as snapshot:
            assert snapshot.repeats(topic.id).reposts[id].article == original.id
            assert snapshot.evidence(topic.id).heard == alone.evidence(topic.id).heard
            assert snapshot.evidence(topic.id).claims == alone.evidence(topic.id).claims
            before, after = answers(alone), answers(snapshot)
    assert {q: told(answer) for q, answer in after.items()} == {
        q: told(answer) for q, answer in before.items()
    }


def test_an_exact_copy_is_shown_nowhere_in_an_answer(
    tmp_path: Path, sources: Sequence[Source]
) -> None:
    (topic,) = shipped_topics()
    with closing(shipped(tmp_path / "twice.db")) as store:
        add(store, prepare(replace(sources[0], name="zz-second-post"), topic))
        with store.read() as snapshot:
            shown = {
                passage.passage.article
                for answer in answers(snapshot).values()
                for passage in answer.passages
            }
    assert "zz-second-post" not in shown
    assert sources[0].name.removesuffix(".md") in shown
