"""Where a Chromium is, and what to do when there is none."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NO_PLAYWRIGHT = "Skipped tests/browser: pip install '.[browser]' installs what drives a Chromium."
NO_CHROMIUM = (
    "Skipped tests/browser: there is no Chromium here. Install one (apt-get install chromium, or "
    "playwright install chromium), or name its program in the variable CHROMIUM."
)
ARGUMENTS = (
    # Nothing is ever looked up outside this machine, whatever a page or the browser wants.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
)


def find_chromium(downloaded: str) -> str | None:
    """Return the program to start: the one that CHROMIUM names, the system's, or `downloaded`."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    installed = [path for path in map(shutil.which, NAMES) if path]
    elsewhere = [path for path in (*APPLICATIONS, downloaded) if Path(path).is_file()]
    return next(iter(installed + elsewhere), None)
