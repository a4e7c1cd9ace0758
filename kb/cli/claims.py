"""Claims and where they contradict each other: kb claims, kb disagreements."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import click

from kb.cli.output import put, wrapped
from kb.cli.program import json_option, say, topic_option
from kb.cli.shown import claim_json, claim_line
from kb.disagreements import Conflict, conflicts
from kb.ingest import choose_topic
from kb.model import Claim, Stance
from kb.store import open_store


@click.command()
@topic_option
@click.option("--option", default="", metavar="ID", help="Only on this option.")
@click.option("--criterion", default="", metavar="ID", help="Only on this criterion.")
@click.option("--article", default="", metavar="ID", help="Only of this article.")
@click.option("--stance", type=click.Choice(get_args(Stance)), help="Only of this stance.")
@json_option
@click.pass_obj
def claims(db: Path, /, topic: str, as_json: bool, **wanted: str | None) -> None:
    """List what articles say of the options."""
    with open_store(db).read() as snapshot:
        chosen = choose_topic(snapshot, topic)
        _check("option", wanted["option"], chosen.option_ids)
        _check("criterion", wanted["criterion"], [each.id for each in chosen.criteria])
        _check("article", wanted["article"], [each.id for each in snapshot.articles(chosen.id)])
        found = [claim for claim in snapshot.claims(chosen.id) if _matches(claim, wanted)]
    put({"claims": [claim_json(claim) for claim in found]}, _lines(found), as_json=as_json)
    if not found:
        say("No claim matches.")


def _check(option: str, value: str | None, known: Iterable[str]) -> None:
    """Refuse, as wrong usage, an id that the topic does not have."""
    if value and value not in known:
        listed = ", ".join(known)
        raise click.BadParameter(
            f"there is none of that id. Known: {listed}.", param_hint=f"--{option}"
        )


def _matches(claim: Claim, wanted: dict[str, str | None]) -> bool:
    held = {
        "option": claim.about,
        "criterion": (claim.criterion,),
        "article": (claim.article,),
        "stance": (claim.stance,),
    }
    return all(not value or value in held[name] for name, value in wanted.items())


def _lines(found: Iterable[Claim]) -> Iterator[str]:
    for claim in found:
        yield from wrapped(f"{claim.article}: {claim_line(claim)}", first="", indent="  ")


@click.command()
@topic_option
@click.option("--criterion", default="", metavar="ID", help="Only on this criterion.")
@json_option
@click.pass_obj
def disagreements(db: Path, topic: str, criterion: str, as_json: bool) -> None:
    """List claims that contradict each other.

    Hard contradictions come first.
    """
    with open_store(db).read() as snapshot:
        chosen = choose_topic(snapshot, topic)
        _check("criterion", criterion, [each.id for each in chosen.criteria])
        found = [
            conflict
            for conflict in conflicts(snapshot.claims(chosen.id))
            if criterion in ("", conflict.criterion)
        ]
    document = {"disagreements": [_conflict_json(conflict) for conflict in found]}
    put(document, (line for each in found for line in _conflict_lines(each)), as_json=as_json)
    if not found:
        say("The articles do not contradict each other on this.")


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "criterion": conflict.criterion,
        "between": conflict.between,
        "strength": conflict.strength,
        "sides": [
            {
                "option": "+".join(side.about),
                "stance": side.stance,
                "quote": side.quote,
                "article": side.article,
            }
            for side in (conflict.first, conflict.second)
        ],
    }


def _conflict_lines(conflict: Conflict) -> Iterator[str]:
    where = "within one article" if conflict.between == "one article" else "between articles"
    yield f"{'+'.join(conflict.about)} on {conflict.criterion}: {conflict.strength}, {where}"
    for side in (conflict.first, conflict.second):
        text = f"{side.stance}, {side.article}: “{side.quote}”"
        yield from wrapped(text, first="  ", indent="    ")
