"""The sentences of articles that answer a question for a fact, if some do."""

import re
from collections.abc import Iterator, Sequence

from advisor.answer_kinds import names_kind
from advisor.asked_things import Asked
from advisor.cues import cues
from advisor.defining import defines, rests_on, spells_by_items
from advisor.having import told_of_having
from advisor.parting import is_told_apart
from advisor.said import Said, sentences
from advisor.showing import near_code, showing
from advisor.sought import Covering, Sought
from advisor.told import NOTHING_KNOWN, Answering, Held, Told
from kb.model import Passage, Span
from kb.topic import Topic
from kb.words import atoms

_ANSWERS = 0.6  # share of what is asked that a sentence holds at least
_SHOWS_HOW = 0.8  # the same for how a thing is done, which code tells better
_OF_AN_ADDRESS = 0.0  # the same when an address is asked for: there are few
_OF_A_KIND = 0.5  # the same when it names a thing of the kind that is asked for
_NEAR_CODE = 0.5  # share of what is asked that code holds which is nearer than mere words on it
_BELOW = 0.6  # what stands in the headings counts this much of what stands in the sentence
_NAMES = 0.1  # what it gains that names an option itself: it is understood by itself
_LISTS = 0.25  # what a whole list gains when several things are asked for, and loses when not
_UNSURE = 0.2  # what it costs that the headings name several options and the sentence none
_FAR = 10  # places in the ranking that count where all users of an option are to be told
_RANK = 0.01  # what each place in the ranking costs
_DEFINES = 0.5  # what a sentence gains that defines what is asked for
_SUBJECT = 4  # words within which the subject of a sentence stands
_PARTICULAR = ("name", "address")  # of these a sentence names some, whatever was asked
_RIVAL = 0.2  # what it costs that it tells of users of another option as well
_IN_WORDS = 0.2  # what it costs that a number is a word: "two main factors" are no figure
_POINTS_BACK = 0.05  # what it costs that two sentences are told
_HANGS = 0.2  # what it costs that a sentence adds to another one: "X, too, is …"
_DIGIT = re.compile(r"\d")
_BY_NAME = 0.25  # what a sentence gains that names what it takes, when asked how
_APART = 0.3  # what it costs that the name asked for belongs to another option
_BASE = 0.3  # what a sentence gains that says of the option by name what it is built on
_SERVES = 0.4  # what a sentence gains that says what a thing is good for
_CLASSES = 1.0  # how far a sentence says what an option is that calls it one of its kind


def told_by(
    passages: Sequence[Passage], wanted: Sought, topic: Topic, held: Held = NOTHING_KNOWN
) -> Told:
    """Return what `passages`, best first, tell of what is `wanted`.

    `held` are the stems of what is wanted that they may hold, by id, as far as that is known: of
    those that hold too little the sentences are not read. Of a name that is told of the rival only,
    that is shown; and where nothing is defined, what is said.
    """
    names = {stem for e in wanted.asked if e.named and not e.large for stem in e.stems}
    if names:
        wanted = wanted.known(_said_of(names, passages, topic, held))
    if wanted.had and (possessed := told_of_having(passages, wanted, topic, held)):
        return possessed
    if wanted.had:  # whatever has to do with news is no newsletter
        wanted = wanted._replace(asked=tuple(map(_as_a_word, wanted.asked)))
    found = _answering(passages, wanted, topic, held) if wanted.acts else []
    shown = tuple(showing(passages, wanted, topic)) if wanted.how and not found else ()
    if shown:
        return Told((), shown)
    found = found or _answering(passages, wanted, topic, held)
    if not found and wanted.yes_or_no and (closed := _closed_lists(passages, wanted, topic)):
        return Told(tuple(closed), left_out=wanted.term)
    undefined = ""
    if not found and wanted.defined and wanted.asked:
        found = _answering(passages, wanted._replace(defined=False), topic, held)
        undefined = wanted.term
    of_another = False
    if not found and any(each.named for each in wanted.asked):
        found = _answering(passages, wanted._replace(options=()), topic, held)
        of_another = True
    if not found and wanted.how:
        return Told(near=tuple(near_code(passages, wanted, topic)))
    by_name = bool(found) and names_kind("name", _text(found[0]), wanted.typed)
    unshown = bool(found) and wanted.how and not (by_name or wanted.acts)
    if unshown and (near := tuple(near_code(passages, wanted, topic, least=_NEAR_CODE))):
        return Told(near=near)
    return Told(
        tuple(found),
        undefined=undefined if found else "",
        several=wanted.kind == "user",
        of_another=of_another and bool(found),
        unshown=unshown,
        possessed="unsaid" if wanted.had else "",
    )


def _as_a_word(thing: Asked) -> Asked:
    """Return a thing that only hints at a criterion as a plain word."""
    return thing._replace(criterion="", hinted=False) if thing.hinted else thing


def _text(answer: Answering) -> str:
    return answer.passage.text[answer.span.start : answer.span.end]


def _said_of(
    stems: set[str], passages: Sequence[Passage], topic: Topic, held: Held
) -> frozenset[str]:
    """Return those of `stems` that some sentence of the passages holds."""
    missing = set(stems)
    for passage in passages:
        if not missing.isdisjoint(held.get(passage.id, missing)):
            for said in sentences(passage, topic):
                missing -= said.stems
    return frozenset(stems - missing)


def _answering(
    passages: Sequence[Passage], wanted: Sought, topic: Topic, held: Held
) -> list[Answering]:
    """Return the sentences that answer what is `wanted`, best first; `passages` are ranked.

    Of tables they are cells. Code has no sentences; questions and what ends on a colon answer
    nothing.
    """
    far = _FAR if wanted.kind == "user" else len(passages)
    least = _least(wanted, names=True)
    may_cover = Covering(wanted)
    found = [
        Answering(passage, span, score - _RANK * min(place, far))
        for place, passage in enumerate(passages)
        if passage.kind != "code"
        and (passage.id not in held or may_cover[held[passage.id]] >= least)
        for span, score in _scored(passage, wanted, topic, may_cover)
    ]
    return sorted(found, key=lambda each: -each.score)


def _scored(
    passage: Passage, wanted: Sought, topic: Topic, may_cover: Covering
) -> Iterator[tuple[Span, float]]:
    if not wanted.asked and not wanted.tells_by_itself and wanted.subject is None:
        return
    least = _least(wanted, names=True)
    every = sentences(passage, topic)
    asked = may_cover.stems
    above = every[0].above & asked if every else frozenset()
    for said in every:
        # What is quickly told comes first: most sentences hold too little of what is asked.
        if may_cover[(said.stems & asked) | above] < least or not wanted.has_kind(said.text):
            continue
        score = _coverage(said, wanted)
        if score < least:
            continue
        about = not wanted.options or wanted.is_about(said.options)
        if not about or not _is_of_use(said, wanted, topic):
            continue
        names = score >= _OF_A_KIND and _names_what_it_takes(said, wanted)
        if score < _least(wanted, names):
            continue
        if wanted.rests and not rests_on(said, wanted.typed, topic):
            continue
        told = defines(said, wanted.terms, letters=wanted.letters) if wanted.defined else 0.0
        if wanted.defined and not told:
            continue
        classed = told >= _CLASSES
        if wanted.subject is not None and not (classed and wanted.subject.find(said.words)):
            continue
        if wanted.kind in _PARTICULAR and not _leaves_nothing_out(said, wanted):
            continue
        score += _DEFINES * told + _BY_NAME * names + _gain(said, wanted, topic)
        listed = wanted.many and not _is_of_one_item(said, every, wanted)
        score += (_LISTS if listed else -_LISTS) * said.is_whole
        yield said.span, score


def _is_of_use(said: Said, wanted: Sought, topic: Topic) -> bool:
    """True for a sentence, and for a list where one is wanted.

    What may be told of either option answers nothing that is asked of somebody and one of them,
    and no yes or no on one.
    """
    if said.is_whole and wanted.defined and spells_by_items(said, wanted.terms):
        return True
    if said.is_whole and not (wanted.many or (said.holds_short_items and not wanted.how)):
        return False
    if _is_unsure(said, wanted):
        of_the_field = wanted.had and not said.options
        if wanted.yes_or_no and not of_the_field:
            return False
        if any(each.named and each.large for each in wanted.asked):
            return False
    if wanted.kind == "user" and (not said.is_example or _is_of_an_option(said, topic)):
        return False
    return not wanted.uses or said.is_example or cues().has("tells_use", said.words)


def _is_unsure(said: Said, wanted: Sought) -> bool:
    """True when the headings of a sentence name several options and the sentence none."""
    return bool(wanted.options) and len(said.options) != 1 and not said.names_option


def _gain(said: Said, wanted: Sought, topic: Topic) -> float:
    """Return what speaks for a sentence besides what it holds, less what speaks against it."""
    of_rival = wanted.kind == "user" and bool(said.options - set(wanted.options))
    in_words = wanted.kind == "number" and not _DIGIT.search(said.text)
    return (
        _NAMES * said.names_option
        + _BASE * (wanted.rests and said.names_option)
        + _SERVES * (wanted.purpose and cues().has("purposes", said.words))
        - _UNSURE * _is_unsure(said, wanted)
        - _APART * is_told_apart(said, wanted, topic)
        - _RIVAL * of_rival
        - _IN_WORDS * in_words
        - _POINTS_BACK * (said.points_back > 0)
        - _HANGS * cues().has("hangs", said.words[:_SUBJECT])
    )


def _least(wanted: Sought, names: bool) -> float:
    """Return the share of what is asked that a sentence has to hold.

    Of how a thing is done one tells that `names` what it takes, "it takes the extension X".
    """
    if wanted.kind == "address":
        return _OF_AN_ADDRESS
    if wanted.how and not (names or wanted.acts):
        return _SHOWS_HOW
    return _OF_A_KIND if wanted.kind or wanted.had else _ANSWERS


def _names_what_it_takes(said: Said, wanted: Sought) -> bool:
    """True for "it takes the extension X", when asked how; not for "Acme does so"."""
    if not wanted.how or not (said.under_means or cues().has("means", said.words)):
        return False
    # Whether it is an example takes longest to tell.
    told = _leaves_nothing_out(said, wanted) and names_kind("name", said.text, wanted.typed)
    return told and not said.is_example


def _leaves_nothing_out(said: Said, wanted: Sought) -> bool:
    return wanted.names_all(said.stems | said.above, said.criteria | said.criteria_above)


def _is_of_an_option(said: Said, topic: Topic) -> bool:
    """True for "X is …, developed by Acme": told of the option, and not of somebody who uses it."""
    first = topic.phrases.find(said.words[:_SUBJECT])
    behind = next((m.last for m in first if m.meaning.kind == "option" and not m.first), 0)
    return said.points_back > 0 or (behind > 0 and cues().opens("being", said.words[behind:]))


def _is_of_one_item(whole: Said, every: Sequence[Said], wanted: Sought) -> bool:
    """True when what is asked stands in one item of a whole list, and neither above nor in others.

    That item answers, and the list does not.
    """
    if not whole.is_whole or wanted.coverage(whole.above, whole.criteria_above) >= _ANSWERS:
        return False
    items = (e for e in every if not e.is_whole and e.span.start >= len(whole.lead))
    return sum(wanted.coverage(item.stems, item.criteria) > 0 for item in items) == 1


def _coverage(said: Said, wanted: Sought) -> float:
    """Return the share of what is asked that a sentence holds; its headings help it."""
    named = any(each.criterion for each in wanted.asked)  # else the criteria need not be known
    criteria = said.criteria if named else frozenset()
    own = wanted.coverage(said.stems, criteria)
    if own == 1.0:
        return own
    above = said.criteria_above if named else frozenset()
    with_headings = wanted.coverage(said.stems | said.above, criteria | above)
    return own + _BELOW * (with_headings - own)


def _closed_lists(passages: Sequence[Passage], wanted: Sought, topic: Topic) -> list[Answering]:
    """Return the lists of "X works only with" in which what is asked of X does not stand.

    That they are about such things is told by another passage of their section, which names it.
    """
    stems = wanted.terms
    criteria = {each.criterion for each in wanted.asked if each.criterion}
    lists = [
        (passage, said)
        for passage in passages
        for said in sentences(passage, topic)
        if said.is_whole
        and cues().has("closed_lists", tuple(atoms(said.text.partition("\n")[0])))
        and said.options == frozenset(wanted.options)
        and not (stems <= said.stems or criteria & said.criteria)
    ]
    named = {(passage.article, passage.headings) for passage, _ in lists}
    sections = {
        (passage.article, passage.headings)
        for passage in passages
        if (passage.article, passage.headings) in named
        for said in sentences(passage, topic)
        if stems <= said.stems or criteria & said.criteria
    }
    return [
        Answering(passage, said.span, 1.0)
        for passage, said in lists
        if (passage.article, passage.headings) in sections
    ]
