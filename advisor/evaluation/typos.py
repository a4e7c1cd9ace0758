"""Questions with seeded typos, and what of the figures is kept with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from advisor.evaluation.outcomes import Ask, Outcome, run
from advisor.evaluation.shares import Share, share
from kb.words import Word, atoms

_SHORTEST = 4  # letters of a word that gets a typo
_HIT = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # each row stands half a key further right


@dataclass(frozen=True, slots=True)
class Level:
    """How many typos: in which part of the words, or in one or two of them when that is None."""

    part: float | None
    edits: int


LEVELS = MappingProxyType(
    {
        "few": Level(None, 1),
        "30": Level(0.3, 1),
        "30-double": Level(0.3, 2),
        "60": Level(0.6, 1),
        "60-double": Level(0.6, 2),
    }
)


def with_typos(question: str, level: Level, random: Random) -> str:
    """Return a question with typos in content words of four letters and more.

    At least one word gets one; a question without such words comes back as it is. Earlier
    questions are not touched.
    """
    words = [word for word in atoms(question) if _is_mistypable(word, question)]
    chosen = sorted(
        random.sample(words, _how_many(len(words), level, random)), reverse=True, key=_at
    )
    for word in chosen:
        typed = question[word.start : word.end]
        question = (
            question[: word.start] + _mistyped(typed, level.edits, random) + question[word.end :]
        )
    return question


@dataclass(frozen=True, slots=True)
class Mistyped:
    """What came of one question as it was written, and with typos."""

    before: Outcome
    after: Outcome

    @property
    def lost(self) -> tuple[str, ...]:
        """What was right without typos and is wrong with them: "verdict", "hit"."""
        verdict = self.before.right and not self.after.right
        hit = self.before.shows_within(_HIT) and not self.after.shows_within(_HIT)
        return ("verdict",) * verdict + ("hit",) * hit


def ask_mistyped(outcomes: Sequence[Outcome], ask: Ask, name: str, *, seed: int) -> list[Mistyped]:
    """Ask the same questions with typos of a level; those in which none fits are left out."""
    pairs = []
    for before in outcomes:
        typed = before.question.question
        mistyped = with_typos(typed, LEVELS[name], Random(f"{seed} {name} {before.question.id}"))
        if mistyped != typed:
            (after,) = run([replace(before.question, question=mistyped)], ask)
            pairs.append(Mistyped(before, after))
    return pairs


def retention(pairs: Sequence[Mistyped], name: str) -> dict[str, Share | float]:
    """Return what is kept of hit@5 and of right verdicts in the same questions with typos.

    "retention" is the value with typos divided by the value without, "kept" the share still right
    of those that were right without. What no question measures is left out.
    """
    findable = [pair for pair in pairs if pair.before.question.anchors]
    scored = [pair for pair in pairs if pair.before.question.is_scored]
    found = _kept(f"typos {name}, hit@5", findable, lambda each: each.shows_within(_HIT))
    return found | _kept(f"typos {name}, verdicts", scored, lambda each: each.right)


def _kept(
    name: str, pairs: Sequence[Mistyped], holds: Callable[[Outcome], bool]
) -> dict[str, Share | float]:
    without = share([pair.before for pair in pairs], holds)
    typed = share([pair.after for pair in pairs], holds)
    figures: dict[str, Share | float] = {}
    if pairs:
        figures |= {f"{name} without": without, f"{name} with": typed}
    if without.count:
        figures[f"{name} retention"] = typed.count / without.count
        figures[f"{name} kept"] = share([p.after for p in pairs if holds(p.before)], holds)
    return figures


def _at(word: Word) -> int:
    return word.start


def _is_mistypable(word: Word, text: str) -> bool:
    typed = text[word.start : word.end]
    return not word.is_stop_word and len(typed) >= _SHORTEST and typed.isalpha()


def _how_many(words: int, level: Level, random: Random) -> int:
    wanted = random.choice((1, 2)) if level.part is None else max(1, round(level.part * words))
    return min(words, wanted)


def _mistyped(word: str, edits: int, random: Random) -> str:
    """Return a word with so many edits, never the word itself."""
    mistyped = word
    while mistyped.casefold() == word.casefold():
        mistyped = word
        for _ in range(edits):
            mistyped = random.choice(_EDITS)(mistyped, random)
    return mistyped


def _swap(word: str, random: Random) -> str:
    """Exchange two letters that follow one another and differ."""
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word
    at = random.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _insert(word: str, random: Random) -> str:
    at = random.randrange(len(word) + 1)
    return word[:at] + random.choice(_LETTERS) + word[at:]


def _substitute(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    others = _LETTERS.replace(word[at].casefold(), "")
    return word[:at] + random.choice(others) + word[at + 1 :]


def _neighbouring_key(word: str, random: Random) -> str:
    """Put the letter of a neighbouring key in the place of one."""
    places = [at for at, letter in enumerate(word) if letter.casefold() in _NEIGHBOURS]
    if not places:
        return _substitute(word, random)
    at = random.choice(places)
    return word[:at] + random.choice(_NEIGHBOURS[word[at].casefold()]) + word[at + 1 :]


def _neighbours() -> dict[str, str]:
    """Return the letters on the keys around each one, of a QWERTY keyboard."""
    place = {
        letter: (row, 2 * column + row)
        for row, letters in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return {
        letter: "".join(o for o in place if o != letter and _touch(place[letter], place[o]))
        for letter in place
    }


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    rows, columns = abs(one[0] - other[0]), abs(one[1] - other[1])
    return (rows == 0 and columns == 2) or (rows == 1 and columns == 1)


_NEIGHBOURS = MappingProxyType(_neighbours())
_EDITS: Sequence[Callable[[str, Random], str]] = (
    _swap,
    _drop,
    _insert,
    _substitute,
    _neighbouring_key,
)
