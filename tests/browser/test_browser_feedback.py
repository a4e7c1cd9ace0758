"""Whether an answer helped: from the page's form to the maintainer's list."""

import pytest
from sites import asking, create_shipped, serving

from kb.learned import learned_path
from kb.sqlite.learned import LearnedFile

FIRST = "Flask or Django for a REST API?"
SECOND = "and for security?"
REASON = 'No word on <b onclick="ran()">hosting</b>'


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_what_is_said_of_an_answer_is_thanked_for_and_kept(opened, tmp_path, scripts):
    db = tmp_path / "advisor.db"
    create_shipped(db)
    with serving(db) as site:
        page = opened(site, asking(FIRST, SECOND), java_script_enabled=scripts)
        verdict = page.inner_text("#verdict")
        page.locator(".feedback summary").click()
        page.fill("textarea", REASON)
        page.locator("button[name=helpful][value=no]").click()
        page.locator(".thanks").wait_for()
        assert page.inner_text("#verdict") == verdict, "the same conversation"
        assert page.locator(".feedback").count() == 0, "once is enough"
        if scripts:
            assert page.evaluate("() => document.activeElement.id") == "thanks"
            thanks = f"politely: {page.inner_text('.thanks')}"
            assert page.watch.announced[-1:] == [thanks]
            assert page.watch.announced.count(thanks) == 1
    (kept,) = LearnedFile(learned_path(db)).read()
    assert (kept.event.kind, kept.event.reason) == ("disliked", REASON)
    assert (kept.event.asking.question, kept.event.asking.history) == (SECOND, (FIRST,))


def test_with_the_keyboard_alone_too(opened, tmp_path):
    db = tmp_path / "advisor.db"
    create_shipped(db)
    with serving(db) as site:
        page = opened(site, asking(FIRST))
        page.locator("button[name=helpful][value=yes]").focus()
        page.keyboard.press("Enter")
        page.locator(".thanks").wait_for()
    (kept,) = LearnedFile(learned_path(db)).read()
    assert kept.event.kind == "liked"
