"""The most that a text may cover is what the whole of its words may, told by the few that count."""

import pytest

from advisor.asked_things import Asked
from advisor.sought import Covering, Sought


@pytest.fixture
def wanted() -> Sought:
    kettle = Asked(frozenset({"kettl"}), frozenset({"pot"}), "", 2.0)
    price = Asked(frozenset({"price"}), frozenset(), "cost", 1.0)
    return Sought((kettle, price), (), "", False, "")


@pytest.mark.parametrize(
    "held", [set(), {"kettl"}, {"pot", "tea"}, {"kettl", "price", "tea"}, {"tea", "leaf"}]
)
def test_words_that_are_not_asked_for_change_nothing(wanted, held):
    covering = Covering(wanted)
    assert covering[frozenset(held) & covering.stems] == wanted.most(frozenset(held))
