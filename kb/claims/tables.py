"""Claims of a table row: its label is the criterion, its columns are the options."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.claims.answers import asked
from kb.claims.context import mentions
from kb.claims.figures import Figure, figures, is_comparable, lower_is_better
from kb.claims.lexicon import lexicon
from kb.claims.marks import judged
from kb.model import Cell, Claim, Passage, Stance
from kb.phrases import Phrases
from kb.topic import Topic
from kb.words import Word, atoms

_ITEM = re.compile(r"(?=[^\s;\u2022\u2013-])[^;,\n]+")


def row_claims(passage: Passage, topic: Topic) -> Iterator[Claim]:
    """Yield what each cell claims of its option."""
    if not passage.cells:
        return
    first = min(cell.start for cell in passage.cells) - passage.start
    label = passage.text[:first]
    row = asked(label, topic)
    for claim in _claims(passage, row.criteria, topic):
        scope = claim.scope or row.conditions
        yield replace(_in_sense(claim, label, topic), scope=scope)


def _claims(passage: Passage, criteria: Sequence[str], topic: Topic) -> Iterator[Claim]:
    compared = _compared(passage)
    if compared:
        yield from _figure_claims(passage, criteria, compared, topic)
        return
    for cell in passage.cells:
        yield from _cell_claims(passage, cell, criteria, topic)
        yield from _use_claims(passage, cell, topic)


def _use_claims(passage: Passage, cell: Cell, topic: Topic) -> Iterator[Claim]:
    """Yield what an option is for: a cell that names a condition, in a row such as "Best for"."""
    first = min(cell.start for cell in passage.cells) - passage.start
    label = atoms(passage.text[:first])
    conditions = mentions(atoms(_text(passage, cell)), topic).conditions
    if conditions and (_names_condition(label, topic) or lexicon().use_headings.find(label)):
        stance: Stance = "against" if cell_polarity(_text(passage, cell), topic) < 0 else "for"
        yield replace(_claim(passage, cell, "", stance), method="use", scope=conditions)


def _names_condition(label: Sequence[Word], topic: Topic) -> bool:
    return any(Phrases([(condition.label, True)]).find(label) for condition in topic.conditions)


def _text(passage: Passage, cell: Cell) -> str:
    return passage.text[cell.start - passage.start : cell.end - passage.start]


def _compared(passage: Passage) -> list[Figure]:
    """Return the first figure of every cell, none when a cell has none or of another kind."""
    found = [figures(_text(passage, cell)) for cell in passage.cells]
    if len(found) < 2 or not all(found):
        return []
    first = [each[0] for each in found]
    units = {figure.unit for figure in first if figure.unit}
    return first if len(units) <= 1 else []


def _figure_claims(
    passage: Passage, criteria: Sequence[str], found: Sequence[Figure], topic: Topic
) -> Iterator[Claim]:
    kind = next((figure.unit for figure in found if figure.unit), "")
    values = [figure.value for figure in found]
    for criterion in criteria:
        if not is_comparable(kind, topic.criterion(criterion).better, max(values)):
            continue
        lower = lower_is_better(kind, topic.criterion(criterion).better)
        best = min(values) if lower else max(values)
        even = min(values) == max(values)
        for cell, value in zip(passage.cells, values, strict=True):
            stance: Stance = "even" if even else "for" if value == best else "against"
            claim = _claim(passage, cell, criterion, stance)
            yield replace(claim, kind="figure", value=value, unit=kind)


def _cell_claims(
    passage: Passage, cell: Cell, criteria: Sequence[str], topic: Topic
) -> Iterator[Claim]:
    text = _text(passage, cell)
    weight = cell_polarity(text, topic)
    if weight:
        for criterion in criteria:
            claim = _claim(passage, cell, criterion, "for" if weight > 0 else "against")
            yield replace(claim, hedged=bool(lexicon().indirect.find(atoms(text))))
    if weight >= 0:
        for item in _items(passage, cell):
            words = _text(passage, item)
            named = (
                mentions(atoms(words), topic).criteria if criteria else asked(words, topic).criteria
            )
            stance: Stance = "against" if cell_polarity(words, topic) < 0 else "for"
            for criterion in named:
                if criterion not in criteria:
                    yield _claim(passage, item, criterion, stance)


def cell_polarity(text: str, topic: Topic) -> float:
    """Return how good a cell is: a mark or word such as "yes", or else what it praises."""
    bare = text.strip(" .\u00a0").casefold()
    if len(set(bare)) == 1:
        bare = bare if bare in lexicon().marks else bare[0]  # "✅✅"
    marks = lexicon().marks
    words = atoms(text)
    first = words[0].text if words else ""
    weight = sum(mark.meaning for mark in judged(words, topic))
    return marks.get(bare, 0) or weight or marks.get(first, 0)


def _items(passage: Passage, cell: Cell) -> Iterator[Cell]:
    """Yield the items of a cell that lists several ("web apps; REST APIs"), or the whole cell."""
    for match in _ITEM.finditer(_text(passage, cell)):
        text = match.group().strip()
        start = cell.start + match.start() + match.group().index(text)
        yield Cell(cell.option, start, start + len(text))


def _in_sense(claim: Claim, label: str, topic: Topic) -> Claim:
    if not claim.criterion or not topic.criterion(claim.criterion).senses:
        return claim
    sense = topic.sense_of(claim.criterion, atoms(claim.quote), atoms(label))
    return replace(claim, sense=sense) if sense else claim


def _claim(passage: Passage, cell: Cell, criterion: str, stance: Stance) -> Claim:
    return Claim(
        article=passage.article,
        passage=passage.id,
        about=(cell.option,),
        criterion=criterion,
        stance=stance,
        start=cell.start,
        end=cell.end,
        quote=_text(passage, cell),
        method="table",
    )
