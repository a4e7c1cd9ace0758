"""Gaps: kb gaps, what people asked and the articles did not answer."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any, get_args

import click

from kb.cli.output import counted, put, wrapped
from kb.cli.program import NOTHING_FOUND, json_option, name_of, say
from kb.cli.search import query_of
from kb.cli.shown import article_json, passage_json
from kb.errors import UnknownGapError
from kb.gaps import Gap, asked_text, gaps_of, id_of
from kb.learned import Kind, Learned, learned_path
from kb.learned_recorder import today
from kb.model import Article, Hit
from kb.retrieval import search
from kb.sqlite.learned import LearnedFile
from kb.store import Snapshot, open_store

KINDS: tuple[Kind, ...] = get_args(Kind)
_MISSING = KINDS[:-1]  # of these a gap is made
_NEAREST = 2  # passages
_MOST_WORDINGS = 4
_MOST_NEAR = 200  # characters of a passage
_SHOWN = {"low": "with low confidence"}


@click.command()
@click.option("--kind", type=click.Choice(_MISSING), help="Only groups with such a question.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--topic", default="", metavar="ID", help="Only questions of this topic.")
@click.option("--closed", is_flag=True, help="List those that were closed instead.")
@click.option("--close", multiple=True, metavar="GAP", help="Mark a group as dealt with; repeat.")
@click.option("--clear", is_flag=True, help="Forget every question, closed ones and likes too.")
@json_option
@click.pass_context
def gaps(
    ctx: click.Context, /, close: tuple[str, ...], clear: bool, as_json: bool, **chosen: Any
) -> None:
    """List questions that the articles do not answer, grouped.

    A server keeps questions without an answer, with an unsure one, or with one that somebody
    disliked. GAP is the id that a group is listed with, for example: kb gaps --close 3f9a1c.
    After adding an article, `advisor gaps --recheck` closes the groups that are answered now.
    Without any group the exit code is 3.
    """
    file = LearnedFile(learned_path(ctx.obj))
    if close and clear:
        raise click.UsageError("--close marks groups, --clear forgets all: choose one.")
    if clear:
        forgotten = file.clear()
        put({"forgotten": forgotten}, [f"forgot {counted(forgotten, 'question')}"], as_json=as_json)
    elif close:
        with open_store(ctx.obj).read() as snapshot:
            groups = gaps_of(file.read(), snapshot.topics())
        put_closed(file, [named(groups, each) for each in dict.fromkeys(close)], as_json=as_json)
    elif not put_listed(ctx.obj, file, as_json=as_json, **chosen):
        ctx.exit(NOTHING_FOUND)


def put_listed(
    db: Path,
    file: LearnedFile,
    *,
    kind: Kind | None = None,
    limit: int = 20,
    topic: str = "",
    closed: bool = False,
    as_json: bool = False,
) -> int:
    """Print the groups with their nearest passages, and return how many there are."""
    learned = file.read()
    with open_store(db).read() as snapshot:
        if topic:
            snapshot.topic(topic)
        groups = [
            gap
            for gap in gaps_of(learned, snapshot.topics())
            if gap.is_open != closed
            and topic in ("", gap.asking.topic)
            and (kind is None or gap.times(kind))
        ]
        views = [_View(gap, snapshot) for gap in groups[:limit]]
    lines = (line for view in views for line in view.lines())
    put({"gaps": [view.json() for view in views]}, lines, as_json=as_json)
    if not groups:
        _say_none(learned, file, closed=closed)
    elif len(groups) > limit:
        say(f"{counted(len(groups) - limit, 'more group')}: show them with --limit {len(groups)}.")
    return len(groups)


def named(groups: Sequence[Gap], id: str) -> Gap:
    """Return the group that `id`, or the beginning of one, names by any of its questions.

    Raises:
        UnknownGapError: it names none, or several.
    """
    wanted = id.strip("[] ").casefold()
    found = [gap for gap in groups if any(id_of(each).startswith(wanted) for each in gap.questions)]
    opened = [gap for gap in found if gap.is_open] or found
    if not wanted or not opened:
        raise UnknownGapError("There is no such group.", remedy="List them with `kb gaps`.")
    if len(opened) > 1:
        raise UnknownGapError(
            f"{wanted} begins the ids of {len(opened)} groups.", remedy="Write more of the id."
        )
    return opened[0]


def put_closed(file: LearnedFile, groups: Iterable[Gap], *, as_json: bool) -> None:
    """Mark groups as dealt with, and print which they were."""
    done = []
    for gap in groups:
        number = file.close([each.id for each in gap.questions], today=today())
        done.append({"id": gap.id, "question": gap.asking.question, "closed": number})
    lines = [f"closed [{each['id']}] {each['question']}" for each in done]
    put({"closed": done}, lines, as_json=as_json)


def _say_none(learned: Sequence[Learned], file: LearnedFile, *, closed: bool) -> None:
    if closed:
        say("No group was closed yet.")
    elif learned:
        say("No question is open.")
    else:
        say(
            f"Nothing was learned yet: {name_of(file.path)} is missing or empty. `advisor serve` "
            "keeps questions there, on this machine's own address or with --learn."
        )


class _View:
    """A group of questions with the passages nearest to it, as it is printed."""

    def __init__(self, gap: Gap, snapshot: Snapshot) -> None:
        self._gap = gap
        self._hits = nearest(snapshot, gap)
        self._articles = snapshot.articles_by_id({hit.passage.article for hit in self._hits})

    def json(self) -> dict[str, Any]:
        gap = self._gap
        return {
            "id": gap.id,
            "question": gap.asking.question,
            "open": gap.is_open,
            "topic": gap.asking.topic or None,
            "asked": {kind: gap.times(kind) for kind in KINDS},
            "last": gap.last,
            "missing": list(gap.missing),
            "reasons": list(gap.reasons),
            "questions": [question_json(each) for each in gap.questions],
            "nearest": [
                {
                    **passage_json(hit.passage),
                    "article": article_json(self._articles[hit.passage.article]),
                }
                for hit in self._hits
            ],
        }

    def lines(self) -> Iterator[str]:
        gap = self._gap
        yield from wrapped(gap.asking.question, first=f"[{gap.id}] ", indent="  ")
        yield from wrapped(f"{_counts(gap)}; last on {gap.last}", indent="  ")
        if gap.asking.history:
            yield from wrapped(f"asked after: {gap.asking.history[-1]}", indent="  ")
        if gap.missing:
            yield from wrapped(f"not covered: {', '.join(gap.missing)}", indent="  ")
        yield from _also(gap.wordings[1:])
        for each in gap.questions:
            if each.event.kind == "disliked":
                said = f": “{each.event.reason}”" if each.event.reason else ""
                yield from wrapped(f"disliked{said}", indent="  ")
                yield from wrapped(f"the answer was: {each.event.headline}", indent="    ")
        for hit in self._hits:
            yield from _nearest_lines(hit, self._articles[hit.passage.article])
        yield ""


def nearest(snapshot: Snapshot, gap: Gap, *, limit: int = _NEAREST) -> list[Hit]:
    """Return the passages that are nearest to the most asked question of a group.

    Of several topics, when it is unknown which one is meant, those of each in turn.
    """
    topics = [each.id for each in snapshot.topics() if gap.asking.topic in ("", each.id)]
    queries = [query_of(asked_text(gap.questions[0]), topic=topic) for topic in topics]
    found = [search(snapshot, query, limit=limit) for query in queries if query.words]
    return [hits[place] for place in range(limit) for hits in found if place < len(hits)][:limit]


def question_json(learned: Learned) -> dict[str, Any]:
    """Return one learned question."""
    event = learned.event
    return {
        "question": event.asking.question,
        "history": list(event.asking.history),
        "kind": event.kind,
        "reason": event.reason or None,
        "headline": event.headline or None,
        "times": learned.times,
        "first": learned.first,
        "last": learned.last,
        "closed": learned.closed or None,
    }


def _counts(gap: Gap) -> str:
    counts = ((gap.times(kind), _SHOWN.get(kind, kind)) for kind in KINDS)
    told = ", ".join(f"{number} {kind}" for number, kind in counts if number)
    return f"{counted(gap.weight, 'time')}: {told}"


def _also(wordings: Sequence[str]) -> Iterator[str]:
    for wording in wordings[:_MOST_WORDINGS]:
        yield from wrapped(wording, first="  also: ", indent="    ")
    if len(wordings) > _MOST_WORDINGS:
        yield f"  and {counted(len(wordings) - _MOST_WORDINGS, 'more wording')}"


def _nearest_lines(hit: Hit, article: Article) -> Iterator[str]:
    path = " > ".join([article.metadata.title, *hit.passage.headings])
    yield from wrapped(f"near: {path} [{hit.passage.id}]", first="  ", indent="    ")
    begun = shorten(hit.passage.text, _MOST_NEAR, placeholder=" …")
    yield from wrapped(begun, indent="    | ")
