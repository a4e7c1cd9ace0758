"""What both commands share: the group that explains errors, the options, start and exit codes."""

import os
import signal
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TypeVar

import click

from kb.cli.output import escaped
from kb.errors import HelpfulError
from kb.extract.source import slug

NOTHING_FOUND = 3  # there is none of what was asked for, which is no failure
INTERRUPTED = 130  # 128 + SIGINT, as shells count
TERMINATED = 143  # 128 + SIGTERM
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Explained(click.ClickException):
    """A HelpfulError on its way to stderr: what is wrong and what to do, one line each."""

    exit_code = 1

    def __init__(self, error: HelpfulError) -> None:
        super().__init__(error.message)
        self.remedy = error.remedy

    def show(self, file: Any = None) -> None:
        say(f"Error: {self.message}")
        say(f"Remedy: {self.remedy}")


class HelpfulGroup(click.Group):
    """A group of commands whose expected failures end in a sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HelpfulError as error:
            raise Explained(error) from error
        except KeyboardInterrupt:
            say("Interrupted; what was reported as done is kept.")
            raise click.exceptions.Exit(INTERRUPTED) from None


def say(sentence: str) -> None:
    """Print one line on stderr."""
    click.echo(escaped(sentence, line_ends=False), err=True)


def run(group: click.Group, name: str) -> NoReturn:
    """Run a command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    group.main(prog_name=name)
    sys.exit(0)


def _terminated(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(TERMINATED)


def db_option(command: Decorated) -> Decorated:
    """Add --db, the knowledge base file."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        envvar="ADVISOR_DB",
        default="advisor.db",
        show_default=True,
        show_envvar=True,
        help="The knowledge base file.",
    )(command)


def json_option(command: Decorated) -> Decorated:
    """Add --json, which makes a command print one JSON document."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def topic_option(command: Decorated) -> Decorated:
    """Add --topic, needed only where there are several."""
    return click.option(
        "--topic", default="", metavar="ID", help="The topic, if there are several."
    )(command)


def id_option(meaning: str) -> Callable[[Decorated], Decorated]:
    """Add --id, which takes what can stand in a link and in a file of ids."""
    return click.option("--id", default="", callback=_checked_id, help=meaning)


def _checked_id(ctx: click.Context, option: click.Parameter, value: str) -> str:
    if value and slug(value) != value:
        raise click.BadParameter("use a-z, 0-9, - and _, at most 80 of them.")
    return value


def version_option(command: Decorated) -> Decorated:
    """Add --version."""
    try:
        number = version("grounded-advisor")
    except PackageNotFoundError:  # run from a checkout
        number = "not installed"
    return click.version_option(number, message="%(prog)s, version %(version)s")(command)


def name_of(path: os.PathLike[str]) -> str:
    """Return a path as people are told of it."""
    return escaped(os.fspath(path), line_ends=False)
