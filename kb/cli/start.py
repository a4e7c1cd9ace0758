"""Where the kb command starts: an interruption while it still loads is no traceback."""

import sys
from typing import NoReturn

_INTERRUPTED = 130


def main() -> NoReturn:
    """Load the kb command and run it."""
    try:
        from kb.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
