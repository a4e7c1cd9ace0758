"""Owners: headings that are about one option, and the plain headings that belong to them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.extract.cues import cues
from kb.extract.pasted.lines import Line
from kb.extract.pasted.sides import side
from kb.extract.subjects import Subjects

LONGEST = 6  # words of a heading that is about the option it names and no more than mentions it


def details(lines: Sequence[Line], names: Subjects) -> frozenset[int]:
    """Return where the plain headings start that belong to the heading on one option above them.

    Those between two such headings do. Behind the last one it is as many as another one has, or
    what stands below another one too: a comparison treats its options alike, and what goes on
    longer is about all of them again. A heading below the wrong option would make wrong claims.
    """
    found: set[int] = set()
    shared = Counter(line.folded for line in lines if not names.found(line.text))
    for run in _runs(lines, names):
        most = max((len(plain) for _, plain in run[:-1]), default=0)
        for _, plain in run[:-1]:
            found.update(line.start for line in plain)
        owner, plain = run[-1]
        if len(run) == 1 and names.named(owner.text):
            most = len(plain)
        sided = len(run) > 1 or bool(names.named(owner.text)) or owner.text.endswith("?")
        found.update(
            line.start
            for at, line in enumerate(plain)
            if at < most or (side(line) and sided) or shared[line.folded] > 1
        )
    return frozenset(found)


def owns(line: Line, names: Subjects) -> bool:
    """Tell whether a heading is about one option, and does not only mention it."""
    if len(names.found(line.text)) != 1 or len(line.words) > LONGEST:
        return False
    text, headings = line.folded, cues().headings
    if names.named(" ".join(word for word in line.words if word.casefold() not in headings.small)):
        return True
    if line.text.endswith("?"):
        return bool(headings.defining.search(text))
    return bool(headings.nouns.search(text) or headings.openers.search(text) or side(line))


def opens(line: Line, names: Subjects) -> bool:
    """Tell whether a heading is about the whole comparison and not about one side."""
    if line.numbers:
        return False
    found = names.found(line.text)
    return len(found) > 1 or (not found and bool(cues().headings.sections.search(line.folded)))


def _runs(lines: Sequence[Line], names: Subjects) -> Iterator[list[tuple[Line, list[Line]]]]:
    """Yield the headings on one option within one section, each with the plain ones below it."""
    run: list[tuple[Line, list[Line]]] = []
    open_ = False  # the next plain heading stands below the last of the run
    for line in lines:
        if line.numbers or opens(line, names):
            if run:
                yield run
            run, open_ = [], False
        elif names.found(line.text):
            open_ = owns(line, names)
            if open_:
                run.append((line, []))
        elif open_:
            run[-1][1].append(line)
    if run:
        yield run
