"""What goes on behind a page: errors, reports of the policy, requests, announcements, shifts."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

# Runs before anything of a page. `ran` is what every hostile script calls.
BEFORE_A_PAGE = """
globalThis.ran = () => console.error("a hostile script ran");
globalThis.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((each) => ({
  value: each.value,
  of: each.sources.map((source) => source.node?.outerHTML ?? source.node?.textContent ?? "?"),
})))).observe({ type: "layout-shift", buffered: true });
const live = "[aria-live=polite], [aria-live=assertive], [role=status], [role=log], [role=alert]";
new MutationObserver((records) => {
  if (document.readyState === "loading") return;  // what is being read in is not announced
  const regions = new Set(records.map((each) => {
    const place = each.target;
    return (place instanceof Element ? place : place.parentElement)?.closest(live);
  }));
  for (const region of regions) {
    const text = region?.textContent.trim();
    const rude = region?.matches("[aria-live=assertive], [role=alert]");
    if (text) console.debug(`announced ${rude ? "rudely" : "politely"}: ${text}`);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@dataclass
class Watch:
    """What was seen of one browser context, in order; `origin` is where all has to come from.

    `announced` is what changed in live regions, after "politely: " or "rudely: "; `requests` are
    Playwright's.
    """

    origin: str
    problems: list[str] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)
    _pages: set[str] = field(default_factory=set)

    def over(self, context: Any) -> None:
        """Start to watch `context`, a context of Playwright without a page."""
        context.add_init_script(BEFORE_A_PAGE)
        context.on("request", self._requested)
        context.on("console", self._logged)
        context.on("weberror", lambda found: self.problems.append(f"error: {found.error}"))
        context.on("dialog", self._asked)

    def _requested(self, request: Any) -> None:
        self.requests.append(request)
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.problems.append(f"request to elsewhere: {request.url[:200]}")
        if request.is_navigation_request():
            self._pages.add(request.url.partition("#")[0])

    def _logged(self, message: Any) -> None:
        text = message.text
        if text.startswith("announced "):
            self.announced.append(text.removeprefix("announced "))
        elif message.type in ("error", "warning"):
            # Chromium says so of every page that is answered with an error.
            failed = text.startswith("Failed to load resource: the server responded with")
            if not (failed and message.location["url"].partition("#")[0] in self._pages):
                self.problems.append(f"{message.type}: {text[:500]}")

    def _asked(self, dialog: Any) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()
