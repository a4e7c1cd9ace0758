"""Figures as texts write them: a range stands for its middle."""

import pytest

from kb.claims.figures import figures


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It costs between US$35 and US$60/hour.", 47.5, "dollar"),
        ("It costs between $35 and $60.", 47.5, "dollar"),
        ("It takes between 4 and 6 weeks.", 5 * 604_800, "second"),
        ("It takes 4 to 6 weeks.", 5 * 604_800, "second"),
        ("US$35 and US$60 are asked.", 35, "dollar"),
    ],
)
def test_a_range_is_its_middle(text: str, value: float, unit: str) -> None:
    first = figures(text)[0]
    assert (first.value, first.unit) == (value, unit)
