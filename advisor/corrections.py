"""Misspelt words of a question to known ones; made here and only here."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from advisor.analysed import question_atoms
from advisor.cues import cues
from advisor.guesses import guessed, is_guessable
from advisor.languages import is_foreign
from advisor.model import Correction
from advisor.spacing import parts_of, written_apart
from kb.lexicon.english import stop_words
from kb.model import Alternative
from kb.spelling import (
    Form,
    Suggestion,
    english_beside,
    frequency,
    is_checkable,
    is_english,
    suggest,
)
from kb.store import Snapshot
from kb.together import Whole
from kb.topic import Topic
from kb.words import Word, atoms, stem

_SHORTEST = 3
_EVERYDAY = 4  # letters from which one edit seldom makes another word
_LONG = 6  # letters from which a word that nobody knows is no name of something
_VERY_LONG = 9  # from which it is like no other word by chance
_RARE = 3_000  # occurrences below which an English word may be a mistyped option
_CAPITALS = 3  # capitals from which a word is an acronym
_LONGEST_ACRONYM = 5
_NAMED = 300  # below which it is rather a name
_COMMON = 5_000  # from which English words are looked for


class Meant(NamedTuple):
    """What a word, or a `part` of one that stands for two, is searched by; the best one counts."""

    choices: tuple[Alternative, ...]
    part: str = ""


Meanings = Mapping[str, tuple[Meant, ...]]  # by stem


class Corrected(NamedTuple):
    """A question with its misspelt words replaced; `words` are the atoms of `text`.

    `meanings` are those of replacements, and of words that were left as typed but may be other
    ones: the search takes account of these alone. `foreign` is true when it seems to be in another
    language than English.
    """

    text: str
    words: Whole
    corrections: tuple[Correction, ...]
    meanings: Meanings
    foreign: bool = False


def correct(text: str, topic: Topic, snapshot: Snapshot, *, exact: Iterable[str] = ()) -> Corrected:
    """Return `text` with unknown words replaced by the likeliest known ones.

    Left alone: words of the articles, of the topic file (outside words too) and of English,
    acronyms, and those in `exact`. What is written like a name, and any word of a text in another
    language, is only taken for a name.
    """
    kept = {word.casefold() for word in exact}
    words = question_atoms(text)
    corrections: list[Correction] = []
    meanings: dict[str, tuple[Meant, ...]] = {}
    shift, result = 0, text
    for one, other, choices in written_apart(text, words, topic.id, snapshot):
        if one.text in kept or other.text in kept:
            continue
        kept |= {one.text, other.text}
        meanings[one.stem] = (Meant(choices),)
    unknown, rare = _unknown(text, words, topic, snapshot, kept)
    foreign = bool(unknown) and is_foreign(text, words, unknown)
    for word in sorted([*unknown, *rare], key=lambda word: word.start):
        forms = snapshot.forms_near(topic.id, word.text)
        suggestions: Sequence[Suggestion] = ()
        if word in unknown:
            a_name = foreign or is_written_as_a_name(text, word.start, word.end)
            suggestions = (_names_near if a_name else _suggested)(word, topic, forms)
        guesses = () if foreign else guessed(word.text, forms)
        parts = _parts(word.text, [*suggestions, *guesses], topic, snapshot)
        if parts:
            meanings[word.stem] = tuple(Meant((Alternative(stem(p), 1.0),), p) for p in parts)
        elif not suggestions and guesses:
            meanings[word.stem] = (_meant(guesses),)
        elif suggestions:
            best = suggestions[0].text
            result = result[: word.start + shift] + best + result[word.end + shift :]
            shift += len(best) - (word.end - word.start)
            corrections.append(Correction(text[word.start : word.end], best))
            meanings[stem(best)] = (_meant(suggestions),)
    words = question_atoms(result) if corrections else words
    return Corrected(result, words, tuple(corrections), meanings, foreign)


def _meant(suggestions: Iterable[Suggestion]) -> Meant:
    return Meant(tuple(Alternative(stem(found.text), found.weight) for found in suggestions))


def _parts(
    word: str, near: Sequence[Suggestion], topic: Topic, snapshot: Snapshot
) -> tuple[str, ...]:
    """Return the two words that one stands for, if that is likelier than a mistyped one."""
    near_enough = (OSA.distance(word, each.text, score_cutoff=1) <= 1 for each in near)
    if is_english(word) or any(near_enough):
        return ()
    cost, parts = parts_of(word, topic.id, snapshot)
    return () if any(each.cost < cost for each in near) else parts


def is_written_as_a_name(text: str, start: int, end: int) -> bool:
    """True for "Acme" within a sentence, "AcmE" and "ACME", unless all the text is written large.

    Who writes every word so means nothing by it: "IS IT FAST AND CHEAP", "Is It Fast and Cheap".
    One small letter in an acronym ("JSOn", "aPIs") is a mistake; part of a compound is any word.
    """
    typed = text[start:end]
    large = sum(map(str.isupper, typed))
    plural = typed.endswith("s")
    mistyped = large >= _CAPITALS - plural and large == len(typed) - 1 - plural
    if not large or mistyped or text[:start].endswith("-"):
        return False
    rest = atoms(text[:start] + " " * len(typed) + text[end:])
    others = [text[word.start] for word in rest if not word.is_stop_word]
    if len(others) > 1 and all(map(str.isupper, others)):
        return False
    before = text[:start].rstrip(" \"'“‘(")
    within = bool(before) and before[-1] not in ".?!:\n"
    return within or any(map(str.isupper, typed[2:]))  # "hWich" is mistyped


def _names_near(word: Word, topic: Topic, known: Iterable[Form]) -> list[Suggestion]:
    """Return the names one edit away: options, words of the field, and what English hardly has.

    A long word is a word of the topic as well, and a very long one any: these are like no other
    one by chance. A short one has its first letter right.
    """
    typed = word.text
    field = {each.casefold() for each in (*topic.outside, *topic.subject, *topic.filler)}
    options = {each.casefold() for each in topic.subjects}
    forms = []
    for form in known:
        meant = form.text
        alike = typed[0] == meant[0]
        if OSA.distance(typed, meant) != 1 or not _is_plausible(typed, meant):
            continue
        if not alike and len(typed) < _LONG and meant not in options:
            continue
        of_topic = form.topical and alike and len(typed) >= _LONG
        named = meant in field | options or frequency(meant) < _NAMED
        if named or of_topic or (alike and len(typed) >= _VERY_LONG):
            forms.append(form)
    return suggest(typed, forms)


def _suggested(word: Word, topic: Topic, known: Iterable[Form]) -> list[Suggestion]:
    """Return what a word may stand for: words of the articles and the topic, or else of English.

    Everyday words that are nearer come first: they are typed most often.
    """
    if is_english(word.text):
        return [Suggestion(option, 1.0) for option in _options_near(word.text, topic)]
    suggestions = suggest(word.text, _readable(word.text, topic, known))
    if suggestions and not _is_plausible(word.text, suggestions[0].text):
        suggestions = []
    if not suggestions or OSA.distance(word.text, suggestions[0].text) > 1:
        plain = _everyday(word.text) or ("" if suggestions else _common(word.text))
        if plain:
            return [Suggestion(plain, 1.0)]
    return suggestions


def _readable(typed: str, topic: Topic, known: Iterable[Form]) -> Iterable[Form]:
    """Return those of the known words that a word may be read as, however likely they are.

    Two edits leave too little of a short word that is no option: "mutex" is no "meter".
    """
    if len(typed) > _LONG:
        return known
    options = {each.casefold() for each in topic.subjects}
    return [
        form
        for form in known
        if form.text in options or OSA.distance(typed, form.text, score_cutoff=1) <= 1
    ]


def _options_near(typed: str, topic: Topic) -> list[str]:
    """Return the options that a rare English word is one edit away from."""
    if len(typed) < _EVERYDAY or frequency(typed) >= _RARE:
        return []
    named = (word.casefold() for option in topic.options for word in option.words)
    return [w for w in named if w[0] == typed[0] and OSA.distance(typed, w) == 1]


def _everyday(typed: str) -> str:
    """Return the word of everyday English that was meant, one edit away ("allready"), or ""."""
    if len(typed) < _EVERYDAY:
        return ""
    near = process.extractOne(
        typed, _everyday_near(len(typed)), scorer=OSA.distance, score_cutoff=1, processor=None
    )
    return near[0] if near and (near[0][0] == typed[0] or len(typed) > _EVERYDAY) else ""


@cache
def _everyday_near(letters: int) -> tuple[str, ...]:
    """Return the everyday words that are one letter longer or shorter at most."""
    return tuple(word for word in everyday_words() if abs(len(word) - letters) <= 1)


def _common(typed: str) -> str:
    """Return the commonest English word one edit away ("cependencies"), "" for short words.

    Those are more often a name.
    """
    if len(typed) < _LONG:
        return ""
    best = english_beside(typed)
    sure = frequency(best) >= _COMMON or (len(typed) >= _VERY_LONG and is_english(best))
    return best if sure else ""


@cache
def everyday_words() -> tuple[str, ...]:
    """Return the words that say nothing of what a text is about, longest first."""
    words = {*stop_words(), *cues().everyday, *cues().numbers}
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
) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return those of the words of a text that nobody knows, each compound as its parts.

    The second ones are rare English words that the articles do not hold, inflected or not.
    """
    mentioned = {
        place for found in topic.phrases.find(words) for place in range(found.first, found.last)
    }
    known = snapshot.known_forms(topic.id, {word.text for word in words})
    unknown = [
        word
        for place, word in enumerate(words)
        if word.text not in known
        and word.text not in kept
        and place not in mentioned
        and not word.is_stop_word
        and word.stem not in cues().filler
    ]
    checkable = [word for word in unknown if _is_checkable(word, text, topic)]
    others = (word for word in unknown if word not in checkable and not _is_acronym(word, text))
    rare = list(filter(is_guessable, others))
    held = snapshot.frequencies(topic.id, {word.stem for word in rare}) if rare else {}
    return checkable, [word for word in rare if word.stem not in held]


def _is_checkable(word: Word, text: str, topic: Topic) -> bool:
    """True for what may be read as another word."""
    checkable = is_checkable(word.text, typed=text[word.start : word.end])
    return checkable or bool(_options_near(word.text, topic))


def _is_acronym(word: Word, text: str) -> bool:
    return text[word.start : word.end].isupper() and len(word.text) <= _LONGEST_ACRONYM
