"""What passages share, many pairs at once: what plain loops find of one pair after the other."""

from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.matching import Matching

# Long enough for stretches, of few different shingles; what two passages share is often in a row.
RUNS = st.lists(st.integers(0, 30), max_size=15)
PARTS = st.lists(st.sampled_from([range(20), range(40, 60), range(100, 130)]) | RUNS, max_size=5)
TEXTS = st.lists(
    PARTS.map(lambda parts: [n for part in parts for n in part]), min_size=1, max_size=5
)


def stretches(own: Sequence[int], other: Sequence[int]) -> tuple[int, list[tuple[int, int]]]:
    """Return how many shingles are shared, and the stretches that hold many, by plain loops."""
    flags = [each in set(other) for each in own]
    if sum(flags) < 9:
        return sum(flags), []
    found: list[list[int]] = []
    for place in range(len(own) - 11):
        if sum(flags[place : place + 12]) >= 6:
            if found and place - found[-1][-1] <= 12:
                found[-1].append(place)
            else:
                found.append([place])
    known = [[place for place in range(run[0], run[-1] + 12) if flags[place]] for run in found]
    return sum(flags), [(each[0], each[-1]) for each in known if len(each) >= 9]


@pytest.mark.parametrize("at_once", [1, 3, 8192])
@given(TEXTS, st.data())
def test_matches_are_those_that_plain_loops_find(
    at_once: int, texts: list[list[int]], data: st.DataObject
) -> None:
    place = st.integers(0, len(texts) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place), max_size=6))
    pairs = [(own, other) for own, other in pairs if texts[other]]
    own, others = np.array(pairs, np.int64).reshape(-1, 2).T
    with patch("kb.matching._AT_ONCE", at_once):
        found = Matching([np.array(each, np.uint32) for each in texts]).of(own, others)
    expected = [stretches(texts[one], texts[other]) for one, other in pairs]
    assert found.matched.tolist() == [matched for matched, _ in expected]
    assert found.sizes.tolist() == [len(texts[one]) for one, _ in pairs]
    rows = zip(found.pairs.tolist(), found.first.tolist(), found.last.tolist(), strict=True)
    assert list(rows) == [(pair, *each) for pair, (_, some) in enumerate(expected) for each in some]


def test_nothing_is_shared_with_a_passage_without_words() -> None:
    texts = [np.array([1, 2], np.uint32), np.array([], np.uint32)]
    with pytest.raises(ValueError, match="without words"):
        Matching(texts).of(np.array([0]), np.array([1]))
