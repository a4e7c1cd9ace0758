"""A run that is kept: what came of each question, the totals and the knowledge base, as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from advisor.errors import EvaluationError
from advisor.evaluation.citations import TextOf, exact_quotes
from advisor.evaluation.figures import Figures, figure_json
from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.questions import text_of
from kb.model import State

_FORMAT = 1
_HIT = 5


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question; what cannot be right or wrong of it is None.

    `verdict`, `hit` (an anchor among the first five), `abstention` and `quotes` tell whether each
    was right; `got` is the verdict, `place` that of the first anchor, 0 without one.
    """

    id: str
    asked: str
    half: str
    accepted: tuple[str | None, ...]
    got: str | None
    verdict: bool
    place: int
    hit: bool | None
    abstention: bool | None
    quotes: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Run:
    """The results by question, the figures as in JSON, and the revision that was asked."""

    results: Mapping[str, Result]
    figures: Mapping[str, Any]
    revision: int


def results(outcomes: Sequence[Outcome], text_of_article: TextOf) -> list[Result]:
    """Return what came of each question."""
    return [
        Result(
            id=each.question.id,
            asked=" / ".join([*each.question.history, each.question.question]),
            half=each.question.half,
            accepted=each.question.lean_ok,
            got=each.got,
            verdict=each.right,
            place=each.first_anchor,
            hit=each.shows_within(_HIT) if each.question.anchors else None,
            abstention=each.abstained_well,
            quotes=all(exact_quotes(each.answer, text_of_article)),
            confidence=each.answer.guidance.confidence,
        )
        for each in outcomes
    ]


def save_run(path: Path, found: Sequence[Result], figures: Figures, state: State) -> None:
    """Write a run to a file, over what it held.

    Raises:
        EvaluationError: the file cannot be written.
    """
    document = {
        "format": _FORMAT,
        "knowledge_base": {
            "revision": state.revision,
            "articles": state.articles,
            "passages": state.passages,
        },
        "figures": figure_json(figures),
        "results": [asdict(each) for each in found],
    }
    try:
        path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvaluationError(
            f"{path} cannot be written: {error.strerror}.", remedy="Save the run elsewhere."
        ) from None


def load_run(path: Path) -> Run:
    """Return a run that was saved.

    Raises:
        EvaluationError: the file cannot be read, is damaged, or of another version.
    """
    text = text_of(path, "run that `advisor eval FILE --save` wrote")
    try:
        document = json.loads(text)
        if document["format"] != _FORMAT:
            raise ValueError(f"format {document['format']} instead of {_FORMAT}")
        found = [_result(fields) for fields in document["results"]]
        return Run(
            {each.id: each for each in found},
            {str(name): _checked(figure) for name, figure in document["figures"].items()},
            int(document["knowledge_base"]["revision"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{path} is not a saved run ({type(error).__name__}: {error}).",
            remedy="Save one again with `advisor eval FILE --save`.",
        ) from None


_TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "asked": (str,),
    "half": (str,),
    "accepted": (list,),
    "got": (str, type(None)),
    "verdict": (bool,),
    "place": (int,),
    "hit": (bool, type(None)),
    "abstention": (bool, type(None)),
    "quotes": (bool,),
    "confidence": (str,),
}


def _result(fields: Mapping[str, Any]) -> Result:
    for name, types in _TYPES.items():
        if not isinstance(fields[name], types):
            raise TypeError(f'"{name}" cannot be {fields[name]!r}')
    return Result(**{**fields, "accepted": tuple(fields["accepted"])})


def _checked(figure: Any) -> Any:
    """Return a figure as JSON has it: a number, true or false, or a share."""
    numbers = [figure["count"], figure["total"]] if isinstance(figure, dict) else [figure]
    if not all(isinstance(number, int | float) for number in numbers):
        raise TypeError(f"a figure cannot be {figure!r}")
    return figure
