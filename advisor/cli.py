"""The advisor command: ask, compare, serve, gaps, eval."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn

import click

from advisor.compare_command import compare
from advisor.evaluation.command import evaluate
from advisor.gaps_command import gaps
from advisor.model import (
    Adjustments,
    Answer,
    AskBack,
    Citation,
    Disagreement,
    Guidance,
    Reading,
    Reason,
    ShownPassage,
    Side,
)
from advisor.phrasing import about
from advisor.pipeline import ask as answer_to
from kb.cli.knowledge_base import ensure_created
from kb.cli.output import put, wrapped
from kb.cli.program import (
    SETTINGS,
    HelpfulGroup,
    db_option,
    json_option,
    run,
    topic_option,
    version_option,
)
from kb.cli.shown import note_lines, text_lines
from kb.extract.source import read_source
from kb.learned import Limits
from kb.store import open_store
from kb.topic import Topic

_LIMITS = Limits()
_LONGEST = 100_000  # bytes of a question on standard input; understanding refuses far fewer


@click.group(cls=HelpfulGroup, context_settings=SETTINGS)
@db_option
@version_option
@click.pass_context
def advisor(ctx: click.Context, db: Path) -> None:
    """Answer questions from a knowledge base of articles."""
    ctx.obj = db


advisor.add_command(compare)


def _pairs(
    ctx: click.Context, option: click.Parameter, entries: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    pairs = [entry.partition("=") for entry in entries]
    if not all(id and equals and value for id, equals, value in pairs):
        raise click.BadParameter("write it as CONDITION=VALUE.")
    return tuple((id, value) for id, _, value in pairs)


@advisor.command()
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option("--after", multiple=True, metavar="QUESTION", help="Asked before; repeat it.")
@topic_option
@click.option("--limit", type=click.IntRange(1, 20), default=5, show_default=True)
@click.option("--given", multiple=True, callback=_pairs, help="A condition, as CONDITION=VALUE.")
@click.option("--without", multiple=True, metavar="KIND:ID", help="What shall not count.")
@click.option("--exact", multiple=True, metavar="WORD", help="A word not to be corrected.")
@json_option
@click.pass_obj
def ask(
    db: Path, /, words: tuple[str, ...], after: tuple[str, ...], as_json: bool, **given: Any
) -> None:
    """Answer a question, given in words or on standard input (-)."""
    ensure_created(db)
    question, topic, limit = _question(words), given.pop("topic"), given.pop("limit")
    with open_store(db).read() as snapshot:
        answer = answer_to(
            snapshot,
            question,
            history=after,
            topic=topic,
            limit=limit,
            adjustments=Adjustments(**given),
        )
        lines = list(answer_lines(answer, snapshot.topic(answer.reading.topic)))
    put(_document(answer) if as_json else None, lines, as_json=as_json)


def _question(words: tuple[str, ...]) -> str:
    if words != ("-",):
        return " ".join(words)
    return read_source("-", limit=_LONGEST).data.decode("utf-8", errors="replace")


def _document(answer: Answer) -> dict[str, Any]:
    # The one place where advisor reaches up to web: `--json` has to print what /ask sends.
    from web.replies import answer_out

    return answer_out(answer).model_dump(mode="json", by_alias=True)


@advisor.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--open", "is_open", is_flag=True, help="Let other machines ask; there is no login.")
@click.option(
    "--learn/--no-learn",
    "learns",
    default=None,
    envvar="ADVISOR_LEARN",
    show_envvar=True,
    help="Keep questions without a good answer. By default only where no other machine can ask.",
)
@click.option(
    "--learn-days",
    type=click.IntRange(1, 3650),
    default=_LIMITS.days,
    envvar="ADVISOR_LEARN_DAYS",
    show_default=True,
    show_envvar=True,
    help="For how long they are kept.",
)
@click.option(
    "--learn-most",
    type=click.IntRange(1, 100_000),
    default=_LIMITS.events,
    envvar="ADVISOR_LEARN_MOST",
    show_default=True,
    show_envvar=True,
    help="How many are kept.",
)
@click.pass_obj
def serve(
    db: Path, /, host: str, port: int, is_open: bool, learns: bool | None, **most: int
) -> None:
    """Serve the page and /ask until Ctrl-C.

    Questions without an answer, or with an unsure or disliked one, are kept beside the knowledge
    base for `kb gaps`; nothing is kept of who asked. For example, without that:
    advisor serve --no-learn.
    """
    # `advisor serve` is the command the design promises, and web is what it starts: the late
    # imports keep the rest of advisor below web.
    from web.server import serve as serve_forever
    from web.settings import Settings

    if not (is_open or _is_loopback(host)):
        raise click.UsageError(f"Other machines could ask at {host}: add --open to allow it.")
    ensure_created(db)
    learns = not is_open if learns is None else learns
    limits = Limits(days=most["learn_days"], events=most["learn_most"])
    settings = Settings(db, learns=learns, learned=limits)
    settings = replace(settings, allowed_hosts=("*",)) if is_open else settings
    serve_forever(settings, host=host, port=port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


advisor.add_command(gaps)
advisor.add_command(evaluate)


def answer_lines(answer: Answer, topic: Topic) -> Iterator[str]:
    """Yield an answer as it is read on a terminal: verdict first, quoted passages last."""
    guidance = answer.guidance
    sure = f"Confidence: {guidance.confidence}. {guidance.confidence_because}"
    quoted = [each for each in guidance.reasons[:1] if each.text == guidance.headline]
    marks = "".join(_marks(each.citations) for each in quoted)
    yield from wrapped(f"{guidance.headline}{marks}", first="", indent="  ")
    yield from wrapped(sure, first="", indent="  ")
    yield from _understood_lines(answer.reading)
    advised = guidance.verdict != "no_verdict"
    argued = [each for each in guidance.reasons if each.text != guidance.headline]
    yield from _part("Why" if advised else "Articles also say", map(_reason_text, argued))
    yield from _part("Against", map(_reason_text, guidance.against))
    yield from _part("It depends", _condition_texts(guidance, topic))
    yield from _part(
        "The articles disagree",
        (_disagreement_text(each, topic) for each in guidance.disagreements),
    )
    yield from _part("What would change it", _change_texts(guidance, topic))
    yield from _part("To know more", _ask_back_texts(guidance.ask_back))
    for shown in answer.passages:
        yield from _passage_lines(shown)
    yield from _part("Ask next", answer.suggestions)


def _part(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield a title and what stands under it, or nothing when nothing does."""
    items = list(texts)
    if items:
        yield from ["", title]
    for text in items:
        yield from wrapped(text, first="  - ", indent="    ")


def _understood_lines(reading: Reading) -> Iterator[str]:
    for each in reading.corrections:
        yield f'Read "{each.typed}" as "{each.read_as}".'
    if reading.carried_over:
        yield from wrapped(
            f"From before: {', '.join(reading.carried_over)}.", first="", indent="  "
        )
    if reading.ignored:
        yield from wrapped(f"Not used: {', '.join(reading.ignored)}.", first="", indent="  ")


def _marks(citations: Iterable[Citation]) -> str:
    numbers = dict.fromkeys(citation.n for citation in citations)
    return "".join(f" [{number}]" for number in numbers)


def _reason_text(reason: Reason) -> str:
    own = f" (our own reasoning, rule {reason.rule})" if reason.rule else ""
    return f"{reason.text}{own}{_marks(reason.citations)}"


def _condition_texts(guidance: Guidance, topic: Topic) -> Iterator[str]:
    for each in guidance.conditions:
        yield f"{each.when.text}: {topic.option(each.option).label}{_marks(each.citations)}"


def _disagreement_text(found: Disagreement, topic: Topic) -> str:
    label = topic.criterion(found.criterion).label if found.criterion else "all in all"
    where = "within one article" if found.between == "one article" else "between articles"
    first, second = (_side_text(side, topic) for side in found.sides)
    return f"On {label}, {where} ({found.strength}): {first}; {second}"


def _side_text(side: Side, topic: Topic) -> str:
    labels = about(side.option.split("+"), topic)
    return f"{side.stance} {labels} “{side.quote}”{_marks([side.citation])}"


def _change_texts(guidance: Guidance, topic: Topic) -> Iterator[str]:
    for each in guidance.would_change:
        verdict = topic.option(each.option).label if each.option else each.verdict
        yield f"{each.when.text}: {verdict}"


def _ask_back_texts(back: AskBack | None) -> list[str]:
    if back is None:
        return []
    return [f"{back.question} ({', '.join(choice.text for choice in back.choices)})"]


def _passage_lines(shown: ShownPassage) -> Iterator[str]:
    known = shown.article.metadata
    by = f" ({known.publisher})" if known.publisher else ""
    yield ""
    yield from wrapped(
        " > ".join([f"{known.title}{by}", *shown.passage.headings]),
        first=f"[{shown.n}] ",
        indent="    ",
    )
    yield from note_lines(shown.passage, indent="    ")
    yield from text_lines(shown.passage, indent="    | ")


def main() -> NoReturn:
    """Run the advisor command."""
    run(advisor, "advisor")
