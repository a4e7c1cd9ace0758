"""One Chromium for all tests here, real servers on loopback, and pages that are watched.

A page that a test opens has to be quiet: when the test is over there was no error, no report of
the content security policy, no dialog and no request to another host.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import ARGUMENTS, NO_CHROMIUM, NO_PLAYWRIGHT, find_chromium
from sites import Site, create_shipped, serving
from watching import Watch

PATIENCE_MS = 20_000


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line why these tests were skipped, if they were."""
    here = {NO_PLAYWRIGHT, NO_CHROMIUM}
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
    for reason in sorted(here & reasons):
        terminalreporter.write_line(reason)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip(NO_PLAYWRIGHT)
    with sync_playwright() as playwright:
        program = find_chromium(playwright.chromium.executable_path)
        if program is None:
            pytest.skip(NO_CHROMIUM)
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped content, served."""
    path = tmp_path_factory.mktemp("shipped") / "advisor.db"
    create_shipped(path)
    with serving(path) as found:
        yield found


@pytest.fixture(scope="package")
def broken_site(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server whose knowledge base is gone."""
    with serving(Path(tmp_path_factory.mktemp("nothing")) / "missing.db") as found:
        yield found


@pytest.fixture
def opened(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page of a site in a context of its own, and watches it.

    What is passed beside site and address (viewport, color_scheme, java_script_enabled, ...) is
    Playwright's. The page's `watch` is what was seen.
    """
    contexts = []

    def open_page(site: Site, path: str = "/", **options: Any) -> Any:
        context = chromium.new_context(base_url=site.origin, **options)
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(site.origin)
        watch.over(context)
        contexts.append((context, watch))
        page = context.new_page()
        page.watch = watch
        page.goto(path)
        return page

    yield open_page
    for context, _ in contexts:
        context.close()
    assert [problem for _, watch in contexts for problem in watch.problems] == []


@pytest.fixture
def page(opened: Callable[..., Any], site: Site) -> Any:
    """The start page of the shipped content, on a desktop."""
    return opened(site)
