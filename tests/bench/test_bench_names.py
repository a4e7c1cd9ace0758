"""The bench called http.py must not take the place of the standard library's package."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_scripts_beside_the_http_bench_import_the_library_of_that_name() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); import http.client, http;"
        "from http import HTTPStatus; print(http.__name__, HTTPStatus.OK, sys.path[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["http", "200", str(HERE)]
