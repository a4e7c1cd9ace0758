"""In what respect a statement judges, and how well."""

import pytest

from kb.model import Claim, Stance
from kb.respects import judged, respects


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("easy to learn, but not cheap", {("ease", True), ("cost", False)}),
        ("it has never been secure", {("safety", False)}),
        ("it lacks tools", {("there", False), ("inside", False)}),
        ("not hard", {("ease", True)}),
        ("Earl Grey", set()),
    ],
)
def test_praise_and_blame_are_told_by_respect(quote: str, told: set[tuple[str, bool]]) -> None:
    assert {tuple(each) for each in respects(quote)} == told


@pytest.mark.parametrize(
    ("stance", "method", "quote", "told"),
    [
        ("for", "sentence", "tea is easy, though not cheap", {"ease"}),
        ("against", "sentence", "tea is easy, though not cheap", {"cost"}),
        ("against", "comparison", "coffee is easier than tea", {"ease"}),
        ("for", "use", "garden parties", {"there", "whole"}),
    ],
)
def test_a_claim_judges_in_what_fits_its_stance(
    stance: Stance, method: str, quote: str, told: set[str]
) -> None:
    claim = Claim("a", "a-1", ("tea",), "price", stance, 0, len(quote), quote, method)
    assert judged(claim) == told
