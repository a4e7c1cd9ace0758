"""What sentences say of an option and a thing: it has it, lacks it, or takes an extension."""

import re
from collections.abc import Container, Iterator, Sequence, Set
from typing import Literal

from advisor.asked_things import LIKE, Asked
from advisor.cues import cues
from advisor.said import Said, sentences
from advisor.sought import Sought
from advisor.told import Answering, Held, Possessed, Told
from kb.claims.lexicon import lexicon
from kb.claims.subjects import option_places
from kb.claims.units import Unit, clauses
from kb.model import Passage, Span
from kb.spelling import rarity
from kb.topic import Topic
from kb.words import Word, atoms, stems_of

Having = Literal["", "built in", "has", "mild", "no", "extension"]

_PLAINEST: Sequence[Having] = ("extension", "no", "built in", "has", "mild")
_RANK = 0.01  # what each place in the ranking costs
_LONGER = 0.0005  # what each character costs: the plainest sentence comes first
_DENIES = ("not", "no", "doesnt", "dont", "isnt", "arent", "never", "neither", "cannot", "without")
_REACH = 4  # words behind a denial within which it denies that a thing is there
_WHERE = ("in", "into", "of", "with", "inside", "within", "to", "both")
_ALIKE = ("either", "both", "each")
_NONE = frozenset[str]()
_POINTING = ("it", "them", "these", "those", "this", "such", "same", "one", "ones", "many", "most")
_THERE_IS = ("there", "theres")
_BESIDE = ("and", "or")
_ECHO = 5  # words of a part that only denies what was said of another option
_SPARED = 3  # words between "without" and the extension that is not needed
_SPARES = ("without", "no", "fewer", "less", "seldom", "not", "rarely")
_COMPOUND = 5  # letters of a word from which it is also found within a longer one, or as two
_NAMED = 0.6  # share of what is asked that a sentence names itself
_ACRONYM = 3  # letters from which an acronym is found spelt out
_WORD = re.compile(r"[^\W\d_]+")
_OWNED = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}$")
_MARK = re.compile(r"^\s*[•*–-]?\s*")
_NO_LETTERS = re.compile(r"[\W_]+")


def told_of_having(passages: Sequence[Passage], wanted: Sought, topic: Topic, held: Held) -> Told:
    """Return the sentences of `passages`, best first, that tell whether the option has the thing.

    What is built in is told before what is said by the way. Where some say that it is there and
    others that it is not, those of both are told.
    """
    told: dict[Having, list[Answering]] = {}
    for place, passage in enumerate(passages):
        if passage.kind == "code" or not _may_hold(held.get(passage.id), wanted):
            continue
        for said in sentences(passage, topic):
            if stated := having(said, wanted, topic):
                score = 1.0 - _RANK * place - _LONGER * len(said.text)
                span = _item(said, wanted) if said.is_whole and not said.lead else said.span
                told.setdefault(stated, []).append(Answering(passage, span, score))
    possessed, order = _verdict(told)
    ranked = [sorted(told.get(way, ()), key=lambda each: -each.score) for way in order]
    if possessed == "disputed":
        ranked = [[each[0]] for each in ranked if each]
    found = [each for ways in ranked for each in ways]
    return Told(tuple(found), possessed=possessed, needs=wanted.had == "needs")


def _item(said: Said, wanted: Sought) -> Span:
    """Return the item of a whole list that holds what is asked for: it says enough by itself."""
    start = said.span.start
    for line in said.text.split("\n"):
        words = _MARK.sub("", line)
        if any(each.stems & stems_of(words) for each in wanted.asked):
            first = start + len(line) - len(words)
            return Span(first, start + len(line.rstrip()))
        start += len(line) + 1
    return said.span


def _may_hold(held: frozenset[str] | None, wanted: Sought) -> bool:
    return held is None or any((each.stems | each.like) & held for each in wanted.asked)


def _verdict(told: Container[Having]) -> tuple[Possessed, Sequence[Having]]:
    """Return what follows from what is told, and which sentences bear it out, in order."""
    if "no" in told and ("built in" in told or ("has" in told and "extension" not in told)):
        return "disputed", ("built in", "no", "has")
    if "built in" in told:
        return "yes", ("built in", "has")
    if "extension" in told:
        return "extension", ("extension", "no")
    if "no" in told:
        return "no", ("no",)
    return ("yes", ("has", "mild")) if "has" in told or "mild" in told else ("", ())


def having(said: Said, wanted: Sought, topic: Topic) -> Having:
    """Return whether a sentence says that the option asked about has what is asked for.

    "mild" is said by the way ("with its cache …"). "" when the sentence does not hold the very
    thing, or says nothing of the kind.
    """
    (option,) = wanted.options
    if option not in said.options or not holds(said, wanted):
        return ""
    if said.is_of_a_use:
        return ""
    own = [
        part
        for part in _parts(said, topic)
        if _is_on(part, option, said, topic) and _is_named_in(part, said, wanted)
    ]
    if said.is_whole:
        parts = said.is_part and not said.is_extension
        return "has" if parts or cues().has("has_it", tuple(atoms(said.lead))) else ""
    if own and said.is_part and said.is_extension:
        return "has" if wanted.added else "extension"
    found = {_stated(part, option, wanted, topic) for part in own}
    if "extension" in found and wanted.added:
        found = {*found, "has"} - {"extension"}
    for stated in _PLAINEST:
        if stated in found:
            return stated
    return "has" if own and said.is_part else ""


def holds(said: Said, wanted: Sought) -> bool:
    """True when a sentence names what is asked for itself, not only the criterion it belongs to.

    Words of like meaning do, and the most telling one of several for a criterion ("admin page").
    """
    total = sum(each.weight for each in wanted.asked)
    named = sum(
        each.weight * _named(each, said.stems, said.text, said.criteria) for each in wanted.asked
    )
    return named >= _NAMED * total and wanted.compound <= said.stems


def _is_named_in(part: Unit, said: Said, wanted: Sought) -> bool:
    """True when a part of a sentence names something of what is asked for, or points to it.

    What the other part says of another option, or of another thing, is said of that. What only
    hints at a criterion is no other thing that is like it: a forum is no mailing list.
    """
    if _is_echoed(part.words) or any(word.text in _POINTING for word in part.words):
        return True
    stems = frozenset(word.stem for word in part.words)
    things = (each._replace(like=_NONE) if each.hinted else each for each in wanted.asked)
    return any(_named(each, stems, part.text, said.criteria) for each in things)


def _named(thing: Asked, stems: Set[str], text: str, criteria: Container[str]) -> float:
    """Return how far a text on `criteria`, of words with these stems, names a thing: 0 to 1."""
    if thing.stems <= stems:
        return 1.0
    on_it = not thing.criterion or thing.criterion in criteria
    if on_it and not thing.named and thing.like & stems:
        return LIKE  # "language" is like "translation", but not in "programming language"
    squeezed = _NO_LETTERS.sub("", text).casefold()
    if all(len(stem) >= _COMPOUND and stem in squeezed for stem in thing.stems):
        return LIKE
    if thing.criterion not in criteria or thing.hinted:
        return 0.0
    telling = max(thing.stems, key=lambda stem: (rarity(stem), stem), default="")
    return LIKE if telling in stems or _spells_out(text, telling) else 0.0


def _spells_out(text: str, acronym: str) -> bool:
    """True when words side by side begin with the letters of an acronym: "multi-factor …"."""
    initials = "".join(word[0] for word in _WORD.findall(text)).casefold()
    return len(acronym) >= _ACRONYM and acronym in initials


def _parts(said: Said, topic: Topic) -> Iterator[Unit]:
    for text in (said.text[: said.points_back], said.text[said.points_back :]):
        if text.strip():
            unit = Unit("sentence", 0, len(text), text, tuple(atoms(text)))
            yield from clauses(unit, option_places(unit, topic))


def _is_on(part: Unit, option: str, said: Said, topic: Topic) -> bool:
    named = {f.meaning.id for f in topic.phrases.find(part.words) if f.meaning.kind == "option"}
    alike = any(word.text in _ALIKE for word in part.words) and option in said.options
    return option in named or (not named and (alike or said.options == {option}))


def _stated(part: Unit, option: str, wanted: Sought, topic: Topic) -> Having:
    words = part.words
    if not _is_subject(part, option, topic):
        return ""
    if _is_denied(words) or cues().has("lacks_it", words) or _is_echoed(words):
        return "extension" if _takes_an_extension(words) else "no"
    if _is_built_in(words):
        return "built in"
    if _takes_an_extension(words) or cues().has("relies_on", words):
        return "extension"
    if cues().has("by_hand", words):
        return "no"
    if cues().has("has_it", words):
        return "has"
    return "mild" if _owns(part, wanted) else ""


def _is_subject(part: Unit, option: str, topic: Topic) -> bool:
    """True unless the option comes behind the verb: "the publisher has a tutorial for X".

    It may do so where the thing is said to be: "is built into X", "there is one in X".
    """
    places = [f for f in topic.phrases.find(part.words) if f.meaning.kind == "option"]
    own = [found.first for found in places if found.meaning.id == option]
    verbs = [first for kind in ("has_it", "built_in") for first, _ in cues().find(kind, part.words)]
    if not (own and verbs) or own[0] < min(verbs):
        return True
    before = part.words[max(0, places[0].first - 2) : places[0].first]
    return any(word.text in _WHERE for word in before)


def _is_built_in(words: Sequence[Word]) -> bool:
    """True for "integrated", "comes with": as it is written, since "integrates with" is not."""
    return any(
        found.last - found.first > 1 or words[found.first].text == found.meaning
        for found in cues().phrases["built_in"].find(words)
    )


def _is_denied(words: Sequence[Word]) -> bool:
    """True for "has no Y built in", "does not support Y", "comes without Y"."""
    for place, word in enumerate(words):
        if word.text not in _DENIES:
            continue
        behind = words[place + 1 : place + 1 + _REACH]
        if cues().has("has_it", behind) or cues().has("built_in", behind):
            return True
        before = words[max(0, place - 1) : place]
        if word.text == "no" and any(each.text in _THERE_IS for each in words[:place]):
            return True
        if word.text in ("no", "without") and cues().has("has_it", before):
            return True
    return False


def _is_echoed(words: Sequence[Word]) -> bool:
    """True for the second part of "X has Y, while Z does not"."""
    return 1 < len(words) <= _ECHO and words[-1].text in _DENIES


def _takes_an_extension(words: Sequence[Word]) -> bool:
    """True where something has to be added; "extensions and X matter" puts them side by side."""
    return any(
        not any(word.text in _SPARES for word in words[max(0, f.first - _SPARED) : f.first])
        and not any(word.text in _BESIDE for word in words[f.last : f.last + 1])
        for f in lexicon().indirect.find(words)
    )


def _owns(part: Unit, wanted: Sought) -> bool:
    """True for "X's Y" and "its Y", Y being asked for."""
    stems = wanted.stems
    return any(
        word.stem in stems
        and (
            _OWNED.search(part.text[: word.start])
            or any(each.text == "its" for each in part.words[max(0, place - _SPARED) : place])
        )
        for place, word in enumerate(part.words)
    )
