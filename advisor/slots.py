"""The places of a question that decide what it is about: an option's place, an object."""

from collections.abc import Iterable, Iterator, Sequence

from advisor.corrections import is_written_as_a_name
from advisor.cues import cues
from advisor.sentences import is_told
from advisor.spotting import Spotted
from kb.phrases import Found
from kb.spelling import frequency, is_english
from kb.topic import Mention
from kb.words import Word, is_parted

_NEAR = 8  # words between an option and what it is weighed against
_BRIEF = 12  # words up to which a question is about nothing but what it names
_COUNTED = 3  # words behind "how many" within which stands what is counted
_ALTERNATIVES = 10  # words up to which "A or B" is all that is asked
_NOTHING_ELSE = 4  # words of "A or B?" with an article each at most
_ORIGIN = "from"  # "coming from X" tells of the asker, not of what is asked


def in_option_place(spotted: Spotted) -> Iterator[Word]:
    """Yield outside words that are weighed against an option: "X or an option", "better than X"."""
    words = spotted.words
    wide = cue_places(spotted, "between_options")
    close = wide | cue_places(spotted, "between_and")
    options = places(found for found in spotted.mentions if found.meaning.kind == "option")
    all_of_them = {
        first for first, _ in cues().find("all_options", words) if {first - 1, first - 2} & wide
    }
    for place in sorted(places(spotted.outside)):
        if not options and {place - 1, place + 1} & wide:
            yield words[place]  # "X or Y", and neither is an option
        if place and words[place - 1].text == _ORIGIN:
            continue
        for other in options | all_of_them:
            between = set(range(min(place, other) + 1, max(place, other)))
            near = len(between) <= _NEAR and same_sentence(place, other, spotted)
            weighed = near and bool(between & wide)
            joined = (len(between) == 1 and between & close) or _lists(place, other, spotted)
            if weighed or joined:
                yield words[place]


def strangers(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield unknown words that only "or" or "versus" parts from an option: "X or Express"."""
    words = spotted.words
    joins = [*cues().find("between_options", words), *cues().find("between_parts", words)]
    options = places(found for found in spotted.mentions if found.meaning.kind == "option")
    strange = {word.start for word in spotted.focus if word.stem not in known}
    for first, last in joins:
        for place, other in ((first - 1, last), (last, first - 1)):
            stands = other in options and 0 <= place < len(words)
            if stands and words[place].start in strange and not _is_described(words, place):
                yield words[place]
    subject = words[1] if len(words) > 1 and cues().opens("yes_or_no", words) else None
    if subject is not None and subject.start in strange and spotted.text[subject.start].isupper():
        behind = {last for first, last in cues().find("between_parts", words)}
        behind |= {place + 1 for place, word in enumerate(words) if word.text == "than"}
        if behind & options:
            yield subject  # "is Express faster than an option?"


def alternatives(spotted: Spotted) -> Iterator[Word]:
    """Yield the words of "A or B" where both are names and no option is: that is another choice."""
    words = spotted.words
    if spotted.options or len(words) > _ALTERNATIVES:
        return
    for first, last in cues().find("between_options", words):
        if not first or last == len(words):
            continue
        begins = first < 2 or is_parted(words, first - 1) or cues().opens("yes_or_no", words[:1])
        if begins and all(is_a_name(words[place], spotted) for place in (first - 1, last)):
            yield from words[first - 1 : last + 1]


def is_a_name(word: Word, spotted: Spotted) -> bool:
    """True for what is written as a name, large in a few words, or stands in no dictionary."""
    few = len(spotted.words) <= _NOTHING_ELSE and spotted.text[word.start].isupper()
    large = few or is_written_as_a_name(spotted.text, word.start, word.end)
    return not word.is_stop_word and (large or not is_english(word.text))


def _is_described(words: Sequence[Word], place: int) -> bool:
    """True for a noun behind "the", "a" or an adjective: names stand alone."""
    before = words[place - 1 : place]
    return bool(before) and (cues().is_filler(before[0]) or cues().has("determiners", before))


def _lists(one: int, other: int, spotted: Spotted) -> bool:
    """ "X, Y or Z": only a comma or slash between the strange word and an option."""
    if abs(one - other) != 1:
        return False
    first, last = sorted((one, other))
    gap = spotted.text[spotted.words[first].end : spotted.words[last].start]
    return "," in gap or "/" in gap


def selected(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield an unknown noun in the place of what is chosen: "best laptop for programming".

    "Which" and "what" choose where a sentence begins, not in "they see which beds are free".
    """
    yield from _sought_instead(spotted, known)
    if names_the_choice(spotted) and not _is_chosen_for(spotted):
        return
    strange = {word.start for word in spotted.focus if word.stem not in known}
    for first, last in cues().find("selects", spotted.words):
        if last >= len(spotted.words) or spotted.words[last].start not in strange:
            continue
        asks = cues().has("ask_words", spotted.words[first:last])
        if not asks or first == 0 or not same_sentence(first - 1, first, spotted):
            yield spotted.words[last]


def _sought_instead(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield what is chosen for an option if it only hints at a need: "which host is best"."""
    if spotted.intent != "fact" or not (spotted.says("compare") or spotted.says("choose")):
        return
    hints = {m.first for m in spotted.mentions if m.meaning.kind == "criterion"}
    for first, last in cues().find("selects", spotted.words):
        asks = cues().has("ask_words", spotted.words[first:last])
        if asks and first == 0 and last in hints and spotted.words[last].stem not in known:
            yield spotted.words[last]


def properties(spotted: Spotted, known: set[str]) -> Sequence[Word]:
    """Return what a short question weighs options by, if it is nothing that articles speak of.

    "Energy use, X or Y" asks for a property, "X or Y for my vineyard" names a purpose.
    """
    if any(word.stem in known for word in spotted.focus) or len(spotted.words) > _BRIEF:
        return ()
    purposes = {last for first, last in cues().find("purpose", spotted.words)}
    places_of = {word.start: place for place, word in enumerate(spotted.words)}
    if any(
        min(purposes, default=len(spotted.words)) <= places_of[word.start] for word in spotted.focus
    ):
        return ()
    return spotted.focus


def _is_chosen_for(spotted: Spotted) -> bool:
    """True when the options are what something is chosen for: "the best editor for X"."""
    words = spotted.words
    options = places(found for found in spotted.mentions if found.meaning.kind == "option")
    behind = {last for _, last in cues().find("object_of", words)}
    return bool(options) and options <= behind and not spotted.says("all_options")


def counted(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield an unknown noun in the place of what is counted: "how many job adverts"."""
    strange = {word.start for word in spotted.focus if word.stem not in known}
    taken = places(found for found in spotted.mentions if found.meaning.kind != "filler")
    for first, last in cues().find("counts", spotted.words):
        if is_told(spotted.text, spotted.words, first):
            continue
        for place in range(last, min(last + _COUNTED, len(spotted.words))):
            word = spotted.words[place]
            if word.start in strange:
                yield word
            if word.start in strange or word.is_stop_word or place in taken:
                break


def objects(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield outside and unheard-of words in the object of a preposition: "good for gRPC"."""
    outside = places(spotted.outside)
    unheard = {
        w.start
        for w in spotted.focus
        if w.stem not in known and (not is_heard(w) or is_acronym(w, spotted))
    }
    for first, last in cues().find("object_of", spotted.words):
        if spotted.words[first].text == _ORIGIN:
            continue
        for place in range(last, min(last + 3, len(spotted.words))):
            word = spotted.words[place]
            if place in outside or word.start in unheard:
                yield word
            elif word.is_stop_word and place > last:
                break


def things_needed(spotted: Spotted) -> Iterator[Word]:
    """Yield outside words that are asked for by themselves: "do I need gRPC for an API?"."""
    outside = places(spotted.outside)
    for first, last in cues().find("do_i_need", spotted.words):
        if not first and not spotted.options:
            yield from (spotted.words[place] for place in range(last, last + 3) if place in outside)


def is_acronym(word: Word, spotted: Spotted) -> bool:
    """True for a word in capitals in a text that is not: "good for SEO?"."""
    return spotted.text[word.start : word.end].isupper() and not spotted.text.isupper()


def surroundings(spotted: Spotted, known: set[str]) -> Iterator[Word]:
    """Yield unknown words for what something is to run on or under: "works better on Plan9"."""
    strange = {word.start for word in spotted.focus if word.stem not in known}
    for _, last in cues().find("surrounded_by", spotted.words):
        for word in spotted.words[last : last + 2]:
            if word.start in strange:
                yield word


def compounds(spotted: Spotted) -> list[list[Word]]:
    """Return the names of things that are no criterion: "machine learning"."""
    spans = cues().find("compounds", spotted.words)
    taken = places(found for found in spotted.mentions if found.meaning.kind == "criterion")
    return [
        list(spotted.words[first:last])
        for first, last in spans
        if not taken & set(range(first, last))
    ]


def goings_over(spotted: Spotted) -> list[list[Word]]:
    """Return the words for going over from one option to another: "migrate from"."""
    return [list(spotted.words[a:b]) for a, b in cues().find("going_over", spotted.words)]


def is_heard(word: Word) -> bool:
    """True for a word that general English knows, and for short ones."""
    return frequency(word.text) > 0 or len(word.text) < 4


def names_the_choice(spotted: Spotted) -> bool:
    """True when an option is named, or the choice itself: "which framework", "of the two"."""
    named = spotted.options or words_of(spotted, "subject")
    return bool(named) or spotted.says("all_options")


def words_of(spotted: Spotted, kind: str) -> list[Word]:
    """Return the words of the mentions of a kind."""
    return [
        word
        for found in spotted.mentions
        if found.meaning.kind == kind
        for word in spotted.words[found.first : found.last]
    ]


def cue_places(spotted: Spotted, cue: str) -> set[int]:
    found = cues().find(cue, spotted.words)
    return {place for first, last in found for place in range(first, last)}


def same_sentence(one: int, other: int, spotted: Spotted) -> bool:
    first, last = sorted((one, other))
    between = spotted.text[spotted.words[first].end : spotted.words[last].start]
    return not any(mark in between for mark in ".!?;")


def places(mentions: Iterable[Found[Mention]]) -> set[int]:
    return {place for found in mentions for place in range(found.first, found.last)}
