"""advisor gaps: learned questions asked again, and closed when they are answered now."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from advisor.gaps import Asked, Rechecked, recheck
from kb.cli.gaps import put_listed, question_json
from kb.cli.output import counted, put, wrapped
from kb.cli.program import NOTHING_FOUND, json_option, say
from kb.cli.progress import progress
from kb.gaps import gaps_of
from kb.learned import learned_path
from kb.learned_recorder import today
from kb.sqlite.learned import LearnedFile
from kb.store import open_store


@click.command()
@click.option("--recheck", "again", is_flag=True, help="Ask the questions again, close groups.")
@json_option
@click.pass_context
def gaps(ctx: click.Context, again: bool, as_json: bool) -> None:
    """List questions that the articles do not answer, or ask them again.

    A group is closed when each of its questions is answered now, an unsure answer is sure and a
    disliked one is another one. Do this after adding an article or a word to the topic, for
    example: kb add new.md && advisor gaps --recheck. Without any group the exit code is 3.
    """
    db: Path = ctx.obj
    file = LearnedFile(learned_path(db))
    found = _recheck(db, file, as_json=as_json) if again else put_listed(db, file, as_json=as_json)
    if not found:
        ctx.exit(NOTHING_FOUND)


def _recheck(db: Path, file: LearnedFile, *, as_json: bool) -> int:
    """Ask the open groups again, close what is settled, and return how many were open."""
    done: list[Rechecked] = []
    with open_store(db).read() as snapshot:
        open_gaps = [gap for gap in gaps_of(file.read(), snapshot.topics()) if gap.is_open]
        with progress("Asking", len(open_gaps)) as shown:
            for each in recheck(snapshot, open_gaps):
                if each.settled:
                    file.close([learned.id for learned in each.gap.questions], today=today())
                done.append(each)
                shown.step()
    lines = (line for each in done for line in _lines(each))
    put({"gaps": [_json(each) for each in done]}, lines, as_json=as_json)
    closed = sum(each.settled for each in done)
    if done:
        say(f"Closed {closed} of {counted(len(done), 'group')}.")
    else:
        say("No question is open.")
    return len(done)


def _json(done: Rechecked) -> dict[str, Any]:
    return {
        "id": done.gap.id,
        "question": done.gap.asking.question,
        "closed": done.settled,
        "questions": [
            {
                **question_json(each.question),
                "settled": each.settled,
                "answer": each.headline or None,
            }
            for each in done.asked
        ],
    }


def _lines(done: Rechecked) -> Iterator[str]:
    state = "closed" if done.settled else "open"
    yield from wrapped(done.gap.asking.question, first=f"{state} [{done.gap.id}] ", indent="    ")
    shown: dict[tuple[str, str], Asked] = {}
    for each in done.asked:
        if each.settled == done.settled:
            shown.setdefault((each.question.event.asking.question, each.headline), each)
    for (question, headline), each in shown.items():
        other = "" if question == done.gap.asking.question else f"“{question}”: "
        why = f" ({_why(each)})" if not each.settled else ""
        yield from wrapped(f"{other}{headline}{why}", first="  - ", indent="    ")


def _why(asked: Asked) -> str:
    """Tell why a question is not settled."""
    if not asked.headline:
        return "it cannot be asked any more"
    kept = asked.question.event.headline
    if asked.question.event.kind == "disliked" and asked.headline.startswith(kept):
        return "disliked, and still the answer"
    return "still no sure answer"
