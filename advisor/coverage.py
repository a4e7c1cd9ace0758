"""What a question asks about that no article covers."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.cues import cues
from advisor.followups import FACTUAL, Standing, is_a_remark
from advisor.heard import TELLING, apart, as_typed, missing_words, unknown_names
from advisor.importance import WANTED
from advisor.offtopic import is_on_topic, lone_hint, overweight, tells
from advisor.orders import is_a_diversion, is_an_errand, is_an_order
from advisor.provided import done_elsewhere
from advisor.rivals import along, names_of
from advisor.slots import (
    alternatives,
    compounds,
    counted,
    goings_over,
    in_option_place,
    is_heard,
    names_the_choice,
    objects,
    properties,
    selected,
    strangers,
    surroundings,
    things_needed,
    words_of,
)
from advisor.spotting import Spotted
from kb.claims.context import mentions
from kb.index import holding
from kb.phrases import Phrases
from kb.spelling import frequency, rarity
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import Word, atoms

_COMMON = 4.0  # what a word tells at most that may stand in any question
_RARE = 300  # below which it is a name
_BRIEF = 8  # words of a question that is about nothing but what it names
_SHORT = 16  # words; longer questions describe a situation
_READ = 64  # passages that are read at a time


class Uncovered(NamedTuple):
    """What stands in no article, as typed: what makes a question unanswerable, and what does not.

    `beside` is named beside two options or more, or beside other needs; `guessed` is true when a
    name among it was taken for a need that it hints at.
    """

    decisive: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    guessed: bool = False


def uncovered(standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot) -> Uncovered:
    """Return what of a question no article covers, in its own words.

    A third option beside two that are covered is only told of, and one that is ruled out is not
    even that. So is a name that hints at a need, unless nothing else is named.
    """
    named = along(standing, known, topic)
    spotted = standing.spotted
    others = {spotted.words[p].start for p in done_elsewhere(spotted.text, spotted.words)}
    decisive = _decisive(standing, known, topic, snapshot, named.settled | others)
    if not (decisive or standing.texts):
        decisive = as_typed(named.alone, spotted.text)
    if decisive:
        return Uncovered(decisive)
    beside = names_of([*named.third, *named.noted], spotted)
    return Uncovered((), beside, guessed=bool(named.noted))


def _decisive(
    standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot, settled: set[int]
) -> tuple[str, ...]:
    """Return what makes a question unanswerable, in its own words; empty when it is covered.

    `known` are the stems of it that articles hold, `settled` the starts of what decides nothing.
    Slots decide: an outside word in an option's place is not covered, nor is one as the object of
    "for", "with", "in". A recognised criterion or condition of a covered option is answered
    whatever else is unknown; of facts and how-tos, most of what is asked has to be known.
    """
    spotted = standing.spotted
    if _is_no_question(standing):
        return (_whole(spotted),)
    decisive: Sequence[Word] = [
        *(() if _is_a_situation(standing) else words_of(spotted, "uncovered")),
        *in_option_place(spotted),
        *(() if standing.texts else alternatives(spotted)),
        *things_needed(spotted),
        *strangers(spotted, known),
        *selected(spotted, known),
        *counted(spotted, known),
        *unknown_names(spotted, topic, snapshot),
        *_unheard_of(standing, known),
        *lone_hint(standing, topic),
    ]
    decisive = _but(settled, decisive)
    decisive = decisive or _but(settled, _uncovered_words(standing, topic, known))
    decisive = decisive or _but(settled, _unrecognised(standing, known, topic, snapshot))
    if decisive:
        return as_typed(decisive, spotted.text)
    if not spotted.focus and spotted.says("choose") and not spotted.mentions:
        return ()  # "which is better?": whatever there is to choose
    if not (standing.options or standing.needs or standing.conditions or is_on_topic(spotted)):
        held = standing.intent in FACTUAL and _is_held_alone(spotted, known)
        return () if held or _speaks_of_the_articles(spotted, known) else (_whole(spotted),)
    return ()


def unheard(
    standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot
) -> tuple[str, ...]:
    """Return what of a question for a fact no article holds, as typed: why none may answer it.

    Of a short one these are all telling words. If none are missing, the rarest two have to stand
    in one passage.
    """
    spotted = standing.spotted
    if standing.intent not in FACTUAL:
        return ()
    if not _recognised(standing, topic) and not _is_definition_of_an_option(spotted):
        missing = missing_words(spotted, known, freely=bool(spotted.options))
        if missing:
            return as_typed(missing, spotted.text)
        if parted := apart(standing, known, topic, snapshot):
            return parted
    if len(spotted.words) > _SHORT:
        return ()
    form = {
        spotted.words[place].start
        for first, last in cues().find("answer_kinds", spotted.words)
        for place in range(first, last)
    }
    strange = [
        word
        for word in spotted.focus
        if word.stem not in known and rarity(word.text) > _COMMON and word.start not in form
    ]
    return as_typed(strange, spotted.text) if strange else ()


def _but(settled: set[int], words: Sequence[Word]) -> Sequence[Word]:
    return [word for word in words if word.start not in settled] if settled else words


def _speaks_of_the_articles(spotted: Spotted, known: set[str]) -> bool:
    """True for "what is the difference in philosophy": all it names stands in the articles."""
    describes = spotted.intent in ("compare", "choose") or spotted.says("describe")
    return describes and bool(spotted.focus) and all(w.stem in known for w in spotted.focus)


def _is_held_alone(spotted: Spotted, known: set[str]) -> bool:
    """True for "wsgi??": hardly more than a word that articles hold and English does not."""
    strange = [word for word in spotted.focus if not frequency(word.text)]
    return bool(strange) and all(word.stem in known for word in spotted.focus)


def _whole(spotted: Spotted) -> str:
    return spotted.text.strip()[:80]


def _is_no_question(standing: Standing) -> bool:
    """True for an order to whoever answers, and for an errand that has nothing of the choice."""
    spotted = standing.spotted
    about_you = spotted.says("about_you") and standing.intent in FACTUAL
    if about_you and not (standing.options or standing.needs):
        return True
    if is_an_order(spotted.text, spotted.words):
        return not (spotted.needs and spotted.says("choose"))
    if is_a_diversion(spotted.words) and not spotted.says("choose"):
        return True
    return is_an_errand(spotted.words) and not names_the_choice(spotted)


def _uncovered_words(standing: Standing, topic: Topic, known: set[str]) -> Sequence[Word]:
    spotted = standing.spotted
    outside = () if _is_a_situation(standing) else words_of(spotted, "outside")
    factual = standing.intent in FACTUAL
    if standing.texts and is_a_remark(spotted):
        return ()
    if standing.texts:
        own = spotted.needs or spotted.conditions or spotted.options
        return outside if factual or not own else ()
    if factual and outside:
        return outside
    if _is_answerable(standing, topic):
        if len(spotted.options) == 1 and outside and not _recognised(standing, topic):
            return outside
        if is_on_topic(spotted):
            return ()
        return () if tells(spotted) else outside or overweight(spotted, topic, known)
    if factual:
        return outside
    if len(spotted.options) == 1:
        return outside or missing_words(spotted, known, freely=True)
    strange = [] if _is_a_situation(standing) else list(objects(spotted, known))
    if strange or spotted.options:
        return strange or properties(spotted, known)
    if names_the_choice(spotted):
        return outside
    return outside or overweight(spotted, topic, known)


def _unrecognised(
    standing: Standing, known: set[str], topic: Topic, snapshot: Snapshot
) -> Sequence[Word]:
    """Return what a short question without a need turns on, if no article speaks of it.

    It is about more than the choice: about another field, about what the options run on, or about
    going over from one to the other. Without this it would be answered as if nothing was asked.
    """
    spotted = standing.spotted
    named = any(need.importance >= WANTED for need in standing.needs) or standing.conditions
    if named or standing.texts or len(spotted.words) > _SHORT or standing.intent in FACTUAL:
        return ()
    strange = list(surroundings(spotted, known))
    for words in [*compounds(spotted), *goings_over(spotted)]:
        strange += () if _is_held(words, topic, snapshot) else words
    return strange


def _is_held(words: Sequence[Word], topic: Topic, snapshot: Snapshot) -> bool:
    """True when some passage holds words side by side."""
    phrases = Phrases([(" ".join(word.text for word in words), "")])
    stems = {word.stem for word in words if not word.is_stop_word}
    numbers = holding(snapshot.index(topic.id), stems).tolist()
    for first in range(0, len(numbers), _READ):
        passages = snapshot.passages_by_number(numbers[first : first + _READ]).values()
        if any(phrases.find(atoms(passage.text)) for passage in passages):
            return True
    return False


def _is_a_situation(standing: Standing) -> bool:
    """True for a long text that names needs or asks nothing: a detail does not decide it."""
    spotted = standing.spotted
    if len(spotted.words) > _SHORT and tells(spotted) and is_on_topic(spotted):
        return True
    named = any(need.importance >= WANTED for need in spotted.needs) or spotted.conditions
    chooses = standing.intent == "choose" and len(spotted.words) > _SHORT
    return chooses and bool(named)


def _is_answerable(standing: Standing, topic: Topic) -> bool:
    """True when something was named that articles can speak to, whatever else is unknown."""
    if _is_definition_of_an_option(standing.spotted):
        return True
    if standing.intent in FACTUAL:
        return _recognised(standing, topic)
    return bool(standing.needs or standing.conditions)


def _is_definition_of_an_option(spotted: Spotted) -> bool:
    return spotted.intent == "definition" and len(spotted.options) == 1


def is_about_a_fact(standing: Standing, known: set[str]) -> bool:
    """True when a question without criterion names something particular that articles speak of.

    "Instagram, is it X or Y?" asks for a fact though it is put as a choice.
    """
    spotted = standing.spotted
    asks = "?" in spotted.text or spotted.options or spotted.says("ask_words")
    if standing.texts or (len(spotted.words) > _SHORT and "?" not in spotted.text) or not asks:
        return False
    named = standing.needs or standing.conditions
    weighs = spotted.says("choose") or (standing.intent == "choose" and len(spotted.options) > 1)
    uses = spotted.says("asks_which_uses")
    if named and (weighs or len(spotted.words) > _SHORT) and not uses:
        return False
    rare = _RARE if named or weighs else TELLING
    return any(
        word.stem in known and frequency(word.text) < rare
        for word in (spotted.words if uses else spotted.focus)
    )


def _recognised(standing: Standing, topic: Topic) -> bool:
    """True when a criterion was named by one of its words, not only hinted at."""
    named = mentions(standing.spotted.words, topic).criteria
    return bool(named or standing.spotted.conditions or standing.texts)


def _unheard_of(standing: Standing, known: set[str]) -> list[Word]:
    """Return what neither articles nor English know in a short question on one option.

    "Is X HIPAA compliant?" is about that, whatever else it names.
    """
    spotted = standing.spotted
    if len(spotted.options) != 1 or len(spotted.words) > _BRIEF:
        return []
    return [word for word in spotted.focus if word.stem not in known and not is_heard(word)]
