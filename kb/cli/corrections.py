"""Corrections: kb keep, kb drop, kb corrections list and withdraw."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from kb.cli.articles import named
from kb.cli.changes import decision_json, decision_line, report
from kb.cli.output import put, wrapped
from kb.cli.program import json_option, say
from kb.corrections import decision_id
from kb.model import Article, Decision
from kb.pointing import by_id, parts_by_id, words_meant
from kb.revising import decide, dormant
from kb.revising import withdraw as take_back
from kb.store import Snapshot, open_store


@click.command()
@click.argument("article")
@click.argument("meant", nargs=-1, required=True, metavar="ID|TEXT...")
@json_option
@click.pass_obj
def keep(db: Path, article: str, meant: tuple[str, ...], as_json: bool) -> None:
    """Put text back that was set aside, and keep it.

    `kb show ARTICLE --furniture` shows the ids. TEXT is kept wherever it stands in the article.
    """
    store = open_store(db)
    with store.read() as snapshot:
        (found,) = named(snapshot, [article])
        words = _words(snapshot, found, meant)
        asides = [found.text[each.start : each.end] for each in snapshot.asides(found.id)]
    change = decide(store, found.id, [Decision(found.id, "keep", each) for each in words])
    report([change], as_json=as_json)
    idle = [
        decision_id(each)
        for each in change.decisions
        if not any(each.quote in aside or aside in each.quote for aside in asides)
    ]
    if idle:
        say(f"Not set aside before, and kept from now on: {', '.join(idle)}.")


@click.command()
@click.argument("article")
@click.argument("meant", nargs=-1, required=True, metavar="ID|TEXT...")
@json_option
@click.pass_obj
def drop(db: Path, article: str, meant: tuple[str, ...], as_json: bool) -> None:
    """Set passages or text aside.

    `kb show ARTICLE` shows the ids of passages. TEXT is set aside wherever it stands in the
    article.
    """
    store = open_store(db)
    with store.read() as snapshot:
        (found,) = named(snapshot, [article])
        words = _words(snapshot, found, meant)
    new = [Decision(found.id, "drop", each) for each in words]
    report([decide(store, found.id, new)], as_json=as_json)


def _words(snapshot: Snapshot, article: Article, meant: Iterable[str]) -> list[str]:
    id = article.id
    parts = parts_by_id(article, snapshot.passages(id), snapshot.asides(id), snapshot.decisions(id))
    return [words_meant(article, parts, each) for each in meant]


class _ListingGroup(click.Group):
    """A group that lists, for the article named if one is, when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = {*self.commands, *ctx.help_option_names}
        return super().parse_args(ctx, args if args and args[0] in known else ["list", *args])


@click.group(cls=_ListingGroup)
def corrections() -> None:
    """List and take back what was decided on articles and claims."""


@corrections.command("list")
@click.argument("article", default="")
@json_option
@click.pass_obj
def list_corrections(db: Path, article: str, as_json: bool) -> None:
    """List what was kept, dropped, rejected, accepted and added.

    What is dormant does nothing: its words do not stand in the article any more.
    """
    with open_store(db).read() as snapshot:
        found = [*_decided(snapshot, article)]
    document = [{**decision_json(each), "dormant": asleep} for each, asleep in found]
    lines = (line for each, asleep in found for line in _lines(each, dormant=asleep))
    put({"corrections": document}, lines, as_json=as_json)
    if not found:
        say("Nothing was decided yet.")


@corrections.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
@click.pass_obj
def withdraw(db: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Take corrections back.

    If one is unknown, none is taken back.
    """
    store = open_store(db)
    meant = defaultdict(list)
    with store.read() as snapshot:
        known = {decision_id(each): each for each, _ in _decided(snapshot)}
    for id in ids:
        decision = by_id(id, known, "correction", listed="`kb corrections` lists the ids.")
        meant[decision.article].append(decision_id(decision))
    report([take_back(store, each, known) for each, known in meant.items()], as_json=as_json)


def _decided(snapshot: Snapshot, article: str = "") -> Iterator[tuple[Decision, bool]]:
    """Yield the decisions on one article or on all, each with whether it is dormant."""
    for found in named(snapshot, [article]) if article else snapshot.articles():
        asleep = dormant(snapshot, found)
        yield from ((each, each in asleep) for each in snapshot.decisions(found.id))


def _lines(decision: Decision, *, dormant: bool) -> Iterator[str]:
    remark = " (dormant)" if dormant else ""
    yield from wrapped(decision_line(decision) + remark, first="", indent="  ")
