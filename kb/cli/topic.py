"""Topics: kb topic list, show, add, check, remove; suggest is in suggesting.py."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from kb.cli.changes import changed, dormant_json, say_dormant
from kb.cli.output import counted, put
from kb.cli.program import id_option, json_option, say
from kb.cli.suggesting import suggest
from kb.errors import TopicError
from kb.extract.raw import printable
from kb.extract.source import read_source, slug
from kb.ingest import choose_topic
from kb.revising import save_topic
from kb.store import Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

_LARGEST = 4_000_000  # bytes; a topic file has at most a million characters


class _ListingGroup(click.Group):
    """A group that lists when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if args and args[0] != "--json" else ["list", *args])


@click.group(cls=_ListingGroup)
def topic() -> None:
    """List, show, add, check and remove topics."""


topic.add_command(suggest)


@topic.command("list")
@json_option
@click.pass_obj
def list_topics(db: Path, as_json: bool) -> None:
    """List the topics."""
    with open_store(db).read() as snapshot:
        rows = [
            {**_summary(each), "articles": len(snapshot.articles(each.id))}
            for each in snapshot.topics()
        ]
    put({"topics": rows}, (_line(row) for row in rows), as_json=as_json)


@topic.command()
@click.argument("id", default="")
@json_option
@click.pass_obj
def show(db: Path, id: str, as_json: bool) -> None:
    """Print a topic file as it was added."""
    with open_store(db).read() as snapshot:
        found = choose_topic(snapshot, id)
    put({**_summary(found), "text": found.text}, [found.text.rstrip("\n")], as_json=as_json)


@topic.command()
@click.argument("file")
@id_option("The topic's id, instead of one made of the file's name.")
@json_option
@click.pass_obj
def add(db: Path, file: str, id: str, as_json: bool) -> None:
    """Add or replace a topic.

    The claims of its articles are found anew. If the words for an option change, its articles are
    also read anew.
    """
    found = load(file, id=id)
    store = open_store(db)
    before = _sizes(store, found.id)
    left = save_topic(store, found)
    with store.read() as snapshot:
        asleep = dormant_json(snapshot, snapshot.articles(found.id))
    lines = [f"saved topic {found.id}: {_content(found)}"]
    lines += _changes(before, _sizes(store, found.id))
    put({**_summary(found), "dormant": asleep}, lines, as_json=as_json)
    say_dormant(asleep)
    if left:
        say(
            f"Add these articles again, which cannot be read anew by themselves: {', '.join(left)}."
        )


_Sizes = dict[str, tuple[int, int]]  # passages and claims, by article


def _sizes(store: Store, topic: str) -> _Sizes:
    """Return how many passages and claims each article of a topic has."""
    with store.read() as snapshot:
        if not any(each.id == topic for each in snapshot.topics()):
            return {}
        claims = Counter(claim.article for claim in snapshot.claims(topic))
        articles = [article.id for article in snapshot.articles(topic)]
        return {id: (len(snapshot.passages(id)), claims[id]) for id in articles}


def _changes(before: _Sizes, after: _Sizes) -> list[str]:
    """Return a line for each article that has more or fewer passages or claims now."""
    return [
        f"{article}: {changed(*before[article], *sizes)}"
        for article, sizes in after.items()
        if before.get(article, sizes) != sizes
    ]


@topic.command()
@click.argument("file")
@json_option
def check(file: str, as_json: bool) -> None:
    """Say what is wrong with a topic file; nothing is stored."""
    found = load(file)
    put(_summary(found), [f"no mistake in {printable(file)}: {_content(found)}"], as_json=as_json)


@topic.command()
@click.argument("id")
@json_option
@click.pass_obj
def remove(db: Path, id: str, as_json: bool) -> None:
    """Remove a topic that no article belongs to."""
    open_store(db).remove_topic(id)
    put({"removed": id}, [f"removed topic {id}"], as_json=as_json)


def load(file: str, *, id: str = "") -> Topic:
    """Return the topic that a file, or standard input (-), describes.

    Without `id` the topic is called as its file, or as its folder if the file is topic.toml.

    Raises:
        UnreadableInputError: the file cannot be read.
        TopicError: it is not UTF-8, or breaks the rules of docs/topic-file.md.
    """
    source = read_source(file, limit=_LARGEST)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TopicError(
            f"{printable(file)} is not UTF-8: byte {error.start:,}.", remedy="Save it as UTF-8."
        ) from None
    path = Path(file)
    stem = path.absolute().parent.name if path.name == "topic.toml" else path.stem
    return parse_topic(text, id=id or slug(stem), file=source.name)


def _summary(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.id,
        "name": topic.name,
        "options": list(topic.option_ids),
        "criteria": [criterion.id for criterion in topic.criteria],
        "conditions": [condition.id for condition in topic.conditions],
        "rules": [rule.id for rule in topic.rules],
    }


def _content(topic: Topic) -> str:
    return ", ".join(
        (
            counted(len(topic.options), "option"),
            counted(len(topic.criteria), "criterion", "criteria"),
            counted(len(topic.conditions), "condition"),
            counted(len(topic.rules), "rule"),
        )
    )


def _line(row: dict[str, Any]) -> str:
    return f"{row['id']}: {row['name']} ({counted(row['articles'], 'article')})"
