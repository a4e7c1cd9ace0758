"""What can be measured of a page that is shown."""

from typing import Any

PHONE = {"width": 320, "height": 640}

_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const kept = (each) => {
    for (let box = each.parentElement; box; box = box.parentElement) {
      if (box !== document.body && getComputedStyle(box).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((each) => !kept(each) && (
    each.getBoundingClientRect().right > most + 0.5 || each.scrollWidth > each.clientWidth + 1));
  const named = wide.map((each) => each.outerHTML.slice(0, 150));
  return [`${document.documentElement.scrollWidth} > ${most}`, ...named.slice(0, 5)];
}"""

_AXE = """(rules) => axe.run(document, {
  resultTypes: ["violations"],
  rules: { "target-size": { enabled: true }, ...rules },
}).then((found) => found.violations.flatMap((broken) => broken.nodes.map(
  (node) => `${broken.id}: ${node.target} ${node.html.slice(0, 150)}: ${node.failureSummary}`)))"""


def too_wide(page: Any) -> list[str]:
    """Return what makes a page scroll sideways, nothing when it does not."""
    return page.evaluate(_TOO_WIDE)


def violations(page: Any) -> list[str]:
    """Return what axe-core finds wrong, with the rule's id first."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    return page.evaluate(_AXE, {})


def click(link: Any) -> None:
    """Click into the middle of `link`; Playwright itself aims at the first thing inside it.

    That is the text for screen readers, which takes one pixel that nobody can hit.
    """
    link.scroll_into_view_if_needed()
    box = link.evaluate("(each) => each.getBoundingClientRect().toJSON()")
    link.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def unfold(page: Any) -> None:
    """Open whatever is folded."""
    page.evaluate(
        "() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }"
    )


def shifts(page: Any) -> list[Any]:
    """Return every shift of the layout so far, with what moved."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return page.evaluate("() => globalThis.shifts")


def shown(page: Any, place: str = "main") -> str:
    """Return the text that a reader sees, as one line."""
    return " ".join(page.inner_text(place).split())
