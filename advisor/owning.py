"""What a short item stands under: a heading, the words that lead to a list, the label of a row."""

from functools import lru_cache

from kb.model import Passage
from kb.topic import Topic
from kb.words import Word, atoms

_ITEM = 8  # words up to which an item may not be understood by itself
_KEPT = 4096  # quotes: the same claims are told again and again
_LEAD = 80  # characters of a lead that can be told in passing; else the heading is


@lru_cache(maxsize=_KEPT)
def owner(passage: Passage, start: int, end: int, topic: Topic) -> str:
    """Return what words of a list or a table stand under, "" when they speak for themselves.

    They do when they are many, name an option, or hold all that stands above them.
    """
    quote = passage.text[start - passage.start : end - passage.start]
    words = atoms(quote)
    if passage.kind not in ("list", "table") or len(words) > _ITEM or names_option(words, topic):
        return ""
    before = passage.text[: start - passage.start]
    above = row_label(passage) if passage.kind == "table" else _lead(before)
    above = above or (passage.headings[-1] if passage.headings else "")
    held = {word.stem for word in words}
    return "" if {word.stem for word in atoms(above)} <= held else above.rstrip(" :")


def names_option(words: list[Word], topic: Topic) -> bool:
    """True when words name an option of the topic."""
    return any(found.meaning.kind == "option" for found in topic.phrases.find(words))


def row_label(passage: Passage) -> str:
    """Return the label of a row, "" for what is no row of a table."""
    if passage.cells:
        first = min(cell.start for cell in passage.cells)
        return passage.text[: first - passage.start].strip(" |:")
    label, bar, _ = passage.text.partition(" | ")
    return label.strip() if bar else ""


def _lead(before: str) -> str:
    """Return the nearest line above that leads to what follows, if it is short."""
    lines = (line.strip() for line in reversed(before.split("\n")[:-1]))
    lead = next((line for line in lines if line.endswith(":")), "")
    return lead if len(lead) <= _LEAD else ""
