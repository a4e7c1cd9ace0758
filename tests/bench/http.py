"""How many questions a second are answered over HTTP, and how long one waits.

    python tests/bench/http.py [--size 10k] [--text FOLDER]... [--rate 100] [--seconds 8]

What is measured, and how, stands in serving.py.
"""

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "http":
    # The scripts of this folder, and what they import, look here first for the standard library's
    # package of this name: it takes the place of this file.
    folder = Path(__file__).parent
    del sys.modules["http"]
    hidden = [each for each in sys.path if Path(each or ".").resolve() == folder.resolve()]
    sys.path = [each for each in sys.path if each not in hidden]
    import_module("http")
    sys.path = hidden + sys.path
else:
    import_module("serving").main()
