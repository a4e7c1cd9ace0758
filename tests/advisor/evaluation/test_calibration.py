"""Calibration: right verdicts by stated confidence."""

from dataclasses import replace

import pytest
from asking import Asking

from advisor.evaluation.calibration import calibration
from advisor.evaluation.outcomes import Outcome, verdict_of
from advisor.evaluation.questions import Question
from advisor.evaluation.shares import Share
from advisor.model import Confidence


@pytest.fixture
def told(asking: Asking):
    """Outcomes of a confidence, of which so many are right."""
    answer = asking("Is coffee cheap?")

    def outcomes(level: Confidence, right: int, wrong: int) -> list[Outcome]:
        stated = replace(answer, guidance=replace(answer.guidance, confidence=level))
        fitting = Question("q", "", "compare", "tea", (verdict_of(stated),), (), None, ())
        good = Outcome(fitting, stated, 0, 0.0, 0.0)
        bad = replace(good, question=replace(good.question, lean_ok=("milk",)))
        return [good] * right + [bad] * wrong

    return outcomes


def test_every_level_has_its_share_and_the_highest_its_part(told):
    figures = calibration([*told("high", 3, 0), *told("medium", 2, 1), *told("low", 1, 3)])
    assert figures["right when high"] == Share(3, 3)
    assert figures["right when medium"] == Share(2, 3)
    assert figures["right when low"] == Share(1, 4)
    assert figures["confidence high"] == Share(3, 10)
    assert figures["confidence monotone"] is True


def test_a_lower_level_that_is_right_more_often_is_told(told):
    figures = calibration([*told("high", 1, 1), *told("low", 3, 0)])
    assert figures["confidence monotone"] is False
    assert "right when medium" not in figures


def test_one_level_alone_is_neither(told):
    assert "confidence monotone" not in calibration(told("low", 3, 1))
