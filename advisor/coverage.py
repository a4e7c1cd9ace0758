"""What a question asks about that no article covers."""

from collections.abc import Iterable, Iterator, Sequence
from math import log

from advisor.cues import cues
from advisor.followups import Standing
from advisor.spotting import Spotted
from kb.claims.context import mentions
from kb.phrases import Found
from kb.spelling import frequency
from kb.store import Snapshot
from kb.topic import Mention, Topic
from kb.words import Word

_FACTUAL = ("fact", "howto", "definition", "list")
_CORPUS = 5_000_000  # the commonest words of the general corpus occur about this often
_TELLING = 20_000  # occurrences there below which a word names something particular
_DECISIVE = 0.5  # share of the information of a question that may not be unknown


def not_covered(standing: Standing, topic: Topic, snapshot: Snapshot) -> tuple[str, ...]:
    """Return what makes a question unanswerable, in its own words; empty when it is covered.

    Slots decide: an unknown word in an option's place is not covered, nor is an outside word as
    the object of "for", "with", "in". A recognised criterion or condition is answered whatever
    else is unknown. Of a fact or how-to without one, most has to be known.
    """
    spotted = standing.spotted
    known = _known(spotted, topic, snapshot)
    rivals = list(_in_option_place(spotted))
    if rivals:
        return _as_typed(rivals, spotted.text)
    outside = _outside(spotted)
    if spotted.intent in _FACTUAL:
        if outside:
            return _as_typed(outside, spotted.text)
        if not _recognised(standing, topic):
            return _missing(spotted, known) or _apart(standing, known, topic, snapshot)
        return ()
    if standing.needs or standing.conditions:
        return (
            () if standing.options or _is_on_topic(standing) else _as_typed(outside, spotted.text)
        )
    if len(standing.options) == 1 and not standing.texts:
        return _as_typed(outside, spotted.text) or _missing(spotted, known)
    objects = list(_objects(spotted))
    if objects:
        return _as_typed(objects, spotted.text)
    if not standing.options and not _names_the_subject(spotted):
        return _as_typed([*outside, *spotted.focus], spotted.text) or (spotted.text.strip()[:80],)
    return () if standing.options else _as_typed(outside, spotted.text)


def is_about_a_fact(standing: Standing, topic: Topic, snapshot: Snapshot) -> bool:
    """True when a question without criterion names something particular that articles speak of.

    "Instagram, is it X or Y?" asks for a fact though it is put as a choice.
    """
    if standing.needs or standing.conditions or standing.texts:
        return False
    known = _known(standing.spotted, topic, snapshot)
    return any(
        word.stem in known and frequency(word.text) < _TELLING for word in standing.spotted.focus
    )


def _missing(spotted: Spotted, known: set[str]) -> tuple[str, ...]:
    """Return the unknown focus words when they tell more than the known ones.

    What a word tells is the logarithm of how rare it is in general English.
    """
    unknown = [word for word in spotted.focus if word.stem not in known]
    told = sum(_information(word) for word in spotted.focus)
    if unknown and sum(map(_information, unknown)) >= _DECISIVE * told:
        return _as_typed(unknown, spotted.text)
    return ()


def _information(word: Word) -> float:
    return log(_CORPUS / (frequency(word.text) + 1))


def _recognised(standing: Standing, topic: Topic) -> bool:
    """True when a criterion was named by one of its words, not only hinted at."""
    named = mentions(standing.spotted.words, topic).criteria
    return bool(named or standing.spotted.conditions or standing.texts)


def _is_on_topic(standing: Standing) -> bool:
    """True unless outside words are all that the question names beside criteria.

    "NestJS or Express for a game server" has a criterion and is about neither of our options.
    """
    return not any(
        cues().has("between_options", standing.spotted.words[found.last : found.last + 1])
        or cues().has(
            "between_options", standing.spotted.words[max(0, found.first - 1) : found.first]
        )
        for found in standing.spotted.outside
    )


def _known(spotted: Spotted, topic: Topic, snapshot: Snapshot) -> set[str]:
    return set(snapshot.postings(topic.id, {word.stem for word in spotted.words}))


def _outside(spotted: Spotted) -> list[Word]:
    return [word for found in spotted.outside for word in spotted.words[found.first : found.last]]


def _in_option_place(spotted: Spotted) -> Iterator[Word]:
    """Yield outside words that are weighed against an option: "X or Flask", "better than an X"."""
    joins = {
        place
        for first, last in cues().find("between_options", spotted.words)
        for place in range(first, last)
    }
    options = _places(found for found in spotted.mentions if found.meaning.kind == "option")
    for place in sorted(_places(spotted.outside)):
        if _joined(place, options, joins, spotted) or _lists(place, options, spotted):
            yield spotted.words[place]


def _joined(place: int, options: set[int], joins: set[int], spotted: Spotted) -> bool:
    """True when only a joining word, and perhaps an article, stands between word and option."""
    for other in options:
        first, last = sorted((place, other))
        between = range(first + 1, last)
        if 1 <= len(between) <= 3 and any(p in joins for p in between):
            rest = [p for p in between if p not in joins]
            return all(spotted.words[p].text in ("a", "an", "the", "my", "plain") for p in rest)
    return False


def _places(mentions: Iterable[Found[Mention]]) -> set[int]:
    return {place for found in mentions for place in range(found.first, found.last)}


def _lists(place: int, options: set[int], spotted: Spotted) -> bool:
    """ "X, Y or Flask": only a comma between the strange word and an option."""
    for other in (place - 1, place + 1):
        if other in options:
            first, last = sorted((place, other))
            gap = spotted.text[spotted.words[first].end : spotted.words[last].start]
            if "," in gap or "/" in gap:
                return True
    return False


def _objects(spotted: Spotted) -> Iterator[Word]:
    """Yield outside and unheard-of words in the object of a preposition: "good for gRPC"."""
    outside = _places(spotted.outside)
    unheard = {word.start for word in spotted.focus if not frequency(word.text)}
    for _, last in cues().find("object_of", spotted.words):
        for place in range(last, min(last + 3, len(spotted.words))):
            word = spotted.words[place]
            if place in outside or word.start in unheard:
                yield word
            elif word.is_stop_word and place > last:
                break


def _names_the_subject(spotted: Spotted) -> bool:
    """True when the question speaks of the choice at all: "which framework", "of the two"."""
    named = any(found.meaning.kind == "subject" for found in spotted.mentions)
    return named or spotted.says("all_options")


def _apart(
    standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot
) -> tuple[str, ...]:
    """Return the rarest two focus words of a factual question when no passage holds both.

    Of an option that is named, passages may each tell a part.
    """
    if standing.options:
        return ()
    stems = [word for word in standing.spotted.focus if word.stem in known]
    postings = snapshot.postings(topic.id, {word.stem for word in stems})
    rarest = sorted(stems, key=lambda word: len(postings[word.stem].numbers))[:2]
    if len({word.stem for word in rarest}) < 2:
        return ()
    first, second = (set(postings[word.stem].numbers.tolist()) for word in rarest)
    return () if first & second else _as_typed(rarest, standing.spotted.text)


def _as_typed(words: Sequence[Word], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[word.start : word.end] for word in words))
