"""Seeded typos, as fingers make them: letters swapped, doubled, dropped, inserted, or a key aside.

Made apart from `advisor eval --typos`, so that what is measured is no part of the measure.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_lowercase

from kb.lexicon.english import stop_words

_WORD = re.compile(r"[A-Za-z]{4,}")  # shorter words are seldom recognised by people either
_FIRST = 0.05  # share of the edits that are made at the first letter: people look there
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # each row stands half a key further right
Edit = Callable[[str, int, Random], str]


@dataclass(frozen=True, slots=True)
class Level:
    """How many typos: in which share of the content words, and how many edits in each."""

    share: float
    edits: int

    @property
    def name(self) -> str:
        return f"{self.edits} edit{'s' * (self.edits > 1)}, {self.share:.0%}"


LEVELS = (Level(0.3, 1), Level(0.6, 1), Level(0.3, 2), Level(0.6, 2))


def with_typos(question: str, level: Level, random: Random) -> str:
    """Return a question with typos in a share of its content words of four letters and more.

    At least one word gets one; a question without such words comes back as it is.
    """
    words = content_words(question)
    count = min(len(words), max(1, round(level.share * len(words))))
    for word in sorted(random.sample(words, count), key=re.Match.start, reverse=True):
        typed = mistyped(word.group(), level.edits, random)
        question = question[: word.start()] + typed + question[word.end() :]
    return question


def content_words(text: str) -> list[re.Match[str]]:
    """Return where words stand that a typo may hit."""
    return [w for w in _WORD.finditer(text) if w.group().casefold() not in stop_words()]


def mistyped(word: str, edits: int, random: Random) -> str:
    """Return `word` with so many edits, never the word itself."""
    typed = word
    while typed.casefold() == word.casefold():
        typed = word
        for _ in range(edits):
            place = 0 if random.random() < _FIRST else random.randrange(1, len(typed))
            typed = random.choice(_EDITS)(typed, place, random)
    return typed


def _swapped(word: str, place: int, random: Random) -> str:
    """Exchange the letter with the next one; the last one with the one before."""
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _doubled(word: str, place: int, random: Random) -> str:
    return word[:place] + word[place] + word[place:]


def _dropped(word: str, place: int, random: Random) -> str:
    return word[:place] + word[place + 1 :]


def _inserted(word: str, place: int, random: Random) -> str:
    return word[:place] + random.choice(ascii_lowercase) + word[place:]


def _aside(word: str, place: int, random: Random) -> str:
    """Put the letter of a neighbouring key in the place of one."""
    letters = _NEIGHBOURS.get(word[place].lower(), ascii_lowercase)
    return word[:place] + random.choice(letters) + word[place + 1 :]


def _neighbours() -> dict[str, str]:
    """Return the letters on the keys around each one, of a QWERTY keyboard."""
    keys = {
        letter: (row, 2 * column + row)
        for row, letters in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return {
        letter: "".join(other for other, at in keys.items() if _touch(keys[letter], at))
        for letter in keys
    }


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    rows, columns = abs(one[0] - other[0]), abs(one[1] - other[1])
    return (rows, columns) in ((0, 2), (1, 1))


_NEIGHBOURS = _neighbours()
_EDITS: Sequence[Edit] = (_swapped, _doubled, _dropped, _inserted, _aside)
