"""Synthetic passages and questions of any number: natural sentences, recombined and reworded.

A passage is a few sentences drawn at random from real texts. Two in five of their content words are
replaced by draws from one distribution of words (Zipf and Mandelbrot): its first ranks are the
content words of those texts by frequency, and every rank behind them is a word made by rule. So
the vocabulary keeps growing with the number of passages (32,000 words at 10,000 passages, 160,000
at 100,000, some 800,000 at a million), and no two passages are copies of one another. Everything
follows from the seed; a passage depends on its number alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from random import Random

from judged import Text

from kb.lexicon.english import stop_words

PASSAGES_OF_ARTICLE = 10
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\s\.\s+|\n+")
_WORD = re.compile(r"[a-z]{4,}")
_REPLACED = 0.4  # share of the content words
_STEEPNESS = 0.4  # of the distribution: P(rank > r) = (1 + r / _FLAT) ** -_STEEPNESS
_FLAT = 50
_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s",
           "st", "t", "tr", "v", "w", "z")  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "oo")
_CODAS = ("", "", "", "l", "m", "n", "r", "s", "t", "nd")
_OPENINGS = ("how do I", "what is", "why does", "which", "can I use", "is there a", "when should",
             "what about", "where is", "how to")  # fmt: skip
_FEWEST, _MOST = 4, 12  # words of a question
_TELLING = 2  # content words that it has at least


class Synthesis:
    """Passages and questions made of texts."""

    def __init__(self, texts: Sequence[Text], *, seed: int = 7) -> None:
        self.seed = seed
        self._sentences = list(_sentences(texts))
        counts = Counter(
            word for frame in self._sentences for word in frame if _is_replaceable(word)
        )
        self._known = [word for word, _ in counts.most_common()]

    def passages(self, first: int, count: int) -> Iterator[Text]:
        """Yield passages by number; PASSAGES_OF_ARTICLE in a row are one article."""
        return (self.passage(number) for number in range(first, first + count))

    def passage(self, number: int) -> Text:
        random = Random(f"{self.seed} passage {number}")
        article = number // PASSAGES_OF_ARTICLE
        sentences = (self._sentence(random) for _ in range(random.randint(3, 8)))
        return Text(f"p{number}", f"a{article}", self._title(article), " ".join(sentences))

    def _title(self, article: int) -> str:
        random = Random(f"{self.seed} title {article}")
        return " ".join(self._words(random)[: random.randint(3, 8)]).capitalize()

    def _sentence(self, random: Random) -> str:
        return " ".join(self._words(random)).capitalize() + "."

    def _words(self, random: Random) -> list[str]:
        return [
            self._drawn(random) if _is_replaceable(word) and random.random() < _REPLACED else word
            for word in random.choice(self._sentences)
        ]

    def _drawn(self, random: Random) -> str:
        rank = int(_FLAT * ((1 - random.random()) ** (-1 / _STEEPNESS) - 1))
        return self._known[rank] if rank < len(self._known) else made_word(rank)

    def questions(self, count: int, passages: int, *, kind: str = "asked") -> list[str]:
        """Return questions of 4 to 12 words, each with words of one sentence of the passages."""
        random = Random(f"{self.seed} {kind} {passages}")
        found: list[str] = []
        while len(found) < count:
            text = self.passage(random.randrange(passages)).text
            words = random.choice(text.rstrip(".").split(". ")).lower().split()
            opening = random.choice(_OPENINGS).split()
            room = random.randint(_FEWEST, _MOST) - len(opening)
            start = random.randint(0, max(0, len(words) - room))
            part = words[start : start + room]
            if len(part) == room and sum(map(_is_replaceable, part)) >= _TELLING:
                found.append(" ".join([*opening, *part]) + "?")
        return found


def _sentences(texts: Sequence[Text]) -> Iterator[tuple[str, ...]]:
    """Yield the words of the sentences that are neither headings nor lists of anything."""
    for text in texts:
        for sentence in _SENTENCE_END.split(text.text.lower()):
            words = re.findall(r"[\w'-]+", sentence)
            if 6 <= len(words) <= 30:
                yield tuple(words)


@lru_cache(maxsize=100_000)
def _is_replaceable(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and word not in stop_words()


@lru_cache(maxsize=100_000)
def made_word(rank: int) -> str:
    """Return a word that can be spoken, the same one for a rank, of two to four syllables."""
    random = Random(rank)
    syllables = (
        random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)
        for _ in range(random.choice((2, 3, 3, 4)))
    )
    return "".join(syllables)
