"""What one part of a sentence says of an option and a thing: it has it, lacks it, has to get it."""

import re
from collections.abc import Sequence, Set
from typing import Literal

from advisor.cues import cues
from advisor.sought import Sought
from kb.claims.lexicon import lexicon
from kb.claims.units import Unit
from kb.topic import Topic
from kb.words import Word

Having = Literal["", "built in", "has", "mild", "no", "extension"]

_DENIES = ("not", "no", "doesnt", "dont", "isnt", "arent", "never", "neither", "cannot", "without")
_OF_A_NOUN = ("no", "without")  # what they deny stands right behind
_REACH = 4  # words behind a denial within which it denies that a thing is there
_WHERE = ("in", "into", "of", "with", "inside", "within", "to", "both")
_THERE_IS = ("there", "theres")
_BESIDE = ("and", "or")
_ECHO = 5  # words of a part that only denies what was said of another option
_SPARED = 3  # words between "without" and the extension that is not needed
_SPARES = ("without", "no", "fewer", "less", "seldom", "not", "rarely")
_TAKEN = 5  # words between what is taken and the word that says so: "takes a third-party package"
_SAID_BEHIND = 3  # words behind an extension among which it is said to be needed
_OWNED = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}$")
_HAVE = ("has", "have", "having")
_BY_OTHERS = ("who", "whose", "we", "i")  # what these have is not the option's
_PARTICIPLES = (
    "been", "become", "begun", "brought", "built", "chosen", "come", "done", "found", "given",
    "gone", "got", "grown", "held", "kept", "led", "left", "made", "met", "put", "risen", "seen",
    "set", "shown", "taken", "won", "written",
)  # fmt: skip
_CASES = ("if", "when", "whenever", "unless", "once", "whether")
_CLAUSES = ("that", "which", "who", "whose", "where", "while", "because")
_LISTING = ("and", "or", "both", "the")
_BASES = ("core", "base", "basis", "foundation", "heart", "backbone")
_LOOSE = ("you", "lets", "allows", "enables", "makes", "gives", "give", "get", "gets")
_TO, _OF, _WITH = "to", "of", "with"
_IS = ("is", "are")


def granted(part: Unit, option: str, wanted: Sought, topic: Topic) -> Having:
    """Return what a part of a sentence on `option` says of the thing that is `wanted`.

    "mild" is said by the way ("with its cache …"), "extension" that something has to be added.
    What the option is made with is told by words for that alone.
    """
    words = part.words
    places = [place for place, word in enumerate(words) if word.stem in wanted.stems]
    if _is_of_a_case(words, places):
        return ""
    if not _is_subject(part, option, topic):
        return "mild" if wanted.had != "rests" and _belongs(part, places, option, topic) else ""
    if wanted.had == "rests":
        if not (_rests_on(words, places) or _is_base(part, places, option, topic)):
            return ""
        return "no" if is_denying(words) else "has"
    if _is_denied(words, places) or cues().has("lacks_it", words) or is_echoed(words):
        return "extension" if lexicon().indirect.find(words) else "no"
    if _is_built_in(words):
        return "built in"
    owned = _owned(part, places)
    if _takes_an_extension(words[places[-1] :] if owned else words):
        return "extension"  # "packages keep to X's conventions" is none
    if cues().has("relies_on", words) and not owned:
        return "extension"
    if cues().has("by_hand", words):
        return "no"
    if wanted.had == "complies" and cues().has("complies", words):
        return "has"
    if _has(words, places) or cues().has("rests_on", words):
        return "has"
    acts = _acts_on(words, places, option, topic)
    return "mild" if owned or acts or _belongs(part, places, option, topic) else ""


def has_every(part: Unit, kinds: Set[str], topic: Topic) -> bool:
    """True for "X works with every kind of store", `kinds` being criteria: one of them is named."""
    words = part.words
    if is_denying(words) or not _has(words, ()):
        return False
    named = [f for f in topic.statement_phrases.find(words) if f.meaning.id in kinds]
    return any(cues().has("every", words[max(0, f.first - _REACH) : f.first]) for f in named)


def _rests_on(words: Sequence[Word], things: Sequence[int]) -> bool:
    """True for "is built on Y" and "stands on Z and Y"."""
    ends = [last for kind in ("rests_on", "made_in") for first, last in cues().find(kind, words)
            if last - first > 1]  # fmt: skip
    return any(0 <= thing - last < _REACH for thing in things for last in ends)


def _is_of_a_case(words: Sequence[Word], things: Sequence[int]) -> bool:
    """True where the things stand only in a condition: "X saves work when it needs Ys"."""
    cases = [at for at, word in enumerate(words) if at and word.text in _CASES]
    return bool(cases and things) and min(things) > cases[0]


def is_denying(words: Sequence[Word]) -> bool:
    """True when something is denied, whatever it is."""
    return any(word.text in _DENIES for word in words)


def is_echoed(words: Sequence[Word]) -> bool:
    """True for the second part of "X has Y, while Z does not"."""
    return 1 < len(words) <= _ECHO and words[-1].text in _DENIES


def _is_subject(part: Unit, option: str, topic: Topic) -> bool:
    """True unless the option comes behind the verb: "the publisher has a tutorial for X".

    It may do so where the thing is said to be: "is built into X", "there is one in X".
    """
    own, first = _named(part.words, option, topic)
    verbs = [at for kind in ("has_it", "built_in") for at, _ in cues().find(kind, part.words)]
    if not (own and verbs) or own[0] < min(verbs):
        return True
    before = part.words[max(0, first - 2) : first]
    return any(word.text in _WHERE for word in before)


def _named(words: Sequence[Word], option: str, topic: Topic) -> tuple[list[int], int]:
    """Return the places of an option, and that of the first one of all."""
    places = [f for f in topic.phrases.find(words) if f.meaning.kind == "option"]
    own = [found.first for found in places if found.meaning.id == option]
    return own, places[0].first if places else 0


def _is_built_in(words: Sequence[Word]) -> bool:
    """True for "integrated", "comes with": as it is written, since "integrates with" is not."""
    return any(
        (found.last - found.first > 1 or words[found.first].text == found.meaning)
        and not (found.last - found.first == 1 and _is_with(words, found.last))
        and not any(word.text in _DENIES for word in words[max(0, found.first - 2) : found.first])
        for found in cues().phrases["built_in"].find(words)
    )


def _is_with(words: Sequence[Word], place: int) -> bool:
    return place < len(words) and words[place].text == _WITH


def _is_denied(words: Sequence[Word], things: Sequence[int]) -> bool:
    """True for "has no Y built in", "does not support Y", "comes without Y", `things` being Y."""
    for place, word in enumerate(words):
        if word.text not in _DENIES:
            continue
        if word.text in _OF_A_NOUN:
            if _denies_a_noun(words, place, things):
                return True
            continue
        behind = words[place + 1 : place + 1 + _REACH]
        if cues().has("has_it", behind) or cues().has("built_in", behind):
            return True
    return False


def _denies_a_noun(words: Sequence[Word], place: int, things: Sequence[int]) -> bool:
    """True for "no Y" and "has no Y", not for "needs no Y", "no need of Y", "no limit on Y"."""
    behind = words[place + 1 : place + 1 + _REACH]
    before = words[max(0, place - 1) : place]
    if cues().opens("burdens", behind) or cues().opens("burdens", before):
        return False
    near = [thing for thing in things if place < thing <= place + _REACH]
    if things:
        between = words[place + 1 : near[0]] if near else ()
        of_another = cues().has("in_relation", between) and not cues().has("built_in", between)
        if of_another or not near:
            return False
        if any(word.text == _TO for word in words[near[-1] + 1 : near[-1] + 2]):
            return False  # "there are no more parts to learn"
    had = cues().has("has_it", before)
    if words[place].text == "without":
        return had or cues().has("built_in", behind)
    there = any(each.text in _THERE_IS for each in words[:place])
    return bool(near) or had or there or cues().has("built_in", behind)


def _takes_an_extension(words: Sequence[Word]) -> bool:
    """True where something has to be added: "takes an extension", "an extension is needed".

    Who writes extensions, or may do without, says nothing of the kind; "extensions and X matter"
    puts them side by side.
    """
    return any(
        not any(word.text in _SPARES for word in words[max(0, f.first - _SPARED) : f.first])
        and not any(word.text in _BESIDE for word in words[f.last : f.last + 1])
        and (
            cues().has("takes_it", words[max(0, f.first - _TAKEN) : f.first])
            or cues().has("taken", words[f.last : f.last + _SAID_BEHIND])
        )
        for f in lexicon().indirect.find(words)
    )


def _has(words: Sequence[Word], things: Sequence[int]) -> bool:
    """True for "has Y" and "Y is available", not for "has grown", "people who have Y".

    What stands in a clause of its own behind the verb is not had: "has the speed that Y needs".
    """
    for first, last in cues().find("has_it", words):
        if _is_of_others(words, first):
            continue
        behind = [thing for thing in things if thing >= first]
        loose = any(word.text in _LOOSE for word in words[first:last])
        near = behind and (not loose or behind[0] < last + _REACH)
        if not things or (near and not _is_broken(words[last : behind[0]])):
            return True
        if cues().has("is_had", words[max(0, first - 1) : last + 1]):
            return True
    return False


def _is_broken(words: Sequence[Word]) -> bool:
    return any(word.text in _CLAUSES for word in words)


def _is_of_others(words: Sequence[Word], place: int) -> bool:
    if any(word.text in _BY_OTHERS for word in words[max(0, place - 1) : place]):
        return True
    if words[place].text not in _HAVE or place + 1 >= len(words):
        return False
    verb, behind = words[place + 1].text, words[place + 2 : place + 3]
    if cues().opens("built_in", words[place + 1 :]):
        return False
    regular = verb.endswith("ed") and all(word.is_stop_word for word in behind)
    return verb in _PARTICIPLES or regular


def _owned(part: Unit, things: Sequence[int]) -> bool:
    """True for "X's Y" and "its Y", Y being one of the `things`."""
    return any(
        _OWNED.search(part.text[: part.words[place].start])
        or any(each.text == "its" for each in part.words[max(0, place - _SPARED) : place])
        for place in things
    )


def _belongs(part: Unit, things: Sequence[int], option: str, topic: Topic) -> bool:
    """True for "the Y of X", "Y is the core of X" and "X Ys exist"."""
    words, (own, _) = part.words, _named(part.words, option, topic)
    names = {f.first for f in topic.phrases.find(words) if f.meaning.kind == "option"}
    for place in own:
        behind = [thing for thing in things if 0 < thing - place < _REACH]
        if behind and cues().opens("exists", words[behind[-1] + 1 :]):
            return True
        if not _is_owner(words, place, names):
            continue
        before = [thing for thing in things if thing < place]
        between = words[before[-1] : place] if before else ()
        near = before and place - before[-1] <= _REACH
        if before and (near or _equates(between)) and not cues().has("no_part_of", between):
            return True
    return False


def _is_owner(words: Sequence[Word], place: int, names: Set[int]) -> bool:
    """True for the option at `place` in "of X", "of both W and X"."""
    at = place - 1
    while at > 0 and (at in names or words[at].text in _LISTING):
        at -= 1
    return at >= 0 and words[at].text == _OF


def _is_base(part: Unit, things: Sequence[int], option: str, topic: Topic) -> bool:
    """True for "Y is the core of X"."""
    based = any(word.text in _BASES for word in part.words)
    return based and _belongs(part, things, option, topic)


def _equates(words: Sequence[Word]) -> bool:
    """True for "… is the core of": what stands before it belongs to what stands behind."""
    return any(
        word.text in _IS and cues().opens("determiners", words[at + 1 :])
        for at, word in enumerate(words)
    )


def _acts_on(words: Sequence[Word], things: Sequence[int], option: str, topic: Topic) -> bool:
    """True for "X defines Ys with …": what an option does something with, it has."""
    own, _ = _named(words, option, topic)
    if not own or not things:
        return False
    verbs = (at for at, _ in cues().find("acts_on", words) if own[0] < at <= own[0] + 2)
    return any(at < things[0] <= at + _REACH for at in verbs)
