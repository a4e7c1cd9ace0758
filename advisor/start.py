"""Where the advisor command starts: an interruption while it still loads is no traceback."""

import sys
from typing import NoReturn

_INTERRUPTED = 130


def main() -> NoReturn:
    """Load the advisor command and run it."""
    try:
        from advisor.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
