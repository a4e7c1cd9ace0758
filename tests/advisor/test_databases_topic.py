"""A second topic, three databases over six small articles: answered from claims, without rules.

The articles agree on much: PostgreSQL for complex queries, JSON, extensions and many writers, MySQL
for hosting, SQLite for what lives inside an app. They were written to contradict each other on

- setting up MySQL: easy (at-a-glance, three-engines, questions-answered), complicated
  (pros-and-cons, weekly-letter)
- replication of PostgreSQL: easy (weekly-letter), difficult (pros-and-cons, three-engines)
- full-text search of MySQL: good (questions-answered), poor (at-a-glance, booking-thread)
- JSON in MySQL: excellent (questions-answered), limited (at-a-glance, three-engines)
- speed of SQLite: fast (at-a-glance, weekly-letter), slow (booking-thread)
- data integrity of MySQL: reliable (questions-answered, at-a-glance), lax (pros-and-cons,
  weekly-letter)
- scalability of MySQL: good and poor, both in at-a-glance
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path

import pytest

from advisor.evaluation.figures import report
from advisor.evaluation.outcomes import Outcome, run
from advisor.evaluation.questions import Question, load_questions
from advisor.model import Answer
from advisor.pipeline import ask
from kb.content.shipped import shipped_articles, shipped_topics
from kb.disagreements import conflicts
from kb.extract.raw import Source
from kb.extract.source import read_file
from kb.ingest import create
from kb.store import Snapshot, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

FOLDER = Path(__file__).parents[1] / "topics" / "databases"
QUESTIONS = load_questions(FOLDER / "questions.jsonl")
PLANTED = {  # option, criterion: an article for it, an article against it
    ("mysql", "setup"): ("questions-answered", "pros-and-cons"),
    ("postgresql", "replication"): ("weekly-letter", "three-engines"),
    ("mysql", "full_text_search"): ("questions-answered", "booking-thread"),
    ("mysql", "json"): ("questions-answered", "three-engines"),
    ("sqlite", "performance"): ("at-a-glance", "booking-thread"),
    ("mysql", "integrity"): ("questions-answered", "pros-and-cons"),
    ("mysql", "scalability"): ("at-a-glance", "at-a-glance"),
}
AGREED = {  # option, criterion: all articles that speak of it agree, for or against
    ("postgresql", "complex_queries"),
    ("postgresql", "concurrency"),
    ("postgresql", "full_text_search"),
    ("postgresql", "json"),
    ("postgresql", "extensions"),
    ("postgresql", "integrity"),
    ("postgresql", "geodata"),
    ("postgresql", "scalability"),
    ("postgresql", "administration"),
    ("postgresql", "hosting"),
    ("mysql", "hosting"),
    ("mysql", "replication"),
    ("mysql", "complex_queries"),
    ("mysql", "concurrency"),
    ("mysql", "tooling"),
    ("sqlite", "embedding"),
    ("sqlite", "setup"),
    ("sqlite", "scalability"),
    ("sqlite", "concurrency"),
    ("sqlite", "replication"),
}


@pytest.fixture(scope="module")
def databases() -> Topic:
    return parse_topic((FOLDER / "topic.toml").read_text(encoding="utf-8"), id="databases")


@pytest.fixture(scope="module")
def articles() -> list[Source]:
    files = sorted((FOLDER / "articles").iterdir())
    return [read_file(file) for file in files]


@pytest.fixture(scope="module")
def stacked() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def opened(path: Path, stack: ExitStack) -> Snapshot:
    return stack.enter_context(stack.enter_context(closing(open_store(path))).read())


@pytest.fixture(scope="module")
def alone(
    tmp_path_factory: pytest.TempPathFactory,
    databases: Topic,
    articles: list[Source],
    stacked: ExitStack,
) -> Snapshot:
    path = tmp_path_factory.mktemp("alone") / "databases.db"
    create(path, [(databases, articles)])
    return opened(path, stacked)


@pytest.fixture(scope="module")
def beside_another(
    tmp_path_factory: pytest.TempPathFactory,
    databases: Topic,
    articles: list[Source],
    stacked: ExitStack,
) -> Snapshot:
    """The shipped topics and this one in one knowledge base."""
    path = tmp_path_factory.mktemp("beside") / "both.db"
    shipped = [(topic, shipped_articles(topic.id)) for topic in shipped_topics()]
    create(path, [*shipped, (databases, articles)])
    return opened(path, stacked)


@pytest.fixture(scope="module")
def outcomes(alone: Snapshot) -> list[Outcome]:
    return run(QUESTIONS, lambda question, history: ask(alone, question, history=history))


def told(answer: Answer) -> str:
    """Return every word of an answer."""
    shown = [(p.passage.text, p.passage.headings, p.article.id) for p in answer.passages]
    return json.dumps([asdict(answer.guidance), shown, answer.suggestions]).casefold()


def mentioned(text: str, topic: Topic) -> list[str]:
    return [word for option in topic.options for word in option.words if word.casefold() in text]


def test_most_verdicts_are_acceptable(outcomes: list[Outcome]) -> None:
    wrong = {
        each.question.id: each.got
        for each in outcomes
        if each.question.is_scored and not each.right
    }
    assert report(outcomes)["verdict right"].count >= 16, wrong


def test_the_answer_is_among_the_first_five_passages(outcomes: list[Outcome]) -> None:
    missed = [e.question.id for e in outcomes if e.question.anchors and not e.first_anchor]
    assert report(outcomes)["hit@5"].value >= 0.95, missed


def test_only_what_no_article_covers_is_left_unanswered(outcomes: list[Outcome]) -> None:
    unanswered = [each.question.id for each in outcomes if not each.answered]
    assert unanswered == [each.question.id for each in outcomes if each.question.abstain]


def test_every_anchor_stands_in_the_article_that_is_named(articles: list[Source]) -> None:
    texts = {Path(source.name).stem: " ".join(source.data.decode().split()) for source in articles}
    for line in (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        for place in json.loads(line)["must_find"]:
            assert place["anchor"] in texts[place["seed"]]


@pytest.mark.parametrize(("option", "criterion"), PLANTED)
def test_a_planted_contradiction_is_found(alone: Snapshot, option: str, criterion: str) -> None:
    pairs = {
        (conflict.first.article, conflict.second.article)
        for conflict in conflicts(alone.claims("databases"))
        if (conflict.about, conflict.criterion) == ((option,), criterion)
    }
    assert PLANTED[option, criterion] in pairs


def test_little_is_disputed_where_the_articles_agree(alone: Snapshot) -> None:
    disputed = {(c.about[0], c.criterion) for c in conflicts(alone.claims("databases"))}
    assert len(disputed & AGREED) <= 5, disputed & AGREED


def test_an_answer_without_rules_names_none(alone: Snapshot, databases: Topic) -> None:
    assert databases.rules == ()
    for each in QUESTIONS:
        guidance = ask(alone, each.question, history=each.history).guidance
        assert guidance.trace.fired == ()
        assert all(reason.citations for reason in guidance.reasons)


def test_no_answer_mentions_anything_of_another_topic(alone: Snapshot) -> None:
    for each in QUESTIONS:
        answer = told(ask(alone, each.question, history=each.history))
        for topic in shipped_topics():
            assert not mentioned(answer, topic), each.id
        assert "framework" not in answer, each.id


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("PostgreSQL or MySQL?", "databases"),
        ("postgress or mysq for json", "databases"),
        ("Is SQLite enough for a small shop?", "databases"),
        ("Who has the simpler replication?", "databases"),
        ("We need full-text search and geodata, what do you recommend?", "databases"),
        ("Flask or Django?", "web_frameworks"),
        ("is djagno good for an API", "web_frameworks"),
        ("Which framework is best for microservices with websockets?", "web_frameworks"),
        ("Which database does Django support?", "web_frameworks"),
    ],
)
def test_a_question_finds_its_topic_by_what_it_mentions(
    beside_another: Snapshot, question: str, topic: str
) -> None:
    assert ask(beside_another, question).reading.topic == topic


def test_most_questions_find_their_topic_beside_another_one(beside_another: Snapshot) -> None:
    covered = [each for each in QUESTIONS if not each.abstain]
    strayed = [
        each.id
        for each in covered
        if ask(beside_another, each.question, history=each.history).reading.topic != "databases"
    ]
    assert len(covered) - len(strayed) >= 15, strayed


@pytest.mark.parametrize("each", QUESTIONS, ids=lambda each: each.id)
def test_an_answer_stays_within_its_topic(beside_another: Snapshot, each: Question) -> None:
    answer = ask(beside_another, each.question, history=each.history, topic="databases")
    assert {shown.article.topic for shown in answer.passages} <= {"databases"}
    assert not any(mentioned(told(answer), topic) for topic in shipped_topics())


def test_another_topic_beside_it_changes_no_verdict(
    alone: Snapshot, beside_another: Snapshot
) -> None:
    for each in QUESTIONS:
        one = ask(alone, each.question, history=each.history).guidance
        two = ask(beside_another, each.question, history=each.history, topic="databases").guidance
        assert (one.verdict, one.option) == (two.verdict, two.option), each.id
