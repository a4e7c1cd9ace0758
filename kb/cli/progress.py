"""How far long work has come: a bar on stderr, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import click

_CLEAR = "\r\x1b[K"  # what stands on the line of a terminal
_FEW = 3  # steps for which no bar is shown


class Progress:
    """A bar that is drawn after each step, and makes room for lines between two of them."""

    def __init__(self, bar: Any, stream: TextIO | None) -> None:
        self._bar, self._stream = bar, stream

    def make_room(self) -> None:
        """Clear the line of the bar, so that another one can be printed there."""
        if self._stream is not None:
            self._stream.write(_CLEAR)
            self._stream.flush()

    def step(self) -> None:
        """Note that one step is done."""
        self._bar.update(1)


@contextmanager
def progress(label: str, steps: int, *, stream: TextIO | None = None) -> Iterator[Progress]:
    """Yield the progress of so many steps; without a terminal, or for a few, it shows nothing."""
    stream = stream or sys.stderr
    shown = steps > _FEW and stream.isatty()
    bar = click.progressbar(length=steps, label=label, file=stream, show_pos=True, hidden=not shown)
    with bar:
        yield Progress(bar, stream if shown else None)
