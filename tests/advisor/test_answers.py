"""Whole answers: verdicts, reasons, quotes, conflicts, and what would change them."""

import dataclasses
import json

import pytest
from asking import Asking
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.errors import DeadlineError
from advisor.model import Adjustments, Answer
from advisor.pipeline import Deadline, ask
from kb.errors import EmptyKnowledgeBaseError, UnknownTopicError
from kb.ingest import create
from kb.store import Snapshot, open_store
from kb.topic import Topic

# fmt: off
WORDS = [
    "tea", "coffee", "water", "cheap", "tasty", "healthy", "awake", "evening", "morning", "must",
    "not", "need", "is", "which", "better", "why", "cocoa", "small", "budget", "2", "euros", "the",
    "for", "and", "or", "?", "kofee", "\U0001f600",
]
# fmt: on
QUESTIONS = [
    "tea or coffee?",
    "is tea or coffee cheaper?",
    "tea, coffee or water for health?",
    "I must stay awake in the morning: tea or coffee?",
    "Is coffee good in the evening?",
    "cocoa or tea?",
    "what is tea?",
    "what are the disadvantages of coffee?",
    "Which is tasty and cheap on a small budget?",
    "difference between tea and water in price",
]


@pytest.mark.parametrize(
    ("question", "verdict", "option"),
    [
        ("which tastes better, tea or water?", "lean", "tea"),
        ("I need to stay awake: tea or coffee?", "lean", "coffee"),
        ("which is healthy, tea or coffee?", "lean", "tea"),
        ("tea or coffee?", "depends", ""),
        ("cocoa or tea?", "not_covered", ""),
        ("what is tea?", "no_verdict", ""),
    ],
)
def test_the_verdict_follows_the_articles(
    asking: Asking, question: str, verdict: str, option: str
) -> None:
    guidance = asking(question).guidance
    assert (guidance.verdict, guidance.option) == (verdict, option)


def test_only_the_options_that_were_named_contend(asking: Asking) -> None:
    support = asking("is tea or coffee cheaper?").guidance.trace.support
    assert [each.option for each in support] == ["tea", "coffee"]


def test_every_answer_shows_both_sides_of_a_contradiction(asking: Asking) -> None:
    conflicts = asking("is tea cheap or is coffee the cheaper one?").guidance.disagreements
    assert conflicts
    for conflict in conflicts:
        stances = {side.stance for side in conflict.sides}
        assert stances == {"for", "against"}
        assert conflict.criterion == "price"


def citations(answer: Answer) -> list[tuple[int, str, str, int, int, str]]:
    guidance = answer.guidance
    found = [c for reason in (*guidance.reasons, *guidance.against) for c in reason.citations]
    found += [c for condition in guidance.conditions for c in condition.citations]
    found += [side.citation for conflict in guidance.disagreements for side in conflict.sides]
    return [dataclasses.astuple(citation) for citation in found]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(
        st.sampled_from(WORDS),
        min_size=1,
        max_size=14,
    )
)
def test_every_quote_stands_in_its_article_and_every_total_adds_up(
    snapshot: Snapshot, words: list[str]
) -> None:
    answer = ask(snapshot, " ".join(words))
    shown = {passage.n: passage for passage in answer.passages}
    assert list(shown) == list(range(1, len(shown) + 1))
    for n, article, passage, start, end, quote in citations(answer):
        assert snapshot.article(article).text[start:end] == quote
        assert shown[n].passage.id == passage
        assert shown[n].passage.start <= start < end <= shown[n].passage.end
    for passage in answer.passages:
        inside = passage.passage
        assert snapshot.article(inside.article).text[inside.start : inside.end] == inside.text
        assert abs(sum(part.value for part in passage.parts) - passage.score) < 1e-6
        assert all(0 <= s.start < s.end <= len(inside.text) for s in passage.highlights)
    for support in answer.guidance.trace.support:
        assert abs(sum(part.value for part in support.parts) - support.total) < 1e-6
    assert answer.answered == (answer.guidance.verdict != "not_covered")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_answer_on_any_connection(
    knowledge_base: object, asking: Asking, question: str
) -> None:
    store = open_store(knowledge_base)  # type: ignore[arg-type]
    with store.read() as other:
        assert repr(ask(other, question)) == repr(asking(question))
    store.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_would_change_the_verdict_does_change_it(asking: Asking, question: str) -> None:
    before = asking(question)
    for flip in before.guidance.would_change:
        after = asking(
            question, adjustments=Adjustments(given=flip.when.given, without=flip.when.without)
        )
        assert (after.guidance.verdict, after.guidance.option) == (flip.verdict, flip.option)
        assert after.guidance.option != before.guidance.option


def test_a_question_back_is_asked_only_when_its_answers_differ(asking: Asking) -> None:
    for question in QUESTIONS:
        ask_back = asking(question).guidance.ask_back
        if ask_back is None:
            continue
        outcomes = {
            asking(question, adjustments=Adjustments(given=choice.given)).guidance.option
            for choice in ask_back.choices
        }
        assert len(outcomes - {""}) > 1


def test_a_rule_that_fires_is_told_as_the_rules_own_reasoning(asking: Asking) -> None:
    guidance = asking("which is healthy in the evening?").guidance
    assert guidance.trace.fired == ("evening-and-health",)
    told = [reason for reason in guidance.reasons if reason.rule == "evening-and-health"]
    assert told[0].text == "Nothing in water keeps anybody from sleeping."
    parts = {part.name for support in guidance.trace.support for part in support.parts}
    assert "rule evening-and-health" in parts


def test_a_rule_that_no_majority_of_articles_backs_adds_nothing_and_is_reported(
    asking: Asking,
) -> None:
    trace = asking("I need to stay awake in the morning: tea or coffee?").guidance.trace
    assert trace.fired == ()
    assert [(miss.rule, miss.missing) for miss in trace.near_misses] == [
        ("awake-in-the-morning", "articles that back it")
    ]


def test_a_rule_that_misses_one_condition_is_a_near_miss(asking: Asking) -> None:
    trace = asking("I need to stay awake: tea or coffee?").guidance.trace
    assert [(miss.rule, miss.missing) for miss in trace.near_misses] == [
        ("awake-in-the-morning", "time_of_day=morning")
    ]


def test_hits_come_first_and_from_several_articles(asking: Asking) -> None:
    passages = asking("is tea or coffee cheaper?", limit=3).passages
    roles = [passage.role for passage in passages]
    assert roles[:3] == ["hit"] * 3
    assert set(roles[3:]) <= {"cited"}
    assert len({passage.article.id for passage in passages[:3]}) > 1


def test_what_is_known_of_the_covered_option_is_shown_as_related(asking: Asking) -> None:
    answer = asking("cocoa or tea?")
    assert not answer.answered
    assert {passage.role for passage in answer.passages} == {"related"}
    assert '"cocoa"' in answer.guidance.headline


def test_the_limit_is_clamped(asking: Asking) -> None:
    assert sum(p.role == "hit" for p in asking("tea or coffee cheap?", limit=0).passages) == 1
    assert sum(p.role == "hit" for p in asking("tea or coffee cheap?", limit=999).passages) <= 20


@pytest.mark.parametrize(
    "question",
    [
        'tea AND NOT coffee OR NEAR("x" "y", 5) *',
        "'; DROP TABLE passages; -- tea?",
        "tea\x00 or coffee\x00?",
        "\U0001f525 tea \U0001f19a coffee \u2753",
        "\u202etea or coffee\u202c",
        "هل الشاي أفضل من القهوة؟ tea",
        "TEA OR COFFEE, CHEAP?",
        "ｔｅａ or ｃｏｆｆｅｅ",
        "<script>alert(1)</script> tea or coffee?",
        "tea " * 400,
        "\ud800 tea",
    ],
)
def test_hostile_and_odd_questions_are_answered_like_any_other(
    asking: Asking, question: str
) -> None:
    assert asking(question).reading.options


@pytest.mark.parametrize(
    "disguised",
    ["IS TEA OR COFFEE CHEAPER", "is  tea\nor   coffee cheaper ?", '"is tea or coffee cheaper"'],
)
def test_a_disguised_question_finds_the_same_passages(asking: Asking, disguised: str) -> None:
    plain = [p.passage.id for p in asking("is tea or coffee cheaper?").passages]
    assert [p.passage.id for p in asking(disguised).passages] == plain


def test_an_answer_is_whole_or_refused_when_time_is_up(asking: Asking) -> None:
    with pytest.raises(DeadlineError):
        asking("tea or coffee?", deadline=Deadline(-1.0))


def test_an_unknown_topic_is_refused(asking: Asking) -> None:
    with pytest.raises(UnknownTopicError):
        asking("tea or coffee?", topic="bread")


def test_an_empty_knowledge_base_says_how_to_add_an_article(tmp_path: object, topic: Topic) -> None:
    path = tmp_path / "empty.db"  # type: ignore[operator]
    create(path, [(topic, [])])
    store = open_store(path)
    with store.read() as snapshot, pytest.raises(EmptyKnowledgeBaseError) as refusal:
        ask(snapshot, "tea or coffee?")
    store.close()  # type: ignore[attr-defined]
    assert "kb add" in refusal.value.remedy


def test_answers_hold_nothing_that_json_cannot_carry(asking: Asking) -> None:
    for question in QUESTIONS:
        json.dumps(dataclasses.asdict(asking(question).guidance), allow_nan=False)
