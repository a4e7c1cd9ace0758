"""Question files: what is asked, and which outcomes are right; see docs/question-file.md."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from advisor.errors import EvaluationError

Half = Literal["tuned", "reported"]
HALVES: tuple[Half, ...] = get_args(Half)
_UNSCORED = ("offtopic", "neartopic")  # kinds whose right outcome is no verdict


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file.

    `script` names the conversation that it is a turn of, "" for none. A question whose `half` is
    not told counts as tuned on.
    """

    id: str
    question: str
    kind: str
    lean: str | None
    lean_ok: tuple[str | None, ...]
    anchors: tuple[str, ...]
    abstain: bool | None
    history: tuple[str, ...]
    half: Half = "tuned"
    script: str = ""

    @property
    def is_scored(self) -> bool:
        """True when a verdict is asked for, so that it counts in the share of right ones."""
        return self.lean is not None and self.kind not in _UNSCORED


def load_questions(*paths: Path) -> list[Question]:
    """Return the questions of JSON Lines files, in order.

    Raises:
        EvaluationError: a file cannot be read, a line of it is not a question, or two questions
            have one id.
    """
    questions = [question for path in paths for question in _questions(path)]
    counts = Counter(question.id for question in questions)
    if twice := [id for id, count in counts.items() if count > 1]:
        raise EvaluationError(
            f'{" and ".join(map(str, paths))}: several questions have the id "{twice[0]}".',
            remedy="Give every question an id of its own: a saved run knows them by it.",
        )
    return questions


def of_half(questions: Iterable[Question], half: Half) -> list[Question]:
    """Return the questions of one half.

    Raises:
        EvaluationError: there is none.
    """
    found = [question for question in questions if question.half == half]
    if not found:
        raise EvaluationError(
            f'No question has "half": "{half}".',
            remedy="Leave --half out, or mark questions as docs/question-file.md tells.",
        )
    return found


def _questions(path: Path) -> list[Question]:
    lines = text_of(path, "JSON Lines file of questions").splitlines()
    questions = [
        _question(line, f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not questions:
        raise EvaluationError(f"{path} holds no question.", remedy="Write one JSON object a line.")
    return questions


def text_of(path: Path, wanted: str) -> str:
    """Return the text of a file that an evaluation needs.

    Raises:
        EvaluationError: it cannot be read; the remedy asks for what is `wanted`.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path} cannot be read: {error}.", remedy=f"Name a {wanted}."
        ) from None


def _question(line: str, place: str) -> Question:
    try:
        fields: dict[str, Any] = json.loads(line)
        return Question(
            id=str(fields["id"]),
            question=str(fields["question"]),
            kind=str(fields["kind"]),
            lean=fields["lean"],
            lean_ok=tuple(fields["lean_ok"]),
            anchors=tuple(entry["anchor"] for entry in fields.get("must_find", ())),
            abstain=fields.get("abstain"),
            history=tuple(fields.get("history", ())),
            half=_half(fields.get("half", "tuned")),
            script=str(fields.get("script", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{place}: not a question ({type(error).__name__}: {error}).",
            remedy="See docs/question-file.md for the fields.",
        ) from None


def _half(written: object) -> Half:
    for half in HALVES:
        if half == written:
            return half
    raise ValueError(f'"half" is neither {" nor ".join(HALVES)}')
