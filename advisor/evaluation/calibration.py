"""Whether the stated confidence is deserved: right verdicts by level."""

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.shares import Share, share
from advisor.model import Confidence

_LEVELS: tuple[Confidence, ...] = get_args(Confidence)  # the least sure first


def calibration(scored: Sequence[Outcome]) -> dict[str, Share | bool]:
    """Return the share of right verdicts of every stated level, and how often the highest is.

    "monotone" is true when no level is right less often than a lower one; it is left out when all
    verdicts have one level.
    """
    levels: dict[Confidence, Share] = {}
    for level in _LEVELS:
        group = [each for each in scored if each.answer.guidance.confidence == level]
        if group:
            levels[level] = share(group, lambda each: each.right)
    figures: dict[str, Share | bool] = {
        f"right when {level}": levels[level] for level in reversed(_LEVELS) if level in levels
    }
    highest = _LEVELS[-1]
    figures[f"confidence {highest}"] = share(
        scored, lambda each: each.answer.guidance.confidence == highest
    )
    if len(levels) > 1:
        steps = pairwise(levels.values())
        figures["confidence monotone"] = all(low.value <= high.value for low, high in steps)
    return figures
