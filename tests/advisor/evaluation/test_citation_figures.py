"""Citation figures: what is not cited, and quotes that do not stand in the article, are found."""

from dataclasses import replace

import pytest
from asking import Asking

from advisor.evaluation.citations import citations, stored_texts
from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.questions import Question
from advisor.model import Answer
from kb.store import Snapshot

QUESTION = Question("q", "", "compare", None, (), (), None, ())


def shares(answer: Answer, snapshot: Snapshot) -> tuple[tuple[int, int], tuple[int, int]]:
    found = citations([Outcome(QUESTION, answer, 0, 0.0, 0.0)], stored_texts(snapshot))
    cited, exact = found["sentences cited"], found["quotes exact"]
    return (cited.count, cited.total), (exact.count, exact.total)


@pytest.fixture
def answer(asking: Asking) -> Answer:
    """Reasons, points against, and disagreements."""
    found = asking("Is coffee cheap?")
    assert found.guidance.reasons and found.guidance.disagreements
    return found


def test_an_answer_as_it_is_given_is_cited_and_exact(answer, snapshot):
    (cited, sentences), (exact, quotes) = shares(answer, snapshot)
    assert 0 < cited == sentences
    assert cited < exact == quotes


def test_a_reason_without_citation_is_counted(answer, snapshot):
    bare = replace(answer.guidance.reasons[0], citations=())
    reasons = (bare, *answer.guidance.reasons[1:])
    broken = replace(answer, guidance=replace(answer.guidance, reasons=reasons))
    (cited, sentences), _ = shares(broken, snapshot)
    assert cited == sentences - 1


def test_a_quote_at_another_place_is_counted(answer, snapshot):
    reason = answer.guidance.reasons[0]
    moved = replace(reason.citations[0], start=reason.citations[0].start + 1)
    reasons = (replace(reason, citations=(moved, *reason.citations[1:])),)
    broken = replace(answer, guidance=replace(answer.guidance, reasons=reasons))
    _, (exact, quotes) = shares(broken, snapshot)
    assert exact == quotes - 1


def test_a_side_that_says_more_than_its_citation_is_counted(answer, snapshot):
    first, *others = answer.guidance.disagreements
    side = replace(first.sides[0], quote=first.sides[0].quote + "!")
    told = (replace(first, sides=(side, first.sides[1])), *others)
    broken = replace(answer, guidance=replace(answer.guidance, disagreements=told))
    _, (exact, quotes) = shares(broken, snapshot)
    assert exact == quotes - 1


@pytest.mark.parametrize(
    ("headline", "exact"),
    [
        ("“Tea is cheap and needs nothing but a kettle” (“A cup of tea”).", 1),
        ("“Tea is dear and needs nothing but a kettle” (“A cup of tea”).", 0),
        ("“Tea is “cheap” and needs nothing but a kettle” (“A cup of tea”).", 0),
    ],
)
def test_the_quote_a_headline_opens_with_has_to_stand_in_a_passage(
    asking, snapshot, headline, exact
):
    answer = asking("What does tea need?")
    bare = replace(answer.guidance, headline=headline, reasons=(), against=(), conditions=())
    told = replace(answer, guidance=replace(bare, disagreements=()))
    assert shares(told, snapshot) == ((0, 0), (exact, 1))
