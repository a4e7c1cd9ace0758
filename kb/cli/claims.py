"""Claims and where they contradict each other: kb claims, kb disagreements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import click

from kb.cli.articles import named
from kb.cli.changes import report
from kb.cli.output import escaped, put, wrapped
from kb.cli.program import json_option, say, topic_option
from kb.cli.shown import claim_json, claim_line, worded
from kb.corrections import claim_id, decided_on
from kb.disagreements import Conflict, conflicts
from kb.ingest import choose_topic
from kb.model import Claim, Decision, DecisionKind, Stance
from kb.pointing import by_id, claimed, claims_by_id
from kb.revising import decide
from kb.store import open_store
from kb.topic import Topic

_LISTED = "`kb claims` lists the ids of claims, `kb corrections` those of rejected ones."


@click.group(invoke_without_command=True)
@topic_option
@click.option("--option", default="", metavar="ID", help="Only on this option.")
@click.option("--criterion", default="", metavar="ID", help="Only on this criterion.")
@click.option("--article", default="", metavar="ID", help="Only of this article.")
@click.option("--stance", type=click.Choice(get_args(Stance)), help="Only of this stance.")
@json_option
@click.pass_context
def claims(ctx: click.Context, /, topic: str, as_json: bool, **wanted: str | None) -> None:
    """List what articles say of the options, and correct it.

    Without a command the claims are listed, each with its id.
    """
    if ctx.invoked_subcommand is None:
        _list(ctx.obj, topic, wanted, as_json=as_json)
    elif topic or as_json or any(wanted.values()):
        raise click.UsageError(f"Write options behind {ctx.invoked_subcommand}, not before it.")


def _list(db: Path, topic: str, wanted: dict[str, str | None], *, as_json: bool) -> None:
    with open_store(db).read() as snapshot:
        chosen = choose_topic(snapshot, topic)
        _check("option", wanted["option"], chosen.option_ids)
        _check("criterion", wanted["criterion"], [each.id for each in chosen.criteria])
        _check("article", wanted["article"], [each.id for each in snapshot.articles(chosen.id)])
        found = [claim for claim in snapshot.claims(chosen.id) if _matches(claim, wanted)]
        versions = snapshot.versions(chosen.id).values()
    decided = worded(each for version in versions for each in version.decisions)
    document = {"claims": [claim_json(claim, decided) for claim in found]}
    put(document, _lines(found, decided), as_json=as_json)
    if not found:
        say("No claim matches.")


@claims.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
@click.pass_obj
def reject(db: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Leave claims out that were understood wrongly.

    They stay out when the article is added again, as long as it says the same.
    """
    _decide(db, "reject", ids, as_json=as_json)


@claims.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
@click.pass_obj
def accept(db: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Hold on to claims, also to rejected ones.

    They stay as long as their words stand in the article, whatever is understood later.
    """
    _decide(db, "accept", ids, as_json=as_json)


@claims.command("add")
@click.argument("article")
@click.argument("quote")
@click.option("--option", "options", multiple=True, required=True, metavar="ID")
@click.option("--criterion", default="", metavar="ID", help="On what; overall if left out.")
@click.option("--stance", type=click.Choice(get_args(Stance)), required=True)
@click.option("--hedged", is_flag=True, help="The article says it with reservations.")
@click.option("--when", multiple=True, metavar="CONDITION=VALUE", help="Only then does it hold.")
@json_option
@click.pass_obj
def add_claim(db: Path, /, article: str, quote: str, as_json: bool, **said: Any) -> None:
    """Add a claim that an article makes.

    QUOTE are the words it makes it in; several options mean their combination.
    """
    store = open_store(db)
    with store.read() as snapshot:
        (found,) = named(snapshot, [article])
        meaning = _meaning(snapshot.topic(found.topic), **said)
        words = claimed(found, snapshot.passages(found.id), quote)
    decision = Decision(found.id, "add", words, **meaning)
    report([decide(store, found.id, [decision])], as_json=as_json)


def _meaning(
    topic: Topic, *, options: Sequence[str], when: Sequence[str], **said: Any
) -> dict[str, Any]:
    """Return what a claim is about, in the topic's order, once it is all known there."""
    for option in options:
        _check("option", option, topic.option_ids)
    _check("criterion", said["criterion"], [each.id for each in topic.criteria])
    values = [f"{each.id}={value}" for each in topic.conditions for value, _ in each.values]
    for condition in when:
        _check("when", condition, values)
    scope = dict(condition.split("=", 1) for condition in when)
    about = tuple(id for id in topic.option_ids if id in options)
    return {**said, "about": about, "scope": tuple(sorted(scope.items()))}


def _decide(db: Path, kind: DecisionKind, ids: Iterable[str], *, as_json: bool) -> None:
    """Decide on claims by their ids; if one is unknown, nothing is decided."""
    store = open_store(db)
    new = defaultdict(list)
    with store.read() as snapshot:
        topics = snapshot.state().topics
        versions = [each for id in topics for each in snapshot.versions(id).values()]
        known = claims_by_id(
            (claim for id in topics for claim in snapshot.claims(id)),
            (decision for each in versions for decision in each.decisions),
        )
    for id in ids:
        decision = decided_on(by_id(id, known, "claim", listed=_LISTED), kind)
        new[decision.article].append(decision)
    report([decide(store, article, each) for article, each in new.items()], as_json=as_json)


def _check(option: str, value: str | None, known: Iterable[str]) -> None:
    """Refuse, as wrong usage, an id that the topic does not have."""
    if value and value not in known:
        ids = list(known)
        near = get_close_matches(value[:80], ids, n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise click.BadParameter(
            f"there is no {escaped(value, line_ends=False)}.{guess} Known: {', '.join(ids)}.",
            param_hint=f"--{option}",
        )


def _matches(claim: Claim, wanted: dict[str, str | None]) -> bool:
    held = {
        "option": claim.about,
        "criterion": (claim.criterion,),
        "article": (claim.article,),
        "stance": (claim.stance,),
    }
    return all(not value or value in held[name] for name, value in wanted.items())


def _lines(found: Iterable[Claim], decided: Mapping[str, str]) -> Iterator[str]:
    for claim in found:
        line = f"[{claim_id(claim)}] {claim.article}: {claim_line(claim, decided)}"
        yield from wrapped(line, first="", indent="  ")


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
            for conflict in conflicts(snapshot.evidence(chosen.id).claims, chosen.wholes)
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
