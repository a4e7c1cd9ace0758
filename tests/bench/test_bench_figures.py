"""The figures of the benches, by hand; the benches themselves are no part of the tests."""

from clocks import percentile
from figures_of_ranking import ndcg, recall, reciprocal_rank
from pytest import approx


def test_a_ranking_in_the_best_order_has_an_ndcg_of_one():
    assert ndcg(["a", "b", "x"], {"a": 3, "b": 1}) == 1.0


def test_gains_count_less_further_down():
    # (3 / log2(3) + 1 / log2(4)) / (3 + 1 / log2(3))
    assert ndcg(["x", "a", "b"], {"a": 3, "b": 1}) == approx(0.6590, abs=1e-4)


def test_only_ten_places_count():
    places = [f"x{n}" for n in range(10)] + ["a"]
    assert ndcg(places, {"a": 1}) == 0.0
    assert recall(places, {"a": 1}) == 0.0
    assert reciprocal_rank(places, {"a": 1}) == 0.0


def test_recall_is_the_share_of_all_that_answers():
    assert recall(["a", "x"], {"a": 1, "b": 1, "c": 2}) == approx(1 / 3)


def test_the_reciprocal_rank_is_that_of_the_first_answer():
    assert reciprocal_rank(["x", "b", "a"], {"a": 3, "b": 1}) == 0.5


def test_a_percentile_is_one_of_the_values():
    values = [float(n) for n in range(1, 201)]
    assert percentile(values, 0.5) == 100
    assert percentile(values, 0.95) == 190
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([], 0.95) == 0.0
