"""Exhibits: the passages of an answer as the page shows them, what no advice rests on folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.layout import About, Part, laid_out
from web.marks import Range
from web.quotes import quoted_ranges
from web.schemas import AnswerOut, NumberedPassageOut

OPEN = 3  # passages of an answer without advice that are never folded


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A passage with how it is shown; one that is `cited` is never `folded`."""

    passage: NumberedPassageOut
    parts: Sequence[Part]
    cited: bool
    folded: bool


def informs(reply: AnswerOut) -> bool:
    """Tell whether the passages themselves are the answer: nothing is advised or argued."""
    told = reply.guidance
    argued = any(each.favours for each in (*told.reasons, *told.against))
    return told.verdict in ("no_verdict", "not_covered") and not argued


def exhibits(reply: AnswerOut, kinds: Mapping[int, str]) -> list[Exhibit]:
    """Return the passages of `reply` in their order; `kinds` are theirs, by number."""
    quoted = quoted_ranges(reply)
    first = OPEN if informs(reply) or not quoted else 0
    return [
        _exhibit(
            passage,
            kinds[passage.n],
            quoted,
            opened=place < first or _is_headline(passage, reply),
        )
        for place, passage in enumerate(reply.passages)
    ]


def _is_headline(passage: NumberedPassageOut, reply: AnswerOut) -> bool:
    """Tell whether the headline is a quote from this passage."""
    said = reply.guidance.headline.partition("“")[2].rpartition("”")[0]
    return bool(said) and said in passage.text


def _exhibit(
    passage: NumberedPassageOut,
    kind: str,
    quoted: Mapping[int, Sequence[Range]],
    *,
    opened: bool,
) -> Exhibit:
    folded = passage.n not in quoted and not opened
    start = passage.start
    parts = laid_out(
        passage.text,
        kind,
        cells=[About(cell.start - start, cell.end - start, cell.option) for cell in passage.cells],
        quoted=quoted.get(passage.n, ()),
        found=passage.highlights,
        folds=not folded,
    )
    return Exhibit(passage, parts, passage.n in quoted, folded)
