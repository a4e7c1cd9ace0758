"""Grams: which pieces of a page stand in a text that was made of it, told by runs of words."""

import re
from collections.abc import Iterator

LENGTH = 4  # words of a run
SHARE = 0.6  # of a piece's runs that must stand in the text
LOOKED = 60  # words of a piece that are looked at
MOST = 300_000  # words of the text that are looked at

_WORD = re.compile(r"\w+")


class Grams:
    """The runs of words of a text."""

    def __init__(self, text: str) -> None:
        self._runs: set[int] = set()
        self._lines: set[int] = set()
        left = MOST
        for line in text.split("\n"):
            words = _words(line, left)
            left -= len(words)
            self._lines.add(hash(tuple(words)))
            self._runs.update(_runs(words))

    def hold(self, text: str) -> bool:
        """Tell whether the text has what `text` says; a few words must be all of a line."""
        words = _words(text, LOOKED)
        if len(words) < LENGTH:
            return bool(words) and hash(tuple(words)) in self._lines
        runs = list(_runs(words))
        return sum(run in self._runs for run in runs) >= SHARE * len(runs)


def _words(text: str, most: int) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(text):
        if len(found) >= most:
            break
        found.append(match.group().casefold())
    return found


def _runs(words: list[str]) -> Iterator[int]:
    for start in range(len(words) - LENGTH + 1):
        yield hash(tuple(words[start : start + LENGTH]))
