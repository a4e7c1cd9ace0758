"""Copies of the whole file: kb backup, kb restore."""

from pathlib import Path

import click

from kb.cli.output import counted, put
from kb.cli.program import json_option, name_of
from kb.model import State
from kb.sqlite.schema import USER_VERSION
from kb.store import back_up_file, restore_file

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there.")
@json_option
@click.pass_obj
def backup(db: Path, file: Path, overwrite: bool, as_json: bool) -> None:
    """Copy the knowledge base to FILE, also while it is read and written.

    The copy appears whole or not at all.

    \b
    Example: kb backup monday.db
    """
    made = back_up_file(db, file, overwrite=overwrite)
    document = {"copy": str(file), "bytes": made.size, **_json(made.state)}
    lines = [f"Copied {_content(made.state)} to {name_of(file)} ({made.size / 1_000_000:.2f} MB)."]
    put(document, lines, as_json=as_json)


@click.command()
@click.argument("file", type=_FILE)
@json_option
@click.pass_obj
def restore(db: Path, file: Path, as_json: bool) -> None:
    """Put the copy FILE in the place of the knowledge base.

    All of it is verified first. What it replaces is kept beside it, and a running server goes on
    with what was restored.

    \b
    Example: kb restore monday.db
    """
    done = restore_file(db, file)
    lines = [f"Restored {_content(done.state)} from {name_of(file)}."]
    if done.before < USER_VERSION:
        lines.append(f"It was of version {done.before} and is of version {USER_VERSION} now.")
    if done.aside:
        lines.append(f"What was there before is kept in {name_of(done.aside)}.")
    aside = done.aside and str(done.aside)
    document = {"knowledge_base": str(db), "copy": str(file), **_json(done.state), "aside": aside}
    put(document, lines, as_json=as_json)


def _json(state: State) -> dict[str, int]:
    return {
        "revision": state.revision,
        "articles": state.articles,
        "passages": state.passages,
    }


def _content(state: State) -> str:
    articles, passages = counted(state.articles, "article"), counted(state.passages, "passage")
    return f"{articles} and {passages} of revision {state.revision}"
