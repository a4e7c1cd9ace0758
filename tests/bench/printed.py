"""Tables in Markdown on stdout, progress on stderr."""

import sys
from collections.abc import Iterable, Sequence


def print_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for row in (heading, ["---"] + ["---:"] * (len(heading) - 1), *rows):
        sys.stdout.write("| " + " | ".join(row) + " |\n")
    sys.stdout.write("\n")
    sys.stdout.flush()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Progress:
    """A bar on stderr, redrawn in place on a terminal, a line at each half of the way elsewhere."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = max(total, 1)
        self._done = 0
        self._shown = -1

    def step(self, count: int = 1) -> None:
        self._done += count
        part = 100 * self._done // self._total
        if not sys.stderr.isatty():
            part -= part % 50
        if part != self._shown:
            self._shown = part
            self._draw(part)

    def _draw(self, part: int) -> None:
        done = self._done >= self._total
        if sys.stderr.isatty():
            bar = "#" * (part // 5)
            sys.stderr.write(f"\r{self._what:40} [{bar:20}] {part:3}%{chr(10) if done else ''}")
        else:
            sys.stderr.write(f"{self._what}: {part}%\n")
        sys.stderr.flush()
