"""Misspelt words of a question to known ones; made here and only here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from advisor.cues import cues
from advisor.model import Correction
from kb.lexicon.english import stop_words
from kb.model import Alternative
from kb.spelling import deletions, is_checkable, suggest
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import Word, atoms, stem

_SHORTEST = 3
_EVERYDAY = 5  # letters from which one edit does not make another word


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question with its misspelt words replaced; `words` are the atoms of `text`.

    `alternatives` maps the stem of a replacement to all the words that may have been meant.
    """

    text: str
    words: tuple[Word, ...]
    corrections: tuple[Correction, ...]
    alternatives: dict[str, tuple[Alternative, ...]]


def correct(text: str, topic: Topic, snapshot: Snapshot, *, exact: Iterable[str] = ()) -> Corrected:
    """Return `text` with unknown words replaced by the likeliest known ones.

    Left alone: words of the articles, of the topic file (outside words too) and of English,
    acronyms, and those in `exact`.
    """
    kept = {word.casefold() for word in exact}
    words = tuple(atoms(text))
    corrections, alternatives = [], {}
    shift, result = 0, text
    for word in _unknown(text, words, topic, snapshot, kept):
        forms = snapshot.forms_near(topic.id, deletions(word.text))
        suggestions = suggest(word.text, forms)
        if not suggestions or not _is_plausible(word.text, suggestions[0].text):
            plain = _ordinary(word.text)
            if plain:
                result = result[: word.start + shift] + plain + result[word.end + shift :]
                shift += len(plain) - (word.end - word.start)
                corrections.append(Correction(text[word.start : word.end], plain))
            continue
        best = suggestions[0].text
        result = result[: word.start + shift] + best + result[word.end + shift :]
        shift += len(best) - (word.end - word.start)
        corrections.append(Correction(text[word.start : word.end], best))
        alternatives[stem(best)] = tuple(
            Alternative(stem(found.text), found.weight) for found in suggestions
        )
    words = tuple(atoms(result)) if corrections else words
    return Corrected(result, words, tuple(corrections), alternatives)


def _ordinary(typed: str) -> str:
    """Return the word of everyday English that was meant, one edit away ("allready"), or ""."""
    near = process.extractOne(
        typed, everyday_words(), scorer=OSA.distance, score_cutoff=1, processor=None
    )
    return near[0] if near and near[0][0] == typed[0] else ""


@cache
def everyday_words() -> tuple[str, ...]:
    """Return the words that say nothing of what a text is about, longest first."""
    words = {*stop_words(), *cues().everyday}
    return tuple(sorted((w for w in words if len(w) >= _EVERYDAY), key=lambda w: (-len(w), w)))


def _is_plausible(typed: str, meant: str) -> bool:
    """False for words that share too little: "numpy" is no misspelt "dummy", "uptime" no "time".

    A word of three letters may have lost one of four, and nothing else. Who mistypes the first
    letter makes no second mistake.
    """
    if typed[0] == meant[0]:
        return len(typed) > _SHORTEST or len(meant) > len(typed)
    return len(typed) > _SHORTEST and OSA.distance(typed, meant) < 2


def _unknown(
    text: str, words: Sequence[Word], topic: Topic, snapshot: Snapshot, kept: set[str]
) -> Sequence[Word]:
    """Return those of the words of a text that nobody knows, each compound as its parts."""
    mentioned = {
        place for found in topic.phrases.find(words) for place in range(found.first, found.last)
    }
    known = snapshot.known_forms(topic.id, {word.text for word in words})
    return [
        word
        for place, word in enumerate(words)
        if place not in mentioned
        and word.text not in known
        and word.text not in kept
        and not word.is_stop_word
        and word.stem not in cues().filler
        and is_checkable(word.text, typed=text[word.start : word.end])
    ]
