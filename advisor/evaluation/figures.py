"""Outcomes to figures by name: what is found, which verdicts are right, when it abstains."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from advisor.evaluation.calibration import calibration
from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.shares import Share, share

Figure = Share | float | int | bool
Figures = dict[str, Figure]

_UNDECIDED = ("depends", "either", "disagree")
_KS = (1, 3, 5)


def report(outcomes: Sequence[Outcome]) -> Figures:
    """Return every figure that the outcomes alone give, by name, in the order of printing."""
    scored = [each for each in outcomes if each.question.is_scored]
    figures: Figures = {"questions": len(outcomes), **_found(outcomes)}
    figures["verdict right"] = share(scored, lambda each: each.right)
    figures["verdict strictly equal"] = share(scored, lambda each: each.got == each.question.lean)
    figures["mean over classes"] = _mean_over_classes(scored)
    figures |= by_kind(outcomes)
    figures |= _scripts(outcomes)
    figures |= calibration(scored)
    return figures | _abstention(outcomes) | _speed(outcomes)


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, Share]:
    """Return the share of right verdicts of each kind of question."""
    groups = _by(outcomes, lambda each: each.question.kind)
    return {
        f"right, {kind}": share(group, lambda each: each.right) for kind, group in groups.items()
    }


def by_half(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Return the figures of each half of the questions that there are."""
    groups = _by(outcomes, lambda each: each.question.half)
    return {half: report(group) for half, group in reversed(groups.items())}


def _found(outcomes: Iterable[Outcome]) -> Figures:
    findable = [each for each in outcomes if each.question.anchors]
    figures: Figures = {}
    for k in _KS:
        found = sum(each.shows_within(k) for each in findable)
        figures[f"hit@{k}"] = Share(found, len(findable))
    ranks = sum(1 / each.first_anchor for each in findable if each.first_anchor)
    figures["MRR"] = ranks / max(len(findable), 1)
    return figures


def _scripts(outcomes: Iterable[Outcome]) -> Figures:
    """Return the share of scripts of which every turn is right, if there are scripts."""
    scripts = _by(outcomes, lambda each: each.question.script)
    scripts.pop("", None)
    if not scripts:
        return {}
    return {"scripts all right": share(scripts.values(), lambda turns: all(t.right for t in turns))}


def _abstention(outcomes: Iterable[Outcome]) -> Figures:
    judged = [each for each in outcomes if each.question.abstain is not None]
    silent = [each for each in judged if not each.answered]
    due = [each for each in judged if each.question.abstain]
    return {
        "abstention precision": share(silent, lambda each: bool(each.question.abstain)),
        "abstention recall": share(due, lambda each: not each.answered),
    }


def _speed(outcomes: Sequence[Outcome]) -> Figures:
    figures: Figures = {}
    for name, values in (
        ("CPU ms", [each.cpu_ms for each in outcomes]),
        ("wall ms", [each.wall_ms for each in outcomes]),
    ):
        figures[f"{name} p50"] = _quantile(values, 0.5)
        figures[f"{name} p95"] = _quantile(values, 0.95)
    return figures


def _by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        groups[key(each)].append(each)
    return dict(sorted(groups.items()))


def _mean_over_classes(scored: Sequence[Outcome]) -> float:
    """Return the mean share of right verdicts over each option and "undecided"."""
    groups = _by(
        scored,
        lambda each: "undecided" if each.question.lean in _UNDECIDED else str(each.question.lean),
    )
    shares = [share(group, lambda each: each.right).value for group in groups.values()]
    return sum(shares) / len(shares) if shares else 0.0


def _quantile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def figure_json(figures: Mapping[str, Figure]) -> dict[str, object]:
    """Return figures as JSON has them: a share with its count, total and interval."""
    return {name: _json(figure) for name, figure in figures.items()}


def _json(figure: Figure) -> object:
    if not isinstance(figure, Share):
        return figure
    return {
        "value": figure.value,
        "count": figure.count,
        "total": figure.total,
        "interval": list(figure.interval()),
    }
