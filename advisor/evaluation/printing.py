"""A measured run and its comparison with an earlier one, as people and as programs read them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from advisor.evaluation.baseline import Change, Comparison
from advisor.evaluation.figures import Figure, Figures
from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.questions import HALVES, Half
from advisor.evaluation.runs import Result, Run
from advisor.evaluation.shares import Share
from advisor.evaluation.typos import Mistyped
from kb.cli.output import counted, wrapped

_COLUMN = 30  # columns of a share with its interval
_DIRECTIONS = ("worse", "better", "other")


def is_named(half: str, asked: Half | None) -> bool:
    """Tell whether questions of a half are named: those to report on only when asked for.

    Who sees which of them fail begins to tune on them.
    """
    return half != "reported" or asked == "reported"


def figure_lines(figures: Figures) -> Iterator[str]:
    """Yield every figure beside its name."""
    longest = max(map(len, figures))
    for name, figure in figures.items():
        yield f"{name:<{longest}}  {_shown(figure)}"


def half_lines(halves: Mapping[str, Figures]) -> Iterator[str]:
    """Yield the shares of both halves side by side, nothing when there is one half only."""
    if len(halves) < 2:
        return
    first, second = (halves[half] for half in HALVES)
    names = [name for name in first | second if _is_told(first, name) or _is_told(second, name)]
    yield from _table(HALVES, [(name, first.get(name), second.get(name)) for name in names])


def _is_told(figures: Figures, name: str) -> bool:
    figure = figures.get(name)
    return isinstance(figure, Share) and figure.total > 0


def _table(
    titles: Sequence[str], rows: Sequence[tuple[str, Figure | None, Figure | None]]
) -> Iterator[str]:
    longest = max((len(name) for name, _, _ in rows), default=0)
    yield ""
    yield f"{'':<{longest}}  {titles[0]:<{_COLUMN}}  {titles[1]}".rstrip()
    for name, first, second in rows:
        yield f"{name:<{longest}}  {_shown(first):<{_COLUMN}}  {_shown(second)}".rstrip()


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    if isinstance(figure, bool):
        return "yes" if figure else "no"
    return f"{figure:.3f}" if isinstance(figure, float) else str(figure)


def wrong_json(outcome: Outcome) -> dict[str, Any]:
    """Return a question that was answered wrong as JSON has it."""
    question = outcome.question
    return {
        "id": question.id,
        "question": question.question,
        "history": list(question.history),
        "expected": list(question.lean_ok),
        "got": outcome.got,
        "headline": outcome.answer.guidance.headline,
    }


def wrong_line(outcome: Outcome) -> str:
    """Return a question that was answered wrong, with what was expected and what was said."""
    question = outcome.question
    expected = " or ".join(map(_verdict, question.lean_ok))
    asked = " / ".join([*question.history, question.question])
    headline = outcome.answer.guidance.headline
    return f"\n{question.id}: {_verdict(outcome.got)}, not {expected}\n  {asked}\n  {headline}"


def mistyped_json(level: str, pair: Mistyped) -> dict[str, Any]:
    """Return a question that typos made wrong as JSON has it."""
    return {"typos": level, "lost": list(pair.lost), **wrong_json(pair.after)}


def mistyped_line(level: str, pair: Mistyped) -> str:
    """Return a question that typos made wrong, as it was asked with them."""
    lost, got = " and ".join(pair.lost), _verdict(pair.after.got)
    typed = pair.after.question.question
    return f"\n{pair.after.question.id}, typos {level}: {lost} lost, {got}\n  {typed}"


def _verdict(verdict: str | None) -> str:
    return verdict or "no verdict"


def comparison_json(comparison: Comparison, before: Run, *, half: Half | None) -> dict[str, Any]:
    """Return what changed as JSON has it."""
    document: dict[str, Any] = {}
    for direction in _DIRECTIONS:
        changes = [each for each in comparison.changes if each.direction == direction]
        named = [each for each in changes if is_named(each.after.half, half)]
        document[direction] = {"count": len(changes), "named": [_change_json(e) for e in named]}
    for name, results in (("new", comparison.new), ("missing", comparison.missing)):
        ids = [each.id for each in results if is_named(each.half, half)]
        document[name] = {"count": len(results), "named": ids}
    return {**document, "revision": before.revision, "figures": dict(before.figures)}


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "id": change.after.id,
        "worse": list(change.lost),
        "better": list(change.won),
        "before": asdict(change.before),
        "after": asdict(change.after),
    }


def comparison_lines(
    comparison: Comparison, before: Run, figures: Figures, *, half: Half | None
) -> Iterator[str]:
    """Yield what changed per question, whose questions differ, and the totals side by side."""
    for direction in _DIRECTIONS:
        changes = [each for each in comparison.changes if each.direction == direction]
        yield ""
        yield f"{direction.capitalize()}: {counted(len(changes), 'question')}"
        named = [each for each in changes if is_named(each.after.half, half)]
        for each in named:
            yield from _change_lines(each)
        if hidden := len(changes) - len(named):
            yield f"  {hidden} of the reported half; --half reported names them."
    yield from _differing("New", comparison.new, half)
    yield from _differing("Missing", comparison.missing, half)
    earlier = {name: _figure(figure) for name, figure in before.figures.items()}
    rows = [(name, earlier.get(name), figures.get(name)) for name in {**earlier, **figures}]
    yield from _table(("before", "now"), rows)


def _change_lines(change: Change) -> Iterator[str]:
    before, after = change.before, change.after
    parts = [f"{name} is wrong now" for name in change.lost]
    parts += [f"{name} is right now" for name in change.won]
    if before.got != after.got:
        parts.append(f"{_verdict(after.got)}, before {_verdict(before.got)}")
    if before.place != after.place:
        parts.append(f"anchor {_place(after.place)}, before {_place(before.place)}")
    if before.confidence != after.confidence:
        parts.append(f"confidence {after.confidence}, before {before.confidence}")
    yield from wrapped(f"{after.id}: {'; '.join(parts)}", first="  ", indent="    ")
    yield from wrapped(after.asked, indent="    ")


def _place(place: int) -> str:
    return f"in place {place}" if place else "not shown"


def _differing(title: str, results: Iterable[Result], half: Half | None) -> Iterator[str]:
    listed = list(results)
    if listed:
        ids = [each.id for each in listed if is_named(each.half, half)]
        names = f": {', '.join(ids)}" if ids else ""
        yield ""
        yield from wrapped(f"{title}: {counted(len(listed), 'question')}{names}", indent="  ")


def _figure(figure: Any) -> Figure:
    """Return a figure of a saved run as one of this run."""
    if isinstance(figure, dict):
        return Share(figure["count"], figure["total"])
    saved: float | int | bool = figure
    return saved
