"""The bar of long work: on a terminal only, and nothing printed is lost in it."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

from kb.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(steps: int, stream: io.StringIO) -> str:
    with progress("Reading", steps, stream=stream) as bar:
        for _ in range(steps):
            bar.make_room()
            bar.step()
    return stream.getvalue()


def test_a_terminal_sees_how_far_it_has_come() -> None:
    drawn = shown(20, Terminal())
    assert "Reading" in drawn
    assert "20/20" in drawn
    assert drawn.endswith("\n")


def test_what_is_no_terminal_and_what_is_short_shows_no_bar() -> None:
    assert shown(20, io.StringIO()) == ""
    assert "Reading" not in shown(2, Terminal())


def test_adding_a_folder_in_a_terminal_shows_a_bar_and_every_article(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"tea{number}.md").write_text(
            f"# Tea {number}\n\nTea number {number} is green."
        )
    kb = [sys.executable, "-c", "from kb.cli.start import main; main()", "--db", "kb.db"]
    subprocess.run([*kb, "init"], cwd=tmp_path, check=True, capture_output=True)
    theirs, ours = pty.openpty()
    with os.fdopen(theirs, "rb", closefd=True) as terminal:
        files = sorted(map(str, tmp_path.glob("*.md")))
        done = subprocess.run(
            [*kb, "add", *files], cwd=tmp_path, stdout=subprocess.PIPE, stderr=ours
        )
        os.close(ours)
        drawn = b""
        try:
            while part := terminal.read1(65_536):
                drawn += part
        except OSError:
            pass  # the other end was closed: all was read
    assert done.returncode == 0
    assert b"6/6" in drawn
    assert [f"tea{n}" in done.stdout.decode() for n in range(6)] == [True] * 6
