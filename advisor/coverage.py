"""What a question asks about that no article covers."""

from collections.abc import Iterator, Sequence

from advisor.cues import cues
from advisor.followups import Standing
from advisor.spotting import Spotted
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import Word

_FACTUAL = ("fact", "howto", "definition", "list")


def not_covered(standing: Standing, topic: Topic, snapshot: Snapshot) -> tuple[str, ...]:
    """Return what makes a question unanswerable, in its own words; empty when it is covered.

    Slots decide: an unknown word in an option's place, or as the object of "for", "with", "in",
    is not covered. For facts and how-tos every focus word has to be known.
    """
    spotted = standing.spotted
    known = _known(spotted, topic, snapshot)
    strange = _strange_places(spotted, known)
    rivals = [word for word in _in_option_place(spotted, strange)]
    if rivals:
        return _texts(rivals)
    about = bool(standing.needs or standing.conditions)
    if spotted.intent in _FACTUAL:
        missing = [*_outside(spotted), *(w for w in spotted.focus if w.stem not in known)]
        return _texts(missing) if missing else _apart(standing, known, topic, snapshot)
    if about:
        return () if _has_option_or_needs(standing) else _texts(_outside(spotted))
    objects = list(_objects(spotted, strange))
    if objects:
        return _texts(objects)
    if not standing.options and not _names_the_subject(spotted):
        return _texts([*_outside(spotted), *spotted.focus]) or (spotted.text.strip()[:80],)
    if standing.options and not standing.texts and _outside(spotted):
        return _texts(_outside(spotted))
    return ()


def _known(spotted: Spotted, topic: Topic, snapshot: Snapshot) -> set[str]:
    return set(snapshot.postings(topic.id, {word.stem for word in spotted.words}))


def _outside(spotted: Spotted) -> list[Word]:
    return [word for found in spotted.outside for word in spotted.words[found.first : found.last]]


def _strange_places(spotted: Spotted, known: set[str]) -> set[int]:
    """Return the places of outside words and of words that nobody knows."""
    places = {p for found in spotted.outside for p in range(found.first, found.last)}
    unknown = {word.start for word in spotted.focus if word.stem not in known}
    return places | {p for p, word in enumerate(spotted.words) if word.start in unknown}


def _in_option_place(spotted: Spotted, strange: set[int]) -> Iterator[Word]:
    """Yield strange words that are weighed against an option: "X or Flask", "better than X"."""
    joins = {
        p
        for first, last in cues().find("between_options", spotted.words)
        for p in range(first, last)
    }
    options = {
        p
        for found in spotted.mentions
        if found.meaning.kind == "option"
        for p in range(found.first, found.last)
    }
    outside = {p for found in spotted.outside for p in range(found.first, found.last)}
    for place in sorted(strange & outside):
        near = {place - 2, place + 2} & options
        if any((place + other) // 2 in joins for other in near) or _lists(place, options, spotted):
            yield spotted.words[place]


def _lists(place: int, options: set[int], spotted: Spotted) -> bool:
    """ "X, Y or Flask": only a comma between the strange word and an option."""
    for other in (place - 1, place + 1):
        if other in options:
            first, last = sorted((place, other))
            gap = spotted.text[spotted.words[first].end : spotted.words[last].start]
            if "," in gap or "/" in gap:
                return True
    return False


def _objects(spotted: Spotted, strange: set[int]) -> Iterator[Word]:
    """Yield strange words that stand in the object of a preposition: "good for gRPC"."""
    for _, last in cues().find("object_of", spotted.words):
        for place in range(last, min(last + 4, len(spotted.words))):
            if place in strange:
                yield spotted.words[place]
            elif spotted.words[place].is_stop_word and place > last:
                break


def _has_option_or_needs(standing: Standing) -> bool:
    return bool(standing.options or standing.needs or standing.conditions)


def _names_the_subject(spotted: Spotted) -> bool:
    """True when the question speaks of the topic's field at all ("which framework should …")."""
    return any(found.meaning.kind == "filler" for found in spotted.mentions)


def _apart(
    standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot
) -> tuple[str, ...]:
    """Return the rarest two focus words of a factual question when no passage holds both."""
    stems = [word for word in standing.spotted.focus if word.stem in known]
    postings = snapshot.postings(topic.id, {word.stem for word in stems})
    rarest = sorted(stems, key=lambda word: len(postings[word.stem].numbers))[:2]
    if len({word.stem for word in rarest}) < 2:
        return ()
    first, second = (set(postings[word.stem].numbers.tolist()) for word in rarest)
    return () if first & second else _texts(rarest)


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.text for word in words))
