"""The knowledge base as a whole: kb init, kb upgrade, kb check."""

from pathlib import Path
from typing import Any

import click

from kb.cli.output import counted, put
from kb.cli.program import json_option, name_of, say
from kb.cli.soundness import examine
from kb.content.shipped import shipped_articles, shipped_topics
from kb.errors import KnowledgeBaseError
from kb.ingest import Added, create
from kb.store import open_store, upgrade_file


def create_shipped(path: Path, *, with_articles: bool = True) -> list[Added]:
    """Create a knowledge base of the shipped topics, and of their articles if wanted.

    Raises:
        KnowledgeBaseError: `path` exists already, or its folder cannot be written.
    """
    return create(
        path,
        [(topic, shipped_articles(topic.id) * with_articles) for topic in shipped_topics()],
    )


def ensure_created(path: Path) -> None:
    """Create the shipped knowledge base, and say so on stderr, unless there is a file."""
    if path.exists():
        return
    try:
        added = create_shipped(path)
    except KnowledgeBaseError:
        if not path.exists():  # otherwise another process was quicker
            raise
    else:
        say(f"Created {name_of(path)} with {counted(len(added), 'shipped article')}.")


@click.command()
@click.option("--no-articles", is_flag=True, help="Load the shipped topic alone.")
@json_option
@click.pass_obj
def init(db: Path, no_articles: bool, as_json: bool) -> None:
    """Create a knowledge base of shipped articles."""
    added = create_shipped(db, with_articles=not no_articles)
    articles = [added_json(each) for each in added]
    lines = [f"Created {name_of(db)}.", *map(added_line, added)]
    put({"knowledge_base": str(db), "articles": articles}, lines, as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def upgrade(db: Path, as_json: bool) -> None:
    """Bring a file of an older version up to date.

    A copy of the file as it was is kept beside it.
    """
    done = upgrade_file(db)
    document = {"knowledge_base": str(db), "before": done.before, "after": done.after}
    lines = [f"{name_of(db)} is of version {done.after} already."]
    if done.copy is not None:
        lines = [f"{name_of(db)} was of version {done.before} and is of version {done.after} now."]
        lines.append(f"As it was it is kept in {name_of(done.copy)}.")
    put({**document, "copy": done.copy and str(done.copy)}, lines, as_json=as_json)
    if done.copy is not None:
        say("Add its articles again when you have them at hand: `kb check` lists which, and why.")


@click.command()
@json_option
@click.pass_obj
def check(db: Path, as_json: bool) -> None:
    """Look for damage and for rules without evidence.

    Damage ends in exit code 1. Rules that the articles do not back, and criteria that no article
    speaks of, are remarks.
    """
    found = examine(open_store(db))
    put({"knowledge_base": str(db), **found.json()}, found.lines(), as_json=as_json)
    if found.problems:
        raise KnowledgeBaseError(
            f"{db} has {counted(len(found.problems), 'problem')}.",
            remedy="Restore a backup, or build it anew with `kb init` and `kb add`.",
        )


def added_json(added: Added) -> dict[str, Any]:
    """Return what became of an article."""
    return {
        "article": added.article,
        "outcome": added.outcome,
        "passages": added.passages,
        "claims": added.claims,
    }


def added_line(added: Added) -> str:
    """Return what became of an article as a line."""
    made = f"{counted(added.passages, 'passage')}, {counted(added.claims, 'claim')}"
    return f"{added.outcome} {added.article}: {made}"
