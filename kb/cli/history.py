"""What was done: kb history, kb diff, kb undo."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from kb.cli.differences import view
from kb.cli.output import put, put_line, wrapped
from kb.cli.program import json_option, say
from kb.differing import differences
from kb.history import Extent, Revision, Thing
from kb.store import open_store
from kb.undoing import undo as take_back
from kb.undoing import undo_since

_MEGABYTE = 1_000_000
_REVISION = click.IntRange(1, 10**15)


@click.command()
@click.option("--article", default="", metavar="ID", help="Only what changed this article.")
@click.option("--topic", default="", metavar="ID", help="Only what changed this topic.")
@click.option(
    "--limit", default=20, type=click.IntRange(min=1), show_default=True, help="So many at most."
)
@json_option
@click.pass_obj
def history(db: Path, article: str, topic: str, limit: int, as_json: bool) -> None:
    """List the latest changes: who, when and what.

    \b
    Example: kb history --article tea --limit 5
    """
    if article and topic:
        raise click.UsageError("Give --article or --topic, not both.")
    thing = Thing("article", article) if article else Thing("topic", topic) if topic else None
    with open_store(db).read() as snapshot:
        found = snapshot.history().revisions(limit=limit, thing=thing)
        extent = snapshot.history().extent()
    document = {"revisions": [revision_json(each) for each in found], "kept": extent_json(extent)}
    put(document, [line for each in found for line in _lines(each)], as_json=as_json)
    say(extent_line(extent) if found else "No revision changed that.")


@click.command("keep-history")
@click.argument("megabytes", type=click.IntRange(0, 1_000_000), metavar="MB")
@json_option
@click.pass_obj
def keep_history(db: Path, megabytes: int, as_json: bool) -> None:
    """Set how much of the file may be taken by what it takes to undo.

    When it is more, what the oldest revisions changed is forgotten; that they were made is not. It
    is 200 MB until you set it.

    \b
    Example: kb keep-history 500
    """
    store = open_store(db)
    store.keep_history(megabytes * _MEGABYTE)
    with store.read() as snapshot:
        extent = snapshot.history().extent()
    put({"kept": extent_json(extent)}, [extent_line(extent)], as_json=as_json)


@click.command()
@click.argument("first", type=_REVISION, metavar="REV")
@click.argument("last", type=_REVISION, default=None, required=False, metavar="[REV]")
@json_option
@click.pass_obj
def diff(db: Path, first: int, last: int | None, as_json: bool) -> None:
    """Show what differs between two revisions.

    Without the second one it is the present. What revision 12 did stands between 11 and 12.

    \b
    Example: kb diff 11 12
    """
    with open_store(db).read() as snapshot:
        found = [view(snapshot, each) for each in differences(snapshot, first, last or 0)]
    document = {"before": first, "after": last, "differences": [each.json() for each in found]}
    put(document, (line for each in found for line in each.lines()), as_json=as_json)
    if not found:
        say("Nothing differs.")


@click.command()
@click.argument("revision", type=_REVISION, default=None, required=False, metavar="[REV]")
@click.option("--to", type=_REVISION, metavar="REV", help="Undo all that was done after REV.")
@json_option
@click.pass_obj
def undo(db: Path, revision: int | None, to: int | None, as_json: bool) -> None:
    """Undo a revision: the latest one, or the one you name.

    What it changed is made from the same as before, as long as nobody changed it since. Undoing is
    a revision too. Called again it goes further back; name the undoing to do it over.

    \b
    Example: kb undo 12
    """
    if revision and to:
        raise click.UsageError("Give REV or --to, not both.")
    store = open_store(db)
    made = undo_since(store, to) if to else iter([take_back(store, revision or 0)])
    undone = list(_told(made, quiet=as_json))
    if as_json:
        put({"undone": [revision_json(each) for each in undone]}, [], as_json=True)
    if not undone:
        say("Nothing was done since.")


def _told(undone: Iterable[Revision], *, quiet: bool) -> Iterator[Revision]:
    """Yield what was undone; each is printed as soon as it is."""
    for each in undone:
        if not quiet:
            for line in wrapped(f"undone {_line(each)}", first="", indent="  "):
                put_line(line)
        yield each


def revision_json(revision: Revision) -> dict[str, Any]:
    """Return a revision; `article` and `topic` are null unless it changed one."""
    change = revision.change
    thing = change.thing if change else None
    return {
        "revision": revision.number,
        "made_at": revision.made_at,
        "who": revision.who or None,
        "what": revision.what,
        "article": thing.id if thing and thing.kind == "article" else None,
        "topic": thing.id if thing and thing.kind == "topic" else None,
        "undoes": revision.undoes or None,
        "undone": revision.undone,
        "kept": bool(change and change.kept),
    }


def extent_json(extent: Extent) -> dict[str, Any]:
    """Return how far back is known what was; null when all is."""
    return {"after_revision": extent.cut or None, "bytes": extent.size, "most": extent.most}


def extent_line(extent: Extent) -> str:
    """Return the same as a sentence."""
    held = f"{extent.size / _MEGABYTE:.1f} of {extent.most / _MEGABYTE:.0f} MB are taken"
    if extent.cut:
        return (
            f"What was before revision {extent.cut} is not kept any more; {held}"
            " (`kb keep-history`)."
        )
    return f"All of it can be looked at and undone; {held} (`kb keep-history`)."


def _lines(revision: Revision) -> Iterator[str]:
    remark = " (undone)" if revision.undone else ""
    yield from wrapped(_line(revision) + remark, first="", indent="  ")


def _line(revision: Revision) -> str:
    by = f" by {revision.who}" if revision.who else ""
    return f"{revision.number}: {revision.what} ({revision.made_at}{by})"
