"""kb topic suggest: words for criteria from learned questions, for a person to accept."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kb.cli.output import counted, put, wrapped
from kb.cli.program import NOTHING_FOUND, json_option, say, topic_option
from kb.gaps_words import Proposal, proposals
from kb.ingest import choose_topic
from kb.learned import learned_path
from kb.revising import save_topic
from kb.sqlite.learned import LearnedFile
from kb.store import open_store
from kb.topic_words import Key, with_word

_MOST_REASONS = 3
_MOST_UNPLACED = 20


def _placed(
    ctx: click.Context, option: click.Parameter, entries: tuple[str, ...]
) -> list[tuple[str, str]]:
    pairs = [entry.rpartition("=") for entry in entries]
    if not all(word.strip() and equals and id.strip() for word, equals, id in pairs):
        raise click.BadParameter("write it as WORD=CRITERION.")
    return [(" ".join(word.split()), id.strip()) for word, _, id in pairs]


@click.command()
@topic_option
@click.option(
    "--accept",
    multiple=True,
    metavar="WORD=CRITERION",
    callback=_placed,
    help="Put a word into the topic, proposed or not; repeat.",
)
@click.option("--hint", is_flag=True, help="Put it under hints: no evidence in articles.")
@json_option
@click.pass_context
def suggest(
    ctx: click.Context, topic: str, accept: Sequence[tuple[str, str]], hint: bool, as_json: bool
) -> None:
    """Propose words for criteria from questions without an answer.

    Prints lines for the topic file, each word with what speaks for it, and the words that no
    criterion is clear for. Words that articles use are proposed as hints, which count in questions
    and are no evidence in articles. Nothing is changed unless told, for example:
    kb topic suggest --accept "two factor=security". Without any word the exit code is 3.
    """
    if hint and not accept:
        raise click.UsageError("--hint says how a word is accepted: name it with --accept.")
    if accept:
        _accept(ctx.obj, topic, accept, "hints" if hint else "words", as_json=as_json)
    elif not _propose(ctx.obj, topic, as_json=as_json):
        ctx.exit(NOTHING_FOUND)


def _accept(
    db: Path, id: str, words: Sequence[tuple[str, str]], key: Key, *, as_json: bool
) -> None:
    """Put words into a topic, all of them or none."""
    store = open_store(db)
    with store.read() as snapshot:
        topic = choose_topic(snapshot, id)
    for word, criterion in words:
        topic = with_word(topic, criterion, word, key=key)
    save_topic(store, topic)
    accepted = [{"word": word, "criterion": criterion, "key": key} for word, criterion in words]
    lines = [f"{criterion} has “{word}” under {key} now" for word, criterion in words]
    put({"topic": topic.id, "accepted": accepted}, lines, as_json=as_json)
    say("Ask again what was not answered: `advisor gaps --recheck`.")


def _propose(db: Path, id: str, *, as_json: bool) -> int:
    """Print what could be put into a topic, and return how many words there are."""
    learned = LearnedFile(learned_path(db)).read()
    with open_store(db).read() as snapshot:
        topic = choose_topic(snapshot, id)
        found = proposals(snapshot, topic, learned)
    document = {"topic": topic.id, "words": [_json(each) for each in found]}
    put(document, _lines(found), as_json=as_json)
    if not found:
        say("No open question has a word that the topic does not know.")
    return len(found)


def _json(proposal: Proposal) -> dict[str, Any]:
    return {
        "word": proposal.word,
        "criterion": proposal.criterion or None,
        "key": proposal.key,
        "times": proposal.times,
        "questions": list(proposal.questions),
        "support": [asdict(each) for each in proposal.support],
    }


def _lines(found: Sequence[Proposal]) -> Iterator[str]:
    by_criterion: dict[str, list[Proposal]] = defaultdict(list)
    for each in found:
        by_criterion[each.criterion].append(each)
    unplaced = by_criterion.pop("", [])
    for criterion, placed in by_criterion.items():
        yield f"[criteria.{criterion}]"
        for key in ("words", "hints"):
            listed = ", ".join(_toml(each.word) for each in placed if each.key == key)
            yield from [f"{key} = [{listed}]"] * bool(listed)
        for each in placed:
            yield from _comment(f"{each.word}: {_asked(each)}")
            reasons = each.support[0].because
            for reason in reasons[:_MOST_REASONS]:
                yield from _comment(f"  {reason}")
            if len(reasons) > _MOST_REASONS:
                yield f"#   and {len(reasons) - _MOST_REASONS} more"
        yield ""
    if unplaced:
        yield "# No criterion is clear for these words. Another product belongs to outside.words;"
        yield "# otherwise an article is missing, or you know what they stand for."
        for each in unplaced[:_MOST_UNPLACED]:
            perhaps = [support.criterion for support in each.support[:_MOST_REASONS]]
            asking = f"; {' or '.join(perhaps)}?" if perhaps else ""
            yield from _comment(f"{each.word}: {_asked(each)}{asking}")
        if len(unplaced) > _MOST_UNPLACED:
            yield f"# and {counted(len(unplaced) - _MOST_UNPLACED, 'more word')}"


def _asked(proposal: Proposal) -> str:
    return f"asked {counted(proposal.times, 'time')}, “{proposal.questions[0]}”"


def _comment(text: str) -> Iterator[str]:
    yield from wrapped(" ".join(text.split()), first="# ", indent="#   ")


def _toml(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)
