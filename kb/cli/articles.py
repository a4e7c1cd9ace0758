"""Articles: kb add, kb list, kb show, kb remove."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from kb.cli.adding import Failed, Wishes, add_all, prepare_all
from kb.cli.knowledge_base import added_json, added_line
from kb.cli.output import counted, put
from kb.cli.program import json_option, say, topic_option
from kb.cli.shown import (
    article_json,
    article_lines,
    aside_json,
    asides_lines,
    claim_json,
    claims_lines,
    passage_json,
    passages_lines,
)
from kb.errors import UnknownArticleError, UnreadableInputError
from kb.ingest import Added
from kb.model import Article, Claim
from kb.store import PreparedArticle, Snapshot, Store, open_store

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def _date(ctx: click.Context, option: click.Parameter, value: str) -> str:
    if value and not _DATE.fullmatch(value):
        raise click.BadParameter("write it as 2024, 2024-03 or 2024-03-26.")
    return value


def _address(ctx: click.Context, option: click.Parameter, value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter("begin it with https://.")
    return value


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@topic_option
@click.option("--id", default="", help="The article's id, instead of one made of its name.")
@click.option("--title", default="")
@click.option("--publisher", default="")
@click.option("--author", default="")
@click.option("--published", default="", metavar="DATE", callback=_date)
@click.option("--url", default="", callback=_address, help="Where the article can be read.")
@click.option("--interest", default="", metavar="SENTENCE", help="What the publisher sells.")
@click.option("--interest-options", multiple=True, metavar="OPTION", help="What that favours.")
@click.option("--encoding", default="", help="The text encoding, if it is not UTF-8.")
@click.option("--allow-private", is_flag=True, help="Let URLs lead into your own network.")
@click.option("--dry-run", is_flag=True, help="Show what would be stored; write nothing.")
@json_option
@click.pass_obj
def add(db: Path, inputs: tuple[str, ...], dry_run: bool, as_json: bool, **given: Any) -> None:
    """Add articles from files, folders, URLs, or standard input (-).

    An article of the same id is replaced. An input that cannot be read does not stop the others.
    """
    wishes = _wishes(inputs, given)
    store = open_store(db)
    if dry_run:
        _report([*prepare_all(store, inputs, wishes)], as_json=as_json)
    else:
        _report(_told(add_all(store, inputs, wishes), quiet=as_json), as_json=as_json)


def _wishes(inputs: tuple[str, ...], given: dict[str, Any]) -> Wishes:
    if given["id"] and len(inputs) > 1:
        raise click.UsageError("--id names one article: give one input.")
    if given["interest_options"] and not given["interest"]:
        raise click.UsageError("--interest-options needs --interest, a sentence that says why.")
    return Wishes(**given)


def _told(results: Iterable[Added | Failed], *, quiet: bool) -> list[Added | Failed]:
    """Return `results`, each printed as soon as it is there."""
    collected = []
    for each in results:
        collected.append(each)
        if isinstance(each, Added) and not quiet:
            click.echo(added_line(each))
    return collected


def _report(results: list[Added | Failed] | list[PreparedArticle | Failed], *, as_json: bool) -> None:
    """Print what became of the inputs.

    Raises:
        UnreadableInputError: some could not be read; they were listed.
    """
    failed = [each for each in results if isinstance(each, Failed)]
    done = [each for each in results if not isinstance(each, Failed)]
    document = {
        "articles": [
            added_json(each) if isinstance(each, Added) else _prepared_json(each) for each in done
        ],
        "failed": [
            {"input": each.input, "message": each.message, "remedy": each.remedy} for each in failed
        ],
    }
    planned = [each for each in done if isinstance(each, PreparedArticle)]
    put(document, (line for each in planned for line in _prepared_lines(each)), as_json=as_json)
    for each in failed[:-1] if len(results) == 1 else failed:
        say(f"{each.message} {each.remedy}")
    if failed:
        raise _not_added(failed, len(results))


def _not_added(failed: list[Failed], total: int) -> UnreadableInputError:
    if total == 1:
        return UnreadableInputError(failed[0].message, remedy=failed[0].remedy)
    return UnreadableInputError(
        f"{len(failed)} of {counted(total, 'input')} could not be added.",
        remedy="See above for each; what could be added is stored.",
    )


def _prepared_json(prepared: PreparedArticle) -> dict[str, Any]:
    text = prepared.article.text
    return {
        **article_json(prepared.article),
        "passages": [passage_json(passage) for passage in prepared.passages],
        "set_aside": [aside_json(block, text) for block in prepared.asides],
        "claims": [claim_json(claim) for claim in prepared.claims],
    }


def _prepared_lines(prepared: PreparedArticle) -> Iterator[str]:
    yield from article_lines(prepared.article)
    yield from passages_lines(prepared.passages)
    yield from asides_lines(prepared.asides, prepared.article.text)
    yield from claims_lines(prepared.claims)
    yield ""


@click.command("list")
@click.option("--topic", default=None, metavar="ID", help="Only the articles of this topic.")
@json_option
@click.pass_obj
def list_articles(db: Path, topic: str | None, as_json: bool) -> None:
    """List the articles."""
    with open_store(db).read() as snapshot:
        if topic is not None:
            snapshot.topic(topic)
        rows = [*_rows(snapshot, topic)]
    put({"articles": rows}, map(_row_line, rows), as_json=as_json)
    if not rows:
        say("There is no article yet. Add one: `kb add FILE`.")


def _rows(snapshot: Snapshot, topic: str | None) -> Iterator[dict[str, Any]]:
    topics = [topic] if topic is not None else snapshot.state().topics
    claims = Counter(claim.article for id in topics for claim in snapshot.claims(id))
    for article in snapshot.articles(topic):
        passages = len(snapshot.passages(article.id))
        yield {**article_json(article), "passages": passages, "claims": claims[article.id]}


def _row_line(row: dict[str, Any]) -> str:
    made = f"{counted(row['passages'], 'passage')}, {counted(row['claims'], 'claim')}"
    by = f", {row['publisher']}" if row["publisher"] else ""
    return f"{row['id']}: {row['title']}{by} ({made})"


@click.command()
@click.argument("article")
@click.option("--furniture", is_flag=True, help="Show what was set aside, and why.")
@click.option("--claims", is_flag=True, help="Show what it says of the options.")
@json_option
@click.pass_obj
def show(db: Path, article: str, furniture: bool, claims: bool, as_json: bool) -> None:
    """Show an article as passages."""
    with open_store(db).read() as snapshot:
        found = _named(snapshot, [article])[0]
        shown = PreparedView(snapshot, found)
        document = shown.json(furniture=furniture, claims=claims)
        put(document, shown.lines(furniture=furniture, claims=claims), as_json=as_json)
