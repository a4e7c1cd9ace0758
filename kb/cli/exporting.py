"""Exports: kb export, kb import."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kb.cli.output import counted, put, put_exactly
from kb.cli.program import json_option, name_of, say
from kb.errors import RecordError
from kb.exports.files import read_export, write_file
from kb.exports.folder import write_folder
from kb.exports.lines import export_lines
from kb.importing import Imported, Refused, import_records, opened_or_created
from kb.store import open_store


@click.command("export")
@click.argument("out", default="-", metavar="[FILE|FOLDER]")
@click.option("--markdown", is_flag=True, help="A folder of Markdown files with front matter.")
@click.option("--overwrite", is_flag=True, help="Replace what was exported there before.")
@json_option
@click.pass_obj
def export(db: Path, out: str, markdown: bool, overwrite: bool, as_json: bool) -> None:
    """Write all that the knowledge base is made from, for `kb import`.

    Topics, articles with their sources, and corrections, as JSON Lines to a file or to standard
    output (-). What is the same exports the same: it can be compared, and kept in git.

    \b
    Example: kb export --markdown articles-of-ours/
    """
    with open_store(db).read() as snapshot:
        if out == "-":
            _check_stdout(markdown, as_json)
            for line in export_lines(snapshot.records()):
                put_exactly(line)
            return
        write = write_folder if markdown else write_file
        topics, articles = write(snapshot, Path(out), overwrite=overwrite)
    document = {"export": out, "topics": topics, "articles": articles}
    put(
        document,
        [f"exported {_content(topics, articles)} to {name_of(Path(out))}"],
        as_json=as_json,
    )


@click.command("import")
@click.argument("file", metavar="FILE|FOLDER")
@json_option
@click.pass_obj
def import_(db: Path, file: str, as_json: bool) -> None:
    """Store what `kb export` wrote, in this knowledge base or in a new one.

    The whole export is checked first. What is there already and the same stays, what is there and
    not in the export too. Undoing is done by revision: a new file has a history of its own.

    \b
    Example: kb --db copy.db import articles-of-ours/
    """
    with _seekable(file) as path:
        total = sum(1 for _ in read_export(path))
        with opened_or_created(db) as store:
            found = list(import_records(store, read_export(path)))
    _report(found, total, as_json=as_json)


def _check_stdout(markdown: bool, as_json: bool) -> None:
    if markdown or as_json:
        raise click.UsageError("Name a file or a folder: standard output takes JSON Lines alone.")


@contextmanager
def _seekable(file: str) -> Iterator[Path]:
    """Yield the path of what can be read twice; standard input is copied."""
    if file != "-":
        yield Path(file)
        return
    with tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield Path(copy.name)


def _report(found: Sequence[Imported | Refused], total: int, *, as_json: bool) -> None:
    """Print what became of an export.

    Raises:
        RecordError: some of it could not be stored; that was listed.
    """
    refused = [each for each in found if isinstance(each, Refused)]
    stored = [each for each in found if isinstance(each, Imported)]
    document = {
        "imported": [{each.thing.kind: each.thing.id, "outcome": each.outcome} for each in stored],
        "failed": [_refused_json(each) for each in refused],
    }
    put(document, (f"{each.outcome} {each.thing}" for each in stored), as_json=as_json)
    for each in refused:
        say(f"Not imported: {each.thing}. {each.message} {each.remedy}")
    if refused:
        raise RecordError(
            f"{len(refused)} of {total} could not be imported.",
            remedy="Follow the hints above and import again.",
        )


def _refused_json(refused: Refused) -> dict[str, Any]:
    known = asdict(refused)
    thing = known.pop("thing")
    return {thing["kind"]: thing["id"], **known}


def _content(topics: int, articles: int) -> str:
    return f"{counted(topics, 'topic')} and {counted(articles, 'article')}"
