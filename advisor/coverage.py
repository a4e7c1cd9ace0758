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
from kb.words import Word, index_words

_FACTUAL = ("fact", "howto", "definition", "list")
_CORPUS = 5_000_000  # the commonest words of the general corpus occur about this often
_TELLING = 15_000  # occurrences there below which a word names something particular
_RARE = 300  # below which it is a name
_SHORT = 16  # words; longer questions describe a situation
_NEAR = 8  # words between an option and what it is weighed against
_ORIGIN = "from"  # "coming from X" tells of the asker, not of what is asked
_HINT = 0.75  # what is only hinted at tells this much of what it would tell if named
_OUTWEIGHED = 0.6
_DECISIVE = 0.5  # share of the information of a question that may not be unknown


def not_covered(standing: Standing, topic: Topic, snapshot: Snapshot) -> tuple[str, ...]:
    """Return what makes a question unanswerable, in its own words; empty when it is covered.

    Slots decide: an outside word in an option's place is not covered, nor is one as the object of
    "for", "with", "in". A recognised criterion or condition of a covered option is answered
    whatever else is unknown; of facts and how-tos, most of what is asked has to be known.
    """
    spotted = standing.spotted
    known = _known(spotted, topic, snapshot)
    decisive: Sequence[Word] = [
        *_words_of(spotted, "uncovered"),
        *_in_option_place(spotted),
        *_selected(spotted, known),
        *_unknown_names(spotted, topic, snapshot),
    ]
    decisive = decisive or _uncovered_words(standing, topic, known)
    if decisive:
        return _as_typed(decisive, spotted.text)
    if spotted.intent in _FACTUAL and not _recognised(standing, topic):
        return _apart(standing, known, topic, snapshot)
    if not (standing.options or standing.needs or standing.conditions or _is_on_topic(spotted)):
        return (spotted.text.strip()[:80],)
    return ()


def _uncovered_words(standing: Standing, topic: Topic, known: set[str]) -> Sequence[Word]:
    spotted = standing.spotted
    outside = _words_of(spotted, "outside")
    factual = spotted.intent in _FACTUAL
    if standing.texts:
        return outside if factual else ()
    if factual and outside:
        return outside
    if _is_answerable(standing, topic):
        on_topic = _is_on_topic(spotted)
        return () if on_topic else outside or _overweight(spotted, topic, known)
    if factual or len(spotted.options) == 1:
        return outside or _missing(spotted, known, freely=bool(spotted.options))
    objects = list(_objects(spotted, known))
    if objects or spotted.options:
        return objects
    if _names_the_choice(spotted):
        return outside
    return outside or _overweight(spotted, topic, known)


def _is_answerable(standing: Standing, topic: Topic) -> bool:
    """True when something was named that articles can speak to, whatever else is unknown."""
    if _is_definition_of_an_option(standing.spotted):
        return True
    if standing.spotted.intent in _FACTUAL:
        return _recognised(standing, topic)
    return bool(standing.needs or standing.conditions)


def _is_definition_of_an_option(spotted: Spotted) -> bool:
    return spotted.intent == "definition" and len(spotted.options) == 1


def _overweight(spotted: Spotted, topic: Topic, known: set[str]) -> Sequence[Word]:
    """Return the unknown focus words of a question on nothing of the field, if they outweigh.

    "The cheapest train to Paris" has a criterion and is about trains.
    """
    stated = _places(topic.statement_phrases.find(spotted.words))
    hinted = _places(spotted.mentions) - stated
    words = spotted.words
    named = [words[p] for p in sorted(stated) if not words[p].is_stop_word]
    hints = [words[p] for p in sorted(hinted) if not words[p].is_stop_word]
    unknown = [word for word in spotted.focus if word.stem not in known]
    told = sum(map(_information, [*named, *spotted.focus]))
    told += _HINT * sum(map(_information, hints))
    return unknown if sum(map(_information, unknown)) > _OUTWEIGHED * told else ()


def is_about_a_fact(standing: Standing, topic: Topic, snapshot: Snapshot) -> bool:
    """True when a question without criterion names something particular that articles speak of.

    "Instagram, is it X or Y?" asks for a fact though it is put as a choice.
    """
    if standing.texts:
        return False
    named = standing.needs or standing.conditions
    if named and (standing.spotted.says("choose") or len(standing.spotted.words) > _SHORT):
        return False
    rare = _RARE if named else _TELLING
    known = _known(standing.spotted, topic, snapshot)
    return any(
        word.stem in known and frequency(word.text) < rare for word in standing.spotted.focus
    )


def _missing(spotted: Spotted, known: set[str], *, freely: bool) -> Sequence[Word]:
    """Return the unknown focus words when they tell more than the known ones.

    What a word tells is the logarithm of how rare it is in general English; with `freely`,
    ordinary words tell nothing. A word that English does not know tells all ("select_related").
    """
    unheard = [word for word in spotted.focus if word.stem not in known and not _is_heard(word)]
    if unheard:
        return unheard
    telling = [w for w in spotted.focus if not freely or frequency(w.text) < _TELLING]
    unknown = [word for word in telling if word.stem not in known]
    told = sum(map(_information, telling))
    return unknown if unknown and sum(map(_information, unknown)) >= _DECISIVE * told else ()


def _is_heard(word: Word) -> bool:
    return frequency(word.text) > 0 or len(word.text) < 4


def _information(word: Word) -> float:
    return log(_CORPUS / (frequency(word.text) + 1))


def _recognised(standing: Standing, topic: Topic) -> bool:
    """True when a criterion was named by one of its words, not only hinted at."""
    named = mentions(standing.spotted.words, topic).criteria
    return bool(named or standing.spotted.conditions or standing.texts)


def _is_on_topic(spotted: Spotted) -> bool:
    """True when the question speaks of the choice or its field: "which framework", "a website"."""
    kinds = {found.meaning.kind for found in spotted.mentions}
    return bool(kinds & {"option", "subject", "filler"}) or spotted.says("all_options")


def _known(spotted: Spotted, topic: Topic, snapshot: Snapshot) -> set[str]:
    return set(snapshot.postings(topic.id, {word.stem for word in spotted.words}))


def _words_of(spotted: Spotted, kind: str) -> list[Word]:
    """Return the words of the mentions of a kind."""
    return [
        word
        for found in spotted.mentions
        if found.meaning.kind == kind
        for word in spotted.words[found.first : found.last]
    ]


def _unknown_names(spotted: Spotted, topic: Topic, snapshot: Snapshot) -> list[Word]:
    """Return the names out of program code ("select_related") that no article holds."""
    names = [
        word for word in index_words(spotted.text) if word.glued and "_" in _typed(word, spotted)
    ]
    held = snapshot.postings(topic.id, {word.stem for word in names})
    return [word for word in names if word.stem not in held]


def _typed(word: Word, spotted: Spotted) -> str:
    return spotted.text[word.start : word.end]


def _in_option_place(spotted: Spotted) -> Iterator[Word]:
    """Yield outside words that are weighed against an option: "X or an option", "better than X"."""
    words = spotted.words
    wide = _cue_places(spotted, "between_options")
    close = wide | _cue_places(spotted, "between_and")
    options = _places(found for found in spotted.mentions if found.meaning.kind == "option")
    for place in sorted(_places(spotted.outside)):
        if not options and {place - 1, place + 1} & wide:
            yield words[place]  # "X or Y", and neither is an option
        if place and words[place - 1].text == _ORIGIN:
            continue
        for other in options:
            between = set(range(min(place, other) + 1, max(place, other)))
            near = len(between) <= _NEAR and _same_sentence(place, other, spotted)
            weighed = near and bool(between & wide)
            joined = (len(between) == 1 and between & close) or _lists(place, other, spotted)
            if weighed or joined:
                yield words[place]


def _selected(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield an unknown noun in the place of what is chosen: "best laptop for programming"."""
    if _names_the_choice(spotted):
        return
    strange = {word.start for word in spotted.focus if word.stem not in known}
    for _, last in cues().find("selects", spotted.words):
        if last < len(spotted.words) and spotted.words[last].start in strange:
            yield spotted.words[last]


def _names_the_choice(spotted: Spotted) -> bool:
    """True when an option is named, or the choice itself: "which framework", "of the two"."""
    named = spotted.options or _words_of(spotted, "subject")
    return bool(named) or spotted.says("all_options")


def _cue_places(spotted: Spotted, cue: str) -> set[int]:
    found = cues().find(cue, spotted.words)
    return {place for first, last in found for place in range(first, last)}


def _same_sentence(one: int, other: int, spotted: Spotted) -> bool:
    first, last = sorted((one, other))
    between = spotted.text[spotted.words[first].end : spotted.words[last].start]
    return not any(mark in between for mark in ".!?;")


def _places(mentions: Iterable[Found[Mention]]) -> set[int]:
    return {place for found in mentions for place in range(found.first, found.last)}


def _lists(one: int, other: int, spotted: Spotted) -> bool:
    """ "X, Y or Z": only a comma or slash between the strange word and an option."""
    if abs(one - other) != 1:
        return False
    first, last = sorted((one, other))
    gap = spotted.text[spotted.words[first].end : spotted.words[last].start]
    return "," in gap or "/" in gap


def _objects(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield outside and unheard-of words in the object of a preposition: "good for gRPC"."""
    outside = _places(spotted.outside)
    unheard = {w.start for w in spotted.focus if w.stem not in known and not _is_heard(w)}
    for first, last in cues().find("object_of", spotted.words):
        if spotted.words[first].text == _ORIGIN:
            continue
        for place in range(last, min(last + 3, len(spotted.words))):
            word = spotted.words[place]
            if place in outside or word.start in unheard:
                yield word
            elif word.is_stop_word and place > last:
                break


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
    telling = [word for word in words if not word.is_stop_word] or words
    return tuple(dict.fromkeys(text[word.start : word.end] for word in telling))
