"""Spans of a text, put together."""

from collections.abc import Iterable

from kb.model import Span


def merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the spans in order, those that overlap or touch as one."""
    begins: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            begins.append(start)
            ends.append(end)
    return list(map(Span, begins, ends))
