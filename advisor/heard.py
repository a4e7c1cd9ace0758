"""Which words of a question the articles hold, and which of them it would take to answer it."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from advisor.followups import Standing
from advisor.slots import is_heard
from advisor.spotting import Spotted
from kb.index import holding
from kb.lexicon.english import synonyms
from kb.spelling import frequency, rarity
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import Word, index_words, stem

TELLING = 15_000  # occurrences in English below which a word names something particular
_DECISIVE = 0.5  # share of the information of a question that may not be unknown


def missing_words(spotted: Spotted, known: set[str], *, freely: bool) -> Sequence[Word]:
    """Return the unknown focus words when they tell more than the known ones.

    What a word tells is the logarithm of how rare it is in general English; with `freely`,
    ordinary words tell nothing. A word that English does not know tells all ("select_related").
    """
    unheard = [word for word in spotted.focus if word.stem not in known and not is_heard(word)]
    if unheard:
        return unheard
    if spotted.focus and not any(word.stem in known for word in spotted.focus):
        return spotted.focus
    telling = [w for w in spotted.focus if not freely or frequency(w.text) < TELLING]
    unknown = [word for word in telling if word.stem not in known]
    told = sum(rarity(word.text) for word in telling)
    lost = sum(rarity(word.text) for word in unknown)
    return unknown if unknown and lost >= _DECISIVE * told else ()


def known_stems(spotted: Spotted, topic: Topic, snapshot: Snapshot) -> set[str]:
    """Return the stems of a question that articles hold, or a word of the same meaning for."""
    alike = {word.stem: _alike(word.text) for word in spotted.words}
    held = snapshot.frequencies(topic.id, {*alike, *chain.from_iterable(alike.values())})
    return {own for own, others in alike.items() if own in held or not others.isdisjoint(held)}


@lru_cache(maxsize=1024)
def _alike(text: str) -> frozenset[str]:
    """Return the stems of the words of the same meaning."""
    return frozenset(stem(p) for other in synonyms().get(text, ()) for p in other.split("-"))


def unknown_names(spotted: Spotted, topic: Topic, snapshot: Snapshot) -> list[Word]:
    """Return the names out of program code ("select_related") that no article holds."""
    if "_" not in spotted.text:
        return []
    names = [
        word for word in index_words(spotted.text) if word.glued and "_" in _typed(word, spotted)
    ]
    held = snapshot.frequencies(topic.id, {word.stem for word in names})
    return [word for word in names if word.stem not in held]


def _typed(word: Word, spotted: Spotted) -> str:
    return spotted.text[word.start : word.end]


def apart(standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the rarest two focus words of a factual question when no passage holds both.

    Of an option that is named, passages may each tell a part.
    """
    if standing.options:
        return ()
    focus = [word for word in standing.spotted.focus if word.stem in known]
    held = snapshot.frequencies(topic.id, {word.stem for word in focus})
    # A word that is known by one of the same meaning alone stands in no passage itself.
    stems = [word for word in focus if word.stem in held]
    rarest = sorted(stems, key=lambda word: held[word.stem])[:2]
    if len({word.stem for word in rarest}) < 2:
        return ()
    both = holding(snapshot.index(topic.id), {word.stem for word in rarest})
    return () if len(both) else as_typed(rarest, standing.spotted.text)


def as_typed(words: Sequence[Word], text: str) -> tuple[str, ...]:
    """Return words as they were typed, those that follow one another as one."""
    telling = [word for word in words if not word.is_stop_word] or words
    spans: list[tuple[int, int]] = []
    for word in telling:
        if spans and text[spans[-1][1] : word.start] == " ":
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))
