"""Metadata: kb edit."""

from pathlib import Path
from typing import Any

import click

from kb.cli.articles import checked_address, checked_date, checked_text, named
from kb.cli.differences import shown_value, value_json
from kb.cli.output import put, wrapped
from kb.cli.program import json_option, say
from kb.cli.shown import article_json
from kb.editing import Edited
from kb.editing import edit as change
from kb.given import FIELDS, NO_INTEREST, Given
from kb.model import Interest
from kb.store import open_store

_DATE = "As 2024, 2024-03 or 2024-03-26."


@click.command()
@click.argument("article")
@click.option("--title", default=None, callback=checked_text)
@click.option("--publisher", default=None, callback=checked_text)
@click.option("--author", default=None, callback=checked_text)
@click.option("--published", default=None, metavar="DATE", callback=checked_date, help=_DATE)
@click.option("--url", default=None, callback=checked_address, help="Where it can be read.")
@click.option(
    "--interest",
    default=None,
    metavar="SENTENCE",
    callback=checked_text,
    help="What the publisher sells.",
)
@click.option("--interest-options", multiple=True, metavar="OPTION", help="What that favours.")
@click.option(
    "--reset",
    multiple=True,
    type=click.Choice(FIELDS),
    help="Take what the document says of itself.",
)
@json_option
@click.pass_obj
def edit(db: Path, /, article: str, reset: tuple[str, ...], as_json: bool, **said: Any) -> None:
    """Change what is known of an article beside its text.

    It stays so when the article is added again. "" empties a field.

    \b
    Example: kb edit tea --publisher "The Tea House" --published 2024-03
    """
    given = _given(said, reset)
    store = open_store(db)
    with store.read() as snapshot:
        (found,) = named(snapshot, [article])
    edited = change(store, found.id, given, reset=reset)
    with store.read() as snapshot:
        known = article_json(snapshot.article(found.id))
    document = {**known, "given": {n: value_json(v) for n, v in edited.given.items()}}
    put({**document, "changed": _changed(edited)}, _lines(edited), as_json=as_json)
    if not _changed(edited):
        say("Nothing changed: it was so before.")


def _given(said: dict[str, Any], reset: tuple[str, ...]) -> Given:
    sentence, options = said.pop("interest"), said.pop("interest_options")
    if options and not sentence:
        raise click.UsageError("--interest-options needs --interest, a sentence that says why.")
    interest = None if sentence is None else Interest(options, sentence)
    given = Given(**said, interest=NO_INTEREST if sentence == "" else interest)
    named = [name for name, value in given.items() if value is not None]
    if given.title == "":
        raise click.UsageError("A title cannot be empty; --reset title takes the document's own.")
    if not named and not reset:
        raise click.UsageError("Say what to change, for example --title.")
    for name in sorted(set(named) & set(reset)):
        raise click.UsageError(f"--{name} and --reset {name} contradict each other.")
    return given


def _changed(edited: Edited) -> list[str]:
    return [n for n in FIELDS if getattr(edited.before, n) != getattr(edited.after, n)]


def _lines(edited: Edited) -> list[str]:
    lines = [f"edited {edited.article}"] if _changed(edited) else []
    for name in _changed(edited):
        old, new = getattr(edited.before, name), getattr(edited.after, name)
        line = f"{name}: {shown_value(old)} -> {shown_value(new)}"
        lines += wrapped(line, first="  ", indent="    ")
    return lines
