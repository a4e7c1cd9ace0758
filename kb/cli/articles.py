"""Articles: kb add, kb list, kb show, kb remove."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.cli.adding import Failed, Wishes, add_all, expand_all, prepare_all, repost_of
from kb.cli.changes import decision_json, decision_line, dormant_json, say_dormant
from kb.cli.forgetting import forget_all
from kb.cli.knowledge_base import added_json, added_line
from kb.cli.output import counted, put, put_line, wrapped
from kb.cli.program import id_option, json_option, say, topic_option
from kb.cli.progress import Progress, progress
from kb.cli.shown import View, article_json, repost_json, repost_text
from kb.errors import UnknownArticleError, UnreadableInputError
from kb.extract.frontmatter import LONGEST
from kb.extract.raw import printable
from kb.ingest import Added
from kb.model import Article, Claim, Decision
from kb.prepared import PreparedArticle
from kb.repeats import Repost
from kb.store import Snapshot, Store, open_store

Result = Added | PreparedArticle | Failed

Checked = TypeVar("Checked", str, str | None)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def checked_date(ctx: click.Context, option: click.Parameter, value: Checked) -> Checked:
    """Return what can be a date, or nothing."""
    if value and not _DATE.fullmatch(value):
        raise click.BadParameter("write it as 2024, 2024-03 or 2024-03-26.")
    return value


def checked_address(ctx: click.Context, option: click.Parameter, value: Checked) -> Checked:
    """Return what can be a web address, or nothing."""
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter("begin it with https://.")
    return checked_text(ctx, option, value)


def checked_text(ctx: click.Context, option: click.Parameter, value: Checked) -> Checked:
    """Return a text that can be stored, or nothing."""
    if value and (len(value) > LONGEST or not _is_text(value)):
        raise click.BadParameter(f"write at most {LONGEST:,} characters of UTF-8.")
    return value


def _is_text(value: str) -> bool:
    """False for bytes that a shell handed over and no encoding explains."""
    return not any("\ud800" <= each <= "\udfff" for each in value)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@topic_option
@id_option("The article's id, instead of one made of its name.")
@click.option("--title", default="", callback=checked_text)
@click.option("--publisher", default="", callback=checked_text)
@click.option("--author", default="", callback=checked_text)
@click.option("--published", default="", metavar="DATE", callback=checked_date)
@click.option("--url", default="", callback=checked_address, help="Where the article can be read.")
@click.option(
    "--interest",
    default="",
    metavar="SENTENCE",
    callback=checked_text,
    help="What the publisher sells.",
)
@click.option("--interest-options", multiple=True, metavar="OPTION", help="What that favours.")
@click.option("--encoding", default="", help="The text encoding, if it is not UTF-8.")
@click.option("--allow-private", is_flag=True, help="Let URLs lead into your own network.")
@click.option("--dry-run", is_flag=True, help="Show what would be stored; write nothing.")
@json_option
@click.pass_obj
def add(db: Path, /, inputs: tuple[str, ...], dry_run: bool, as_json: bool, **given: Any) -> None:
    """Add files, folders, URLs or stdin (-).

    An article of the same id is replaced. An input that cannot be read does not stop the others.
    """
    wishes = _wishes(inputs, given)
    store, paths = open_store(db), expand_all(inputs)
    with progress("Reading", len(paths)) as shown:
        made = prepare_all(store, paths, wishes) if dry_run else add_all(store, paths, wishes)
        results = _told(made, shown, quiet=as_json)
    _report(results, store, as_json=as_json)


def _wishes(inputs: tuple[str, ...], given: dict[str, Any]) -> Wishes:
    if given["id"] and len(inputs) > 1:
        raise click.UsageError("--id names one article: give one input.")
    if given["interest_options"] and not given["interest"]:
        raise click.UsageError("--interest-options needs --interest, a sentence that says why.")
    return Wishes(**given)


def _told(results: Iterable[Result], shown: Progress, *, quiet: bool) -> list[Result]:
    """Return `results`; what is stored is printed as soon as it is."""
    collected = []
    for each in results:
        collected.append(each)
        if isinstance(each, Added) and not quiet:
            shown.make_room()
            put_line(added_line(each))
        shown.step()
    return collected


def _report(results: Sequence[Result], store: Store, *, as_json: bool) -> None:
    """Print what became of the inputs.

    Raises:
        UnreadableInputError: some could not be read; they were listed.
    """
    failed = [each for each in results if isinstance(each, Failed)]
    added = [each for each in results if isinstance(each, Added)]
    planned = [_view(store, each) for each in results if isinstance(each, PreparedArticle)]
    ids = [each.article for each in added]
    reposts = _reposts(store, ids)
    asleep = _dormant(store, ids)
    stored = [
        {**added_json(each), "repeats": repost_json(reposts.get(each.article))} for each in added
    ]
    document = {
        "articles": [*stored, *(view.json() for view in planned)],
        "failed": [asdict(each) for each in failed],
        "dormant": asleep,
    }
    lines = [line for view in planned for line in (*view.lines(), "")]
    lines += [f"{id} {repost_text(repost)}: they add no voice" for id, repost in reposts.items()]
    put(document, lines, as_json=as_json)
    say_dormant(asleep)
    if failed:
        raise _not_added(failed, len(results))


def _reposts(store: Store, ids: Sequence[str]) -> dict[str, Repost]:
    """Return the stored articles that mostly repeat another, if one of the two is among `ids`."""
    if not ids:
        return {}
    with store.read() as snapshot:
        topics = {article.topic for article in snapshot.articles() if article.id in ids}
        found = [snapshot.repeats(topic).reposts.items() for topic in sorted(topics)]
    return {
        id: repost
        for reposts in found
        for id, repost in sorted(reposts)
        if id in ids or repost.article in ids
    }


def _dormant(store: Store, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the corrections of these articles that do nothing any more."""
    if not ids:
        return []
    with store.read() as snapshot:
        return dormant_json(snapshot, map(snapshot.article, ids))


def _view(store: Store, prepared: PreparedArticle) -> View:
    with store.read() as snapshot:
        repost = repost_of(snapshot, prepared)
    made, decisions = prepared.claims, prepared.decisions
    return View(prepared.article, prepared.passages, prepared.asides, made, repost, decisions)


def _not_added(failed: list[Failed], total: int) -> UnreadableInputError:
    if total == 1:
        return UnreadableInputError(failed[0].message, remedy=failed[0].remedy)
    for each in failed:
        say(f"Not added: {each.message} {each.remedy}")
    return UnreadableInputError(
        f"{len(failed)} of {counted(total, 'input')} could not be added.",
        remedy="Follow the hints above and add them again.",
    )


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
    lines = (line for row in rows for line in wrapped(_row_line(row), first="", indent="  "))
    put({"articles": rows}, lines, as_json=as_json)
    if not rows:
        say("There is no article yet. Add one: `kb add FILE`.")


def _rows(snapshot: Snapshot, topic: str | None) -> Iterator[dict[str, Any]]:
    topics = [topic] if topic is not None else snapshot.state().topics
    claims = Counter(claim.article for id in topics for claim in snapshot.claims(id))
    for article in snapshot.articles(topic):
        yield {
            **article_json(article),
            "passages": len(snapshot.passages(article.id)),
            "claims": claims[article.id],
            "repeats": repost_json(snapshot.repeats(article.topic).reposts.get(article.id)),
        }


def _row_line(row: dict[str, Any]) -> str:
    made = f"{counted(row['passages'], 'passage')}, {counted(row['claims'], 'claim')}"
    by = f", {row['publisher']}" if row["publisher"] else ""
    again = f", {repost_text(Repost(**row['repeats']))}" if row["repeats"] else ""
    return f"{row['id']}: {row['title']}{by} ({made}){again}"


@click.command()
@click.argument("article")
@click.option("--furniture", is_flag=True, help="Show what was set aside, and why.")
@click.option("--claims", is_flag=True, help="Show what it says of the options.")
@json_option
@click.pass_obj
def show(db: Path, article: str, furniture: bool, claims: bool, as_json: bool) -> None:
    """Show an article with its passages."""
    with open_store(db).read() as snapshot:
        found = named(snapshot, [article])[0]
        view = View(
            found,
            snapshot.passages(found.id),
            snapshot.asides(found.id) if furniture else None,
            _claims_of(snapshot, found) if claims else None,
            snapshot.repeats(found.topic).reposts.get(found.id),
            snapshot.decisions(found.id),
        )
    put(view.json(), view.lines(), as_json=as_json)


def _claims_of(snapshot: Snapshot, article: Article) -> list[Claim]:
    return [claim for claim in snapshot.claims(article.topic) if claim.article == article.id]


def named(snapshot: Snapshot, ids: Sequence[str]) -> list[Article]:
    """Return the articles of these ids.

    Raises:
        UnknownArticleError: one of them is not there; the message names it.
    """
    known = {article.id: article for article in snapshot.articles()}
    for id in ids:
        if id not in known:
            near = get_close_matches(id[:80], known, n=1)
            guess = f"Did you mean {near[0]}? " if near else ""
            raise UnknownArticleError(
                f"There is no article {printable(id)}.", remedy=f"{guess}`kb list` shows the ids."
            )
    return [known[id] for id in dict.fromkeys(ids)]


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--forget", is_flag=True, help="Purge their history too; nothing can be undone.")
@json_option
@click.pass_obj
def remove(db: Path, articles: tuple[str, ...], forget: bool, as_json: bool) -> None:
    """Remove articles.

    Everything made of them, or decided on them, goes too. If one is unknown, none is removed.
    `kb undo` brings them back, unless you --forget them: then their text is gone from the file. An
    article that was removed before can be forgotten too.

    \b
    Example: kb remove tea
    """
    store = open_store(db)
    if forget:
        forget_all(store, articles, as_json=as_json)
        return
    with store.read() as snapshot:
        lost = {found.id: snapshot.decisions(found.id) for found in named(snapshot, articles)}
    for id in lost:
        store.remove_article(id)
    made = [decision for decisions in lost.values() for decision in decisions]
    lines = [line for id, each in lost.items() for line in _removed_lines(id, each)]
    document = {"removed": list(lost), "corrections": [decision_json(each) for each in made]}
    put(document, lines, as_json=as_json)


def _removed_lines(id: str, corrections: Sequence[Decision]) -> Iterator[str]:
    """Yield that an article is removed, and what was decided on it: nobody else knows it now."""
    if not corrections:
        yield f"removed {id}"
        return
    yield f"removed {id} and {counted(len(corrections), 'correction')} of it:"
    for each in corrections:
        yield from wrapped(decision_line(each), first="  ", indent="    ")
