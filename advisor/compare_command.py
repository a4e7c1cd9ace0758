"""advisor compare: the matrix of options and criteria, to read or as a file."""

from pathlib import Path
from typing import Literal

import click

from advisor.choosing import separated
from advisor.comparing import compare as comparison
from advisor.exports.document import document_of
from advisor.exports.markdown import markdown_of
from advisor.exports.table import csv_of
from advisor.exports.terminal import matrix_lines
from kb.cli.knowledge_base import ensure_created
from kb.cli.output import put, put_exactly
from kb.cli.program import json_option, topic_option
from kb.ingest import choose_topic
from kb.store import open_store

_FILES = {"markdown": markdown_of, "csv": csv_of}


@click.command()
@click.option("--options", multiple=True, metavar="NAME,...", help="Which options; all without.")
@click.option("--criteria", multiple=True, metavar="NAME,...", help="Which criteria; all without.")
@topic_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "csv", "json"]),
    default="text",
    show_default=True,
    help="All but text hold the same.",
)
@json_option
@click.pass_obj
def compare(
    db: Path,
    options: tuple[str, ...],
    criteria: tuple[str, ...],
    topic: str,
    form: Literal["text", "markdown", "csv", "json"],
    as_json: bool,
) -> None:
    """Show what the articles say of each option on each criterion.

    NAME is an id, a label or any word of the topic file. Each cell quotes every article once.
    "3 of 4 articles" means: of those that speak of it, how many are for it on balance.
    """
    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"Choose --json or --format {form}, not both.")
    ensure_created(db)
    with open_store(db).read() as snapshot:
        matrix = comparison(
            snapshot,
            choose_topic(snapshot, topic),
            options=separated(options),
            criteria=separated(criteria),
        )
    if not as_json and form in _FILES:
        put_exactly(_FILES[form](matrix))
    else:
        as_json = as_json or form == "json"
        put(document_of(matrix), matrix_lines(matrix), as_json=as_json)
