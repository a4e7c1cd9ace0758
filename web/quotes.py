"""Which words of each quoted passage the advice rests on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from web.marks import Range
from web.schemas import AnswerOut, CitationOut, GuidanceOut


def quoted_ranges(reply: AnswerOut) -> Mapping[int, Sequence[Range]]:
    """Return the cited ranges by the number of the passage, relative to its text."""
    starts = {passage.n: passage.start for passage in reply.passages}
    found: dict[int, list[Range]] = defaultdict(list)
    for cited in citations(reply.guidance):
        if cited.n in starts:
            first = starts[cited.n]
            found[cited.n].append((cited.start - first, cited.end - first))
    return found


def citations(guidance: GuidanceOut) -> Iterator[CitationOut]:
    """Yield every citation of an answer, with repeats."""
    for reason in (*guidance.reasons, *guidance.against):
        yield from reason.citations
    for condition in guidance.conditions:
        yield from condition.citations
    for disagreement in guidance.disagreements:
        yield from (side.citation for side in disagreement.sides)
