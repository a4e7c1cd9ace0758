"""The words of a question: analysed once, however many steps look at the same text."""

from functools import lru_cache

from kb.together import Whole
from kb.words import Word, all_words

_KEPT = 64  # texts: the questions that are answered now, with their parts


@lru_cache(maxsize=_KEPT)
def question_atoms(text: str) -> Whole:
    """Return the atoms of a question; phrases know the very same tuple again."""
    return Whole(word for word in _every(text) if not word.glued)


@lru_cache(maxsize=_KEPT)
def question_index_words(text: str) -> tuple[Word, ...]:
    """Return the words of a question that passages are found by."""
    return tuple(word for word in _every(text) if not word.is_stop_word)


@lru_cache(maxsize=_KEPT)
def _every(text: str) -> tuple[Word, ...]:
    return tuple(all_words(text))
