"""Text for people and JSON for programs; whatever came from outside is escaped on the way."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator

import click

from kb.errors import HelpfulError
from kb.extract.raw import printable


class UnwritableOutputError(HelpfulError):
    """What was asked for cannot be printed, for example because the disk is full."""


_WIDEST = 100  # columns; longer lines are hard to read
_NARROWEST = 30


def put(document: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Print `document` as JSON, or else `lines` as text."""
    for text in [json_text(document)] if as_json else lines:
        put_line(text)


def put_line(line: str) -> None:
    """Print one line, or a few, at once.

    Raises:
        UnwritableOutputError: stdout takes no more; a reader that went away is no error of ours.
    """
    _echo(f"{escaped(line)}\n")


def put_exactly(text: str) -> None:
    """Print what is to be a file, in UTF-8: nothing is escaped, line ends stay as they are.

    Raises:
        UnwritableOutputError: as `put_line`.
    """
    _echo(text.encode("utf-8", "replace"))


def _echo(output: str | bytes) -> None:
    try:
        click.echo(output, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = None  # else Python complains on leaving that it cannot empty its buffer
        raise UnwritableOutputError(
            f"The output cannot be written: {error.strerror}.",
            remedy="Send it to a place that can take it, and run the command again.",
        ) from error


def json_text(document: object) -> str:
    """Return `document` as JSON in ASCII, so that no terminal finds a command in it."""
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f")


def escaped(text: str, *, line_ends: bool = True) -> str:
    """Return `text` with control characters and bidi marks spelled out; tabs become spaces."""
    kept = "\n" if line_ends else ""
    return "".join(
        each if each.isprintable() or each in kept else printable(each)
        for each in text.expandtabs(4)
    )


def width() -> int:
    """Return how many columns to write: those of the terminal, within reason."""
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def wrapped(text: str, *, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Yield the lines of `text`, broken at the terminal's width; `first` starts the first one."""
    start = indent if first is None else first
    for line in text.splitlines() or [""]:
        inner = " " * (len(line) - len(line.lstrip()))
        yield from textwrap.wrap(
            line.lstrip(),
            width(),
            initial_indent=start + inner,
            subsequent_indent=indent + inner,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
        start = indent


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 passage", "2 passages"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def labelled(pairs: Iterable[tuple[str, object]]) -> Iterator[str]:
    """Yield "name: value" for every pair that has a value."""
    for name, value in pairs:
        if value:
            yield from wrapped(f"{name}: {value}", first="", indent="  ")
