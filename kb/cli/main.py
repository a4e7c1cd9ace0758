"""The kb command: the commands of every noun under one name."""

from pathlib import Path
from typing import NoReturn

import click

from kb.cli.articles import add, list_articles, remove, show
from kb.cli.backup import backup, restore
from kb.cli.claims import claims, disagreements
from kb.cli.corrections import corrections, drop, keep
from kb.cli.editing import edit
from kb.cli.exporting import export, import_
from kb.cli.gaps import gaps
from kb.cli.history import diff, history, keep_history, undo
from kb.cli.knowledge_base import check, init, upgrade
from kb.cli.program import SETTINGS, HelpfulGroup, db_option, run, version_option
from kb.cli.search import search
from kb.cli.statistics import stats
from kb.cli.topic import topic


@click.group(cls=HelpfulGroup, context_settings=SETTINGS)
@db_option
@version_option
@click.pass_context
def kb(ctx: click.Context, db: Path) -> None:
    """Keep a knowledge base of articles."""
    ctx.obj = db


for command in (
    init, upgrade, add, list_articles, show, edit, keep, drop, search, remove, check, stats, topic,
    claims, corrections, disagreements, gaps, history, diff, undo, keep_history, backup, restore,
    export, import_,
):  # fmt: skip
    kb.add_command(command)


def main() -> NoReturn:
    """Run the kb command."""
    run(kb, "kb")
