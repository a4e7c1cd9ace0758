"""The words that are searched for: the question's, earlier ones' and the topic's."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from advisor.analysed import question_index_words
from advisor.corrections import Meanings
from advisor.cues import cues
from advisor.followups import FACTUAL, Standing
from advisor.importance import WANTED
from advisor.spotting import Spotted
from kb.lexicon.english import synonyms
from kb.model import Alternative, Query, QueryWord
from kb.store import Snapshot
from kb.telling import idf
from kb.topic import Topic
from kb.words import Word, atoms, index_words, stem

_MOST_WORDS = 32
_REPEATS = 8  # a word that is asked more often counts as often as this
_CARRIED = 0.4  # a word of an earlier question counts this much in the search
_SYNONYM = 0.6
_SIMILAR = 0.6
_CHOOSING = 0.2
_FEW = 8  # words of a question up to which words that it does not hold count in full
_BESIDE = 0.5  # a word of a situation that names no need
_RULED_OUT = 0.1  # a word for what is not wanted


def query(
    standing: Standing,
    topic: Topic,
    snapshot: Snapshot,
    meanings: Meanings,
) -> Query:
    """Return the words to search: the question's, earlier ones' and the topic's synonyms.

    The more words a question has, the less it needs others that may stand for them. Of more than
    _MOST_WORDS those are searched for that can add most to a score.
    """
    own = list(_own(standing, meanings))
    share = min(1.0, _FEW / max(len(own), 1))
    words = [
        *own,
        *_carried(standing, topic, meanings),
        *_asked_before(standing, topic, meanings),
        *_synonyms(standing, topic),
        *_similar(standing.spotted, _SIMILAR * share),
        *_idioms(standing.spotted),
        *_choosing(standing, _CHOOSING * share),
    ]
    merged: dict[str, QueryWord] = {}
    for word in words:
        if word.typed not in merged:
            merged[word.typed] = word
    known = snapshot.frequencies(
        topic.id, {choice.word for word in merged.values() for choice in word.alternatives}
    )
    usable = [w for w in merged.values() if any(c.word in known for c in w.alternatives)]

    passages = snapshot.index(topic.id).passages if len(usable) > _MOST_WORDS else 0

    def most(word: QueryWord) -> float:
        held = ((each.weight, known[each.word]) for each in word.alternatives if each.word in known)
        return word.weight * max(share * idf(count, passages) for share, count in held)

    if passages:
        heaviest = set(sorted(usable, key=most, reverse=True)[:_MOST_WORDS])
        usable = [word for word in usable if word in heaviest]
    return Query(topic.id, tuple(usable))


def _own(standing: Standing, meanings: Meanings) -> Iterator[QueryWord]:
    """Words of the question; in one for a choice those for what is needed come first."""
    spotted = standing.spotted
    words = _weighted(question_index_words(spotted.text), WANTED, meanings)
    if standing.intent in FACTUAL or not standing.needs:
        yield from words
        return
    unwanted = {need.criterion for need in standing.needs if need.importance < 0}
    telling: set[str] = set()
    against: set[str] = set()
    for found in spotted.mentions:
        stems = {word.stem for word in _listed(spotted.text[found.start : found.end])}
        if found.meaning.kind == "criterion" and found.meaning.id in unwanted:
            against |= stems
        elif found.meaning.kind in ("option", "criterion", "condition"):
            telling |= stems
    for word in words:
        if _stands_in(word, telling):
            share = 1.0
        else:
            share = _RULED_OUT if _stands_in(word, against) else _BESIDE
        yield QueryWord(word.typed, word.alternatives, word.weight * share)


def _stands_in(word: QueryWord, stems: set[str]) -> bool:
    """True when a word, as typed or as it is searched by, is one of `stems`."""
    if not stems:
        return False
    return stem(word.typed) in stems or any([each.word in stems for each in word.alternatives])


def _weighted(words: Sequence[Word], weight: float, meanings: Meanings) -> Iterator[QueryWord]:
    last = {word.stem: word for word in words}
    counts = Counter(word.stem for word in words) if len(last) < len(words) else {}
    for own, word in last.items():
        weighs = weight * min(counts.get(own, 1), _REPEATS)
        if own not in meanings:
            yield QueryWord(word.text, (Alternative(own, 1.0),), weighs)
            continue
        for meant in meanings[own]:
            yield QueryWord(meant.part or word.text, meant.choices, weighs)


def _carried(standing: Standing, topic: Topic, meanings: Meanings) -> Iterator[QueryWord]:
    """Words of what earlier questions still contribute: named criteria and conditions."""
    named = {need.criterion for need in standing.spotted.needs}
    for need in standing.needs:
        if need.criterion not in named:
            label = topic.criterion(need.criterion).label
            yield from _weighted(_listed(label), _CARRIED, meanings)
    said = dict(standing.spotted.conditions)
    asked = () if standing.intent in FACTUAL else standing.conditions
    for id, value in asked:
        if id not in said:
            label = topic.condition(id).value_label(value)
            yield from _weighted(_listed(label), _CARRIED, meanings)
    for id in standing.options:
        yield from _weighted(_listed(topic.option(id).label), _CARRIED, meanings)


def _asked_before(standing: Standing, topic: Topic, meanings: Meanings) -> Iterator[QueryWord]:
    """Words of the last question when a fact is asked about it, but for options exchanged."""
    if not standing.texts or standing.intent not in FACTUAL:
        return
    gone = {
        word.stem
        for option in topic.options
        if option.id not in standing.options
        for each in option.words
        for word in atoms(each)
    }
    for word in _weighted(question_index_words(standing.texts[-1]), _CARRIED, meanings):
        if not gone & {choice.word for choice in word.alternatives}:
            yield word


def _synonyms(standing: Standing, topic: Topic) -> Iterator[QueryWord]:
    """One word per criterion, whose alternatives are the single words the topic knows it by."""
    for need in standing.needs:
        stems = topic.criterion_stems[need.criterion]
        if stems and need.importance > 0:
            choices = tuple(Alternative(stem, 1.0) for stem in stems)
            yield QueryWord(f"~{need.criterion}", choices, _SYNONYM)


def _similar(spotted: Spotted, weight: float) -> Iterator[QueryWord]:
    """One word per word of the question that others may stand for."""
    for word in {word.text: word for word in spotted.words}.values():
        choices = _others_for(word.text, word.stem)
        if choices is not None:
            yield QueryWord(f"like {word.text}", choices, weight)


@lru_cache(maxsize=1024)
def _others_for(text: str, own: str) -> tuple[Alternative, ...] | None:
    """Return the stems of what may stand for a word of this stem, None if nothing may."""
    others = synonyms().get(text, ())
    stems = dict.fromkeys(stem(other.text) for each in others for other in _listed(each))
    return tuple(Alternative(each, 1.0) for each in stems if each != own) if others else None


def _idioms(spotted: Spotted) -> Iterator[QueryWord]:
    """One word per idiom: the plain one that it stands for, or others of the same meaning."""
    for meant in dict.fromkeys(meant for meant, _, _ in cues().idioms_in(spotted.words)):
        texts = (meant, *synonyms().get(meant, ()))
        stems = dict.fromkeys(stem(word.text) for text in texts for word in _listed(text))
        yield QueryWord(f"plainly {meant}", tuple(Alternative(each, 1.0) for each in stems))


def _choosing(standing: Standing, weight: float) -> Iterator[QueryWord]:
    """The words in which articles speak of the choice itself, if nothing else was asked."""
    if standing.intent == "choose" and not (standing.needs or standing.conditions):
        for each in dict.fromkeys(map(stem, cues().choosing)):
            yield QueryWord(f"~{each}", (Alternative(each, 1.0),), weight)


@lru_cache(maxsize=2048)
def _listed(text: str) -> tuple[Word, ...]:
    """Return the words of a listed text: a phrase or label of the topic, a like word, an idiom."""
    return tuple(index_words(text))
