"""advisor eval: ask the questions of files, print figures, compare with an earlier run."""

from itertools import starmap
from pathlib import Path
from typing import Any

import click

from advisor.errors import EvaluationError
from advisor.evaluation.baseline import Comparison, compare
from advisor.evaluation.figures import figure_json
from advisor.evaluation.measuring import Measured, Wanted, measure
from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.printing import (
    comparison_json,
    comparison_lines,
    figure_lines,
    half_lines,
    is_named,
    mistyped_json,
    mistyped_line,
    wrong_json,
    wrong_line,
)
from advisor.evaluation.questions import HALVES, Half, load_questions, of_half
from advisor.evaluation.runs import Run, load_run, save_run
from advisor.evaluation.typos import LEVELS, Mistyped
from kb.cli.output import put
from kb.cli.program import Explained, json_option, topic_option
from kb.store import open_store

_WORSE = 1
_FILE = click.Path(path_type=Path)


class Unusable(Explained):
    """A file that cannot be used: 2, so that 1 is left for a question that got worse."""

    exit_code = 2


@click.command("eval")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@topic_option
@click.option("--half", type=click.Choice(HALVES), help="Only the questions of this half.")
@click.option("--without", type=click.Choice(["rules", "claims"]), help="Leave these out.")
@click.option("--typos", multiple=True, type=click.Choice(list(LEVELS)), help="Ask with typos too.")
@click.option("--seed", default=0, show_default=True, help="What the typos are drawn with.")
@click.option("--disagreements", type=_FILE, help="A file of expected disagreements.")
@click.option("--save", type=_FILE, help="Keep this run, to compare a later one with it.")
@click.option("--baseline", type=_FILE, help="A saved run: tell what got worse or better.")
@click.option("--verbose", is_flag=True, help="Show the questions that were answered wrong.")
@json_option
@click.pass_context
def evaluate(ctx: click.Context, /, verbose: bool, as_json: bool, **given: Any) -> None:
    """Ask the questions of files and print how many answers are right.

    With --baseline the exit code is 1 when a question got worse.
    """
    half: Half | None = given["half"]
    try:
        before = load_run(given["baseline"]) if given["baseline"] else None
        measured = _measured(ctx.obj, half, given)
        if given["save"]:
            save_run(given["save"], measured.results, measured.figures, measured.state)
    except EvaluationError as error:
        raise Unusable(error) from error
    comparison = _comparison(before, measured, half) if before else None
    document: dict[str, Any] = {
        "figures": figure_json(measured.figures),
        "halves": {name: figure_json(each) for name, each in measured.halves.items()},
    }
    lines = [*figure_lines(measured.figures), *half_lines(measured.halves)]
    if verbose:
        wrong, mistyped = _wrong(measured, half), _mistyped(measured, half)
        document["wrong"] = [wrong_json(each) for each in wrong]
        document["mistyped"] = [mistyped_json(level, pair) for level, pair in mistyped]
        lines += [*map(wrong_line, wrong), *starmap(mistyped_line, mistyped)]
    if before and comparison:
        document["baseline"] = comparison_json(comparison, before, half=half)
        lines += comparison_lines(comparison, before, measured.figures, half=half)
    put(document, lines, as_json=as_json)
    if comparison and comparison.is_worse:
        ctx.exit(_WORSE)


def _measured(db: Path, half: Half | None, given: dict[str, Any]) -> Measured:
    questions = load_questions(*given["files"])
    wanted = Wanted(
        topic=given["topic"],
        without=given["without"] or "",
        typos=tuple(dict.fromkeys(given["typos"])),
        seed=given["seed"],
        disagreements=given["disagreements"],
    )
    with open_store(db).read() as snapshot:
        return measure(snapshot, of_half(questions, half) if half else questions, wanted)


def _comparison(before: Run, measured: Measured, half: Half | None) -> Comparison:
    """Compare with the results of an earlier run, of one half if only that was asked."""
    earlier = {id: each for id, each in before.results.items() if half is None or each.half == half}
    return compare(earlier, measured.results)


def _wrong(measured: Measured, half: Half | None) -> list[Outcome]:
    """Return what was answered wrong, as far as it may be named."""
    wrong = [each for each in measured.outcomes if not each.right]
    return [each for each in wrong if is_named(each.question.half, half)]


def _mistyped(measured: Measured, half: Half | None) -> list[tuple[str, Mistyped]]:
    """Return what typos made wrong, by level, as far as it may be named."""
    return [
        (level, pair)
        for level, pairs in measured.mistyped.items()
        for pair in pairs
        if pair.lost and is_named(pair.after.question.half, half)
    ]
