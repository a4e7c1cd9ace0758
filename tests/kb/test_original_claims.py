"""Claims and disagreements of the labelled articles, compared with what readers found in them.

The figures asserted are floors below what is reached; tests/bench/claims.py prints all of them.
"""

import json
import sys
from pathlib import Path

import pytest

from kb.disagreements import Conflict, conflicts
from kb.prepared import PreparedArticle

sys.path.insert(0, str(Path(__file__).parent.parent / "labels"))

from labelled import LABELS, Match, articles_of, labels_of, match, originals, topic_of  # noqa: E402

at_hand = pytest.mark.skipif(originals() is None, reason="ADVISOR_ARTICLES names no folder")


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("web", 0.65, 0.33),
        ("databases", 0.85, 0.6),
        ("frontend", 0.6, 0.14),
        pytest.param("originals", 0.89, 0.81, marks=at_hand),
    ],
)
def test_claims_are_right_and_found_as_often_as_they_were(
    name: str, precision: float, recall: float
) -> None:
    total = Match(0, 0, 0, 0)
    for article in articles_of(name):
        total += match(article.claims, labels_of(name, article))
    assert total.precision >= precision
    assert total.recall >= recall


@pytest.fixture(scope="module")
def published() -> list[PreparedArticle]:
    return list(articles_of("originals"))


@pytest.fixture(scope="module")
def found(published: list[PreparedArticle]) -> list[Conflict]:
    claims = (claim for article in published for claim in article.claims)
    return conflicts(claims, topic_of("originals").wholes)


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(row) for row in (LABELS / name).read_text("utf-8").splitlines()]


@at_hand
def test_what_readers_saw_contradict_each_other_is_found(found: list[Conflict]) -> None:
    listed = [row for row in rows("conflicts_originals.jsonl") if row.get("certain", True)]
    seen = {
        (criterion, option, frozenset((conflict.first.article, conflict.second.article)))
        for conflict in found
        for criterion in (conflict.first.criterion, conflict.second.criterion)
        for option in (*conflict.first.about, *conflict.second.about, "both")
    }
    hits = [row for row in listed if key(row) in seen]
    hard = [row for row in listed if row["strength"] == "hard"]
    assert len(hits) >= 49
    assert sum(row in hits for row in hard) >= 0.8 * len(hard)


def key(row: dict[str, object]) -> tuple[object, object, frozenset[object]]:
    sides = row["sides"]
    assert isinstance(sides, list)
    return row["criterion"], row["option"], frozenset(side["article"] for side in sides)


@at_hand
def test_where_all_articles_agree_no_contradiction_is_reported(found: list[Conflict]) -> None:
    agreed = {(row["criterion"], row["option"]) for row in rows("agreements_originals.jsonl")}
    opposed = {
        (conflict.criterion, conflict.about[0])
        for conflict in found
        if conflict.first.about == conflict.second.about
    }
    assert len(agreed) == 20
    assert len(agreed & opposed) <= 1
