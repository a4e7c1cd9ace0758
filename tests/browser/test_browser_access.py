"""axe-core finds nothing on any page, light or dark, with everything unfolded."""

import pytest
from looks import unfold, violations
from sites import PAGES, QUESTIONS


@pytest.fixture(params=[*PAGES, "503"])
def address(request, site, broken_site):
    """A site and a path of it."""
    if request.param == "503":
        return broken_site, "/?q=Flask"
    return site, PAGES[request.param]


def test_every_kind_of_answer_is_among_them(page):
    asked = [{"question": each[-1], "history": each[:-1]} for each in QUESTIONS.values()]
    kinds = [page.request.post("/ask", data=each).json()["guidance"]["verdict"] for each in asked]
    every = ["lean", "either", "depends", "disagree", "no_verdict", "not_covered"]
    assert kinds[: len(every)] == every


def test_axe_finds_nothing_light_or_dark(opened, address):
    page = opened(*address)
    unfold(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_axe_would_find_something(page):
    page.evaluate("() => document.querySelector('label').remove()")
    assert [each for each in violations(page) if each.startswith("label:")]
