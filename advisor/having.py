"""What sentences say of an option and a thing: it has it, lacks it, or takes an extension."""

import re
from collections.abc import Container, Iterator, Sequence, Set

from advisor.asked_things import LIKE, Asked
from advisor.cues import cues
from advisor.granting import Having, granted, has_every, is_denying, is_echoed
from advisor.said import Said, sentences
from advisor.sought import Sought
from advisor.told import Answering, Held, Possessed, Told
from kb.claims.subjects import option_places
from kb.claims.units import Unit, clauses
from kb.model import Passage, Span
from kb.spelling import frequency, rarity
from kb.topic import Topic
from kb.words import atoms, stems_of

_PLAINEST: Sequence[Having] = ("extension", "no", "built in", "has", "mild")
_RANK = 0.01  # what each place in the ranking costs
_LONGER = 0.0005  # what each character costs: the plainest sentence comes first
_ALIKE = ("either", "both", "each")
_NONE = frozenset[str]()
_POINTING = ("it", "them", "these", "those", "this", "such", "same", "one", "ones", "many", "most")
_COMPOUND = 5  # letters of a word from which it is also found within a longer one, or as two
_NAMED = 0.6  # share of what is asked that a sentence names itself
_VAGUER = 0.5  # how much less a word of like meaning may tell than the one asked for
_LABEL = 5  # words of a label at most
_NAMED_ALONE = 0.8  # the same where it is nothing that is weighed: "command line"
_ACRONYM = 3  # letters from which an acronym is found spelt out
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"^\s*[•*–-]?\s*")
_NO_LETTERS = re.compile(r"[\W_]+")


def told_of_having(passages: Sequence[Passage], wanted: Sought, topic: Topic, held: Held) -> Told:
    """Return the sentences of `passages`, best first, that tell whether the option has the thing.

    What is built in is told before what is said by the way. Where some say that it is there and
    others that it is not, those of both are told.
    """
    every = bool(_kinds_of_names(wanted))
    told: dict[Having, list[Answering]] = {}
    for place, passage in enumerate(passages):
        may = every or _may_hold(held.get(passage.id), wanted)
        if passage.kind == "code" or not may:
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
    if option not in said.options or said.is_of_a_use:
        return ""
    if not holds(said, wanted):
        return "mild" if _has_every(said, wanted, topic) else ""
    own = [
        part
        for part in _parts(said, topic)
        if _is_on(part, option, said, topic) and _is_named_in(part, said, wanted)
    ]
    if wanted.had == "rests" and not any(granted(p, option, wanted, topic) for p in own):
        return ""
    if said.is_whole and _is_item_of_another(said, option, wanted, topic):
        return ""
    if said.is_whole:
        parts = said.is_part and not said.is_extension
        return "has" if parts or cues().has("has_it", tuple(atoms(said.lead))) else ""
    if own and said.is_part and said.is_extension:
        return "has" if wanted.added else "extension"
    found = {granted(part, option, wanted, topic) for part in own}
    if wanted.added:  # that the thing itself is there says nothing of an extension
        found = ({*found, "has"} if "extension" in found else found) - {"extension", "built in"}
    if not found - {""} and _is_labelled(said, option, wanted):
        return "has"
    for stated in _PLAINEST:
        if stated in found:
            return stated
    return "has" if own and said.is_part and not any(is_denying(p.words) for p in own) else ""


def _has_every(said: Said, wanted: Sought, topic: Topic) -> bool:
    """True when the option has all there are of the kind of what is asked for."""
    kinds = _kinds_of_names(wanted)
    if not (kinds and kinds & said.criteria):
        return False
    return any(
        _is_on(part, wanted.options[0], said, topic) and has_every(part, kinds, topic)
        for part in _parts(said, topic)
    )


def _kinds_of_names(wanted: Sought) -> frozenset[str]:
    """Return the criterion of the only thing asked for, if that is a name: "PostgreSQL"."""
    if wanted.had != "has" or len(wanted.asked) != 1 or wanted.added:
        return _NONE
    (thing,) = wanted.asked
    name = thing.criterion and not thing.hinted and len(thing.stems) == 1
    return frozenset((thing.criterion,)) if name and not frequency(*thing.stems) else _NONE


def _is_item_of_another(said: Said, option: str, wanted: Sought, topic: Topic) -> bool:
    """True when the items of a list that hold what is asked for name another option."""
    lines = said.text.split("\n")[bool(said.lead) :]
    named = [
        {f.meaning.id for f in topic.phrases.find(tuple(atoms(line))) if f.meaning.kind == "option"}
        for line in lines
        if any(_named(each, stems_of(line), line, _NONE) for each in wanted.asked)
    ]
    return bool(named) and all(each and option not in each for each in named)


def _is_labelled(said: Said, option: str, wanted: Sought) -> bool:
    """True for "Ys: …" below a heading on the option alone that finds no fault with it."""
    label, colon, _ = said.text.partition(":")
    words = tuple(atoms(label)) if colon else ()
    if not 0 < len(words) <= _LABEL or said.options != {option} or said.is_blamed:
        return False
    stems = {word.stem for word in words}
    things = [each for each in wanted.asked if each.stems]
    return words[-1].stem in wanted.stems and all(each.stems <= stems for each in things)


def holds(said: Said, wanted: Sought) -> bool:
    """True when a sentence names what is asked for itself, not only the criterion it belongs to.

    Words of like meaning do, and the most telling one of several for a criterion ("admin page").
    """
    total = sum(each.weight for each in wanted.asked)
    named = sum(
        each.weight * _named(each, said.stems, said.text, said.criteria) for each in wanted.asked
    )
    least = _NAMED if any(each.criterion for each in wanted.asked) else _NAMED_ALONE
    if named < least * total or not wanted.compound <= said.stems:
        return False
    names = (each for each in wanted.asked if each.named)
    return all(_named(each, said.stems, said.text, said.criteria) for each in names)


def _is_named_in(part: Unit, said: Said, wanted: Sought) -> bool:
    """True when a part of a sentence names something of what is asked for, or points to it.

    What the other part says of another option, or of another thing, is said of that. What only
    hints at a criterion is no other thing that is like it: a forum is no mailing list.
    """
    if is_echoed(part.words) or any(word.text in _POINTING for word in part.words[1:]):
        return True  # what a part begins with is rather the option: "It also has …"
    stems = frozenset(word.stem for word in part.words)
    things = (each._replace(like=_NONE) if each.hinted else each for each in wanted.asked)
    return any(_named(each, stems, part.text, said.criteria) for each in things)


def _named(thing: Asked, stems: Set[str], text: str, criteria: Container[str]) -> float:
    """Return how far a text on `criteria`, of words with these stems, names a thing: 0 to 1."""
    if thing.stems <= stems:
        return 1.0
    on_it = not thing.criterion or thing.criterion in criteria
    if on_it and not thing.large and _are_as_telling(thing.like & stems, thing.stems):
        return LIKE  # "language" is like "translation", but not in "programming language"
    squeezed = _NO_LETTERS.sub("", text).casefold()
    if all(len(stem) >= _COMPOUND and stem in squeezed for stem in thing.stems):
        return LIKE
    if thing.criterion not in criteria or thing.hinted:
        return 0.0
    telling = max(thing.stems, key=lambda stem: (rarity(stem), stem), default="")
    return LIKE if telling in stems or _spells_out(text, telling) else 0.0


def _are_as_telling(like: Set[str], stems: Set[str]) -> bool:
    """True when a word of like meaning says as much as the one asked for.

    Who has questions answered has no mailing list, and one word is not like a name of two.
    """
    if not like or len(stems) > 1:
        return False
    return max(map(rarity, like)) >= max(map(rarity, stems)) - _VAGUER


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
