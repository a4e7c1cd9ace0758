"""The code of passages that shows how what is asked is done, or that comes near."""

from collections.abc import Iterator, Sequence

from advisor.sought import Sought
from kb.model import Passage
from kb.topic import Topic
from kb.words import atoms

_SHOWN_BY_CODE = 0.7  # share of what is asked that code holds at least, with its headings
_A_PART = 0.4  # the same of code that shows one of two things asked at once
_INSTALL = "install"
_DAMAGED = 0.3  # what it costs code that something of it is lost
_INSTALLS = 0.3  # what it costs code that it only installs what is to be used


def showing(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> Iterator[Passage]:
    """Return the code that, with its headings, is about all that is wanted, the most telling first.

    Two things that are asked at once may be shown by two pieces of code.

    Sound code comes before code that lost something, and what only installs things comes last.
    """
    code = list(_code(passages, wanted, topic))
    found = [(passage, wanted.coverage(stems, criteria)) for passage, stems, criteria in code]
    shown = [pair for pair in found if pair[1] >= _SHOWN_BY_CODE]
    if not shown:
        parts = [each for each, (_, share) in zip(code, found, strict=True) if share >= _A_PART]
        stems = frozenset[str]().union(*(each[1] for each in parts))
        if wanted.coverage(stems, frozenset()) >= _SHOWN_BY_CODE:
            shown = [pair for pair in found if pair[1] >= _A_PART]
    asked = {stem for each in wanted.asked for stem in each.stems}

    def told(pair: tuple[Passage, float]) -> float:
        passage, share = pair
        installs = _INSTALL not in asked and _only_installs(passage.text)
        return share - _DAMAGED * bool(passage.damage) - _INSTALLS * installs

    return (passage for passage, _ in sorted(shown, key=lambda pair: -told(pair)))


def _only_installs(code: str) -> bool:
    """True for code of which each command installs something; lines that end on a colon lead in."""
    lines = [line for line in code.split("\n") if line.strip() and not line.rstrip().endswith(":")]
    return all(_INSTALL in line.split() for line in lines)


def near_code(
    passages: Sequence[Passage], wanted: Sought, topic: Topic, *, least: float = 0.0
) -> Iterator[Passage]:
    """Yield the code, of the option asked about, on a criterion that is named in what is wanted.

    With `least` above 0 it is the code that holds that share of what is asked instead.
    """
    named = {each.criterion for each in wanted.asked if each.criterion and not each.hinted}
    for passage, stems, criteria in _code(passages, wanted, topic):
        on_it = wanted.coverage(stems, criteria) >= least if least else bool(criteria & named)
        if wanted.options and on_it:
            yield passage


def _code(
    passages: Sequence[Passage], wanted: Sought, topic: Topic
) -> Iterator[tuple[Passage, frozenset[str], frozenset[str]]]:
    """Yield code of the options asked about, with the stems and criteria that it names."""
    for passage in passages:
        if passage.kind != "code":
            continue
        words = atoms("\n".join((*passage.headings, passage.text)))
        named = topic.statement_phrases.find(words)
        about = frozenset(m.meaning.id for m in named if m.meaning.kind == "option")
        criteria = frozenset(m.meaning.id for m in named if m.meaning.kind == "criterion")
        if wanted.is_about(about):
            yield passage, frozenset(word.stem for word in words), criteria
